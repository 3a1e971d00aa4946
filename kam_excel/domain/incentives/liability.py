"""What is owed of rebates month by month: opening, what was booked, closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.ledger import LOWERING, balances
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.money import round_half_up, total
from kam_excel.domain.periods import Window, month_keys, months
from kam_excel.domain.rates import known_rates

MONTH = ["policy_id", "month"]
BOOKED = {
    "accrual": "accrued_amount",
    "confirmation": "confirmed_amount",
    "payment": "paid_out",
    "offset": "offset_amount",
    "reversal": "reversed_amount",
}
COLUMNS = (
    "month",
    "policy_id",
    "policy_name",
    "opening_balance",
    *BOOKED.values(),
    "closing_balance",
    "currency",
)


def liability(entries: pd.DataFrame, terms: Sequence[Terms], as_of: date) -> pd.DataFrame:
    """A row for each month of each policy, from its first entry to `as_of`: COLUMNS.

    entries: as of `ledger.posted`. By policy_id and month (a text like 2026-03). Amounts are exact,
    in the currency of the policy; payments and offsets positive, reversals with the sign of their
    effect: opening + accrued + confirmed − paid − offset + reversed = closing, which is the
    opening of the next month.
    """
    dated = entries.assign(month=month_keys(entries["date"]))
    firsts = dated.groupby("policy_id")["month"].min()
    every = [
        (policy, month)
        for policy, first in firsts.items()
        for month in pd.period_range(first, pd.Period(as_of, "M"))
    ]
    rows = pd.DataFrame(every, columns=MONTH).astype({"policy_id": "str", "month": "period[M]"})
    index = pd.MultiIndex.from_frame(rows)
    for kind, name in BOOKED.items():
        of_kind = dated[dated["entry_type"] == kind]
        sums = _filled(of_kind.groupby(MONTH)["effect"].sum().reindex(index))
        rows[name] = (-sums if kind in LOWERING else sums).array
    change = _filled(dated.groupby(MONTH)["effect"].sum().reindex(index)).set_axis(rows.index)
    closing = change.groupby(rows["policy_id"]).cumsum()
    by_id = {each.policy_id: each for each in terms}
    whole = rows.assign(
        month=rows["month"].astype("str"),
        policy_name=_texts([by_id[each].policy_name for each in rows["policy_id"]]),
        opening_balance=closing - change,
        closing_balance=closing,
        currency=_texts([by_id[each].currency for each in rows["policy_id"]]),
    )
    return whole[list(COLUMNS)]


def liability_trend(
    entries: pd.DataFrame, rates: pd.DataFrame, base: str, as_of: date
) -> pd.DataFrame:
    """What is owed at the end of each month in the base currency, all policies together.

    rates: as of `usable_rates`. month (text), closing_balance and confirmed_balance (exact): what
    of it is confirmed and neither paid nor offset. At the rate of the month's last day, or of
    as_of; a month is missing as a whole where a currency has no rate then.
    """
    if entries.empty:
        none = exact([])
        return pd.DataFrame(
            {"month": _texts([]), "closing_balance": none, "confirmed_balance": none}
        )
    currency = entries.drop_duplicates("policy_id").set_index("policy_id")["currency"]
    every = months(Window(entries["date"].min().date(), as_of))
    found = []
    for month in every:
        end = min(month.end_time.normalize(), pd.Timestamp(as_of))
        standing = balances(entries[entries["date"] <= end])
        codes = currency.reindex(standing.index.get_level_values("policy_id"))
        codes = codes.set_axis(standing.index)
        worth = known_rates(codes, pd.Series(end, standing.index), rates, base)
        confirmed = standing["confirmed"] - standing["settled_amount"]
        unpaid = confirmed.mask(holds(confirmed < 0), 0)
        found.append([_in_base(each, worth, base) for each in (standing["balance"], unpaid)])
    closing, confirmed_part = zip(*found, strict=True)
    return pd.DataFrame(
        {
            "month": _texts([str(each) for each in every]),
            "closing_balance": exact(closing),
            "confirmed_balance": exact(confirmed_part),
        }
    )


def _in_base(amounts: pd.Series, worth: pd.Series, base: str) -> Decimal | None:
    """Σ amounts · rate, rounded once; None where a rate is missing that is needed."""
    needed = holds(amounts != 0)
    if worth[needed].isna().any():
        return None
    return round_half_up(total(amounts * worth), MINOR_UNITS[base])


def _filled(amounts: pd.Series) -> pd.Series:
    return amounts.mask(amounts.isna(), 0)


def _texts(values: Sequence[str]) -> pd.Series:
    return pd.Series(list(values), dtype="str")
