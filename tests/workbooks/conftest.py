"""The demo workbooks as tables: the columns bear the ids that the product knows them by."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from kam_excel_plugins.incentives.agreements import (
    PaymentFactors,
    ProposedTiers,
    RebatePolicies,
    RebateTiers,
)
from kam_excel_plugins.incentives.records import Contests, RebateLedger, Violations
from python_calamine import CalamineWorkbook

from kam_excel import (
    Customers,
    Deliveries,
    FxRates,
    Promotions,
    Receipts,
    Requirements,
    Sales,
    Staff,
    Targets,
)

ROOT = Path(__file__).parents[2]
# Where each table stands: the number of its sheet, from 0, and the row of its headers.
TABLES = {
    "customers": (1, 3, Customers),
    "sales": (2, 0, Sales),
    "fx_rates": (4, 0, FxRates),
    "staff": (5, 0, Staff),
    "requirements": (6, 3, Requirements),
    "deliveries": (7, 3, Deliveries),
    "rebate_policies": (8, 3, RebatePolicies),
    "rebate_tiers": (9, 3, RebateTiers),
    "proposed_tiers": (10, 3, ProposedTiers),
    "payment_factors": (11, 3, PaymentFactors),
    "receipts": (12, 3, Receipts),
    "rebate_ledger": (13, 3, RebateLedger),
    "violations": (14, 3, Violations),
    "contests": (15, 3, Contests),
    "targets": (16, 3, Targets),
    "promotions": (17, 3, Promotions),
}


@cache
def _cells(language, position):
    book = CalamineWorkbook.from_path(str(ROOT / "workbooks" / f"demo_{language}.xlsx"))
    return book.get_sheet_by_index(position).to_python(skip_empty_area=False)


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def read_figures():
    """All cells of a sheet that are no words: numbers, dates and ids by place."""

    def read(language, position):
        return {
            (row, column): value
            for row, cells in enumerate(_cells(language, position))
            for column, value in enumerate(cells)
            if isinstance(value, (int, float, date)) or (value and value.isdigit())
        }

    return read


@pytest.fixture(scope="session")
def table():
    """The rows of a table of the demo of a language, each a dict by column id.

    A column that the product does not know keeps its header.
    """

    def read(table_id, language="zh"):
        position, top, contract = TABLES[table_id]
        header, *rows = _cells(language, position)[top:]
        ids = {getattr(column, language): name for name, column in contract.columns.items()}
        names = [ids.get(text, text) for text in header]
        return [dict(zip(names, row, strict=True)) for row in rows]

    return read


@pytest.fixture(scope="session")
def contracts():
    return {table_id: contract for table_id, (_, _, contract) in TABLES.items()}


@pytest.fixture(scope="session")
def customers(table):
    return {row["customer_id"]: row for row in table("customers")}


@pytest.fixture(scope="session")
def sales(table):
    rates = {row["effective_date"]: Decimal(str(row["fx_rate"])) for row in table("fx_rates")}
    rows = table("sales")
    for row in rows:
        rate = rates[row["date"].replace(day=1)] if row["currency"] == "USD" else 1
        row["CNY"] = Decimal(str(row["amount"])) * rate
    return rows
