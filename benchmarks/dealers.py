"""The data of the race of incentives: a company with 2,000 dealers and 20 rebate policies."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter

AS_OF = dt.date(2026, 6, 30)
LINES, DEALERS, RECEIPTS, ENTRIES = 500_000, 2_000, 100_000, 20_000
_FIRST = dt.datetime(2023, 7, 1)
_DAYS = 1096  # up to the day of the reckoning
_REGIONS = ("East", "South", "West", "North")
_CATEGORIES = ("Fridges", "Washers", "Ovens", "Heaters")
_ALL = "A;B;C"  # grades: by default policies are for key accounts only
_YEAR, _LAST, _HALF = ("2026-01-01", "2026-12-31"), ("2025-01-01", "2025-12-31"), "2026-06-30"

Rows = Iterable[Sequence[Any]]
# Policy: window, basis, method, unlike the others; its tiers: lower bound, rate, amount.
_Tiers = tuple[tuple[float, float | None, float | None], ...]
_BY_VOLUME: _Tiers = ((0, 0.01, None), (1_000_000, 0.02, None), (5_000_000, 0.03, None))
_BY_AGE: _Tiers = ((0, 0.01, None), (15, 0.008, None), (31, 0.005, None), (61, 0, None))
_BY_GROWTH: _Tiers = ((0.05, 0.005, None), (0.1, 0.01, None), (0.25, 0.02, None))
_BY_PIECE: _Tiers = ((1_000, None, 0.5), (5_000, None, 1), (20_000, None, 1.5))
_BY_TARGET: _Tiers = ((500_000, 0.01, None),)
_POLICIES: tuple[tuple[tuple[str, str], str, str, dict[str, Any], _Tiers], ...] = (
    (_YEAR, "sales", "retrospective", {"Stackable": "No", "Priority": 1}, _BY_VOLUME),
    (_YEAR, "sales", "stepped", {"Stackable": "No", "Priority": 2}, _BY_VOLUME),
    (_YEAR, "sales", "target", {}, _BY_TARGET),
    (_YEAR, "sales", "growth", {}, _BY_GROWTH),
    (_YEAR, "quantity", "per unit", {}, _BY_PIECE),
    (_YEAR, "receipts", "payment age", {}, _BY_AGE),
    (_LAST, "sales", "stepped", {"Budget": 900_000_000}, _BY_VOLUME),
    (_LAST, "sales", "retrospective", {"Cap Share": 0.025}, _BY_VOLUME),
    (_LAST, "receipts", "payment age", {}, _BY_AGE),
    (_LAST, "sales", "growth", {"Cap Amount": 50_000}, _BY_GROWTH),
    (("2026-01-01", _HALF), "sales", "stepped", {"Tax Included": "Yes"}, _BY_VOLUME),
    (("2026-01-01", _HALF), "growth", "growth", {}, _BY_GROWTH),
    (("2026-01-01", _HALF), "receipts", "stepped", {}, _BY_VOLUME),
    (("2026-04-01", _HALF), "quantity", "per unit", {"Eligible Products": "Ovens"}, _BY_PIECE),
    (("2026-04-01", _HALF), "sales", "stepped", {"Currency": "USD"}, _BY_VOLUME),
    (("2026-04-01", _HALF), "sales", "retrospective", {"Eligible Products": "Fridges"}, _BY_VOLUME),
    (_YEAR, "growth", "stepped", {"Stackable": "No", "Priority": 3}, _BY_VOLUME),
    (_YEAR, "sales", "retrospective", {"Stackable": "No", "Priority": 4}, _BY_VOLUME),
    (_YEAR, "sales", "stepped", {"Eligible Regions": "East;South"}, _BY_VOLUME),
    (_YEAR, "sales", "stepped", {"Excluded Products": "Heaters"}, _BY_VOLUME),
)
_SHARES = ("Rebate Rate", "Cap Share", "Factor", "Penalty Share", "Tax Rate")
_FACTORS = ((15, 1), (30, 0.8), (45, 0.5))
_WITH_FACTORS = (1, 2, 7, 8, 11, 19)


def workbook(path: Path) -> None:
    """The sheets of the company in a new workbook, written row by row."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    percent = book.add_format({"num_format": "0.0%"})
    for name, headers, rows in _sheets():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, headers)
        formats = [percent if header in _SHARES else None for header in headers]
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value, formats[place])
    book.close()


