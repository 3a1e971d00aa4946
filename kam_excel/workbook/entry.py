"""What may be typed into a cell of an input: drop-down lists, dates, numbers within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlwings as xw

from kam_excel.codes import Language, Text
from kam_excel.contract.column import Column, Kind, fits_list
from kam_excel.workbook.cellvalues import BOOLEANS
from kam_excel.workbook.newsheet import new_sheet

FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
LARGEST = {Kind.INTEGER: 999_999_999, Kind.PERCENT: 1}
LARGEST_AMOUNT = 999_999_999_999
LISTS = Text("选项", "Lists")


class Lists:
    """The values of drop-down lists: in the rule itself, or in a column of a hidden sheet."""

    def __init__(self, book: xw.Book, language: Language) -> None:
        self._book = book
        self._language = language
        self._own: xw.Sheet | None = None
        self._used = 0

    def source(self, values: Sequence[str]) -> Sequence[str] | xw.Range:
        """What a rule takes for `values`: themselves, or the cells where they stand."""
        if fits_list(values):
            return values
        sheet = self._sheet()
        self._used += 1
        column = sheet.range((1, self._used), (len(values), self._used))
        column.value = [[f"'{value}"] for value in values]
        return column

    def _sheet(self) -> xw.Sheet:
        """A hidden last sheet, made when first needed; one that has its name stays as it is."""
        if self._own is None:
            taken = {sheet.name.lower() for sheet in self._book.sheets}
            name, number = LISTS.in_(self._language), 1
            while name.lower() in taken:
                number += 1
                name = f"{LISTS.in_(self._language)} {number}"
            self._own = new_sheet(self._book, name)
            self._own.visible = False
        return self._own


def restrict(cells: xw.Range, column: Column, language: Language, lists: Lists) -> None:
    """Let Excel refuse in `cells` what a run could not read as `column`; text is free."""
    rule = cells.data_validation
    match column.kind:
        case Kind.CHOICE if column.choices:
            rule.set_list(lists.source([column.shown(id_, language) for id_ in column.choices]))
        case Kind.BOOLEAN:
            rule.set_list(list(BOOLEANS[language].values()))
        case Kind.DATE:
            rule.set_date("greater_than_or_equal", FIRST_DAY)
        case Kind.INTEGER:
            rule.set_whole_number("between", -LARGEST[Kind.INTEGER], LARGEST[Kind.INTEGER])
        case Kind.PERCENT:
            rule.set_decimal("between", -LARGEST[Kind.PERCENT], LARGEST[Kind.PERCENT])
        case Kind.MONEY | Kind.NUMBER:
            rule.set_decimal("between", -LARGEST_AMOUNT, LARGEST_AMOUNT)


def restrict_setting(
    cell: xw.Range, default: Any, choices: Sequence[str], bounds: tuple[Any, Any], lists: Lists
) -> None:
    """Let Excel refuse in `cell` what the policy would refuse: its kind is that of `default`.

    bounds: least and greatest value, inclusive, None where there is none.
    """
    rule = cell.data_validation
    if choices:
        rule.set_list(lists.source(choices))
    elif isinstance(default, bool):
        rule.set_list([True, False])
    elif isinstance(default, (int, Decimal, Fraction)):
        number = int if isinstance(default, int) else float
        least, greatest = (
            sign * LARGEST_AMOUNT if bound is None else number(bound)
            for bound, sign in zip(bounds, (-1, 1), strict=True)
        )
        (rule.set_whole_number if number is int else rule.set_decimal)("between", least, greatest)
