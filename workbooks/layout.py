"""What all sheets share: the open workbook with its formats, tables and page setup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from workbooks.company import COMPANY

A4 = 9
CREATED = datetime(2026, 7, 1, 9, 0)
# What SUBTOTAL calls them, without hidden rows.
SUBTOTALS = {"sum": 109, "count": 103}
FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "plain": {},
    "short": {"align": "center"},
    "money": {"num_format": "#,##0.00;[Red]-#,##0.00"},
    "yuan": {"num_format": "#,##0"},
    "whole": {"num_format": "0", "align": "center"},
    "pivot": {"num_format": "#,##0.00"},
    "rate": {"num_format": "0.0000"},
    "percent": {"num_format": "0.0%;[Red]-0.0%"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
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
    """A column of a table: header, format, width in characters and, if any, its total."""

    header: str
    format: str = "plain"
    width: float = 12
    formula: str = ""
    total: dict[str, Any] = field(default_factory=dict)


class Demo:
    """The workbook that is being made; `close` gives its bytes."""

    def __init__(self) -> None:
        self.target = BytesIO()
        font = {"font_name": "等线", "font_size": 11}
        self.workbook = xlsxwriter.Workbook(
            self.target, {"in_memory": True, "default_format_properties": font}
        )
        self.workbook.set_properties(
            {
                "title": f"{COMPANY}销售台账",
                "author": "销售管理部",
                "company": COMPANY,
                "created": CREATED,
                "comments": "虚构数据，仅供演示",
            }
        )
        self.formats: dict[str, Format] = {
            name: self.workbook.add_format(properties) for name, properties in FORMATS.items()
        }

    def sheet(self, name: str, *, tab: str, landscape: bool = True) -> Worksheet:
        """A new sheet, set up for A4 and one page wide."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_tab_color(tab)
        sheet.set_paper(A4)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{COMPANY}&R&A")
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def table(
        self,
        sheet: Worksheet,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Any]],
        *,
        top: int = 0,
        style: str = "Table Style Medium 2",
    ) -> str:
        """Write `rows` as the Excel table `name` with its header in row `top`; its range.

        The cells of columns with a formula get their row's value as the cached one.
        """
        last_row = top + len(rows) + any(column.total for column in columns)
        options = {
            "name": name,
            "style": style,
            "total_row": any(column.total for column in columns),
            "data": rows,
            "columns": [self._table_column(column) for column in columns],
        }
        sheet.add_table(top, 0, last_row, len(columns) - 1, options)
        for position, column in enumerate(columns):
            sheet.set_column(position, position, column.width)
            if column.formula:
                for number, row in enumerate(rows, start=top + 1):
                    cell_format = self.formats[column.format]
                    sheet.write_formula(
                        number, position, column.formula, cell_format, row[position]
                    )
            if function := column.total.get("total_function"):
                # Named in full: not every reader knows which table a bare [column] means.
                sheet.write_formula(
                    last_row,
                    position,
                    f"SUBTOTAL({SUBTOTALS[function]},{name}[{column.header}])",
                    self.formats[column.format],
                    column.total["total_value"],
                )
        sheet.repeat_rows(top)
        sheet.freeze_panes(top + 1, 0)
        sheet.print_area(0, 0, last_row, len(columns) - 1)
        return f"A{top + 1}:{xl_rowcol_to_cell(last_row, len(columns) - 1)}"

    def _table_column(self, column: Column) -> dict[str, Any]:
        options = {
            "header": column.header,
            "header_format": self.formats["header"],
            "format": self.formats[column.format],
            **column.total,
        }
        return {**options, "formula": column.formula} if column.formula else options

    def close(self) -> bytes:
        """Finish the workbook; its bytes."""
        self.workbook.close()
        return self.target.getvalue()