def _sheets() -> Iterator[tuple[str, Sequence[str], Rows]]:
    """Each sheet: its name, headers and rows."""
    yield "Customers", ("Customer ID", "Customer Name", "Region"), _dealers()
    line = ("Document No.", "Line No.", "Date", "Customer ID", "Product ID", "Category")
    amounts = ("Quantity", "Unit Price", "Tax Rate", "Amount", "Currency", "Document Type")
    yield "Sales", (*line, *amounts), _lines()
    yield "Exchange Rates", ("Currency", "Effective Date", "Exchange Rate"), _rates()
    receipt = ("Date", "Customer ID", "Amount", "Currency", "Matched Document")
    yield "Receipts", receipt, _receipts()
    yield "Rebate Policies", _HEADERS, _policies()
    tier = ("Policy ID", "Tier", "Lower Bound", "Rebate Rate", "Rebate Amount")
    yield "Rebate Tiers", tier, _tiers(range(1, len(_POLICIES) + 1), 1)
    yield "Proposed Tiers", tier, _tiers((1, 2), 1.1)
    yield "Payment Factors", ("Policy ID", "Up to Days", "Factor"), _factors()
    entry = ("Date", "Customer ID", "Policy ID", "Entry Type", "Amount", "Currency", "Voucher No.")
    yield "Rebate Ledger", entry, _entries()
    violation = ("Customer ID", "Date", "Violation Type", "Penalty Share")
    yield "Violations", violation, _violations()
    yield "Targets", ("Customer ID", "Period", "Target"), _targets()
    contest = ("Contest ID", "Contest Name", "Period", "Measure", "Award", "Place", "Prize Money")
    yield "Sales Contests", contest, _contests()


_HEADERS = (
    *("Policy ID", "Name", "Eligible Grades", "Valid From", "Valid To", "Basis", "Rebate Method"),
    *("Eligible Regions", "Eligible Products", "Excluded Products", "Tax Included", "Cap Amount"),
    *("Cap Share", "Stackable", "Priority", "Budget", "Currency", "Payout Within (Days)"),
)


def _dealer(number: int) -> str:
    return f"D{number:05d}"


def _policy(number: int) -> str:
    return f"R{number:02d}"


def _day(number: int) -> dt.datetime:
    return _FIRST + dt.timedelta(days=number)


def _chosen(draw: random.Random) -> str:
    """A dealer; the first ones more often."""
    return _dealer(int(DEALERS * draw.random() ** 2))


def _dealers() -> Iterator[Sequence[Any]]:
    for number in range(DEALERS):
        yield _dealer(number), f"Dealer {number:05d} Trading Co., Ltd.", _REGIONS[number % 4]


