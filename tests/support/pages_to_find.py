"""Sheets to find tables on, written as lists of rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kam_excel.contract.tables import Customers, FxRates, Returns, Sales
from kam_excel.workbook.finding.locate import locate
from kam_excel.workbook.finding.location import Location
from kam_excel.workbook.finding.pages import Listed, Page
from kam_excel.workbook.sheetcells import SheetCells

TABLES = (Customers, FxRates, Returns, Sales)
LINE = [datetime(2026, 1, 5), "C1", 100.0]
HEADER = ["日期", "客户编码", "金额"]


def page(
    sheet: str, rows: list[list[Any]], listed: tuple[Listed, ...] = (), file: str = ""
) -> Page:
    filled = {i: row for i, row in enumerate(rows, 1) if any(cell is not None for cell in row)}
    width = max(map(len, rows))
    columns = {
        column + 1: [row[column] if column < len(row) else None for row in filled.values()]
        for column in range(width)
    }
    kept = {c: cells for c, cells in columns.items() if any(cell is not None for cell in cells)}
    return Page(SheetCells(sheet, list(filled), kept), listed, file)


def found(*pages: Page, fixed: dict[str, Any] | None = None) -> dict[str, Location]:
    search = locate(pages, TABLES, fixed)
    assert search.refused == {}
    return search.found


def refusals(*pages: Page, fixed: dict[str, Any] | None = None) -> list[str]:
    search = locate(pages, TABLES, fixed)
    return [each.code.name for problems in search.refused.values() for each in problems]
