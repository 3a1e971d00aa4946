"""What accounts really got, as far as deliveries and sales lines tell.

Only what lies in the window counts: deliveries by the day on which they arrived, those that are
still due by the day that was promised. What arrived after as_of had not arrived then. A row with
a negative quantity is goods taken back; one with the quantity 0 delivered nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any, Literal

import pandas as pd

from kam_excel.domain.columns import exact_column, holds, text_column
from kam_excel.domain.periods import ONE_DAY, Window, months
from kam_excel.domain.requirements_units import DAYS, PER_MONTH, PIECES, SHARE

Basis = Literal["deliveries", "sales"]
Measure = tuple[str, str]  # the item and what its unit measures


@dataclass(frozen=True, slots=True)
class Actual:
    """A figure of one account. `note` is a reason code that says what is doubtful, or ""."""

    value: Fraction
    basis: Basis
    note: str = ""


Actuals = Mapping[Measure, Mapping[str, Actual]]


def computed_actuals(
    deliveries: pd.DataFrame | None, lines: pd.DataFrame, window: Window, as_of: date, currency: str
) -> Actuals:
    """What can be computed, by item and kind of unit, then by customer_id.

    Every measure that exists is in the result, with no account where the data do not allow it.
    lines: as `domain.netting` gives them; `currency` is the kind of their unit, like `cny`.
    """
    lines = lines.assign(date=lines["date"].dt.normalize())
    rows = _due_or_delivered(_empty() if deliveries is None else deliveries, as_of)
    delivered = rows[window.contains(rows["actual_date"])]
    days = dict(_order_to_delivery(delivered, lines))
    orders = _orders(lines)
    orders = orders[window.contains(orders["date"])]
    is_due = rows["promised_date"] < pd.Timestamp(as_of)
    known = set(rows["customer_id"][rows["actual_date"].notna() | is_due].dropna())
    return {
        ("delivery time", DAYS): days,
        ("delivery time", SHARE): dict(_on_time(rows, window, as_of)),
        ("delivery batch", PIECES): dict(_batch_sizes(delivered)),
        ("number of batches", PER_MONTH): dict(_batches_per_month(delivered, known, window)),
        ("cycle", DAYS): {
            **dict(_median_gaps(orders[~orders["customer_id"].isin(known)], "date", "sales")),
            **dict(_median_gaps(delivered, "actual_date", "deliveries")),
        },
        ("price", currency): dict(_prices(lines[window.contains(lines["date"])])),
    }


def _empty() -> pd.DataFrame:
    dates = pd.Series([], dtype="datetime64[us]")
    return pd.DataFrame({"customer_id": pd.Series([], dtype="str"), "promised_date": dates})


def _due_or_delivered(deliveries: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The rows as they were known at as_of.

    Columns: customer_id, doc_no, promised_date, actual_date (missing while due), qty.
    """
    qty = exact_column(deliveries, "qty")
    promised = deliveries["promised_date"].dt.normalize()
    never = pd.Series(pd.NaT, deliveries.index, dtype=promised.dtype)
    arrived = deliveries.get("actual_date", never).dt.normalize()
    rows = pd.DataFrame(
        {
            "customer_id": deliveries["customer_id"],
            "doc_no": text_column(deliveries, "doc_no"),
            "promised_date": promised,
            "actual_date": arrived.mask((arrived > pd.Timestamp(as_of)) | holds(qty == 0)),
            "qty": qty,
        }
    )
    return rows[~holds(qty < 0)]


def _orders(lines: pd.DataFrame) -> pd.DataFrame:
    return lines[~lines["is_return"].astype(bool)]


