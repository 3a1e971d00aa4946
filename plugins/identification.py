"""S0: who the key accounts are (80:20), and how far the company depends on them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from kam_excel import (
    Chart,
    Choice,
    Count,
    Customers,
    Date,
    Deliveries,
    Factor,
    Frame,
    Group,
    Integer,
    Key,
    KeyAccounts,
    Manual,
    Money,
    NetSales,
    Number,
    Percent,
    Policy,
    Previous,
    RequirementFit,
    Requirements,
    Run,
    SalesPolicy,
    Series,
    Share,
    Strategy,
    Table,
    Text,
    Tones,
    column,
    hookimpl,
    setting,
    strategy,
)
from kam_excel.domain import churn, concentration, membership, ranking, requirements, standing
from kam_excel.domain.accounts import UNASSIGNED, at_group_head
from kam_excel.domain.department import advise_department
from kam_excel.domain.dependence import dependence
from kam_excel.domain.periods import Window, last_full_months
from kam_excel.domain.profile import Measure, account_profiles
from kam_excel.domain.regions import region_standing
from kam_excel.domain.risk import risk_profile

ADVICE = {
    True: {"zh": "建议设立大客户管理部", "en": "Set up a key account department"},
    False: {
        "zh": "由企业主管人员亲自管理",
        "en": "The management looks after the key accounts itself",
    },
}
REASONS = {
    "TIE_OVERFLOW": ("并列过多，改按名次严格截取", "Too many ties: cut off strictly"),
    "REMOVED_BY_HAND": ("手工剔除：{adjustment_reason}", "Removed by hand: {adjustment_reason}"),
    "NO_SIGNAL": (
        "下单次数和同期销售不足，无法判断风险",
        "Too few orders and no sales a year ago: the risk cannot be told",
    ),
    **requirements.REASONS,
}


class Department(Group, zh="大客户管理部", en="Key account department"):
    """When key accounts deserve a department of their own."""

    threshold: Count = setting(20, zh="设立部门的大客户数", en="Key accounts", unit="accounts")
    inclusive: bool = setting(True, zh="达到即设立（含该数）", en="The threshold itself counts")


class Concentration(Group, zh="集中度警报", en="Concentration alerts"):
    """From which share on the company depends too much on its first accounts."""

    top1_alert: Share = setting("0.20", zh="首户占比警报", en="First account", unit="share")
    top5_alert: Share = setting("0.50", zh="前五户占比警报", en="First five", unit="share")


class Churn(Group, zh="流失信号", en="Signs of loss"):
    """From where on an account is at risk; the worse of the two signals holds."""

    gap_multiple: Factor = setting(
        "2.0",
        zh="距上次下单达到间隔中位数的倍数即为中风险，一倍半于此为高风险",
        en="Medium risk from so many median order gaps without an order on; high from one and a"
        " half times as many",
        unit="median order gaps",
    )
    min_orders: Count = setting(
        3, zh="判断下单间隔所需的最少下单日数", en="Least order dates to judge a gap", at_least=2
    )
    medium_fall: Share = setting(
        "0.20", zh="近三月同比下降达此为中风险", en="Medium risk from this fall on", unit="share"
    )
    high_fall: Share = setting(
        "0.40", zh="近三月同比下降达此为高风险", en="High risk from this fall on", unit="share"
    )


class RiskWeights(Group, zh="风险权重（假设，非统计结果）", en="Risk weights (assumptions)"):
    """Assumed probabilities of losing an account within a year."""

    high: Factor = setting("0.50", zh="高风险", en="High", unit="probability, assumed", at_most=1)
    medium: Factor = setting(
        "0.20", zh="中风险", en="Medium", unit="probability, assumed", at_most=1
    )
    low: Factor = setting("0.05", zh="低风险", en="Low", unit="probability, assumed", at_most=1)


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
    hysteresis_pct: Share = setting(
        "0.10",
        zh="缓冲：原大客户低于入选线不足此比例的予以保留",
        en="A key account stays unless it falls below the cut-off by more than this",
        unit="share",
    )
    strategic_accounts: bool = setting(
        False,
        zh="战略客户一律列为大客户",
        en="Accounts marked as strategic are always key accounts",
    )
    accounts_per_manager: Count = setting(
        8, zh="每位客户经理负责的大客户数", en="Key accounts per manager", at_least=1
    )
    chart_accounts: Count = setting(
        1000, zh="图表最多画出的客户数", en="Most accounts that the charts draw", at_least=2
    )
    department: Department = Department()
    concentration: Concentration = Concentration()
    churn: Churn = Churn()
    risk_weights: RiskWeights = RiskWeights()


class ParetoCurve(
    Table,
    zh="帕累托曲线",
    en="Pareto Curve",
    about=(
        "帕累托图的数据：按净销售额从大到小排列的客户及其累计占比。",
        "The figures of the Pareto chart: customers and their cumulative share, largest first.",
    ),
    key=("customer_id",),
):
    """What the Pareto chart draws: the ranked accounts, best first."""

    rank: Integer = column(zh="排名", en="Rank")
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    customer_name: Text = column(zh="客户名称", en="Customer Name", optional=True)
    net_sales: Money = column(zh="净销售额", en="Net Sales", unit="base currency")
    cum_share: Percent = column(zh="累计占比", en="Cumulative Share")
    target_share: Percent = column(zh="累计占比目标", en="Cumulative Share Aimed at")


class LorenzCurve(
    Table,
    zh="洛伦兹曲线",
    en="Lorenz Curve",
    about=(
        "洛伦兹曲线的数据：从最小的客户到最大的客户的累计占比。",
        "The figures of the Lorenz curve: cumulative shares, smallest customer first.",
    ),
):
    """What the Lorenz chart draws: from the smallest account to the largest."""

    rank: Integer = column(zh="排名", en="Rank")
    cum_customer_share: Percent = column(zh="累计客户占比", en="Cumulative Share of Customers")
    cum_share: Percent = column(zh="累计占比", en="Cumulative Share")


PARETO = Chart(
    "pareto",
    zh="帕累托图：按净销售额排名的客户",
    en="Pareto chart: customers by net sales",
    kind="column",
    source=ParetoCurve,
    x="rank",
    series=(
        Series("net_sales"),
        Series("cum_share", kind="line", secondary=True),
        Series("target_share", kind="line", secondary=True),
    ),
    x_title=("客户排名", "Rank of customer"),
    second_top=Decimal(1),
)
LORENZ = Chart(
    "lorenz",
    zh="洛伦兹曲线：销售在客户间的分布",
    en="Lorenz curve: how sales are spread over customers",
    kind="scatter",
    source=LorenzCurve,
    x="cum_customer_share",
    series=(
        Series("cum_customer_share", name=("完全平均", "All equal")),
        Series("cum_share", name=("实际分布", "Actual")),
    ),
    y_title=("累计销售占比", "Cumulative share of sales"),
    top=Decimal(1),
)


class KaSummary(
    Table,
    zh="大客户概览",
    en="Key Account Summary",
    about=(
        "公司对大客户依赖程度的汇总，以及是否设立大客户管理部的建议。",
        "How far the company depends on its key accounts, and whether they deserve a department"
        " of their own.",
    ),
    card=True,
    charts=(PARETO, LORENZ),
):
    """The company's dependence on its key accounts; one row a run."""

    window_start: Date = column(zh="统计期起", en="Window Start")
    window_end: Date = column(zh="统计期止", en="Window End")
    n_customers: Integer = column(
        zh="客户数", en="Number of Customers", unit="accounts", headline=True
    )
    n_key_accounts: Integer = column(
        zh="大客户数", en="Number of Key Accounts", unit="accounts", headline=True
    )
    total_net_sales: Money = column(zh="公司净销售额", en="Company Net Sales", unit="base currency")
    key_net_sales: Money = column(
        zh="大客户净销售额", en="Key Account Net Sales", unit="base currency"
    )
    key_share: Percent = column(zh="大客户占比", en="Key Account Share", headline=True)
    key_share_ranked: Percent = column(
        zh="大客户占排名客户比", en="Key Share of Ranked Sales", headline=True
    )
    total_at_risk: Money = column(
        zh="风险金额合计",
        en="Total Revenue at Risk",
        unit="base currency",
        headline=True,
        note=(
            "大客户的风险金额之和；风险权重为假设。",
            "Sum over the key accounts; the risk weights are assumptions.",
        ),
    )
    sales_without_top1: Money = column(
        zh="失去第一名后销售额", en="Net Sales without Top 1", unit="base currency"
    )
    sales_without_top3: Money = column(
        zh="失去前三名后销售额", en="Net Sales without Top 3", unit="base currency"
    )
    cr1: Percent = column(zh="前1名集中度CR1", en="CR1")
    cr3: Percent = column(zh="前3名集中度CR3", en="CR3")
    cr5: Percent = column(zh="前5名集中度CR5", en="CR5")
    cr10: Percent = column(zh="前10名集中度CR10", en="CR10")
    hhi: Number = column(zh="赫芬达尔指数HHI", en="HHI", unit="points")
    gini: Number = column(zh="基尼系数", en="Gini Coefficient", decimals=4)
    effective_number: Number = column(
        zh="有效客户数", en="Effective Number of Customers", unit="accounts"
    )
    net_return_amount: Money = column(zh="净退货金额", en="Net Return Amount", unit="base currency")
    unassigned_share: Percent = column(zh="未指定占比", en="Unassigned Share")
    concentration_alert: Choice = column(
        zh="集中度警报",
        en="Concentration Alert",
        choices={"normal": "正常", "top1": "首户警报", "top5": "前五户警报", "both": "双重警报"},
        look=Tones({"top1": "warning", "top5": "warning", "both": "bad"}),
    )
    department_advice: Text = column(zh="部门设立建议", en="Department Advice", headline=True)
    suggested_headcount: Integer = column(
        zh="建议人数", en="Suggested Headcount", unit="persons", optional=True
    )
    reason_code: Text = column(zh="原因代码", en="Reason Code", optional=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)


