"""What accounts owe, what they may owe: frames in, frames out."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kam_excel import Run
from kam_excel.domain.accounts import at_group_head
from kam_excel.domain.columns import holds
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.rates import currency_codes, known_rates, usable_rates


def valued(
    frame: pd.DataFrame,
    column: str,
    groups: pd.DataFrame | None,
    fx_rates: pd.DataFrame | None,
    run: Run,
) -> pd.DataFrame:
    """`frame` with the account that each row belongs to, and the base_amount of `column`.

    frame: customer_id, currency. groups: customers, where accounts are heads of groups. The rate
    is that of as_of, for a debt is worth what it is worth today; without one base_amount is
    missing.
    """
    # Rates that cannot be used are listed once, where sales are netted.
    rates = pd.DataFrame() if fx_rates is None else usable_rates(fx_rates, IssueLog())
    today = pd.Series(pd.Timestamp(run.as_of), frame.index)
    codes = currency_codes(frame, run.currency)
    return frame.assign(
        account=at_group_head(frame["customer_id"], groups),
        base_amount=frame[column] * known_rates(codes, today, rates, run.currency),
    )


def due_dates(items: pd.DataFrame, customers: pd.DataFrame) -> pd.Series:
    """The due date of each item: as it says, else its date and the customer's payment terms."""
    terms = customers.set_index("customer_id")["payment_days"]
    days = items["customer_id"].map(terms).astype("Int64")
    return items["due_date"].fillna(items["date"] + pd.to_timedelta(days, unit="D"))


def owed(items: pd.DataFrame, accounts: pd.Index, as_of: date) -> pd.DataFrame:
    """What each of `accounts` owes: exposure, credits and overdue (exact), overdue_days.

    items: account, base_amount, due_date. An account without items owes 0; where an amount is
    missing, so are the sums. Credits lower the exposure, but nothing that is overdue.
    """
    amounts, account = items["base_amount"], items["account"]
    days = (pd.Timestamp(as_of) - items["due_date"]).dt.days.astype("Int64")
    is_late = holds(amounts > 0) & holds(days > 0)
    sums = pd.DataFrame(
        {
            "exposure": amounts.groupby(account).sum(),
            "credits": -amounts[holds(amounts < 0)].groupby(account).sum(),
            "overdue": amounts[is_late].groupby(account).sum(),
        }
    ).reindex(accounts)
    unknown = accounts.isin(account[amounts.isna()])
    for name in sums:
        sums[name] = sums[name].mask(sums[name].isna(), 0).mask(unknown)
    return sums.assign(overdue_days=days[is_late].groupby(account).max().reindex(accounts))


def limits_by(customers: pd.DataFrame, whose: str, accounts: pd.Index) -> pd.DataFrame:
    """The credit_limit of each of `accounts`, missing where none is given; limit_not_valued.

    customers: credit_limit and base_amount (exact). whose: the column of the account that a limit
    belongs to; where it belongs to several customers, their limits add up. One that is given in
    a currency without a rate makes the sum unknown.
    """
    not_valued = customers["credit_limit"].notna() & customers["base_amount"].isna()
    unknown = accounts.isin(customers[whose][not_valued])
    sums = customers["base_amount"].groupby(customers[whose]).sum(min_count=1).reindex(accounts)
    return pd.DataFrame({"credit_limit": sums.mask(unknown), "limit_not_valued": unknown})
