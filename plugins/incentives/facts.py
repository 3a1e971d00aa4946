"""The tables that were given, with accounts as heads of their groups and amounts in one base."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kam_excel import Run
from kam_excel.domain.accounts import UNASSIGNED, at_group_head, group_heads
from kam_excel.domain.incentives.basis import Sources
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.movements import Movements
from kam_excel.domain.incentives.targets import read_targets
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.rates import usable_rates

NO_RATES = pd.DataFrame({"currency": [], "effective_date": [], "fx_rate": []})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the strategy knows of accounts, sales and rates.

    accounts: index customer_id; grade, region, customer_name, is_key_account, is_known
    groups: the customers where sales belong to the heads of groups, else None
    customers: those that the sheets may name
    targets: as of `targets.read_targets`; None where there are none
    """

    run: Run
    lines: pd.DataFrame
    accounts: pd.DataFrame
    groups: pd.DataFrame | None
    customers: KnownCustomers
    exchange: Exchange
    sources: Sources
    targets: pd.DataFrame | None
    log: IssueLog

    @property
    def key_accounts(self) -> pd.Index:
        """The ids of the key accounts."""
        return self.accounts.index[self.accounts["is_key_account"]]

    def at_heads(self, frame: pd.DataFrame) -> pd.DataFrame:
        """`frame` with the head of its group in place of each customer, without the rows of which
        nobody can say who is meant.
        """
        if "customer_id" not in frame:
            return frame
        frame = self.customers.told_apart(frame)
        return frame.assign(customer_id=at_group_head(frame["customer_id"], self.groups))

    def heads_among(self, customers: pd.DataFrame) -> pd.DataFrame:
        """The rows of those who are the heads of their groups, or in none."""
        return customers[_is_head(customers, self.groups)]

    def named(self, frame: pd.DataFrame) -> pd.DataFrame:
        """`frame` with the customer_name of each customer_id."""
        return frame.assign(customer_name=frame["customer_id"].map(self.accounts["customer_name"]))


def gathered(
    run: Run,
    lines: pd.DataFrame,
    key_accounts: pd.DataFrame,
    customers: pd.DataFrame | None,
    receipts: pd.DataFrame | None,
    fx_rates: pd.DataFrame | None,
    targets: pd.DataFrame | None,
    *,
    rollup: bool,
    strangers: bool,
) -> Facts:
    """The facts of one run; `strangers`: accounts that the customer sheet lacks may be rewarded."""
    log = IssueLog()
    groups = customers if rollup else None
    # Rates that cannot be used are listed once, where sales are netted.
    rates = NO_RATES if fx_rates is None else usable_rates(fx_rates, IssueLog())
    exchange = Exchange(run.currency, rates)
    if customers is None:
        key_accounts = _with_former(key_accounts, lines)
    accounts = _accounts(key_accounts, customers, groups, strangers=strangers)
    heads = {} if groups is None or "parent_id" not in groups else group_heads(groups)[0]
    named = key_accounts if customers is None else customers
    known = KnownCustomers.of(named, heads, accounts.index[accounts["is_known"]])
    paid = None
    if receipts is not None:
        receipts = known.told_apart(receipts)
        known.report_strangers(receipts["customer_id"], "receipts", log)
        owners = at_group_head(receipts["customer_id"], groups)
        receipts = receipts.assign(customer_id=owners)
        paid = Movements.of_receipts(receipts, run.as_of, exchange, log)
    return Facts(
        run,
        lines,
        accounts,
        groups,
        known,
        exchange,
        Sources(Movements.of_sales(lines), paid, exchange),
        None if targets is None else _targets(targets, groups, known, exchange, log),
        log,
    )


def _targets(
    targets: pd.DataFrame,
    groups: pd.DataFrame | None,
    known: KnownCustomers,
    exchange: Exchange,
    log: IssueLog,
) -> pd.DataFrame:
    heads = None
    if "customer_id" in targets:
        targets = known.told_apart(targets)
        known.report_strangers(targets["customer_id"], "targets", log)
        heads = at_group_head(targets["customer_id"], groups)
    return read_targets(targets, exchange.rates, exchange.base, log, heads)


def _with_former(listed: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """What is listed, and the accounts that have sales only from before: without a customer sheet
    all that have any are known.
    """
    names = lines.reindex(columns=["customer_id", "customer_name"])
    last = names.drop_duplicates("customer_id", keep="last")
    former = ~last["customer_id"].isin([UNASSIGNED, *listed["customer_id"]])
    return pd.concat([listed, last[former]], ignore_index=True)


def _accounts(
    listed: pd.DataFrame,
    customers: pd.DataFrame | None,
    groups: pd.DataFrame | None,
    *,
    strangers: bool,
) -> pd.DataFrame:
    """All accounts that are listed or have a row of their own; of groups the heads."""
    names = ["customer_name", "region", "grade", "is_key_account"]
    known = listed.set_index("customer_id").reindex(columns=names)
    if customers is None:
        return known.assign(is_key_account=_true(known["is_key_account"]), is_known=True)
    ids = at_group_head(customers["customer_id"], groups)
    heads = customers[_is_head(customers, groups)].set_index("customer_id")
    every = known.index.union(heads.index)
    own = heads.reindex(index=every, columns=names[:2]).astype("str")
    whole = known.reindex(every)
    return whole.assign(
        customer_name=whole["customer_name"].fillna(own["customer_name"]),
        region=whole["region"].fillna(own["region"]),
        is_key_account=_true(whole["is_key_account"]),
        is_known=every.isin(ids) | strangers,
    )


def _is_head(customers: pd.DataFrame, groups: pd.DataFrame | None) -> pd.Series:
    ids = customers["customer_id"]
    return ids == at_group_head(ids, groups)


def _true(flags: pd.Series) -> pd.Series:
    return flags.astype("boolean").fillna(False).astype(bool)
