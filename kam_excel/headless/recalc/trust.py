"""Which of an engine's results are believed: those of formulas that it has reproduced.

A formula that stood in the workbook before the change is computed there first. Where the engine
gives what Excel stored, its new value is believed, elsewhere it is not. A formula without a
value to compare with is believed where a formula of the same shape was reproduced and none was
refuted, or where everything that it calls was reproduced in this workbook or is known to be
computed as Excel does. Whatever reads a formula that is not believed is not believed either.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kam_excel.headless.cells.values import NOT_COMPUTED, CellError, Content
from kam_excel.headless.recalc import functions
from kam_excel.headless.recalc.engines import Values
from kam_excel.headless.recalc.parsing import Parsed, keyed
from kam_excel.headless.recalc.report import Reason
from kam_excel.headless.recalc.state import Cell, FormulaCell, Precedents

_RELATIVE, _ABSOLUTE = 1e-9, 1e-12  # a sum in another order differs in its last digits
_NOTHING_FOUND = CellError("#N/A")
_DIVISION = CellError("#DIV/0!")


@dataclass(frozen=True, slots=True)
class Target:
    """A formula that is to be computed: what it says, what it reads, and the value that Excel
    stored for it before the change (NOT_COMPUTED where there is none to compare with).
    """

    formula: FormulaCell
    precedents: Precedents
    stored: Content

    @property
    def parsed(self) -> Parsed:
        """The formula taken apart."""
        return self.precedents.parsed

    @property
    def is_comparable(self) -> bool:
        """Whether there is a value to compare with."""
        return self.stored != NOT_COMPUTED

    def excluded(self) -> Reason | None:
        """Why no engine is asked for it, or None."""
        if not self.formula.single or not self.formula.text:
            return "array"
        if self.parsed.external:
            return "external"
        if self.parsed.functions & functions.UNREPEATABLE:
            return "volatile"
        return "left" if self.formula.marked else None


def same(one: Content, other: Content) -> bool:
    """Whether two values are the same for Excel's user: numbers to about nine digits."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
    return one == other


Shape = tuple[str, int, str, tuple[int, ...]]


def shape(cell: Cell, text: str) -> Shape:
    """A formula as seen from its cell: the same for all that were filled down from one."""
    key, rows = keyed(text)
    return cell.part, cell.column, key, tuple(row - cell.row for row in rows)


class Calibration:
    """What an engine reproduced and what it did not, by cell, by shape and by function."""

    def __init__(self, targets: Mapping[Cell, Target], values: Values, clocked: set[Cell]) -> None:
        self.reproduced: set[Cell] = set()
        self.refuted: set[Cell] = set()
        for cell, target in targets.items():
            if same(values.get(cell), target.stored):
                self.reproduced.add(cell)
            elif cell not in clocked:  # what depends on the clock may well differ
                self.refuted.add(cell)
        self._good = {shape(cell, targets[cell].formula.text) for cell in self.reproduced}
        self._bad = {shape(cell, targets[cell].formula.text) for cell in self.refuted}
        proven = _called(targets[cell] for cell in self.reproduced)
        self._proven = proven - _called(targets[cell] for cell in self.refuted)

    def verdict(self, cell: Cell, target: Target) -> tuple[bool, Reason]:
        """Whether the engine is believed on a formula by itself, and why."""
        if cell in self.reproduced:
            return True, "compared"
        if cell in self.refuted:
            return False, "differs"
        own = shape(cell, target.formula.text)
        if own in self._bad:
            return False, "differs"
        if own in self._good:
            return True, "compared"
        called = target.parsed.functions
        lookups = target.parsed.nearest and not functions.EXACT.keys() & called <= self._proven
        if lookups or not called <= functions.KNOWN.keys() | functions.CLOCK | self._proven:
            return False, "function"
        ranges = target.precedents.ranges and target.formula.area is None
        if ranges or target.parsed.arrays or target.precedents.anywhere:
            return False, "range"
        return True, "known"


def _called(targets: Iterable[Target]) -> set[str]:
    return {name for target in targets for name in target.parsed.functions}


def credible(value: Content, target: Target, inherited: bool) -> bool:
    """Whether a result of a formula that is believed may stand.

    An error may where it says that nothing was found or divides by zero, where it is the one
    that Excel had stored, or where the formula reads a cell with that error (`inherited`).
    """
    if not isinstance(value, CellError):
        return value is not None
    if inherited or value in (target.stored, _DIVISION):
        return True
    return value == _NOTHING_FOUND and bool(target.parsed.functions & functions.LOOKUPS)
