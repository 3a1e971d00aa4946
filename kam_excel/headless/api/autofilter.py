# mypy: allow-subclassing-any
"""AutoFilters of ranges and tables: their criteria, and the rows that they hide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells import filtering
from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.cells.filtering import (
    BLANK,
    Comparison,
    Condition,
    Criterion,
    Top,
    Values,
)
from kam_excel.headless.cells.matching import escaped
from kam_excel.headless.cells.values import to_serial
from kam_excel.headless.references.addressing import Area, quote_sheet
from kam_excel.headless.rules.words import OPERATORS

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet
    from kam_excel.headless.parts.filters import FilterXml
    from kam_excel.headless.parts.tables import TableXml

_DATABASE = "_xlnm._FilterDatabase"
_SIGNS = {
    "equal": "=",
    "notEqual": "<>",
    "greaterThan": ">",
    "lessThan": "<",
    "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=",
}


@explained
class AutoFilter(base_classes.AutoFilter):
    """The filter of an area with a header; fields are columns of it, counted from 1."""

    def __init__(self, sheet: Sheet, area: Area, table: TableXml | None = None) -> None:
        self._book, self._sheet, self._table = sheet.book, sheet.model, table
        self.area = area

    @classmethod
    def of_table(cls, sheet: Sheet, table: TableXml) -> AutoFilter:
        """The filter of a table; its totals row is not filtered."""
        area = table.area
        last = area.row2 - table.totals_rows
        return cls(sheet, Area(area.row1, area.col1, last, area.col2), table)

    @property
    def _xml(self) -> FilterXml:
        return self._sheet.filter if self._table is None else self._table.filter

    @property
    def _is_there(self) -> bool:
        return self._xml.area == self.area

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """What is asked of each column, as xlwings describes it."""
        asked = self._xml.criteria() if self._is_there else {}
        return [_snapshot(place + 1, asked.get(place)) for place in range(self.area.width)]

    def apply_values(self, field: int, values: Sequence[str]) -> None:
        """Show rows whose cells show one of some texts; "" stands for empty cells."""
        texts = tuple(dict.fromkeys(value for value in values if value))
        self._ask(field, Values(texts, blank="" in values))

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        """Show rows whose cells compare so; None stands for empty cells."""
        date1904 = self._sheet.grid.date1904
        if value1 is None and operator == "equal_to":
            self._ask(field, Values(blank=True))
            return
        first = BLANK if value1 is None else _operand(value1, date1904)
        if operator in ("between", "not_between"):
            inside = operator == "between"
            low, high = (
                ("greaterThanOrEqual", "lessThanOrEqual") if inside else ("lessThan", "greaterThan")
            )
            second = _operand(value2, date1904)
            both = (Condition(low, first), Condition(high, second))
            self._ask(field, Comparison(both, both=inside))
        else:
            self._ask(field, Comparison((Condition(OPERATORS[operator], first),)))

    def apply_top_items(self, field: int, count: int) -> None:
        self._ask(field, Top(count))

    def apply_bottom_items(self, field: int, count: int) -> None:
        self._ask(field, Top(count, largest=False))

    def apply_top_percent(self, field: int, percent: float) -> None:
        self._ask(field, Top(percent, percent=True))

    def apply_bottom_percent(self, field: int, percent: float) -> None:
        self._ask(field, Top(percent, percent=True, largest=False))

    def clear(self, field: int | None) -> None:
        """Ask nothing more of a column, or of any; the buttons stay."""
        if not self._is_there:
            return
        asked = self._xml.criteria()
        left = (
            {} if field is None else {key: each for key, each in asked.items() if key != field - 1}
        )
        self._hide(left)
        for place in asked.keys() - left.keys():
            self._xml.set(place, None)
        self._mark(bool(left))

    def _ask(self, field: int, criterion: Criterion) -> None:
        """Filter by one more column; nothing is written where the rows cannot be told."""
        asked = self._xml.criteria() if self._is_there else {}
        if self._xml.area not in (None, self.area):
            raise ValueError("This worksheet already has an AutoFilter on a different range")
        self._hide(asked | {field - 1: criterion})
        if not self._is_there:
            self._begin()
        limit = self._limit(field, criterion) if isinstance(criterion, Top) else None
        self._xml.set(field - 1, criterion, limit)
        self._mark(True)

    def _begin(self) -> None:
        self._xml.begin(self.area)
        if self._table is None:
            entry = self._sheet.entry
            refers_to = f"{quote_sheet(entry.name)}!{self.area.address(True, True)}"
            self._book.model.xml.set_name(_DATABASE, refers_to, entry.place, hidden=True)

    @property
    def _rows(self) -> Area | None:
        """The rows below the header."""
        area = self.area
        if area.height == 1:
            return None
        return Area(area.row1 + 1, area.col1, area.row2, area.col2)

    def _hide(self, asked: dict[int, Criterion]) -> None:
        if self._rows is not None:
            self._book.compute(self._sheet, self._rows)
            columns = {self.area.col1 + place: each for place, each in asked.items()}
            filtering.apply(self._sheet.grid, self._book.model.styles, self._rows, columns)

    def _limit(self, field: int, top: Top) -> float | None:
        if self._rows is None:
            return None
        column = self.area.col1 + field - 1
        return filtering.threshold(
            self._sheet.grid, self._book.model.styles, self._rows, column, top
        )

    def _mark(self, filtered: bool) -> None:
        if self._table is None:
            self._sheet.mark_filtered(filtered)


def _operand(value: Any, date1904: bool) -> str:
    """A value of a comparison as files write it: dates as numbers, wildcards escaped."""
    if isinstance(value, dict):
        moment = dt.datetime.fromisoformat(value["value"])
        return number_text(to_serial(moment, date1904))
    return escaped(value)


def _snapshot(field: int, criterion: Criterion | None) -> dict[str, Any]:
    """A criterion as xlwings describes it."""
    kind, first, second, join = _described(criterion)
    found: dict[str, Any] = base_classes.autofilter_criteria_snapshot(
        field, kind, first, second, join
    )
    return found


def _described(criterion: Criterion | None) -> tuple[str, Any, Any, str | None]:
    if criterion is None:
        return "none", None, None, None
    if isinstance(criterion, Top):
        side = "top" if criterion.largest else "bottom"
        unit = "percent" if criterion.percent else "items"
        return f"{side}_{unit}", number_text(criterion.count), None, None
    if isinstance(criterion, Values) and not criterion.dates:
        if criterion == Values(blank=True):
            return "comparison", "=", None, None
        return "values", [*criterion.texts, *([""] if criterion.blank else [])], None, None
    if isinstance(criterion, Comparison) and len(criterion.conditions) in (1, 2):
        signs = [
            _SIGNS[each.operator] + ("" if each.text == BLANK else each.text)
            for each in criterion.conditions
        ]
        join = "and" if criterion.both else "or"
        return "comparison", signs[0], signs[1] if signs[1:] else None, join
    return "unknown", None, None, None