class Identified(NamedTuple):
    """What the strategy gives."""

    key_accounts: Frame[KeyAccounts]
    ka_summary: Frame[KaSummary]
    pareto_curve: Frame[ParetoCurve]
    lorenz_curve: Frame[LorenzCurve]
    requirement_fit: Frame[RequirementFit] | None


@strategy(
    zh="大客户识别",
    en="Identify key accounts",
    about=(
        "按统计期内的净销售额给客户排名，选出大客户，并衡量公司对他们的依赖程度和流失风险。",
        "Ranks the customers by net sales, selects the key accounts, and tells how far the company"
        " depends on them and which of them it may lose.",
    ),
    group="identification",
    reasons=REASONS,
)
def identification(
    net_sales: Frame[NetSales],
    policy: IdentificationPolicy,
    sales_policy: SalesPolicy,
    run: Run,
    before: Previous[KeyAccounts],
    manual: Manual[KeyAccounts],
    customers: Frame[Customers] | None = None,
    stated: Frame[Requirements] | None = None,
    deliveries: Frame[Deliveries] | None = None,
) -> Identified:
    """Rank the customers by net sales of the window and mark those to be kept as key accounts."""
    window = last_full_months(run.as_of, policy.window_months, run.include_partial_month)
    names = _names(net_sales, customers)
    adjustments = manual.set_index("customer_id")["manual_adjustment"].dropna()
    also = names.index.intersection([*_key_accounts(before), *adjustments.index])
    accounts = account_profiles(net_sales, window, policy.measure, also)
    ranked = ranking.rank_accounts(accounts["measure"], policy.min_net_sales_exclusive)
    chosen = ranking.select(ranked, _rule(policy, run))
    given = _circumstances(ranked.index, policy, sales_policy, before, adjustments, customers)
    decided = membership.decide(ranked, chosen, given)
    risk = _risk(net_sales, ranked.index, policy, run)
    heads = customers if sales_policy.rollup == "parent" else None
    fit = _fit(stated, deliveries, heads, net_sales, names, window, run)
    department = advise_department(
        int(decided["is_key_account"].sum()),
        policy.department.threshold,
        policy.department.inclusive,
        policy.accounts_per_manager,
    )
    listed = pd.DataFrame(
        {
            "customer_id": ranked.index,
            **names.reindex(ranked.index),
            **ranked[["rank", "share", "cum_share"]],
            **accounts[["net_sales", "growth_rate", "gross_margin"]].reindex(ranked.index),
            **decided,
            **risk,
            **_standing(accounts["net_sales"], names["region"], decided, before, run),
            "grade": ranking.grades(ranked, policy.abc_breaks),
            "served_by": standing.served_by(decided["is_key_account"], department.needed),
        },
        index=ranked.index,
    )
    if fit is not None:
        listed["service_share_met"] = requirements.share_met(fit).reindex(listed.index)
    unclear = listed["risk_level"].isna() & listed["rank"].notna()
    listed["reason_code"] = listed["reason_code"].mask(
        unclear & listed["reason_code"].isna(), "NO_SIGNAL"
    )
    listed = listed.drop(UNASSIGNED, errors="ignore").reset_index(drop=True)
    summary = {
        "window_start": window.start,
        "window_end": window.end,
        "n_customers": chosen.n,
        "n_key_accounts": int(decided["is_key_account"].sum()),
        **dependence(accounts["net_sales"], decided["is_key_account"]),
        "total_at_risk": listed["revenue_at_risk"][listed["is_key_account"]].sum(),
        "concentration_alert": _alert(accounts["net_sales"], policy.concentration),
        "department_advice": ADVICE[department.needed][run.language],
        "suggested_headcount": department.headcount,
        "reason_code": "TIE_OVERFLOW" if chosen.tie_overflow else None,
    }
    return Identified(
        KeyAccounts.frame(listed),
        KaSummary.frame(pd.DataFrame([summary])),
        _pareto(listed, policy),
        _lorenz(accounts["net_sales"], policy),
        None if fit is None else RequirementFit.frame(fit),
    )