def _order_to_delivery(
    delivered: pd.DataFrame, lines: pd.DataFrame
) -> Iterator[tuple[str, Actual]]:
    """Mean days from the first sales line of a document to each of its deliveries."""
    orders = _orders(lines).assign(doc_no=text_column(lines, "doc_no"))
    keys = ["customer_id", "doc_no"]
    first = orders.groupby(keys)["date"].min().rename("ordered").reset_index()
    once = delivered.dropna(subset=["doc_no"]).drop_duplicates([*keys, "actual_date"])
    found = once.merge(first, on=keys)
    found = found.assign(days=(found["actual_date"] - found["ordered"]).dt.days)
    for account, days in found.groupby("customer_id")["days"]:
        # Where the company dates its lines by the invoice, goods come before their "order".
        plausible = days[days >= 0]
        if len(plausible):
            note = "ORDER_DATE_DOUBTFUL" if len(plausible) < len(days) else ""
            mean = Fraction(int(plausible.sum()), len(plausible))
            yield str(account), Actual(mean, "deliveries", note)


def _on_time(rows: pd.DataFrame, window: Window, as_of: date) -> Iterator[tuple[str, Actual]]:
    """Share of the promised rows that arrived by the promised day; overdue ones did not."""
    promised = rows.dropna(subset=["promised_date"])
    is_open = promised["actual_date"].isna()
    is_overdue = is_open & (promised["promised_date"] < pd.Timestamp(as_of))
    counted = promised[
        window.contains(promised["actual_date"])
        | (is_overdue & window.contains(promised["promised_date"]))
    ]
    kept = counted["actual_date"] <= counted["promised_date"]
    for account, of_account in kept.groupby(counted["customer_id"]):
        share = Fraction(int(of_account.sum()), len(of_account))
        yield str(account), Actual(share, "deliveries")


def _deliveries(delivered: pd.DataFrame) -> pd.api.typing.DataFrameGroupBy[Any, Any]:
    """One group a delivery: what arrives on one day of one document (or of none)."""
    return delivered.fillna({"doc_no": ""}).groupby(["customer_id", "actual_date", "doc_no"])


def _batch_sizes(delivered: pd.DataFrame) -> Iterator[tuple[str, Actual]]:
    """Mean quantity of the deliveries; those with a row without quantity are left out."""
    groups = _deliveries(delivered)
    qty = groups["qty"].sum()[groups["qty"].count() == groups.size()]
    for account, of_account in qty.groupby(level="customer_id"):
        yield str(account), Actual(Fraction(of_account.sum()) / len(of_account), "deliveries")


def _batches_per_month(
    delivered: pd.DataFrame, known: set[str], window: Window
) -> Iterator[tuple[str, Actual]]:
    """Deliveries a month; 0 for accounts that have rows, but no delivery in the window."""
    counts = _deliveries(delivered).size().groupby(level="customer_id").size()
    length = _length_in_months(window)
    for account in known:
        yield account, Actual(Fraction(int(counts.get(account, 0))) / length, "deliveries")


def _length_in_months(window: Window) -> Fraction:
    """How many months the window is long; a month that it does not fill counts by its days."""
    length = Fraction(0)
    for month in months(window):
        first = max(window.start, month.start_time.date())
        last = min(window.end, month.end_time.date())
        length += Fraction((last + ONE_DAY - first).days, month.days_in_month)
    return length


def _median_gaps(rows: pd.DataFrame, column: str, basis: Basis) -> Iterator[tuple[str, Actual]]:
    """Median days between the days of `column` that differ; it takes two of them."""
    for account, dates in rows.groupby("customer_id")[column]:
        days = sorted(dates.dropna().unique())
        gaps = [Fraction((later - earlier).days) for earlier, later in pairwise(days)]
        if gaps:
            yield str(account), Actual(median(gaps), basis)


def _prices(lines: pd.DataFrame) -> Iterator[tuple[str, Actual]]:
    """Net amount per piece, returns deducted from both; lines without quantity are left out."""
    known = lines.assign(qty=exact_column(lines, "qty"))
    known = known[known["qty"].notna() & known["amount"].notna()]
    sums = known.groupby("customer_id")[["amount", "qty"]].sum()
    for account, amount, qty in zip(sums.index, sums["amount"], sums["qty"], strict=True):
        if qty > Decimal(0):
            yield str(account), Actual(Fraction(amount) / Fraction(qty), "sales")
