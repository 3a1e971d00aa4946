"""The statement of each account: how its rebates come about, what was booked, what is payable.

A block an account and currency, for the customer's accountant to follow line by line, under a line
that names the account and the currency:

1. for each policy its sections (part of the basis × rate), then what is taken off, then the total;
2. the ledger of the window: opening balance, entries with the running balance, closing balance;
3. what is payable of each policy, in total, and how far that is from the closing balance.

The computation is that of `steps.rebate_steps`: what its sections earn and its reductions take off
adds up to the recomputed rebate, to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kam_excel.codes import Language
from kam_excel.domain.columns import exact_column, holds, text_column
from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.incentives.ledger import ACCOUNT
from kam_excel.domain.incentives.rebate_lines import rebate_lines
from kam_excel.domain.incentives.statement_texts import Wording
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.periods import Window

BLOCK = ["customer_id", "currency"]
COLUMNS = (
    "line_no",
    "date",
    "voucher_no",
    "policy_id",
    "policy_name",
    "entry_type",
    "item",
    "basis_value",
    "amount",
    "balance",
    "customer_id",
    "customer_name",
    "currency",
    "reason_code",
)
NAMES = {"customer_name": "customer_id", "policy_name": "policy_id"}
AMOUNTS, TEXTS = ("basis_value", "amount", "balance"), ("policy_id", "voucher_no", "reason_code")
PAYABLE_FACTS = (
    "policy_id",
    "settlement_status",
    "rebate_final",
    "rebate_paid",
    "rebate_payable",
    "payable_date",
    "overdue_days",
)
HEAD, COMPUTATION, LEDGER, PAYABLE = range(4)
FIRST, LAST = -1, 10**9  # positions before and after all others of a part


def statement(
    rebates: pd.DataFrame,
    entries: pd.DataFrame,
    steps: pd.DataFrame,
    terms: Sequence[Terms],
    window: Window,
    language: Language,
) -> pd.DataFrame:
    """The lines of all statements: COLUMNS, one block after the other by customer and currency.

    rebates: as of `settled.with_settlement`, with currency; optional customer_name, policy_name,
        basis_value
    entries: as of `ledger.posted`
    steps: as of `steps.rebate_steps`
    window: the days whose entries are listed; it ends at the as-of date
    Rebates without steps, entries and amounts have no lines. Section and deduction lines have
    whole units of the currency and add up to their rebate line: what rounding them leaves is a
    line as well. Amounts of entries have the sign of their effect. Raises ValueError where the
    steps of a rebate do not add up to it.
    """
    wording = Wording.of(language, terms)
    told = rebates[_worth_telling(rebates, entries, steps)]
    computed = rebate_lines(told, steps, wording)
    blocks = pd.concat([told[BLOCK], entries[BLOCK]]).drop_duplicates(ignore_index=True)
    known = {name: _names(rebates, key, name) for name, key in NAMES.items()}
    parts = (
        _typed(_heads(blocks, known["customer_name"], wording)),
        _typed(computed.assign(part=COMPUTATION, group=computed["policy_id"])),
        _typed(_ledger(blocks, entries, window, wording)),
        _typed(_payable(blocks, told, _owed(entries, window), window, wording)),
    )
    order = [*BLOCK, "part", "group", "position"]
    lines = pd.concat(parts).sort_values(order, kind="stable", ignore_index=True)
    names = {name: lines[key].map(known[name]).astype("str") for name, key in NAMES.items()}
    numbers = lines.groupby(BLOCK).cumcount().astype("int64") + 1
    return lines.assign(line_no=numbers, **names)[list(COLUMNS)]


def _worth_telling(rebates: pd.DataFrame, entries: pd.DataFrame, steps: pd.DataFrame) -> pd.Series:
    """Which rebates have steps, entries or an amount."""
    accounts = pd.MultiIndex.from_frame(rebates[ACCOUNT])
    known = [pd.MultiIndex.from_frame(each[ACCOUNT]) for each in (entries, steps)]
    amounts = holds(rebates["rebate_final"] != 0) | holds(rebates["rebate_payable"] != 0)
    return amounts | accounts.isin(known[0]) | accounts.isin(known[1])


def _heads(blocks: pd.DataFrame, names: pd.Series, wording: Wording) -> pd.DataFrame:
    """The line above each block."""
    of_block = blocks["customer_id"].map(names).astype("str")
    facts = zip(blocks["customer_id"], of_block, blocks["currency"], strict=True)
    items = [wording.account(*each) for each in facts]
    return blocks.assign(entry_type="account", item=items, part=HEAD, group="", position=FIRST)


def _owed(entries: pd.DataFrame, window: Window) -> pd.Series:
    """The balance of each block at the end of the window."""
    until = entries[entries["date"] < pd.Timestamp(window.end) + pd.Timedelta(days=1)]
    return until.groupby(BLOCK)["effect"].sum()


def _ledger(
    blocks: pd.DataFrame, entries: pd.DataFrame, window: Window, wording: Wording
) -> pd.DataFrame:
    """The opening balance of each block, its entries in the window, and its closing balance."""
    start, end = pd.Timestamp(window.start), pd.Timestamp(window.end)
    index = pd.MultiIndex.from_frame(blocks)
    before = entries[entries["date"] < start].groupby(BLOCK)["effect"].sum().reindex(index)
    opening = before.mask(before.isna(), 0)
    inside = entries[window.contains(entries["date"])].reset_index(drop=True)
    carried = opening.reindex(pd.MultiIndex.from_frame(inside[BLOCK])).set_axis(inside.index)
    booked = inside.groupby(BLOCK)["effect"].sum().reindex(index)
    closing = opening + booked.mask(booked.isna(), 0)
    facts = zip(inside["entry_type"], inside["effect"], strict=True)
    lines = inside.assign(
        item=[wording.entry(*each) for each in facts],
        amount=inside["effect"],
        balance=carried + inside.groupby(BLOCK)["effect"].cumsum(),
        position=range(len(inside)),
    )
    first = blocks.assign(
        date=start, entry_type="opening", item=wording.opening(), position=FIRST
    ).assign(balance=opening.array)
    last = blocks.assign(
        date=end, entry_type="closing", item=wording.closing(), position=LAST
    ).assign(balance=closing.array)
    whole = pd.concat([_typed(each) for each in (first, lines, last)], ignore_index=True)
    return whole.assign(part=LEDGER, group="")


def _payable(
    blocks: pd.DataFrame, rebates: pd.DataFrame, owed: pd.Series, window: Window, wording: Wording
) -> pd.DataFrame:
    """What is payable of each rebate, the sum of each block, and what the books lack of it."""
    index = pd.MultiIndex.from_frame(blocks)
    lines = rebates[holds(rebates["rebate_payable"] != 0)]
    lines = lines.sort_values("policy_id", kind="stable")
    places = lines["currency"].map(MINOR_UNITS)
    facts = zip(*(lines[name] for name in PAYABLE_FACTS), places, strict=True)
    each = lines[[*ACCOUNT, "currency"]].assign(
        date=lines["payable_date"],
        entry_type="payable",
        item=[wording.payable(*fact) for fact in facts],
        amount=lines["rebate_payable"],
        reason_code=text_column(lines, "reason_code"),
        position=range(len(lines)),
    )
    sums = each.groupby(BLOCK)["amount"].sum().reindex(index)
    has_come = each["date"] <= pd.Timestamp(window.end)
    due = each[has_come].groupby(BLOCK)["amount"].sum().reindex(index)
    due = due.mask(due.isna(), 0)
    places = blocks["currency"].map(MINOR_UNITS)
    sums = sums.mask(sums.isna(), 0)
    total = blocks.assign(
        entry_type="total",
        item=[wording.total(part, digits) for part, digits in zip(due, places, strict=True)],
        amount=sums.array,
        position=LAST,
    )
    parts = (each, total, _beyond(blocks, sums, owed, wording))
    whole = pd.concat([_typed(frame) for frame in parts], ignore_index=True)
    return whole.assign(part=PAYABLE, group="")


def _beyond(
    blocks: pd.DataFrame, payable: pd.Series, owed: pd.Series, wording: Wording
) -> pd.DataFrame:
    """By how much what is payable of each block goes beyond what its ledger says is owed."""
    balance = owed.reindex(payable.index)
    beyond = payable - balance.mask(balance.isna(), 0)
    lines = blocks.assign(
        entry_type="difference",
        item=[wording.difference(each) for each in beyond],
        amount=beyond.array,
        position=LAST + 1,
    )
    return lines[holds(beyond != 0).to_numpy()]


def _typed(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with all columns that a line may have, missing where they say nothing."""
    texts = {name: text_column(lines, name) for name in TEXTS}
    amounts = {name: exact_column(lines, name) for name in AMOUNTS}
    dates = lines["date"] if "date" in lines else pd.Series(pd.NaT, lines.index)
    lines = lines.assign(**texts, **amounts, date=dates.astype("datetime64[us]"))
    kept = [name for name in (*COLUMNS, "part", "group", "position") if name in lines]
    return lines[kept]


def _names(rebates: pd.DataFrame, key: str, name: str) -> pd.Series:
    """The names by id, of those that have one."""
    known = pd.DataFrame({"id": rebates[key], "name": text_column(rebates, name)}).dropna()
    return known.drop_duplicates("id").set_index("id")["name"]
