"""The ledger of rebates: what was booked, what it adds to what is owed, and where accounts stand.

Accruals and confirmations raise what is owed, payments and offsets lower it. Amounts are typed
positive; only a reversal has a sign of its own: negative where it takes back an accrual or a
confirmation, positive where it takes back a payment or an offset.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.columns import coalesce, holds, text_column
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import divide
from kam_excel.domain.rates import currency_codes, is_code, known_rates
from kam_excel.domain.texts import plain
from kam_excel.errors import nearest

TABLE = "rebate_ledger"
ACCOUNT = ["policy_id", "customer_id"]
RAISING, LOWERING = ("accrual", "confirmation"), ("payment", "offset")
KINDS = (*RAISING, *LOWERING, "reversal")
COLUMNS = (
    "date",
    "customer_id",
    "policy_id",
    "entry_type",
    "amount",
    "effect",
    "currency",
    "voucher_no",
)


def posted(
    ledger: pd.DataFrame,
    terms: Sequence[Terms],
    as_of: date,
    known: KnownCustomers,
    rates: pd.DataFrame,
    base: str,
    log: IssueLog,
    policy_ids: Collection[str] = (),
) -> pd.DataFrame:
    """The entries that count up to `as_of`: index row of the sheet, COLUMNS, by date, then row.

    ledger: date, customer_id, policy_id, entry_type (accrual, confirmation, payment, offset,
        reversal), amount (exact); optional currency and voucher_no. An entry that names no
        currency is in that of its policy.
    known: the customers that there are
    rates: as `usable_rates` gives them, in the base currency `base`
    policy_ids: of policies that there are beside `terms`
    The result: date (the day), amount (exact, in the currency of the policy, at the rate of the
    day), effect (exact: what it adds to what is owed), currency (the policy's), voucher_no
    (missing where blank). What is left out, and each sign that is put right, is logged.
    """
    rows = _complete(ledger, as_of, log)
    rows = _of_known(rows, terms, known, policy_ids, log)
    rows = _once(rows, base, log)
    rows = _valued(rows, rates, base, log)
    rows = _signed(rows, log)
    entries = rows[list(COLUMNS)]
    _report_excess(entries, log)
    return entries


def balances(entries: pd.DataFrame) -> pd.DataFrame:
    """Where each account stands: index policy_id, customer_id, sorted.

    accrued, confirmed: what was booked, less what was taken back of it: of accruals first, what
    exceeds them of confirmations. paid, offset: likewise, payments first. settled_amount: paid +
    offset. balance: Σ effect, which is accrued + confirmed − settled_amount. All are exact.
    last_confirmation: the day of the last one, missing where there is none, or none is left of
    what was confirmed.
    """
    by_type = {
        each: _sums(entries, entries["entry_type"] == each) for each in (*RAISING, *LOWERING)
    }
    is_reversal = entries["entry_type"] == "reversal"
    taken_back = -_sums(entries, is_reversal & holds(entries["effect"] < 0))
    given_back = _sums(entries, is_reversal & holds(entries["effect"] > 0))
    accrued, confirmed = _less(by_type["accrual"], by_type["confirmation"], taken_back)
    paid, offset = _less(-by_type["payment"], -by_type["offset"], given_back)
    confirmations = entries[entries["entry_type"] == "confirmation"]
    last = confirmations.groupby(ACCOUNT)["date"].max().reindex(accrued.index)
    stands = holds(confirmed != 0) | holds(by_type["confirmation"] == 0)
    return pd.DataFrame(
        {
            "accrued": accrued,
            "confirmed": confirmed,
            "paid": paid,
            "offset": offset,
            "settled_amount": paid + offset,
            "balance": entries.groupby(ACCOUNT)["effect"].sum(),
            "last_confirmation": last.where(stands),
        }
    )


def settled_until(entries: pd.DataFrame, days: pd.Series) -> pd.Series:
    """What was paid and offset, less what was taken back of it, up to a day of each account.

    days: datetime64 by policy_id and customer_id. The result: exact, of the same index.
    """
    accounts = _accounts(entries)
    until = days[~days.index.duplicated()].reindex(accounts).set_axis(entries.index)
    sums = -_sums(entries, is_settlement(entries) & (entries["date"] <= until))
    found = sums.reindex(days.index)
    return found.mask(found.isna(), 0)


def is_settlement(entries: pd.DataFrame) -> pd.Series:
    """Which entries pay, offset, or take back a payment or offset (bool Series)."""
    gives_back = (entries["entry_type"] == "reversal") & holds(entries["effect"] > 0)
    return entries["entry_type"].isin(LOWERING) | gives_back


def _complete(ledger: pd.DataFrame, as_of: date, log: IssueLog) -> pd.DataFrame:
    """The rows up to the as-of date that say all that an entry needs."""
    texts = {name: text_column(ledger, name) for name in (*ACCOUNT, "entry_type", "currency")}
    voucher = text_column(ledger, "voucher_no").map(plain, na_action="ignore").astype("str")
    rows = ledger[["date", "amount"]].assign(**texts, voucher_no=voucher)
    for name, code in (
        ("date", "DATE_MISSING"),
        ("policy_id", "KEY_EMPTY"),
        ("customer_id", "CUSTOMER_MISSING"),
        ("entry_type", "LEDGER_TYPE_MISSING"),
        ("amount", "LEDGER_AMOUNT_MISSING"),
    ):
        lacking = ~rows[name].isin(KINDS) if name == "entry_type" else rows[name].isna()
        rows = _without(rows, lacking, code, name, log)
    tomorrow = pd.Timestamp(as_of + timedelta(days=1))
    rows = _without(rows, rows["date"] >= tomorrow, "FUTURE_DATE", "date", log)
    return rows.assign(date=rows["date"].dt.normalize())


def _of_known(
    rows: pd.DataFrame,
    terms: Sequence[Terms],
    known: KnownCustomers,
    policy_ids: Collection[str],
    log: IssueLog,
) -> pd.DataFrame:
    """The rows of policies and customers that there are, with the policy_currency and places."""
    by_id = {each.policy_id: each for each in terms}
    unknown = rows["policy_id"][~rows["policy_id"].isin(list(by_id))]
    likely = {each: nearest(each, [*by_id, *policy_ids]) or "–" for each in unknown.unique()}
    where = rows.index.isin(unknown.index)
    told = unknown.map(likely)
    rows = _without(rows, where, "LEDGER_POLICY_UNKNOWN", "policy_id", log, told)
    stranger = known.strangers(rows["customer_id"])
    near = known.near(rows["customer_id"][stranger])
    rows = _without(rows, stranger, "LEDGER_ACCOUNT_UNKNOWN", "customer_id", log, near)
    currency = {each.policy_id: each.currency for each in terms}
    places = {each.policy_id: each.places for each in terms}
    return rows.assign(
        policy_currency=rows["policy_id"].map(currency).astype("str"),
        places=rows["policy_id"].map(places),
    )


def _once(rows: pd.DataFrame, base: str, log: IssueLog) -> pd.DataFrame:
    """The rows by date with the code of their currency, each voucher's entry once, the earliest."""
    currency = currency_codes(rows, base).where(rows["currency"].notna(), rows["policy_currency"])
    rows = rows.assign(currency=currency).sort_index().sort_values("date", kind="stable")
    numbered = rows["voucher_no"].notna()
    entry = ["voucher_no", *ACCOUNT, "entry_type", "amount", "currency"]
    again = numbered & rows.assign(amount=rows["amount"].astype("str")).duplicated(entry)
    rows = _without(rows, again, "LEDGER_ENTRY_REPEATED", "voucher_no", log)
    vouchers = rows["voucher_no"].dropna()
    shared = vouchers[vouchers.duplicated()]
    log.add_each("VOUCHER_REPEATED", TABLE, shared, "ROW_KEPT", "voucher_no")
    return rows


def _valued(rows: pd.DataFrame, rates: pd.DataFrame, base: str, log: IssueLog) -> pd.DataFrame:
    """The rows with their amounts in the currency of the policy, at the rates of their days."""
    own, wanted = rows["currency"], rows["policy_currency"]
    worth = known_rates(own, rows["date"], rates, base)
    price = known_rates(wanted, rows["date"], rates, base)
    foreign = own != wanted
    amount = rows["amount"].mask(foreign)
    for places in rows["places"][foreign].unique():
        part = rows[foreign & (rows["places"] == places)]
        in_base = part["amount"] * worth[part.index]
        converted = divide(in_base, price[part.index], int(places))
        amount = coalesce(amount, converted.reindex(rows.index))
    strange = foreign & ~is_code(own) & worth.isna()
    unrated = amount.isna() & ~strange
    _listed(rows, strange, "CURRENCY_UNKNOWN", "currency", log)
    # Of two currencies the one that lacks its rate is told.
    lacking = rows.assign(currency=own.where(worth.isna(), wanted))
    _listed(lacking, unrated, "FX_MISSING", "currency", log)
    return rows.assign(amount=amount, currency=wanted)[~(strange | unrated)]


def _signed(rows: pd.DataFrame, log: IssueLog) -> pd.DataFrame:
    """The rows with their effect, where the sign of an amount is what its type asks for."""
    amount, kind = rows["amount"], rows["entry_type"]
    lowers = kind.isin(LOWERING)
    turned = lowers & holds(amount < 0)
    _listed(rows, turned, "LEDGER_SIGN_FIXED", "amount", log, "TAKEN_AS_POSITIVE")
    booked_down = kind.isin(RAISING) & holds(amount < 0)
    _listed(rows, booked_down, "LEDGER_BOOKED_DOWN", "amount", log, "ROW_KEPT")
    amount = amount.mask(turned, -amount)
    unpaid = _nothing_to_reverse(rows.assign(amount=amount))
    _listed(rows, unpaid, "REVERSAL_SIGN_FIXED", "amount", log, "SIGN_TURNED")
    amount = amount.mask(unpaid, -amount)
    return rows.assign(amount=amount, effect=amount.mask(lowers, -amount))


def _nothing_to_reverse(rows: pd.DataFrame) -> pd.Series:
    """Which positive reversals find no payment or offset up to their day that they could reverse.

    Those of a day go by their amounts, so that the order of the rows does not matter.
    """
    unpaid = []
    settled: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    doubtful = (rows["entry_type"] == "reversal") & holds(rows["amount"] > 0)
    steps = rows[doubtful | rows["entry_type"].isin(LOWERING)].assign(doubtful=doubtful)
    steps = steps.sort_values(["date", "doubtful", "amount"])
    names = ("policy_id", "customer_id", "amount", "doubtful")
    for row, policy, customer, amount, is_doubtful in zip(
        steps.index, *(steps[name] for name in names), strict=True
    ):
        left = settled[policy, customer]
        if is_doubtful and left <= 0:
            unpaid.append(row)
        else:
            settled[policy, customer] = left - amount if is_doubtful else left + amount
    return pd.Series(rows.index.isin(unpaid), rows.index)


def _report_excess(entries: pd.DataFrame, log: IssueLog) -> None:
    """Log the accounts of which more was reversed than had been booked, at the last reversal."""
    standing = balances(entries)
    over = holds(standing["confirmed"] < 0) | holds(standing["offset"] < 0)
    excess = (-standing["confirmed"]).where(holds(standing["confirmed"] < 0), -standing["offset"])
    reversals = entries[entries["entry_type"] == "reversal"]
    last = reversals[~reversals.duplicated(ACCOUNT, keep="last")]
    accounts = _accounts(last)
    concerned = last[accounts.isin(standing.index[over])]
    amounts = excess.reindex(accounts).set_axis(last.index)
    log.add(
        "REVERSAL_EXCEEDS",
        TABLE,
        concerned.index,
        "ROW_KEPT",
        column="amount",
        values=entries["amount"],
        amounts=amounts,
    )


def _accounts(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[ACCOUNT])


def _sums(entries: pd.DataFrame, chosen: pd.Series) -> pd.Series:
    """Σ effect of the chosen entries for each account of the entries, 0 where it has none."""
    return (
        entries.assign(effect=entries["effect"].where(chosen, 0)).groupby(ACCOUNT)["effect"].sum()
    )


def _less(first: pd.Series, second: pd.Series, reversed_: pd.Series) -> tuple[Any, Any]:
    """Two amounts less what was reversed: of the first what it has, of the second the rest."""
    there = first.mask(holds(first < 0), 0)
    of_first = reversed_.where(holds(reversed_ < there), there)
    return first - of_first, second - (reversed_ - of_first)


def _without(
    rows: pd.DataFrame,
    where: Any,
    code: str,
    column: str,
    log: IssueLog,
    taken: pd.Series | None = None,
) -> pd.DataFrame:
    """The rows but those where `where` is true; these are logged as left out."""
    _listed(rows, where, code, column, log, taken=taken)
    kept: pd.DataFrame = rows[~where]
    return kept


def _listed(
    rows: pd.DataFrame,
    where: Any,
    code: str,
    column: str,
    log: IssueLog,
    handling: str = "ROW_EXCLUDED",
    taken: pd.Series | None = None,
) -> None:
    log.add(
        code,
        TABLE,
        rows.index[where],
        handling,
        column=column,
        values=rows[column],
        amounts=rows["amount"],
        taken=taken,
    )
