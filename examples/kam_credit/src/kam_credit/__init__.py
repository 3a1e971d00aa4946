"""Credit limits against exposure: a plugin of kam_excel in one declaration and one function."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pandas as pd

from kam_credit.exposure import due_dates, limits_by, owed, valued
from kam_credit.issues import sifted
from kam_credit.tables import CreditStatus, OpenItems
from kam_credit.verdicts import REASONS, judged
from kam_excel import (
    Count,
    Customers,
    DataIssues,
    Frame,
    FxRates,
    KeyAccounts,
    Policy,
    Run,
    SalesPolicy,
    Share,
    Strategy,
    hookimpl,
    setting,
    strategy,
)

__all__ = ["CreditPolicy", "CreditStatus", "OpenItems", "credit"]

NOBODY = pd.DataFrame({"customer_id": [], "customer_name": []})


class CreditPolicy(Policy, section="credit", zh="信用管理", en="Credit"):
    """When a key account is watched, and when it is delivered to no more."""

    near_limit: Share = setting(
        "0.9", zh="额度使用率达此为关注", en="Watch from this utilisation on", unit="share"
    )
    overdue_days: Count = setting(
        30,
        zh="逾期达此天数停止发货",
        en="Stop deliveries from so many days overdue on",
        unit="days",
        at_least=1,
    )
    group_limit: Literal["head", "members"] = setting(
        "head",
        zh="集团客户的额度（head：集团总部的额度，members：各成员额度之和）",
        en="Limit of a group: that of its head, or the sum of all its members' (members)",
    )


class Checked(NamedTuple):
    """What the strategy gives."""

    credit_status: Frame[CreditStatus]
    data_issues: Frame[DataIssues]


@strategy(
    zh="信用额度检查",
    en="Check credit limits",
    about=(
        "比较每个大客户的未清应收与信用额度，指出超额、接近额度和长期逾期的客户。",
        "Compares what each key account owes with its credit limit, and names those over or near"
        " the limit or long overdue.",
    ),
    group="credit",
    icon="AccountingFormat",
    reasons=REASONS,
)
def credit(
    key_accounts: Frame[KeyAccounts],
    open_items: Frame[OpenItems],
    policy: CreditPolicy,
    sales_policy: SalesPolicy,
    run: Run,
    customers: Frame[Customers] | None = None,
    fx_rates: Frame[FxRates] | None = None,
) -> Checked:
    """Hold what every key account owes at as_of against its limit, in base currency."""
    customers = Customers.frame(NOBODY if customers is None else customers)
    groups = customers if sales_policy.rollup == "parent" else None
    limits = valued(customers, "credit_limit", groups, fx_rates, run)
    items = valued(OpenItems.frame(open_items), "amount", groups, fx_rates, run)
    items = items.assign(due_date=due_dates(items, customers))
    accounts = key_accounts[key_accounts["is_key_account"]].set_index("customer_id")
    counted, issues = sifted(items, accounts.index, run)
    whose = "customer_id" if policy.group_limit == "head" else "account"
    status = (
        accounts[["customer_name"]]
        .join(owed(counted, accounts.index, run.as_of))
        .join(limits_by(limits, whose, accounts.index))
    )
    found = judged(status, policy.near_limit, policy.overdue_days).reset_index()
    return Checked(CreditStatus.frame(found), DataIssues.frame(issues))


@hookimpl
def kam_register_strategies() -> list[Strategy]:
    """The strategy of this plugin."""
    return [credit]
