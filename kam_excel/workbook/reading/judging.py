"""What becomes of the cells of a column that are doubtful or cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kam_excel.contract.column import Column, Kind
from kam_excel.domain.issues import IssueLog, as_text
from kam_excel.errors import Problem, problem
from kam_excel.workbook.finding.location import Location

# What a refusal is called where it only leaves its column out.
_WHY = {
    "CELL_ERROR": "COLUMN_HAS_ERRORS",
    "FORMULA_NOT_COMPUTED": "COLUMN_NOT_COMPUTED",
    "PERCENT_AMBIGUOUS": "PERCENT_NOT_SAID",
}
NAMED_CELLS = 20  # how many cells a message names before it only counts


@dataclass(frozen=True, slots=True)
class Judged:
    """Cells of a column that are not plainly what it holds, by label.

    cells: what they show. taken: what they were read as. amounts: what their rows state.
    """

    location: Location
    column: Column
    cells: pd.Series
    taken: pd.Series
    amounts: pd.Series | None

    def note(self, noted: Mapping[str, Sequence[int]], log: IssueLog) -> None:
        """List cells that were read in another form than they have, by code and position."""
        for code, positions in noted.items():
            handling = "CHOICE_KEPT" if code == "CHOICE_UNKNOWN" else "READ_AS"
            self._list(log, code, handling, positions)

    def refuse(self, refused: Mapping[str, Sequence[int]], log: IssueLog) -> list[Problem]:
        """What stands in the way of reading a column that is needed; issues for any other one.

        A text that cannot be read is empty; another column that the table can do without is
        left out.
        """
        if is_needed(self.column):
            return [self.refusal(code, positions) for code, positions in refused.items()]
        for code, positions in refused.items():
            if self.column.kind is Kind.TEXT:
                self._list(log, "CELL_NOT_READ", "READ_AS_EMPTY", positions)
            else:
                told = _WHY.get(code, "COLUMN_NOT_USED")
                self._list(log, told, "COLUMN_LEFT_OUT", positions)
        return []

    def _list(self, log: IssueLog, code: str, handling: str, positions: Sequence[int]) -> None:
        log.add(
            code,
            self.location.table.id,
            self.cells.index[list(positions)],
            handling,
            column=self.column.id,
            values=self.cells,
            amounts=self.amounts,
            taken=self.taken,
        )

    def refusal(self, code: str, positions: Sequence[int]) -> Problem:
        """The problem that names the cells at `positions`, 20 at most, and their number."""
        cells = self.cells.iloc[list(positions)]
        places = [self.location.place(self.column.id, label) for label in cells.index[:NAMED_CELLS]]
        first = places[0]
        named = [
            place.cell if place.sheet == first.sheet else f"{place.sheet}!{place.cell}"
            for place in places
        ]
        return problem(
            code,
            first,
            column=f"{self.column.zh} / {self.column.en}",
            count=len(cells),
            cells=", ".join(named) + (" …" if len(cells) > NAMED_CELLS else ""),
            value=str(cells.iloc[0]),
            column_id=self.column.id,
            places=places,
            values=[as_text(cell) for cell in cells.iloc[:NAMED_CELLS]],
        )


def is_needed(column: Column) -> bool:
    """Whether figures depend on the column, where it is there."""
    return column.decisive or not column.optional
