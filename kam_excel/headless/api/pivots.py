# mypy: allow-subclassing-any
"""Pivot tables as xlwings sees them: those of the file can be read, Excel alone computes them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NoReturn, Self

from xlwings import base_classes

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.collections import Listed
from kam_excel.headless.api.ranges import Range
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.parts.pivots import PivotXml, ValueField, pivots
from kam_excel.headless.references.names import same_name

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet

_FUNCTIONS = {"countNums": "count_numbers", "stdDev": "stdev", "stdDevp": "stdevp"}


@explained
class PivotTables(Listed["PivotTable"], base_classes.PivotTables):
    """The pivot tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _all(self) -> list[PivotTable]:
        found = pivots(self._sheet.book.package, self._sheet.model.part)
        return [PivotTable(self._sheet, each) for each in found]

    def add(self, source: Any, destination: Any, name: str | None = None) -> NoReturn:
        """Make the pivot table once in Excel, in this workbook; refresh() lets Excel fill it."""
        raise NotImplementedError(
            "pivot tables are made in Excel alone: make it there once, then refresh() it here"
        )


@explained
class PivotTable(base_classes.PivotTable):
    """A pivot table of the file. How it is arranged is told; Excel changes it."""

    def __init__(self, sheet: Sheet, xml: PivotXml) -> None:
        self.sheet = sheet
        self.xml = xml

    @property
    def api(self) -> PivotTable:
        return self

    @property
    def parent(self) -> Sheet:
        return self.sheet

    @property
    def name(self) -> str:
        return self.xml.name

    @name.setter
    def name(self, value: str) -> None:
        """Rename; raises WorkbookError for a taken name."""
        if not same_name(value, self.name) and value in PivotTables(self.sheet):
            place = Place(self.sheet.book.name, self.sheet.name)
            raise WorkbookError(problem("NAME_TAKEN", place, name=value))
        if self.xml.is_shown_elsewhere:
            raise NotImplementedError("slicers, timelines or charts show it: rename it in Excel")
        self.xml.name = value

    @property
    def field_names(self) -> list[str]:
        return self.xml.source_fields

    @property
    def rows(self) -> PivotFields:
        return PivotFields(self, "rows")

    @property
    def columns(self) -> PivotFields:
        return PivotFields(self, "columns")

    @property
    def filters(self) -> PivotFields:
        return PivotFields(self, "filters")

    @property
    def values(self) -> PivotValueFields:
        return PivotValueFields(self)

    @property
    def layout(self) -> str | None:
        return self.xml.layout

    @property
    def show_row_grand_totals(self) -> bool:
        return self.xml.grand_totals("row")

    @property
    def show_column_grand_totals(self) -> bool:
        return self.xml.grand_totals("col")

    @property
    def range(self) -> Range:
        return Range.over(self.sheet, self.xml.area)

    async def get_range(self) -> Range:
        return self.range

    @property
    def data_body_range(self) -> Range | None:
        body = self.xml.body
        return Range.over(self.sheet, body) if body else None

    async def get_data_body_range(self) -> Range | None:
        return self.data_body_range

    def refresh(self) -> None:
        """Let Excel compute the table when it opens the file; until then its cells stay."""
        self.xml.refresh_on_load()
        warnings.warn(
            f"the pivot table {self.name!r} shows what Excel computed last: "
            "it is refreshed when Excel opens the file",
            stacklevel=3,
        )


class _OfTable:
    """What belongs to a pivot table."""

    _table: PivotTable

    @property
    def api(self) -> Self:
        return self

    @property
    def parent(self) -> PivotTable:
        return self._table


@explained
class PivotFields(_OfTable, Listed["PivotField"], base_classes.PivotFields):
    """The fields in the rows, the columns or the filters of a pivot table."""

    def __init__(self, table: PivotTable, area: str) -> None:
        self._table, self._area = table, area

    @property
    def area(self) -> str:
        return self._area

    def _all(self) -> list[PivotField]:
        return [PivotField(self._table, name) for name in self._table.xml.fields(self._area)]


@explained
class PivotField(_OfTable, base_classes.PivotField):
    """A field of the source in its place."""

    def __init__(self, table: PivotTable, name: str) -> None:
        self._table, self._name = table, name

    @property
    def name(self) -> str:
        return self._name


@explained
class PivotValueFields(_OfTable, Listed["PivotValueField"], base_classes.PivotValueFields):
    """The fields whose values a pivot table summarizes."""

    def __init__(self, table: PivotTable) -> None:
        self._table = table

    def _all(self) -> list[PivotValueField]:
        return [PivotValueField(self._table, each) for each in self._table.xml.values]


@explained
class PivotValueField(_OfTable, base_classes.PivotValueField):
    """A field whose values are summarized."""

    def __init__(self, table: PivotTable, field: ValueField) -> None:
        self._table, self._field = table, field

    @property
    def name(self) -> str:
        return self._field.name

    @property
    def source_field(self) -> str:
        return self._field.source

    @property
    def function(self) -> str:
        return _FUNCTIONS.get(self._field.function, self._field.function)

    @property
    def number_format(self) -> str:
        styles = self._table.sheet.book.model.styles
        return styles.number_format_of_id(self._field.number_format_id)
