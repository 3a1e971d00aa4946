"""What a company decides about its incentives."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from kam_excel import Count, Factor, Money, Policy, Share, setting


class IncentivesPolicy(Policy, section="incentives", zh="奖励政策", en="Incentives"):
    """How rebates are reckoned, accrued and settled, and what is pointed out."""

    tier_lower_inclusive: bool = setting(
        True, zh="恰好等于下限即达到该档", en="A volume at the lower bound is in the tier"
    )
    default_method: Literal["stepped", "retrospective"] = setting(
        "stepped",
        zh="方式为空时的返利方式（stepped：超额分段，retrospective：全额）",
        en="Method of policies that name none (stepped has no cliffs)",
    )
    growth_no_base: Literal["skip", "zero_base"] = setting(
        "skip",
        zh="上年同期无销售时的增长返利（skip：不返，zero_base：按最高档）",
        en="Growth rebates without sales a year before (skip: none; zero_base: the highest tier)",
    )
    accrual_method: Literal["most_likely", "earned_to_date", "expected"] = setting(
        "most_likely",
        zh="计提方法（最可能值、截至当日已赚得、期望值）",
        en="Accrual method (IFRS 15: most likely amount or expected value; or earned to date)",
    )
    expected_spread: Share = setting(
        "0.10",
        zh="期望值法：高、低情形偏离预计基数的幅度（假设）",
        en="Expected value: how far the high and the low case lie from the forecast (assumption)",
        unit="share",
    )
    expected_weight: Share = setting(
        "0.25",
        zh="期望值法：高、低情形各自的概率（假设）",
        en="Expected value: probability of either of them (assumption)",
        unit="probability, assumed",
        at_most=Decimal("0.5"),
    )
    seasonal_run_rate: bool = setting(
        True,
        zh="按往年季节规律推算全期（否则按天数）",
        en="Forecast by the seasons of earlier years (else by days)",
    )
    constraint_pct: Share = setting(
        "1.0", zh="计提约束比例", en="Part of an accrual that is recognised", unit="share"
    )
    returns_after_settlement: Literal["carry", "clawback_now"] = setting(
        "carry",
        zh="结算后发现多付（carry：由以后的返利抵减，clawback_now：立即追回）",
        en="Overpaid after settlement (carry: set off against later rebates; clawback_now)",
    )
    stacking: Literal["exclusive_by_priority", "highest", "all"] = setting(
        "exclusive_by_priority",
        zh="不可叠加的政策（按优先级取一、取返利最高者、全部计算）",
        en="Policies that are not stackable (the first by priority, the highest, or all)",
    )
    cliff_alert_ratio: Factor = setting(
        "1.0", zh="悬崖比达到此值时预警", en="Alert of a cliff from this ratio of gain to gap on"
    )
    near_tier_pct: Share = setting(
        "0.10",
        zh="距下一档不超过下限的此比例时提醒",
        en="Near a tier within this part of its bound",
        unit="share",
    )
    push_alert_last_days: Count = setting(
        10,
        zh="期末压货：检查期末的天数",
        en="Stock pushed at period end: last days looked at",
        unit="days",
    )
    rounding: Money = setting(
        "0.01",
        zh="每项政策、每个客户的返利四舍五入到",
        en="Rebates of each policy and account are rounded half up to",
        unit="currency",
        at_least=Decimal("0.0001"),
    )
    budget_overrun: Literal["warn", "stop"] = setting(
        "warn",
        zh="返利超出预算时（warn：提示，stop：不列待付）",
        en="Rebates beyond the budget (warn, or stop: nothing is payable)",
    )
    individual_payee: Literal["forbidden", "allowed"] = setting(
        "forbidden",
        zh="奖励个人（forbidden：仅限本公司员工）",
        en="Rewards to individuals (forbidden: none but our own staff)",
    )
    statement_months: Count = setting(
        12,
        zh="对账单列出的月数",
        en="Months that a statement covers",
        unit="full calendar months",
        at_least=1,
    )
    chart_policy: str = setting(
        "",
        zh="返利曲线图所画的政策编号（留空：返利最多的一项）",
        en="Policy that the step curve draws (empty: the one that pays most)",
    )
    debit_account: str = setting(
        "",
        zh="计提借方科目（留空：主营业务收入—返利）",
        en="Debit account (empty: Revenue: rebates)",
    )
    credit_account: str = setting(
        "",
        zh="计提贷方科目（留空：其他应付款—应付返利）",
        en="Credit account (empty: Other payables: rebates)",
    )
    totals_window: Literal["year_to_date", "last_12_months"] = setting(
        "year_to_date",
        zh="激励总额的统计期（year_to_date：本年累计，last_12_months：最近 12 个完整月）",
        en="Window of total incentives (year to date, or the last 12 full months)",
    )
