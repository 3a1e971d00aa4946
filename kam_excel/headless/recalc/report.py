"""What a calculation did, formula by formula."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from kam_excel.headless.references.addressing import cell_name

Standing = Literal["trusted", "recomputed", "stale", "unsupported"]
Reason = Literal[
    "reproduced",  # an engine gives the value that is stored
    "compared",  # an engine reproduced the stored value before the change
    "known",  # nothing to compare with; it calls only functions that engines do as Excel does
    "differs",  # no engine reproduces the value that Excel stored
    "function",  # nothing to compare with, and it calls something that is not known well enough
    "range",  # nothing to compare with, and it takes a range where one value is due
    "volatile",  # drawn anew or asked of the machine by Excel alone
    "array",  # array formulas of several cells, dynamic arrays, data tables
    "hidden",  # leaves out hidden rows or other subtotals, and there are some
    "external",  # reads another file
    "left",  # left to Excel when the workbook was saved before
    "error",  # the engine gives an error that Excel may not give
    "precedent",  # reads a formula that is not trusted
    "refused",  # no engine computed the workbook
    "limit",  # more formulas than are looked at
]


@dataclass(frozen=True, slots=True)
class FormulaReport:
    """One formula: `trusted` (its stored value holds), `recomputed`, `stale` (its stored value
    is from before a change, or there is none), or `unsupported` (no engine can do it, but its
    stored value holds). `engine` names who computed it.
    """

    sheet: str
    row: int
    column: int
    standing: Standing
    reason: Reason
    engine: str = ""

    @property
    def cell(self) -> str:
        """The address of the cell."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class RecalculationReport:
    """What a calculation did with formulas; without `formulas` there was nothing to compute.

    refusals: what engines said when they refused the workbook, by their names.
    """

    formulas: tuple[FormulaReport, ...] = ()
    refusals: dict[str, str] = field(default_factory=dict)

    def counts(self) -> Counter[Standing]:
        """How many formulas have each standing."""
        return Counter(each.standing for each in self.formulas)

    def of(self, standing: Standing) -> list[FormulaReport]:
        """The formulas of a standing, in the order of sheets and cells."""
        return [each for each in self.formulas if each.standing == standing]
