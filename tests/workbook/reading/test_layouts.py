"""Any table, written in any layout that is supported, reads back equal."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.contract.tables import Customers, Returns, Sales
from kam_excel.domain.money import total
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.finding.locate import locate
from kam_excel.workbook.finding.pages import read_pages
from kam_excel.workbook.reading.read import Reading, read_table

Row = dict[str, Any]
Grid = list[list[Any]]
HEADERS = {
    "doc_no": ("单据号", "Order ID", "发票号码", " order  id "),
    "date": ("日期", "Order Date", "订单日期", "ＤＡＴＥ", "Order\nDate"),
    "customer_id": ("客户编码", "Customer ID", "客户 ID", "客户\n编号"),
    "product_id": ("产品编码", "SKU", "货号"),
    "amount": ("金额", "Sales", "销售额", "成交金额", "ＳＡＬＥＳ"),
}
IDS = st.text("ABC0123456789-", min_size=1, max_size=6).map(lambda text: f"K{text}")
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
AMOUNTS = st.decimals(-10_000_000, 10_000_000, places=2)


def lines(amounts: st.SearchStrategy[Decimal], least: int = 1) -> st.SearchStrategy[list[Row]]:
    columns = {"doc_no": IDS, "date": DAYS, "customer_id": IDS, "product_id": IDS}
    row = st.fixed_dictionaries({**columns, "amount": amounts})
    return st.lists(row, min_size=least, max_size=8)


ROWS = lines(AMOUNTS)
SOLD = lines(st.decimals("0.01", 10_000_000, places=2), least=2)


@dataclass
class Sheet:
    """A sheet to be written: rows from A1 on, areas that are Excel tables, merged cells."""

    name: str
    grid: Grid
    tables: list[tuple[int, int, int, int]] = field(default_factory=list)


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for each in sheets:
        sheet = book.add_worksheet(each.name)
        for i, row in enumerate(each.grid):
            for j, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(i, j, datetime(*cell.timetuple()[:3]), day)
                elif cell is not None:
                    sheet.write(i, j, float(cell) if isinstance(cell, Decimal) else cell)
        for area in each.tables:
            headers = [{"header": cell} for cell in each.grid[area[0]][area[1] : area[3] + 1]]
            sheet.add_table(*area, {"columns": headers})
    book.close()


def read(sheets: Sequence[Sheet], name: str = "company.xlsx") -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path, sheets)
        with open_headless(path) as book:
            pages = read_pages(book)
            search = locate(pages, (Customers, Returns, Sales))
            assert search.refused == {}
            cells = {page.sheet: page.cells for page in pages}
            return read_table(book, search.found["sales"], sheets=cells)


def facts(reading: Reading, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of a frame as plain values, sorted."""
    assert reading.problems == []
    columns = [reading.frame[name].tolist() for name in names]
    rows = [tuple(map(_plain, row)) for row in zip(*columns, strict=True)]
    return sorted(rows)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return value.normalize() + 0 if isinstance(value, Decimal) else value


def expected(rows: Sequence[Row], names: Sequence[str]) -> list[tuple[Any, ...]]:
    return sorted(tuple(_plain(row[name]) for name in names) for row in rows)


def grid_of(rows: Sequence[Row], names: Sequence[str], headers: Sequence[str]) -> Grid:
    return [list(headers), *([row[name] for name in names] for row in rows)]


