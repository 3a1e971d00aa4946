"""One calculation: what has to be computed, who computes it, and which results are believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kam_excel.headless.cells.values import NOT_COMPUTED, Content
from kam_excel.headless.recalc import functions
from kam_excel.headless.recalc.changes import Changes, find_changes
from kam_excel.headless.recalc.engines import Engine, RefusedError, Values
from kam_excel.headless.recalc.graph import Dependents
from kam_excel.headless.recalc.relevance import Relevance
from kam_excel.headless.recalc.report import (
    FormulaReport,
    Reason,
    RecalculationReport,
    Standing,
)
from kam_excel.headless.recalc.scratch import make_scratch
from kam_excel.headless.recalc.state import (
    Cell,
    FormulaCell,
    Precedents,
    State,
    is_error,
)
from kam_excel.headless.recalc.trust import Calibration, Target, credible, same
from kam_excel.headless.references.addressing import WHOLE_SHEET, Area

MOST_FORMULAS = 250_000  # of a workbook; where there are more none is computed


@dataclass(frozen=True, slots=True)
class Order:
    """What a calculation is to do.

    engines: who computes, the first that is believed wins. clock: what TODAY and NOW say.
    advance: let them say it, although nothing that they depend on changed. survey: try every
    other formula too, for the report. thorough: unpack large sheets that nobody has read, even
    where no other sheet has a formula. about: report only on what depends on these sheets, by
    their parts.
    """

    engines: Sequence[Engine]
    clock: dt.datetime
    advance: bool = False
    survey: bool = False
    thorough: bool = True
    about: Collection[str] | None = None


@dataclass(slots=True)
class Outcome:
    """New values of formulas (NOT_COMPUTED for those that are stale), which of them depend on a
    change since the file was read, and the report. unread: changes may matter for formulas that
    were not looked for.
    """

    values: dict[Cell, Content] = field(default_factory=dict)
    changed: set[Cell] = field(default_factory=set)
    report: RecalculationReport = field(default_factory=RecalculationReport)
    unread: bool = False


@dataclass(frozen=True, slots=True)
class _Judgement:
    value: Content
    is_believed: bool
    reason: Reason
    engine: str = ""


def calculate(before: State | None, now: State, order: Order) -> Outcome:
    """Compute what depends on the changes since `before`, and what has no value."""
    read = {part for part, sheet in now.sheets.items() if order.thorough or not sheet.is_unread}
    if not any(now.holds_formulas(part) for part in read):
        written = now.model.package.changes()
        unread = len(read) < len(now.sheets) and any(part in written for part in now.sheets)
        return Outcome(unread=unread)
    changes, relevance = find_changes(before, now), Relevance(now)
    waiting = relevance.waiting()
    if order.survey or order.advance or now.may_be_old:
        return _Calculation(before, now, order, changes, list(now.sheets)).run()
    if not changes and not waiting:
        return Outcome()
    return _Calculation(before, now, order, changes, relevance.of(changes, waiting)).run()


class _Calculation:
    def __init__(
        self,
        before: State | None,
        now: State,
        order: Order,
        changes: Changes,
        parts: Sequence[str],
    ) -> None:
        self._before, self._now, self._order = before, now, order
        self._changes = changes
        self._formulas = {
            Cell(part, *place): formula
            for part in parts
            for place, formula in now.formulas(part).items()
        }
        self._precedents: dict[Cell, Precedents] = {}
        self._graph = Dependents()
        self._refusals: dict[str, str] = {}

    def run(self) -> Outcome:
        changes, roots = self._changes, self._roots()
        if len(self._formulas) > MOST_FORMULAS:
            return self._give_up(changes, roots)
        self._build_graph()
        changed = self._reached(changes.areas, changes.words, changes.formulas)
        old = roots | self._dependents(roots)
        clocked = {cell for cell in self._formulas if self._calls(cell) & functions.CLOCK}
        if self._order.advance:
            changed |= clocked | self._dependents(clocked)
        targets = {cell: self._target(cell, old) for cell in sorted(changed | old)}
        judged = self._judge(targets, clocked | self._dependents(clocked))
        outcome = Outcome({c: self._value(targets[c], each) for c, each in judged.items()}, changed)
        for cell, each in judged.items():
            area = self._formulas[cell].area
            if area and not each.is_believed:
                for row, column in area.cells():
                    outcome.values[Cell(cell.part, row, column)] = NOT_COMPUTED
        outcome.report = self._report(targets, judged)
        return outcome

    # what is to be computed -------------------------------------------------

    def _roots(self) -> set[Cell]:
        """The formulas whose stored value does not count: there is none, or the file says so."""
        if self._now.may_be_old:
            return set(self._formulas)
        return {
            cell
            for cell, each in self._formulas.items()
            if each.marked or each.cached == NOT_COMPUTED
        }

    def _build_graph(self) -> None:
        for cell, formula in self._formulas.items():
            self._precedents[cell] = self._now.precedents(cell, formula.text)
            self._graph.add(cell, self._precedents[cell], formula.area)

    def _calls(self, cell: Cell) -> frozenset[str]:
        return self._precedents[cell].parsed.functions

    def _dependents(self, cells: Iterable[Cell]) -> set[Cell]:
        return self._reached((), (), set(cells))

    def _reached(
        self, areas: Iterable[tuple[str, Area]], words: Iterable[str], cells: set[Cell]
    ) -> set[Cell]:
        """The formulas in `cells` and all that depend on them, on areas or on words."""
        return self._graph.reached(areas, words, cells) | cells

    def _target(self, cell: Cell, old: set[Cell]) -> Target:
        formula = self._formulas[cell]
        stored: Content = NOT_COMPUTED
        earlier = self._before.formula(cell) if self._before else None
        if earlier and cell not in old and _say_the_same(earlier, formula):
            stored = earlier.cached
        return Target(formula, self._precedents[cell], stored)

    # who computes it --------------------------------------------------------

    def _judge(self, targets: Mapping[Cell, Target], clocked: set[Cell]) -> dict[Cell, _Judgement]:
        judged: dict[Cell, _Judgement] = {}
        for cell, target in targets.items():
            judged[cell] = _Judgement(None, False, self._excluded(target) or "refused")
        live = {c: t for c, t in targets.items() if judged[c].reason == "refused"}
        answered: set[str] = set()
        for engine in self._order.engines:
            waiting = {cell for cell in live if not judged[cell].is_believed}
            if not waiting:
                break
            if engine.family in answered:
                continue
            try:
                found = self._ask(engine, targets, live, clocked)
            except RefusedError as refusal:
                self._refusals[engine.name] = str(refusal)
                continue
            answered.add(engine.family)
            judged |= {cell: found[cell] for cell in waiting}
        return judged

    def _excluded(self, target: Target) -> Reason | None:
        """Why no engine is asked for a formula, or None."""
        reason = target.excluded()
        if reason is None and target.parsed.functions & functions.HIDDEN:
            states = [state for state in (self._before, self._now) if state is not None]
            areas = target.precedents.areas
            if any(state.hides(*each) for state in states for each in areas):
                return "hidden"
            if not target.is_comparable and any(self._leaves_out(*each) for each in areas):
                return "hidden"
        return reason

    def _leaves_out(self, part: str, area: Area) -> bool:
        """Whether a sum over an area leaves out cells of it, which are values for engines."""
        return any(place in area for place in self._now.leaving_out(part))

    def _ask(
        self,
        engine: Engine,
        targets: Mapping[Cell, Target],
        live: Mapping[Cell, Target],
        clocked: set[Cell],
    ) -> dict[Cell, _Judgement]:
        comparable = {cell: target for cell, target in live.items() if target.is_comparable}
        calibration = Calibration(comparable, self._before_values(engine, comparable), clocked)
        values = self._values(engine, self._now, live, self._order.clock)
        errors = _Errors(self._now, values)
        found: dict[Cell, _Judgement] = {}
        for cell, target in live.items():
            believed, reason = calibration.verdict(cell, target)
            value = values.get(cell)
            if believed and not credible(value, target, errors.reach(target, value)):
                believed, reason = False, "error"
            found[cell] = _Judgement(value, believed, reason, engine.name)
        doubted = {cell for cell in targets if cell not in found or not found[cell].is_believed}
        for cell in self._dependents(doubted) - doubted:
            if cell in found:
                found[cell] = _Judgement(None, False, "precedent")
        return found

    def _before_values(self, engine: Engine, comparable: Mapping[Cell, Target]) -> Values:
        if self._before is None or not comparable:
            return {}
        clock = self._before.saved_at or self._order.clock
        return self._values(engine, self._before, comparable, clock)

    def _values(
        self, engine: Engine, state: State, live: Mapping[Cell, Target], clock: dt.datetime
    ) -> Values:
        if not live:
            return {}
        read = {cell: state.precedents(cell, live[cell].formula.text) for cell in live}
        return engine.compute(make_scratch(state, read), clock)

    # what comes of it -------------------------------------------------------

    def _value(self, target: Target, judged: _Judgement) -> Content:
        if not judged.is_believed:
            return NOT_COMPUTED
        return target.formula.cached if self._is_same(target, judged) else judged.value

    def _is_same(self, target: Target, judged: _Judgement) -> bool:
        return same(judged.value, target.formula.cached)

    def _report(
        self, targets: Mapping[Cell, Target], judged: Mapping[Cell, _Judgement]
    ) -> RecalculationReport:
        found = {}
        for cell, each in judged.items():
            standing: Standing = "recomputed" if each.is_believed else "stale"
            if each.is_believed and self._is_same(targets[cell], each):
                standing = "trusted"
            found[cell] = self._line(cell, standing, each.reason, each.engine)
        if self._order.survey:
            found |= dict(self._survey(self._formulas.keys() - targets.keys()))
        if self._order.about is not None:
            sheets = [(part, WHOLE_SHEET) for part in self._order.about]
            found = {cell: found[cell] for cell in self._reached(sheets, (), set()) & found.keys()}
        lines = tuple(found[cell] for cell in sorted(found))
        return RecalculationReport(self._in_order(lines), self._refusals)

    def _in_order(self, lines: tuple[FormulaReport, ...]) -> tuple[FormulaReport, ...]:
        places = {sheet.entry.name: n for n, sheet in enumerate(self._now.sheets.values())}
        return tuple(sorted(lines, key=lambda each: (places[each.sheet], each.row, each.column)))

    def _line(
        self, cell: Cell, standing: Standing, reason: Reason, engine: str = ""
    ) -> FormulaReport:
        sheet = self._now.sheets[cell.part].entry.name
        return FormulaReport(sheet, cell.row, cell.column, standing, reason, engine)

    def _survey(self, rest: Iterable[Cell]) -> Iterator[tuple[Cell, FormulaReport]]:
        """How engines do with formulas whose stored values hold."""
        targets = {cell: self._settled(cell) for cell in sorted(rest)}
        live = {c: t for c, t in targets.items() if self._excluded(t) is None}
        done: dict[Cell, str] = {}
        answered: set[str] = set()
        for engine in self._order.engines:
            if engine.family in answered or len(done) == len(live):
                continue
            try:
                values = self._values(
                    engine, self._now, live, self._now.saved_at or self._order.clock
                )
            except RefusedError as refusal:
                self._refusals[engine.name] = str(refusal)
                continue
            answered.add(engine.family)
            good = {c for c, t in live.items() if same(values.get(c), t.stored)}
            done |= dict.fromkeys(good - done.keys(), engine.name)
        for cell, target in targets.items():
            if cell in done:
                yield cell, self._line(cell, "trusted", "reproduced", done[cell])
            else:
                reason: Reason = "differs" if answered else "refused"
                yield cell, self._line(cell, "unsupported", self._excluded(target) or reason)

    def _settled(self, cell: Cell) -> Target:
        formula = self._formulas[cell]
        return Target(formula, self._precedents[cell], formula.cached)

    def _give_up(self, changes: Changes, roots: set[Cell]) -> Outcome:
        """Nothing is computed: every formula may depend on what changed."""
        stale = set(self._formulas) if changes else roots
        lines = [self._line(cell, "stale", "limit") for cell in sorted(stale)]
        report = RecalculationReport(self._in_order(tuple(lines)))
        return Outcome(dict.fromkeys(stale, NOT_COMPUTED), stale if changes else set(), report)


class _Errors:
    """Which areas hold which errors, once an engine has computed."""

    def __init__(self, state: State, values: Values) -> None:
        self._state, self._values = state, values
        self._known: dict[tuple[str, Area, Content], bool] = {}

    def reach(self, target: Target, value: Content) -> bool:
        """Whether a value is an error and a formula reads a cell that holds it."""
        return is_error(value) and any(
            self._hold(part, area, value) for part, area in target.precedents.areas
        )

    def _hold(self, part: str, area: Area, error: Content) -> bool:
        if (part, area, error) not in self._known:
            cells = self._state.cells(part, area)
            held = (self._values.get(cell, self._state.value(cell)) for cell in cells)
            self._known[part, area, error] = any(value == error for value in held)
        return self._known[part, area, error]


def _say_the_same(one: FormulaCell, other: FormulaCell) -> bool:
    return (one.text, one.area, one.single) == (other.text, other.area, other.single)
