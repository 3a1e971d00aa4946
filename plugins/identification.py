"""S0: who the key accounts are (80:20), and how far the company depends on them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from kam_excel import (
    Choice,
    Count,
    Customers,
    Date,
    Frame,
    Group,
    Integer,
    KeyAccounts,
    Money,
    NetSales,
    Number,
    Percent,
    Policy,
    Run,
    SalesPolicy,
    Share,
    Strategy,
    Table,
    Text,
    column,
    hookimpl,
    setting,
    strategy,
)
from kam_excel.domain import concentration, ranking
from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.department import advise_department
from kam_excel.domain.periods import Window, last_full_months
from kam_excel.domain.profile import Measure, account_profiles

ADVICE = {
    True: {"zh": "建议设立大客户管理部", "en": "Set up a key account department"},
    False: {
        "zh": "由企业主管人员亲自管理",
        "en": "The management looks after the key accounts itself",
    },
}


class Department(Group, zh="大客户管理部", en="Key account department"):
    """When key accounts deserve a department of their own."""

    threshold: Count = setting(20, zh="设立部门的大客户数", en="Key accounts", unit="accounts")
    inclusive: bool = setting(True, zh="达到即设立（含该数）", en="The threshold itself counts")


class Concentration(Group, zh="集中度警报", en="Concentration alerts"):
    """From which share on the company depends too much on its first accounts."""

    top1_alert: Share = setting("0.20", zh="首户占比警报", en="First account", unit="share")
    top5_alert: Share = setting("0.50", zh="前五户占比警报", en="First five", unit="share")


class IdentificationPolicy(
    Policy, section="identification", zh="大客户识别", en="Key account identification"
):
    """Who counts as a key account."""

    method: ranking.Method = setting(
        "top_percent",
        zh="识别规则（数量占比、累计销售占比、任一、同时、金额）",
        en="Rule (top_percent, cumulative, either, both, amount)",
    )
    top_percent: Share = setting("0.20", zh="大客户数占比", en="Share of customers", unit="share")
    count_rounding: ranking.CountRounding = setting(
        "ceil", zh="客户数取整方式", en="How a part of an account counts"
    )
    cumulative_share: Share = setting(
        "0.80", zh="累计销售占比", en="Cumulative share of sales", unit="share"
    )
    amount: Money = setting(
        "0", zh="最低销售额（规则 amount）", en="Least sales (rule amount)", unit="base currency"
    )
    window_months: Count = setting(
        12, zh="统计期", en="Window", unit="full calendar months", at_least=1
    )
    measure: Measure = setting("net_sales", zh="排名依据", en="What accounts are ranked by")
    abc_breaks: tuple[Share, ...] = setting(
        (Fraction(4, 5), Fraction(19, 20)), zh="ABC 分界", en="ABC breaks", unit="share"
    )
    min_net_sales_exclusive: Money = setting(
        "0", zh="参与排名须高于此额", en="Ranked only above", unit="base currency"
    )
    accounts_per_manager: Count = setting(
        8, zh="每位客户经理负责的大客户数", en="Key accounts per manager", at_least=1
    )
    department: Department = Department()
    concentration: Concentration = Concentration()


class KaSummary(Table, zh="大客户概览", en="Key Account Summary"):
    """The company's dependence on its key accounts; one row a run."""

    window_start: Date = column(zh="统计期起", en="Window Start")
    window_end: Date = column(zh="统计期止", en="Window End")
    n_customers: Integer = column(
        zh="客户数", en="Number of Customers", unit="accounts", headline=True
    )
    n_key_accounts: Integer = column(
        zh="大客户数", en="Number of Key Accounts", unit="accounts", headline=True
    )
    total_net_sales: Money = column(zh="公司净销售额", en="Company Net Sales", unit="currency")
    key_net_sales: Money = column(zh="大客户净销售额", en="Key Account Net Sales", unit="currency")
    key_share: Percent = column(zh="大客户占比", en="Key Account Share", headline=True)
    key_share_ranked: Percent = column(
        zh="大客户占排名客户比", en="Key Share of Ranked Sales", headline=True
    )
    sales_without_top1: Money = column(
        zh="失去第一名后销售额", en="Net Sales without Top 1", unit="currency"
    )
    sales_without_top3: Money = column(
        zh="失去前三名后销售额", en="Net Sales without Top 3", unit="currency"
    )
    cr1: Percent = column(zh="前1名集中度CR1", en="CR1")
    cr3: Percent = column(zh="前3名集中度CR3", en="CR3")
    cr5: Percent = column(zh="前5名集中度CR5", en="CR5")
    cr10: Percent = column(zh="前10名集中度CR10", en="CR10")
    hhi: Number = column(zh="赫芬达尔指数HHI", en="HHI", unit="points")
    gini: Number = column(zh="基尼系数", en="Gini Coefficient")
    effective_number: Number = column(
        zh="有效客户数", en="Effective Number of Customers", unit="accounts"
    )
    net_return_amount: Money = column(zh="净退货金额", en="Net Return Amount", unit="currency")
    unassigned_share: Percent = column(zh="未指定占比", en="Unassigned Share")
    concentration_alert: Choice = column(
        zh="集中度警报",
        en="Concentration Alert",
        choices={"normal": "正常", "top1": "首户警报", "top5": "前五户警报", "both": "双重警报"},
    )
    department_advice: Text = column(zh="部门设立建议", en="Department Advice", headline=True)
    suggested_headcount: Integer = column(zh="建议人数", en="Suggested Headcount", unit="persons")
    reason_code: Text = column(zh="原因代码", en="Reason Code", optional=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)