@st.composite
def headed(draw: Callable[..., Any], names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Columns in any order, each with one of its headers."""
    order = draw(st.permutations(list(names)))
    return list(order), [draw(st.sampled_from(HEADERS[name])) for name in order]


LONG = ("doc_no", "date", "customer_id", "product_id", "amount")
TITLES = st.lists(
    st.sampled_from([["销售流水"], ["制表人", "张三"], [], [None, "内部资料"]]), max_size=5
)


@settings(max_examples=40)
@given(ROWS, headed(LONG), TITLES, st.integers(0, 3), st.booleans())
def test_a_long_table_anywhere(rows, head, titles, left, is_listed):
    names, headers = head
    grid = [*titles, *grid_of(rows, names, headers)]
    grid = [[None] * left + row for row in grid]
    tables = []
    if is_listed and len(set(headers)) == len(headers):
        top = len(titles)
        tables = [(top, left, top + len(rows), left + len(names) - 1)]
    assert facts(read([Sheet("流水", grid, tables)]), LONG) == expected(rows, LONG)


@settings(max_examples=25)
@given(SOLD, headed(LONG), st.data())
def test_blank_rows_totals_and_headers_said_again_change_nothing(rows, head, data):
    names, headers = head
    grid = grid_of(rows, names, headers)
    amount = names.index("amount")
    sum_ = sum((row["amount"] for row in rows), Decimal(0))
    total_row = [sum_ if i == amount else None for i in range(len(names))]
    if data.draw(st.booleans(), label="labelled"):
        total_row[0 if amount else 1] = "合计"
    extra = data.draw(
        st.lists(st.sampled_from([[], list(headers)]), max_size=3), label="extra rows"
    )
    for row in extra:
        grid.insert(data.draw(st.integers(1, len(grid)), label="where"), row)
    reading = read([Sheet("流水", [*grid, total_row])])
    assert facts(reading, LONG) == expected(rows, LONG)
    changes = reading.reconciliation.set_index("reason_code")
    assert changes.at["TOTAL_ROW_DROPPED", "rows"] == -1
    assert changes.at["ROWS_USED", "amount"] == sum_


@settings(max_examples=25)
@given(st.lists(ROWS, min_size=2, max_size=3), headed(LONG))
def test_sheets_of_one_schema(parts, head):
    names, headers = head
    sheets = [Sheet(str(2024 + i), grid_of(rows, names, headers)) for i, rows in enumerate(parts)]
    every = [row for rows in parts for row in rows]
    assert facts(read(sheets), LONG) == expected(every, LONG)


@settings(max_examples=25)
@given(st.lists(ROWS, min_size=2, max_size=3), headed(LONG))
def test_parts_below_each_other(parts, head):
    names, headers = head
    grid: Grid = []
    for rows in parts:
        grid += [*grid_of(rows, names, headers), [], []]
    every = [row for rows in parts for row in rows]
    assert facts(read([Sheet("流水", grid)]), LONG) == expected(every, LONG)


@settings(max_examples=25)
@given(ROWS, headed(LONG), st.integers(1, 3))
def test_beside_another_table(rows, head, gap):
    names, headers = head
    grid = grid_of(rows, names, headers)
    customers = [["客户编码", "客户名称"], *([row["customer_id"], "Acme"] for row in rows)]
    grid = [row + [None] * gap + other for row, other in zip(grid, customers, strict=True)]
    assert facts(read([Sheet("数据", grid)]), LONG) == expected(rows, LONG)


@settings(max_examples=25)
@given(ROWS, st.sampled_from(["{}月", "2026-{:02}", "2026年{}月", "2026.{:02}"]))
def test_months_as_columns(rows, spelling):
    customers = sorted({row["customer_id"] for row in rows})
    cells = {
        (row["customer_id"], row["date"].month): row["amount"] for row in rows if row["amount"]
    }
    grid: Grid = [["客户编码", *(spelling.format(month) for month in range(1, 13))]]
    for customer in customers:
        grid.append([customer, *(cells.get((customer, month)) for month in range(1, 13))])
    reading = read([Sheet("2026", grid)])
    names = ("customer_id", "date", "amount")
    long = [
        {"customer_id": customer, "date": date(2026, month, 1), "amount": amount}
        for (customer, month), amount in cells.items()
    ]
    assert facts(reading, names) == expected(long, names)
    assert total(reading.frame["amount"]) == sum(cells.values(), Decimal(0))


@settings(max_examples=25)
@given(ROWS, headed(("doc_no", "date", "customer_id")), headed(("doc_no", "product_id", "amount")))
def test_documents_and_their_lines(rows, heads, lines):
    documents = {row["doc_no"]: row for row in rows}
    rows = [row | {n: documents[row["doc_no"]][n] for n in ("date", "customer_id")} for row in rows]
    sheets = [
        Sheet("单据", grid_of(list(documents.values()), *heads)),
        Sheet("明细", grid_of(rows, *lines)),
    ]
    assert facts(read(sheets), LONG) == expected(rows, LONG)


TEXTS: dict[str, Callable[[Row], Any]] = {
    "amount": lambda row: f"{row['amount']:,.2f}",
    "date": lambda row: f"{row['date']:%Y/%m/%d}",
}


@settings(max_examples=25)
@given(ROWS, headed(LONG), st.sampled_from(sorted(TEXTS)))
def test_what_is_text_is_read_and_counted(rows, head, name):
    names, headers = head
    grid = grid_of([row | {name: TEXTS[name](row)} for row in rows], names, headers)
    reading = read([Sheet("流水", grid)])
    assert facts(reading, LONG) == expected(rows, LONG)
    told = reading.issues[reading.issues["column_name"] == name]
    assert len(told) == len(rows)


@settings(max_examples=25)
@given(ROWS, st.sampled_from([("金额(万元)", 10_000), ("Sales (k)", 1_000), ("销售额（元）", 1)]))
def test_the_unit_of_a_header_scales(rows, unit):
    header, factor = unit
    rows = [row | {"amount": Decimal(int(row["amount"]))} for row in rows]
    scaled = [row | {"amount": row["amount"] / factor} for row in rows]
    grid = grid_of(scaled, LONG, ["单据号", "日期", "客户编码", "产品编码", header])
    assert facts(read([Sheet("流水", grid)]), LONG) == expected(rows, LONG)