def _lines() -> Iterator[Sequence[Any]]:
    """Sales by date, four lines to a document; every fiftieth line is a return."""
    draw = random.Random(500)
    for number in range(LINES):
        if number % 4 == 0:
            dealer, document = _chosen(draw), f"S{number // 4:06d}"
        product, day = draw.randrange(400), _day(number * _DAYS // LINES)
        quantity, price = draw.randint(1, 60), draw.randint(100, 99_999) / 100
        sign, kind = (-1, "return") if number % 50 == 49 else (1, "sale")
        amount = round(sign * quantity * price, 2)
        yield (
            *(document, number % 4 + 1, day, dealer, f"P{product:04d}", _CATEGORIES[product % 4]),
            *(sign * quantity, price, 0.13, amount, "CNY", kind),
        )


def _rates() -> Iterator[Sequence[Any]]:
    draw = random.Random(7)
    for month in range(37):
        year, index = divmod(2023 * 12 + 6 + month, 12)
        yield "USD", dt.datetime(year, index + 1, 1), draw.randint(69_000, 73_000) / 10_000


def _receipts() -> Iterator[Sequence[Any]]:
    """Half of them name the document that they pay."""
    draw = random.Random(100)
    documents = islice(_lines(), 0, None, 4)
    for number, line in enumerate(islice(documents, RECEIPTS)):
        document, day, dealer = line[0], line[2], line[3]
        paid = min(day + dt.timedelta(days=draw.randint(3, 75)), _day(_DAYS - 1))
        amount = draw.randint(100_000, 9_000_000) / 100
        yield paid, dealer, amount, "CNY", document if number % 2 else None


def _policies() -> Iterator[Sequence[Any]]:
    for number, (window, basis, method, more, _) in enumerate(_POLICIES, 1):
        start, end = (dt.datetime.fromisoformat(day) for day in window)
        common = {
            "Policy ID": _policy(number),
            "Name": f"Agreement {number}",
            "Eligible Grades": _ALL,
            "Valid From": start,
            "Valid To": end,
            "Basis": basis,
            "Rebate Method": method,
            "Stackable": "Yes",
            "Currency": "CNY",
            "Payout Within (Days)": 45,
        }
        yield [(common | more).get(header) for header in _HEADERS]


def _tiers(policies: Iterable[int], factor: float) -> Iterator[Sequence[Any]]:
    for number in policies:
        for tier, (lower, rate, amount) in enumerate(_POLICIES[number - 1][-1], 1):
            raised = None if rate is None else round(rate * factor, 4)
            yield _policy(number), tier, lower, raised, amount


def _factors() -> Iterator[Sequence[Any]]:
    for number in _WITH_FACTORS:
        for days, factor in _FACTORS:
            yield _policy(number), days, factor


def _entries() -> Iterator[Sequence[Any]]:
    """Of the policies of 2025 accrual, confirmation and payment; accruals of 2026."""
    draw = random.Random(20)
    for number in range(ENTRIES):
        step, pair = number % 4, number // 4
        dealer = _dealer(pair % DEALERS)
        accrued = draw.randint(10_000, 5_000_000) / 100
        if step == 0:
            amount = accrued
        day, policy, kind = (
            (dt.datetime(2025, 12, 31), 7 + pair // DEALERS, "accrual"),
            (dt.datetime(2026, 1, 15), 7 + pair // DEALERS, "confirmation"),
            (dt.datetime(2026, 2, 1 + pair % 28), 7 + pair // DEALERS, "payment"),
            (dt.datetime(2026, 1 + pair % 6, 28), 1 + pair // DEALERS, "accrual"),
        )[step]
        paid = accrued if step == 3 else amount
        yield day, dealer, _policy(policy), kind, paid, "CNY", f"V{number:06d}"


def _violations() -> Iterator[Sequence[Any]]:
    for number in range(0, DEALERS, 10):
        kind = "underpricing" if number % 20 else "cross-territory selling"
        yield _dealer(number), dt.datetime(2026, 1 + number % 6, 10), kind, 0.1


def _targets() -> Iterator[Sequence[Any]]:
    draw = random.Random(9)
    for number in range(DEALERS):
        yield _dealer(number), "2026", draw.randint(5, 80) * 50_000


def _contests() -> Iterator[Sequence[Any]]:
    for number, measure in enumerate(("sales", "quantity", "growth", "attainment"), 1):
        period = "2026" if measure == "attainment" else "2026-01-01~2026-06-30"
        for place, prize in ((1, 50_000), (2, 20_000), (3, 10_000)):
            about = (f"Contest {number}", period, measure, f"Prize {place}")
            yield (f"C{number}", *about, place, prize)