def _rule(policy: IdentificationPolicy, run: Run) -> ranking.SelectionRule:
    return ranking.SelectionRule(
        method=policy.method,
        top_percent=policy.top_percent,
        count_rounding=policy.count_rounding,
        cumulative_share=policy.cumulative_share,
        amount=policy.amount,
        tie_policy=run.tie_policy,
    )


def _names(lines: pd.DataFrame, customers: pd.DataFrame | None) -> pd.DataFrame:
    """Name and region of every account: from the customer sheet, else the latest of its sales."""
    columns = ["customer_name", "region"]
    latest = lines.sort_values("date", kind="stable").groupby("customer_id").last()
    latest = latest.reindex(columns=columns)
    if customers is None:
        return latest
    return customers.set_index("customer_id").reindex(columns=columns).combine_first(latest)


def _key_accounts(before: pd.DataFrame) -> list[str]:
    return list(before["customer_id"][before["is_key_account"].fillna(False).astype(bool)])


def _circumstances(
    accounts: pd.Index,
    policy: IdentificationPolicy,
    sales_policy: SalesPolicy,
    before: pd.DataFrame,
    adjustments: pd.Series,
    customers: pd.DataFrame | None,
) -> membership.Circumstances:
    eligible, strategic = pd.Series(True, accounts), []
    if customers is not None and not sales_policy.unknown_accounts_eligible:
        eligible = pd.Series(accounts.isin(customers["customer_id"]), accounts)
    if customers is not None and policy.strategic_accounts and "strategic" in customers:
        chosen = customers["strategic"].fillna(False).astype(bool)
        strategic = list(customers["customer_id"][chosen])
    return membership.Circumstances(
        eligible,
        strategic,
        _key_accounts(before) if len(before) else None,
        policy.hysteresis_pct,
        adjustments,
    )