class Identified(NamedTuple):
    """What the strategy gives."""

    key_accounts: Frame[KeyAccounts]
    ka_summary: Frame[KaSummary]


@strategy(
    zh="大客户识别",
    en="Identify key accounts",
    group="identification",
    reasons={"TIE_OVERFLOW": ("并列过多，改按名次严格截取", "Too many ties: cut off strictly")},
)
def identification(
    net_sales: Frame[NetSales],
    policy: IdentificationPolicy,
    sales_policy: SalesPolicy,
    run: Run,
    customers: Frame[Customers] | None = None,
) -> Identified:
    """Rank the customers by net sales of the window and mark those to be kept as key accounts."""
    window = last_full_months(run.as_of, policy.window_months, run.include_partial_month)
    accounts = account_profiles(net_sales, window, policy.measure)
    ranked = ranking.rank_accounts(accounts["measure"], policy.min_net_sales_exclusive)
    chosen = ranking.select(ranked, _rule(policy, run))
    is_key = chosen.accounts["selected"] & _is_eligible(ranked.index, customers, sales_policy)
    listed = ranked.index[ranked.index != UNASSIGNED]
    graded = ranking.grades(ranked, policy.abc_breaks)
    names = _names(listed, customers, net_sales)
    frame = pd.DataFrame(
        {
            "rank": ranked["rank"],
            "customer_name": names["customer_name"],
            "region": names["region"],
            "net_sales": accounts["net_sales"],
            "share": ranked["share"],
            "cum_share": ranked["cum_share"],
            "grade": graded,
            "is_key_account": is_key,
            "selection_method": chosen.accounts["method"].where(is_key),
            "growth_rate": accounts["growth_rate"],
            "gross_margin": accounts["gross_margin"],
            "last_order_date": accounts["last_order_date"],
            "reason_code": pd.Series("UNKNOWN_ACCOUNT", ranked.index, dtype="str").where(
                chosen.accounts["selected"] & ~is_key
            ),
        },
        index=ranked.index,  # every series is aligned to the ranking by account
    ).assign(customer_id=ranked.index)
    summary = _summary(accounts["net_sales"], chosen, is_key, window, policy, run)
    return Identified(
        KeyAccounts.frame(frame.loc[listed].reset_index(drop=True)),
        KaSummary.frame(pd.DataFrame([summary])),
    )


def _is_eligible(
    accounts: pd.Index, customers: pd.DataFrame | None, policy: SalesPolicy
) -> pd.Series:
    """Accounts that may be key accounts: those of the customer sheet, where there is one."""
    if customers is None or policy.unknown_accounts_eligible:
        return pd.Series(True, accounts)
    return pd.Series(accounts.isin(customers["customer_id"]), accounts)


def _rule(policy: IdentificationPolicy, run: Run) -> ranking.SelectionRule:
    return ranking.SelectionRule(
        method=policy.method,
        top_percent=policy.top_percent,
        count_rounding=policy.count_rounding,
        cumulative_share=policy.cumulative_share,
        amount=policy.amount,
        tie_policy=run.tie_policy,
    )


def _names(ids: pd.Index, customers: pd.DataFrame | None, lines: pd.DataFrame) -> pd.DataFrame:
    """Name and region by account: from the customer sheet, else the latest of the sales."""
    latest = lines.sort_values("date", kind="stable").groupby("customer_id").last()
    known = latest if customers is None else customers.set_index("customer_id")
    return known.reindex(ids).reindex(columns=["customer_name", "region"])


def _summary(
    net: pd.Series,
    chosen: ranking.Selection,
    selected: pd.Series,
    window: Window,
    policy: IdentificationPolicy,
    run: Run,
) -> dict[str, Any]:
    """The one row of KaSummary; shares are of the positive net sales with the unassigned ones."""
    accounts = net[net.index != UNASSIGNED]
    whole = sum(concentration.positives(net), Fraction(0))
    of_ranked = sum(concentration.positives(accounts), Fraction(0))
    is_key = selected.reindex(net.index)
    key = net[is_key].sum()
    descending = accounts.sort_values(ascending=False)
    advice = advise_department(
        int(is_key.sum()),
        policy.department.threshold,
        policy.department.inclusive,
        policy.accounts_per_manager,
    )
    alerts = policy.concentration
    return {
        "window_start": window.start,
        "window_end": window.end,
        "n_customers": chosen.n,
        "n_key_accounts": int(is_key.sum()),
        "total_net_sales": net.sum(),
        "key_net_sales": key,
        "key_share": _ratio(key, whole),
        "key_share_ranked": _ratio(key, of_ranked),
        "sales_without_top1": net.sum() - descending.head(1).sum(),
        "sales_without_top3": net.sum() - descending.head(3).sum(),
        **{f"cr{n}": concentration.cr(accounts, n, whole) for n in (1, 3, 5, 10)},
        "hhi": concentration.hhi(accounts),
        "gini": concentration.gini(accounts),
        "effective_number": concentration.effective_number(accounts),
        "net_return_amount": accounts[accounts < 0].sum(),
        "unassigned_share": _ratio(net.reindex([UNASSIGNED]).sum(), whole),
        "concentration_alert": concentration.alert(
            accounts, alerts.top1_alert, alerts.top5_alert, whole
        ),
        "department_advice": ADVICE[advice.needed][run.language],
        "suggested_headcount": advice.headcount,
        "reason_code": "TIE_OVERFLOW" if chosen.tie_overflow else None,
    }


def _ratio(part: Any, whole: Fraction) -> float | None:
    return float(Fraction(part) / whole) if whole else None


@hookimpl
def kam_register_strategies() -> list[Strategy]:
    """Give the strategy to kam_excel."""
    return [identification]
