"""What all sheets share: the open workbook with its formats, tables and page setup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbooks.company import COMPANY, SALES_OFFICE
from workbooks.words import HEADERS, SHEETS, TABLES, Language, Words

A4 = 9
# Room for two lines, in points.
HEADER_HEIGHT = 32
LINE_HEIGHT = 15
CREATED = datetime(2026, 7, 1, 9, 0)
FONT = Words("等线", "Calibri")
BOOK_TITLE = Words(f"{COMPANY.zh}销售台账", f"{COMPANY.en}: Sales Ledger")
INVENTED = Words("虚构数据，仅供演示", "Invented data, for demonstration only")
PAGES = Words("第 &P 页，共 &N 页", "Page &P of &N")
# What SUBTOTAL calls them, without hidden rows.
SUBTOTALS = {"sum": 109, "count": 103}
FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "valign": "vcenter"},
    "plain": {"valign": "vcenter"},
    "list": {"num_format": "@", "text_wrap": True, "valign": "vcenter"},
    "short": {"align": "center", "valign": "vcenter"},
    "money": {"num_format": "#,##0.00;[Red]-#,##0.00"},
    "yuan": {"num_format": "#,##0", "valign": "vcenter"},
    "whole": {"num_format": "0", "align": "center", "valign": "vcenter"},
    "pivot": {"num_format": "#,##0.00"},
    "rate": {"num_format": "0.0000"},
    "percent": {"num_format": "0.0%;[Red]-0.0%"},
    "share": {"num_format": "0.0%", "align": "center", "valign": "vcenter"},
    "tax": {"num_format": "0%", "align": "center"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center", "valign": "vcenter"},
    "month": {"num_format": "yyyy-mm", "align": "left"},
    "title": {"bold": True, "font_size": 16, "font_color": "#1F4E79"},
    "cover": {"bold": True, "font_size": 20, "font_color": "#1F4E79", "text_wrap": True,
              "valign": "vcenter"},
    "strong": {"bold": True, "font_color": "#C00000"},
    "note": {"italic": True, "font_color": "#7F7F7F"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True,
               "align": "center", "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"},
    "total": {"bold": True, "top": 1, "num_format": "#,##0.00;[Red]-#,##0.00"},
    "label": {"bold": True, "bg_color": "#DDEBF7", "valign": "top"},
    "link": {"font_color": "#0563C1", "underline": 1, "valign": "top"},
    "returned": {"font_color": "#C00000", "bg_color": "#FDE9E7"},
    "suspended": {"font_color": "#7F6000", "bg_color": "#FFF2CC"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its id in HEADERS, its format, its width in characters by language.

    `formula` and `total` (none, a label, or the function and its cached value) are as Excel's
    tables have them; a formula names tables and columns by their ids in braces.
    """

    id: str
    format: str = "plain"
    zh_width: float = 12
    en_width: float = 12
    formula: str = ""
    total: Words | str = ""
    total_value: float = 0.0

    @property
    def header(self) -> Words:
        """What stands in the header row."""
        return HEADERS[self.id]

    def width(self, language: Language) -> float:
        """The width in characters."""
        return self.zh_width if language == "zh" else self.en_width


def position(columns: Sequence[Column], column_id: str) -> int:
    """Where among `columns` the one with that id stands."""
    return [column.id for column in columns].index(column_id)


