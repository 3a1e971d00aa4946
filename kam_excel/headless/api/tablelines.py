# mypy: allow-subclassing-any
"""The rows and columns of a table, added and deleted with the cells behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.headless.api.collections import Keyed
from kam_excel.headless.api.ranges import Range
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.looks import always
from kam_excel.headless.parts import tablebands
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references.addressing import Area

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet


class _Lines(Keyed):
    """Rows or columns, found by their places from 1."""

    def __init__(self, sheet: Sheet, xml: TableXml) -> None:
        self.sheet = sheet
        self.xml = xml

    @property
    def grid(self) -> Grid:
        """The cells of the sheet."""
        return self.sheet.model.grid

    async def get_count(self) -> int:
        return len(self)

    def _grow(self, line: Area, names: Sequence[str], shift: str, room: Area | None) -> None:
        """Let the table take in `line`: what stands there makes room, unless `room` is empty."""
        area = self.xml.area
        if room is None or not tablebands.has_room(self.grid, room):
            Range.over(self.sheet, line).insert(shift)
        down, right = (line.height, 0) if shift == "down" else (0, line.width)
        self.xml.resize(Area(area.row1, area.col1, area.row2 + down, area.col2 + right), names)


@explained
class TableRows(_Lines, base_classes.TableRows):
    """The rows of data, without header and totals."""

    @property
    def column_count(self) -> int:
        """How many values a row takes."""
        return self.xml.area.width

    @property
    def body(self) -> Area | None:
        """The cells of the rows; None without any."""
        return tablebands.filled_body(self.xml, self.grid)

    def __len__(self) -> int:
        return self.body.height if self.body else 0

    def __iter__(self) -> Iterator[TableRow]:
        return iter([TableRow(self, place) for place in range(1, len(self) + 1)])

    def __call__(self, key: int) -> TableRow:
        if not 1 <= key <= len(self):
            raise KeyError(key)
        return TableRow(self, key)

    def add(self, values: Sequence[Any] | None, index: int | None) -> TableRow:
        """Add a row at a place, from 1, or behind the last; without values formulas are filled in.

        Raises WorkbookError where the cells below cannot move down.
        """
        place = index or len(self) + 1
        if self.body is not None:
            self._make_room(self.body, place)
        row = TableRow(self, place)
        if values is None:
            calculated = (self._calculated(index) for index in range(self.column_count))
            row.range.raw_value = [list(calculated)]
        else:
            row.range.raw_value = [list(values)]
        return row

    def _make_room(self, body: Area, place: int) -> None:
        number = body.row1 + place - 1
        line = Area(number, body.col1, number, body.col2)
        at_end = number > body.row2 and not self.xml.totals_rows
        like = max(number - 1, body.row1)
        styles = [self.grid.style(like, column) for column in body.columns]
        self._grow(line, self.xml.column_names, "down", room=line if at_end else None)
        for column, style in zip(body.columns, styles, strict=True):
            self.grid.restyle(Area(number, column, number, column), always(style))

    def _calculated(self, index: int) -> str | None:
        formula = self.xml.column_formula(index, "calculatedColumnFormula")
        return f"={formula}" if formula else None


@explained
class TableRow(base_classes.TableRow):
    """A row of data, known by its place."""

    def __init__(self, rows: TableRows, index: int) -> None:
        self._rows = rows
        self._index = index

    @property
    def api(self) -> TableRow:
        return self

    @property
    def index(self) -> int:
        return self._index

    @property
    def range(self) -> Range:
        body = self._rows.xml.body
        assert body is not None
        number = body.row1 + self._index - 1
        return Range.over(self._rows.sheet, Area(number, body.col1, number, body.col2))

    async def get_range(self) -> Range:
        return self.range

    def delete(self) -> None:
        """Delete the row; what stands below moves up. The last one is emptied."""
        xml, before, line = self._rows.xml, self._rows.xml.area, self.range
        if len(self._rows) == 1:
            line.clear_contents()
            xml.waits_for_data = True
            return
        line.delete("up")
        smaller = Area(before.row1, before.col1, before.row2 - 1, before.col2)
        xml.resize(smaller, xml.column_names)


@explained
class TableColumns(_Lines, base_classes.TableColumns):
    """The columns of a table."""

    def __len__(self) -> int:
        return len(self.xml.column_names)

    def __iter__(self) -> Iterator[TableColumn]:
        return iter([TableColumn(self, place) for place in range(1, len(self) + 1)])

    def __call__(self, key: str | int) -> TableColumn:
        names = [name.casefold() for name in self.xml.column_names]
        if isinstance(key, int):
            if not 1 <= key <= len(names):
                raise KeyError(key)
            return TableColumn(self, key)
        if key.casefold() not in names:
            raise KeyError(key)
        return TableColumn(self, names.index(key.casefold()) + 1)

    def add(self, name: str, index: int | None) -> TableColumn:
        """Add a column at a place, from 1, or behind the last.

        Raises WorkbookError where the cells beside the table cannot move right.
        """
        place = index or len(self.xml.column_names) + 1
        area, names = self.xml.area, self.xml.column_names
        number = area.col1 + place - 1
        line = Area(area.row1, number, area.row2, number)
        names.insert(place - 1, name)
        self._grow(line, names, "right", room=self._beside(area) if place > area.width else None)
        if self.xml.header_rows:
            self.grid.write(area.row1, number, [[name]])
        return TableColumn(self, place)

    def _beside(self, area: Area) -> Area:
        """The cells right of the table, as far as the sheet is used; Excel moves them all."""
        used = self.grid.used_area() or area
        return Area(area.row1, area.col2 + 1, area.row2, max(used.col2, area.col2 + 1))


@explained
class TableColumn(base_classes.TableColumn):
    """A column of a table, known by its place."""

    def __init__(self, columns: TableColumns, index: int) -> None:
        self._columns = columns
        self._index = index

    @property
    def api(self) -> TableColumn:
        return self

    @property
    def name(self) -> str:
        return self._columns.xml.column_names[self._index - 1]

    @property
    def index(self) -> int:
        return self._index

    @property
    def range(self) -> Range:
        return self._of(self._columns.xml.area)

    async def get_range(self) -> Range:
        return self.range

    @property
    def data_body_range(self) -> Range | None:
        body = tablebands.filled_body(self._columns.xml, self._columns.grid)
        return self._of(body) if body else None

    async def get_data_body_range(self) -> Range | None:
        return self.data_body_range

    def _of(self, area: Area) -> Range:
        column = area.col1 + self._index - 1
        return Range.over(self._columns.sheet, Area(area.row1, column, area.row2, column))

    def delete(self) -> None:
        """Delete the column; what stands beside the table moves left."""
        if len(self._columns) == 1:
            raise ValueError("Cannot delete the last table column")
        xml, before = self._columns.xml, self._columns.xml.area
        names = xml.column_names
        del names[self._index - 1]
        self.range.delete("left")
        xml.resize(Area(before.row1, before.col1, before.row2, before.col2 - 1), names)
