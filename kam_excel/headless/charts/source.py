"""What Excel makes of a range that a chart is to show: series, their names, their categories."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile
from typing import TYPE_CHECKING

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.values import CellError, Value
from kam_excel.headless.charts.model import Reference, Series
from kam_excel.headless.references.addressing import Area

if TYPE_CHECKING:
    from kam_excel.headless.model.sheet import SheetModel

MOST_SERIES = 255


def plot_by(source: Reference) -> str:
    """How Excel reads a range when nobody says: along the longer side of its data.

    Names and categories don't count; columns if equal.
    """
    table = _Table(source.sheet, _filled(source), "columns")
    height, width = table.height - table.name_rows(), table.width - table.label_columns()
    return "columns" if height >= width else "rows"


def read(source: Reference, by: str, chart_type: str) -> list[Series]:
    """The series of a range, each along a column, or along a row where `by` is "rows".

    The first row holds names where it is text or dates, leading columns hold categories where
    they are; an empty corner makes both so, whatever they hold. Raises WorkbookError for more
    series than a chart can have.
    """
    area = _filled(source)
    table = _Table(source.sheet, area, by)
    names, labels = table.name_rows(), table.label_columns()
    if table.width - labels > MOST_SERIES:
        raise _too_many(source.sheet, source.area)
    categories = table.part(names, 0, table.height, labels) if labels else None
    return [
        Series(
            values=table.part(names, column, table.height, column + 1),
            chart_type=chart_type,
            categories=categories,
            name=table.part(0, column, names, column + 1) if names else None,
        )
        for column in range(labels, table.width)
    ]


def _too_many(sheet: SheetModel, area: Area) -> WorkbookError:
    place = Place(sheet=sheet.entry.name, cell=str(area))
    return WorkbookError(problem("CHART_TOO_MANY_SERIES", place, area=area, limit=MOST_SERIES))


def _filled(source: Reference) -> Area:
    """The area without the empty rest of whole columns and rows."""
    area = source.area
    if not (area.whole_columns or area.whole_rows):
        return area
    used = source.sheet.grid.used_area()
    return (used and used.common(area)) or Area(area.row1, area.col1, area.row1, area.col1)


class _Table:
    """The cells of a range with series along its columns; turned round where along its rows."""

    def __init__(self, sheet: SheetModel, area: Area, by: str) -> None:
        self._sheet, self._area, self._turned = sheet, area, by == "rows"
        self.height = area.width if self._turned else area.height
        self.width = area.height if self._turned else area.width

    def part(self, row1: int, column1: int, row2: int, column2: int) -> Reference:
        """The cells from (row1, column1) on, before (row2, column2), counted from 0."""
        if self._turned:
            row1, column1, row2, column2 = column1, row1, column2, row2
        top, left = self._area.row1, self._area.col1
        area = Area(top + row1, left + column1, top + row2 - 1, left + column2 - 1)
        return Reference(self._sheet, area)

    def _values(self, row1: int, column1: int, row2: int, column2: int) -> list[Value]:
        area = self.part(row1, column1, row2, column2).area
        return [value for row in self._sheet.grid.values(area) for value in row]

    @property
    def _corner_is_empty(self) -> bool:
        both = self.height > 1 and self.width > 1
        return both and self._values(0, 0, 1, 1) == [None]

    def name_rows(self) -> int:
        """1 where the first row holds names, else 0."""
        if self.height == 1:
            return 0
        first = 1 if self.width > 1 else 0
        named = self._corner_is_empty or _are_labels(self._values(0, first, 1, self.width))
        return int(named)

    def label_columns(self) -> int:
        """How many leading columns hold categories; one is always left for a series."""
        if self.width == 1:
            return 0
        first = 1 if self.height > 1 else 0
        labelled = takewhile(
            lambda column: _are_labels(self._values(first, column, self.height, column + 1)),
            range(self.width - 1),
        )
        return max(len(list(labelled)), int(self._corner_is_empty))


def _are_labels(values: list[Value]) -> bool:
    """Whether there are texts or dates and nothing else."""
    held = [value for value in values if value is not None]
    return bool(held) and all(
        isinstance(value, (str, dt.datetime)) and not isinstance(value, CellError) for value in held
    )