class Demo:
    """The workbook that is being made in one language; `close` gives its bytes."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.target = BytesIO()
        font = {"font_name": self.say(FONT), "font_size": 11}
        self.workbook = xlsxwriter.Workbook(
            self.target, {"in_memory": True, "default_format_properties": font}
        )
        self.workbook.set_properties(
            {
                "title": self.say(BOOK_TITLE),
                "author": self.say(SALES_OFFICE),
                "company": self.say(COMPANY),
                "created": CREATED,
                "comments": self.say(INVENTED),
            }
        )
        self.formats: dict[str, Format] = {
            name: self.workbook.add_format(properties) for name, properties in FORMATS.items()
        }

    def say(self, words: Words) -> str:
        """`words` in the language of the workbook."""
        return words.in_(self.language)

    def cell(self, value: Any) -> Any:
        """What a cell holds: words in the language of the workbook, all else as it is."""
        return self.say(value) if isinstance(value, Words) else value

    def row(self, values: Iterable[Any]) -> list[Any]:
        """The cells of a row."""
        return [self.cell(value) for value in values]

    def formula(self, template: str, **places: object) -> str:
        """A formula from its template; ids in braces stand for tables, `[{…}]` for columns."""
        named = re.sub(r"\[\{(\w+)\}\]", lambda m: f"[{self.say(HEADERS[m[1]])}]", template)
        tables = {table_id: self.say(name) for table_id, name in TABLES.items()}
        return named.format(**{**tables, **places})

    def sheet(self, sheet_id: str, *, tab: str, landscape: bool = True) -> Worksheet:
        """A new sheet, set up for A4 and one page wide."""
        sheet = self.workbook.add_worksheet(self.say(SHEETS[sheet_id]))
        sheet.set_tab_color(tab)
        sheet.set_paper(A4)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{self.say(COMPANY)}&R&A")
        sheet.set_footer(f"&C{self.say(PAGES)}")
        return sheet

    def table(
        self,
        sheet: Worksheet,
        table_id: str,
        columns: Sequence[Column],
        rows: Iterable[Iterable[Any]],
        *,
        top: int = 0,
        style: str = "Table Style Medium 2",
    ) -> int:
        """Write `rows` as an Excel table with its header in row `top`; the number of its last row.

        The cells of columns with a formula get their row's value as the cached one.
        """
        cells = [self.row(row) for row in rows]
        has_totals = any(column.total for column in columns)
        last_row = top + len(cells)
        bottom = last_row + has_totals
        options = {
            "name": self.say(TABLES[table_id]),
            "style": style,
            "total_row": has_totals,
            "data": cells,
            "columns": [self._table_column(column) for column in columns],
        }
        sheet.add_table(top, 0, bottom, len(columns) - 1, options)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width(self.language))
            if column.formula:
                values = [row[number] for row in cells]
                self._write_formulas(sheet, top + 1, number, column, values)
            if column.total in SUBTOTALS:
                self._write_total(sheet, bottom, number, table_id, column)
        sheet.set_row(top, HEADER_HEIGHT)
        sheet.repeat_rows(top)
        sheet.freeze_panes(top + 1, 0)
        sheet.print_area(0, 0, bottom, len(columns) - 1)
        return last_row

    def _table_column(self, column: Column) -> dict[str, Any]:
        options = {
            "header": self.say(column.header),
            "header_format": self.formats["header"],
            "format": self.formats[column.format],
        }
        if column.formula:
            options["formula"] = self.formula(column.formula)
        if column.total in SUBTOTALS:
            options |= {"total_function": column.total, "total_value": column.total_value}
        elif column.total:
            options["total_string"] = self.cell(column.total)
        return options

    def _write_formulas(
        self, sheet: Worksheet, first: int, number: int, column: Column, values: Sequence[Any]
    ) -> None:
        formula, cell_format = self.formula(column.formula), self.formats[column.format]
        for row, value in enumerate(values, start=first):
            sheet.write_formula(row, number, formula, cell_format, value)

    def _write_total(
        self, sheet: Worksheet, row: int, number: int, table_id: str, column: Column
    ) -> None:
        # Named in full: not every reader knows which table a bare [column] means.
        template = f"SUBTOTAL({SUBTOTALS[str(column.total)]},{{{table_id}}}[{{{column.id}}}])"
        cell_format = self.formats[column.format]
        sheet.write_formula(row, number, self.formula(template), cell_format, column.total_value)

    def close(self) -> bytes:
        """Finish the workbook; its bytes."""
        self.workbook.close()
        return self.target.getvalue()
