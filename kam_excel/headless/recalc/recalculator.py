"""The values of an open workbook's formulas, kept as current as they can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from kam_excel.headless.cells.values import NOT_COMPUTED, Content
from kam_excel.headless.model.book import WorkbookModel
from kam_excel.headless.model.sheet import SheetModel
from kam_excel.headless.recalc.calculation import Order, Outcome, calculate
from kam_excel.headless.recalc.engines import Engine, FormualizerPackage, FormualizerWorkbook
from kam_excel.headless.recalc.report import RecalculationReport
from kam_excel.headless.recalc.state import Cell, State
from kam_excel.headless.references.addressing import Area

SECONDS = 60.0  # that an engine may take for one look at a workbook


def default_engines(seconds: float = SECONDS) -> list[Engine]:
    """The engines that every installation has, the most exact one first."""
    return [FormualizerPackage(seconds), FormualizerWorkbook(seconds)]


class Recalculator:
    """Computes the formulas of a workbook when somebody asks, and stores values when it is saved.

    Computed values are shown by the grids at once. In the file only formulas that depend on what
    was changed get new ones; those that no engine is believed on keep what Excel stored, are
    marked, and Excel is told to compute on load. clock: what TODAY and NOW say, None for the
    computer's own clock. about: the parts of sheets whose dependents are reported on, None for all.
    """

    def __init__(self, model: WorkbookModel) -> None:
        self._model = model
        self.engines: Sequence[Engine] = default_engines()
        self.clock: dt.datetime | None = None
        self.about: Collection[str] | None = None
        self.report = RecalculationReport()
        self._outcome = Outcome()
        self._revision: int | None = None
        self._opened = model.revision
        self._before: tuple[object, State | None] | None = None
        self._stored: set[Cell] = set()
        self._structure = model.structure

    def calculate(self, *, advance: bool = False, survey: bool = False) -> RecalculationReport:
        """Compute what depends on changes since the file was read or saved.

        advance: TODAY and NOW take the time of the clock. survey: report on every formula.
        """
        clock = self.clock or dt.datetime.now()
        self._calculate(Order(self.engines, clock, advance=advance, survey=survey))
        return self.report

    def _calculate(self, order: Order) -> None:
        self._model.flush()
        if self._revision == self._model.revision and not order.advance and not order.survey:
            return
        self._take_back()
        before = self._state_before()
        self._outcome = calculate(before, State(self._model, before), order)
        self.report = self._outcome.report
        self._show()
        self._revision = None if self._outcome.unread else self._model.revision

    def is_current(self, sheet: SheetModel, area: Area) -> bool:
        """Whether the values that an area shows are those of the workbook as it is now."""
        if self._revision == self._model.revision or not sheet.grid.holds_formulas(area):
            return True
        if self._model.revision != self._opened or self._model.xml.computes_on_load:
            return False
        return not sheet.grid.lacks_values(area)

    @property
    def has_calculated(self) -> bool:
        """Whether values were ever computed."""
        return self._revision is not None

    def settle(self, *, everything: bool = False) -> RecalculationReport:
        """Compute, and store the values in the package: of formulas that depend on changes, or
        of all that were computed.
        """
        clock = self.clock or dt.datetime.now()
        self._calculate(Order(self.engines, clock, thorough=False, about=self.about))
        outcome = self._outcome
        due = outcome.values.keys() if everything else outcome.changed
        values = {cell: outcome.values[cell] for cell in due if cell in outcome.values}
        stored = [
            sheet.store_values(own) for sheet in self._model.sheets() if (own := _of(sheet, values))
        ]
        stale = any(outcome.values.get(cell) == NOT_COMPUTED for cell in outcome.changed)
        if any(stored) or stale or outcome.unread:
            self._model.xml.compute_on_load(marked=not outcome.unread)
        self._stored |= values.keys()
        if not outcome.unread:
            self._revision = self._model.revision
        return self.report

    def saved(self) -> None:
        """Note that the workbook was saved: what it holds now is what changes are told from."""
        self._stored.clear()

    # inside -----------------------------------------------------------------

    def _state_before(self) -> State | None:
        """The workbook as it was read or saved, kept until it is saved again."""
        origin = self._model.package.origin
        if self._before is None or self._before[0] is not origin:
            package = self._model.package.original()
            model = None if package is None else WorkbookModel(package, self._model.name)
            self._before = origin, None if model is None else State(model)
        return self._before[1]

    def _take_back(self) -> None:
        """Give formulas whose values were stored since the file was read their old ones again."""
        if self._structure != self._model.structure:
            # Cells have other places since: what was stored stays, as values of ours.
            self._structure = self._model.structure
            self._stored.clear()
        if not self._stored:
            return
        before = self._state_before()
        for sheet in self._model.sheets():
            places = [(c.row, c.column) for c in self._stored if c.part == sheet.part]
            if places:
                sheet.restore_values(places, before.sheets.get(sheet.part) if before else None)
        self._stored.clear()

    def _show(self) -> None:
        for sheet in self._model.sheets():
            own = _of(sheet, self._outcome.values)
            if own or sheet.revision:
                sheet.grid.show_computed(own)


def _of(sheet: SheetModel, values: Mapping[Cell, Content]) -> dict[tuple[int, int], Content]:
    return {(cell.row, cell.column): v for cell, v in values.items() if cell.part == sheet.part}