def _risk(
    lines: pd.DataFrame, accounts: pd.Index, policy: IdentificationPolicy, run: Run
) -> pd.DataFrame:
    signs, weights = policy.churn, policy.risk_weights
    return risk_profile(
        lines,
        accounts,
        run.as_of,
        churn.RiskRule(signs.gap_multiple, signs.min_orders, signs.medium_fall, signs.high_fall),
        {churn.HIGH: weights.high, churn.MEDIUM: weights.medium, churn.LOW: weights.low},
        merge_jan_feb=run.merge_jan_feb,
        include_partial_month=run.include_partial_month,
    )


def _standing(
    net: pd.Series, regions: pd.Series, decided: pd.DataFrame, before: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Share and rank within the region, and years in a row as key account and as its first."""
    found = region_standing(net, regions).reindex(decided.index)
    earlier = before.set_index("customer_id")
    last = earlier["previous_as_of"].iloc[0].date() if len(earlier) else None
    return found.assign(
        years_as_key=standing.years_in_row(
            decided["is_key_account"], run.as_of, earlier["years_as_key"], last
        ),
        years_first_in_region=standing.years_in_row(
            found["region_rank"] == 1, run.as_of, earlier["years_first_in_region"], last
        ),
    )


def _fit(
    stated: pd.DataFrame | None,
    deliveries: pd.DataFrame | None,
    heads: pd.DataFrame | None,
    lines: pd.DataFrame,
    names: pd.DataFrame,
    window: Window,
    run: Run,
) -> pd.DataFrame | None:
    """How far what accounts ask for is met; accounts of a group as one, as in the lines."""
    if stated is None:
        return None
    stated = stated.assign(customer_id=at_group_head(stated["customer_id"], heads))
    if deliveries is not None:
        ids = at_group_head(deliveries["customer_id"], heads)
        deliveries = deliveries.assign(customer_id=ids)
    fit = requirements.requirement_fit(stated, deliveries, lines, window, run.as_of, run.currency)
    return fit.assign(customer_name=fit["customer_id"].map(names["customer_name"]))


def _alert(net: pd.Series, alerts: Concentration) -> concentration.Alert:
    accounts = net.drop(UNASSIGNED, errors="ignore")
    whole = sum(concentration.positives(net), Fraction(0))
    return concentration.alert(accounts, alerts.top1_alert, alerts.top5_alert, whole)


def _pareto(listed: pd.DataFrame, policy: IdentificationPolicy) -> Frame[ParetoCurve]:
    names = ["rank", "customer_id", "customer_name", "net_sales", "cum_share"]
    first = listed[listed["rank"].notna()].head(policy.chart_accounts)[names]
    return ParetoCurve.frame(first.assign(target_share=float(policy.cumulative_share)))


def _lorenz(net: pd.Series, policy: IdentificationPolicy) -> Frame[LorenzCurve]:
    curve = concentration.lorenz(net.drop(UNASSIGNED, errors="ignore"))
    return LorenzCurve.frame(concentration.thinned(curve, policy.chart_accounts))


@hookimpl
def kam_register_strategies() -> list[Strategy]:
    """Give the strategy to kam_excel."""
    return [identification]
