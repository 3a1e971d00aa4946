# mypy: allow-subclassing-any
"""Tables as xlwings sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.autofilter import AutoFilter
from kam_excel.headless.api.collections import Listed
from kam_excel.headless.api.names import check_name
from kam_excel.headless.api.rangedata import arrange
from kam_excel.headless.api.ranges import Range
from kam_excel.headless.api.tablelines import TableColumns, TableRows
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells import sorting
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.parts import tablebands
from kam_excel.headless.parts.sheettables import unique_headers
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.names import same_name

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet


@explained
class Tables(Listed["Table"], base_classes.Tables):
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def _all(self) -> list[Table]:
        return [Table(self._sheet, table) for table in self._sheet.model.tables]

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: bool = True,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """Make a table of a range; raises WorkbookError for a name or an area that is taken.

        Without headers the data moves down, and so it does below a header alone where it must.
        """
        if source_type is not None or link_source is not None or destination is not None:
            raise NotImplementedError("only ranges become tables: leave out all but `source`")
        name = name or self._free_name()
        self._check_name(name)
        area, tables, grid = source.impl.area, self._sheet.model.tables, self._sheet.model.grid
        if not has_headers:
            tables.check(area)
            self._push_down(Area(area.row1, area.col1, area.row1, area.col2))
            area = Area(area.row1, area.col1, area.row2 + 1, area.col2)
        below = Area(area.row2 + 1, area.col1, area.row2 + 1, area.col2)
        if area.height == 1 and not tablebands.has_room(grid, below):
            self._push_down(below)
        return Table(self._sheet, tables.add(area, name, table_style_name or ""))

    def _push_down(self, area: Area) -> None:
        Range.over(self._sheet, area).insert("down")

    def _check_name(self, name: str) -> None:
        check_name(name)
        if name.casefold() in self._sheet.book.model.taken_names():
            raise WorkbookError(problem("NAME_TAKEN", Place(self._sheet.book.name), name=name))

    def _free_name(self) -> str:
        taken = self._sheet.book.model.taken_names()
        number = len(self._sheet.book.model.tables()) + 1
        while f"table{number}" in taken:
            number += 1
        return f"Table{number}"


@explained
class Table(base_classes.Table):
    """An Excel table."""

    def __init__(self, sheet: Sheet, xml: TableXml) -> None:
        self._sheet = sheet
        self._xml = xml

    @property
    def api(self) -> Table:
        return self

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def name(self) -> str:
        return self._xml.name

    @name.setter
    def name(self, value: str) -> None:
        if value == self.name:
            return
        model = self._sheet.book.model
        same = same_name(value, self.name)
        check_name(value)
        if not same and value.casefold() in model.taken_names():
            raise WorkbookError(problem("NAME_TAKEN", Place(model.name), name=value))
        model.rename_table(self._xml, value)

    @property
    def display_name(self) -> str:
        return self.name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    def _range(self, area: Area | None) -> Range | None:
        return Range.over(self._sheet, area) if area else None

    @property
    def range(self) -> Range:
        return Range.over(self._sheet, self._xml.area)

    @property
    def _grid(self) -> Grid:
        return self._sheet.model.grid

    @property
    def data_body_range(self) -> Range | None:
        return self._range(tablebands.filled_body(self._xml, self._grid))

    @property
    def header_row_range(self) -> Range | None:
        return self._range(self._xml.header)

    @property
    def totals_row_range(self) -> Range | None:
        return self._range(self._xml.totals)

    @property
    def insert_row_range(self) -> Range | None:
        """The row that waits for the first data; None once there is some."""
        return None if self.data_body_range else self._range(self._xml.body)

    @property
    def show_headers(self) -> bool:
        return bool(self._xml.header_rows)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        change = tablebands.show_header if value else tablebands.hide_header
        change(self._xml, self._grid)

    @property
    def show_totals(self) -> bool:
        return bool(self._xml.totals_rows)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        change = tablebands.show_totals if value else tablebands.hide_totals
        change(self._xml, self._grid)

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter.of_table(self._sheet, self._xml)

    @property
    def show_autofilter(self) -> bool:
        return self._xml.autofilter

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self._xml.autofilter = value

    @property
    def table_style(self) -> str:
        return self._xml.style

    @table_style.setter
    def table_style(self, value: str) -> None:
        self._xml.style = value

    @property
    def show_table_style_first_column(self) -> bool:
        return self._xml.flag("first_column")

    @show_table_style_first_column.setter
    def show_table_style_first_column(self, value: bool) -> None:
        self._xml.set_flag("first_column", value)

    @property
    def show_table_style_last_column(self) -> bool:
        return self._xml.flag("last_column")

    @show_table_style_last_column.setter
    def show_table_style_last_column(self, value: bool) -> None:
        self._xml.set_flag("last_column", value)

    @property
    def show_table_style_row_stripes(self) -> bool:
        return self._xml.flag("row_stripes")

    @show_table_style_row_stripes.setter
    def show_table_style_row_stripes(self, value: bool) -> None:
        self._xml.set_flag("row_stripes", value)

    @property
    def show_table_style_column_stripes(self) -> bool:
        return self._xml.flag("column_stripes")

    @show_table_style_column_stripes.setter
    def show_table_style_column_stripes(self, value: bool) -> None:
        self._xml.set_flag("column_stripes", value)

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' name
        """Let the table take another range, whose first row is on the same row as its own.

        Raises WorkbookError where that overlaps another table or merged cells.
        """
        area = range.impl.area
        if self._xml.totals_rows:
            raise NotImplementedError("hide the totals row before resizing the table")
        if area.row1 != self._xml.area.row1 or not area.common(self._xml.area):
            raise ValueError("the first row stays where it is, and the old area is overlapped")
        tables = self._sheet.model.tables
        tables.check(area, self._xml)
        if self._xml.header_rows:
            names = tables.write_headers(area)
        else:
            kept = self._xml.column_names[: area.width]
            names = unique_headers([*kept, *[None] * (area.width - len(kept))])
        self._xml.resize(area, names)

    def sort(self, keys: Sequence[int], ascending: Sequence[bool]) -> None:
        """Sort the data by columns of the table, counted from 1; header and totals stay.

        Raises WorkbookError where a row cannot move or a formula among the keys has no value yet.
        """
        body = tablebands.filled_body(self._xml, self._grid)
        if body is None:
            return
        arrange(self._sheet.model, body, sorting.sorted_rows(self._grid, body, keys, ascending))
        if self._xml.header_rows:
            self._xml.set_sorting(body, list(zip(keys, ascending, strict=True)))

    @property
    def rows(self) -> TableRows:
        return TableRows(self._sheet, self._xml)

    @property
    def columns(self) -> TableColumns:
        return TableColumns(self._sheet, self._xml)
