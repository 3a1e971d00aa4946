# mypy: allow-subclassing-any
"""Tables as xlwings sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.autofilter import AutoFilter
from kam_excel.headless.api.names import check_name
from kam_excel.headless.api.ranges import Range
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references.addressing import Area

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet


@explained
class Tables(base_classes.Tables):
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Tables:
        return self

    def _all(self) -> list[Table]:
        return [Table(self._sheet, table) for table in self._sheet.model.tables]

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> Table:
        tables = self._all()
        if isinstance(key, int):
            if not 1 <= key <= len(tables):
                raise KeyError(key)
            return tables[key - 1]
        for table in tables:
            if table.name.casefold() == key.casefold():
                return table
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True

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
        """Make a table of a range; raises WorkbookError for a name or an area that is taken."""
        if not has_headers:
            raise NotImplementedError("write a header row above the data first")
        name = name or self._free_name()
        self._check_name(name)
        table = self._sheet.model.tables.add(source.impl.area, name, table_style_name or "")
        return Table(self._sheet, table)

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
        same = value.casefold() == self.name.casefold()
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
    def data_body_range(self) -> Range | None:
        return self._range(self._xml.body)

    @property
    def header_row_range(self) -> Range | None:
        return self._range(self._xml.header)

    @property
    def totals_row_range(self) -> Range | None:
        return self._range(self._xml.totals)

    @property
    def insert_row_range(self) -> None:
        return None

    @property
    def show_headers(self) -> bool:
        return bool(self._xml.header_rows)

    @property
    def show_totals(self) -> bool:
        return bool(self._xml.totals_rows)

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter.of_table(self._sheet.book.model, self._sheet.model, self._xml)

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
        """Let the table take another range, whose first row is on the same row as its header.

        Raises WorkbookError where that overlaps another table or merged cells.
        """
        area = range.impl.area
        if self._xml.totals_rows:
            raise NotImplementedError("hide the totals row before resizing the table")
        if area.row1 != self._xml.area.row1 or not area.common(self._xml.area):
            raise ValueError("the header row stays where it is, and the old area is overlapped")
        tables = self._sheet.model.tables
        tables.check(area, self._xml)
        names = tables.write_headers(area) if self._xml.header_rows else self._xml.column_names
        self._xml.resize(area, names)

    @property
    def columns(self) -> TableColumns:
        return TableColumns(self._sheet, self._xml)


@explained
class TableColumns(base_classes.TableColumns):
    """The columns of a table."""

    def __init__(self, sheet: Sheet, xml: TableXml) -> None:
        self._sheet = sheet
        self._xml = xml

    @property
    def api(self) -> TableColumns:
        return self

    def __iter__(self) -> Iterator[TableColumn]:
        places = range(1, len(self) + 1)
        return iter([TableColumn(self._sheet, self._xml, place) for place in places])

    def __len__(self) -> int:
        return len(self._xml.column_names)

    def __call__(self, key: str | int) -> TableColumn:
        if isinstance(key, int):
            if not 1 <= key <= len(self):
                raise KeyError(key)
            return TableColumn(self._sheet, self._xml, key)
        for column in self:
            if column.name.casefold() == key.casefold():
                return column
        raise KeyError(key)


@explained
class TableColumn(base_classes.TableColumn):
    """A column of a table."""

    def __init__(self, sheet: Sheet, xml: TableXml, index: int) -> None:
        self._sheet = sheet
        self._xml = xml
        self._index = index

    @property
    def name(self) -> str:
        return self._xml.column_names[self._index - 1]

    @property
    def index(self) -> int:
        return self._index

    @property
    def range(self) -> Range:
        return Range.over(self._sheet, self._of(self._xml.area))

    @property
    def data_body_range(self) -> Range | None:
        body = self._xml.body
        return Range.over(self._sheet, self._of(body)) if body else None

    def _of(self, area: Area) -> Area:
        column = area.col1 + self._index - 1
        return Area(area.row1, column, area.row2, column)
