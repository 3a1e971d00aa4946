"""What the company watches: policies simulated, changed, carried out, and what is owed."""

from __future__ import annotations

from kam_excel import (
    Chart,
    Choice,
    DataBar,
    Integer,
    Key,
    Money,
    Number,
    Percent,
    Series,
    Shades,
    Table,
    Text,
    Tones,
    column,
)

from .output_columns import (
    BASIS_UNIT,
    BY_BASIS,
    CURRENCY,
    CUSTOMER_ID,
    CUSTOMER_NAME,
    POLICY_ID,
    POLICY_NAME,
    REASON_CODE,
    REASON_TEXT,
    TO_CURRENCY,
)


class RebateCurve(
    Table,
    zh="返利曲线",
    en="Rebate Curve",
    about=(
        "返利曲线图的数据：一项政策在各基数下的返利，以及各客户所在的点。",
        "The figures of the step curve: what a policy pays by basis, and where its accounts stand.",
    ),
):
    """What the step curve draws: one policy, its proposed tiers, and its accounts as points."""

    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    customer_name: Text = CUSTOMER_NAME
    sim_basis: Number = column(zh="模拟基数", en="Simulated Basis", unit="basis unit")
    sim_rebate: Money = column(zh="模拟返利", en="Simulated Rebate", unit="currency")
    proposed_rebate: Money = column(
        zh="拟议返利", en="Proposed Rebate", unit="currency", optional=True
    )
    rebate_earned: Money = column(
        zh="实际客户", en="Actual Accounts", unit="currency", optional=True
    )


CURVE = Chart(
    "rebate_curve",
    zh="返利曲线：基数与返利",
    en="Step curve: rebate by basis",
    kind="scatter",
    source=RebateCurve,
    x="sim_basis",
    series=(
        Series("sim_rebate"),
        Series("proposed_rebate"),
        Series("rebate_earned", kind="points"),
    ),
    x_title=("基数", "Basis"),
    y_title=("返利（政策币种）", "Rebate (currency of the policy)"),
    named_by="policy_name",
)


class PolicySim(
    Table,
    zh="政策模拟",
    en="Policy Simulation",
    about=(
        "各政策在不同基数下的返利、有效返利率和边际返利率。",
        "What each policy pays at different volumes: rebate, effective and marginal rate.",
    ),
    charts=(CURVE,),
):
    """Points of each policy's scale, each bound and one unit below it among them."""

    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    sim_basis: Number = column(
        zh="模拟基数", en="Simulated Basis", unit="basis unit", unit_by=BY_BASIS
    )
    basis_unit: Choice = BASIS_UNIT
    tier: Integer = column(zh="档次", en="Tier")
    sim_rebate: Money = column(zh="模拟返利", en="Simulated Rebate", unit="currency")
    proposed_rebate: Money = column(
        zh="拟议返利", en="Proposed Rebate", unit="currency", optional=True
    )
    effective_rate: Percent = column(zh="有效返利率", en="Effective Rate")
    marginal_rate: Percent = column(
        zh="边际返利率",
        en="Marginal Rate",
        note=(
            "比上一行多出的基数所得的返利率。",
            "What is earned on the basis added since the row above.",
        ),
    )
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT


class PolicyChange(
    Table,
    zh="政策调整测算",
    en="Policy Change",
    about=(
        "拟议档次使每项政策多付或少付多少，多少客户受益、受损。",
        "What proposed tiers would cost for each policy, and how many accounts gain or lose.",
    ),
    key=("policy_id",),
):
    """One row a policy with proposed tiers; at today's volumes, before caps and factors change."""

    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    rebate_now: Money = column(zh="现行返利", en="Rebate Now", unit="currency")
    proposed_rebate: Money = column(zh="拟议返利", en="Proposed Rebate", unit="currency")
    rebate_change: Money = column(
        zh="增减额",
        en="Change",
        unit="currency",
        note=(
            "拟议返利 − 现行返利；正数为公司多付。",
            "Proposed less now; positive is what the company pays more.",
        ),
    )
    n_gaining: Integer = column(zh="受益户数", en="Accounts Gaining", unit="accounts")
    n_losing: Integer = column(zh="受损户数", en="Accounts Losing", unit="accounts")
    n_unchanged: Integer = column(zh="不变户数", en="Accounts Unchanged", unit="accounts")
    currency: Text = CURRENCY


class PolicyImpact(
    Table,
    zh="政策调整影响",
    en="Policy Impact",
    about=(
        "拟议档次对每个客户的影响，变化大的在前。",
        "What proposed tiers mean for each account, the largest changes first.",
    ),
    key=("policy_id", "customer_id"),
):
    """One row an account of a policy with proposed tiers."""

    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    basis_value: Number = column(zh="基数", en="Basis Value", unit="basis unit", unit_by=BY_BASIS)
    basis_unit: Choice = BASIS_UNIT
    rebate_now: Money = column(zh="现行返利", en="Rebate Now", unit="currency")
    proposed_rebate: Money = column(zh="拟议返利", en="Proposed Rebate", unit="currency")
    rebate_change: Money = column(
        zh="增减额", en="Change", unit="currency", look=Shades(diverging=True)
    )
    impact: Choice = column(
        zh="影响",
        en="Impact",
        choices={"gains": "受益", "loses": "受损", "unchanged": "不变"},
        look=Tones({"gains": "good", "loses": "bad", "unchanged": "quiet"}),
    )
    currency: Text = CURRENCY


class PolicyExecution(
    Table,
    zh="政策落实",
    en="Policy Execution",
    about=(
        "各项政策是否按期兑付，预算用了多少。",
        "Whether policies are paid on time, and how much of their budgets is used.",
    ),
    key=("policy_id",),
    page=TO_CURRENCY,
):
    """One row a policy."""

    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    n_due: Integer = column(zh="应兑付户数", en="Accounts Due", unit="accounts")
    n_paid_on_time: Integer = column(zh="按期兑付户数", en="Paid on Time", unit="accounts")
    execution_rate: Percent = column(
        zh="落实率",
        en="Execution Rate",
        look=DataBar(),
        note=(
            "按期足额兑付的户数 ÷ 应兑付户数。",
            "Accounts paid in full and on time / accounts due.",
        ),
    )
    rebate_due_total: Money = column(zh="应兑付合计", en="Total Due", unit="currency")
    rebate_paid_total: Money = column(zh="已兑付合计", en="Total Paid", unit="currency")
    overdue_days: Integer = column(
        zh="逾期天数",
        en="Overdue Days",
        unit="days",
        look=Shades(),
        note=("最长的逾期天数。", "The longest delay."),
    )
    budget: Money = column(zh="预算", en="Budget", unit="currency")
    budget_used: Percent = column(
        zh="预算使用率", en="Budget Used", note=("实返合计 ÷ 预算。", "Final rebates / budget.")
    )
    currency: Text = CURRENCY
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT


class LiabilityTrend(
    Table,
    zh="返利负债走势",
    en="Liability Trend",
    about=(
        "负债图的数据：各月末应付返利余额，折合本位币。",
        "The figures of the liability chart: what is owed at the end of each month, in "
        "base currency.",
    ),
    key=("month",),
):
    """One row a month, all policies together."""

    month: Text = column(zh="月份", en="Month")
    closing_balance: Money = column(zh="期末余额", en="Closing Balance", unit="base currency")
    confirmed_balance: Money = column(
        zh="其中已确认未付", en="Of Which Confirmed", unit="base currency"
    )


LIABILITY = Chart(
    "rebate_liability",
    zh="返利负债：各月末余额",
    en="Rebate liability at the end of each month",
    kind="column",
    source=LiabilityTrend,
    x="month",
    series=(Series("closing_balance"), Series("confirmed_balance", kind="line")),
)


class RebateLiability(
    Table,
    zh="返利负债",
    en="Rebate Liability",
    about=(
        "各项政策逐月的应付返利：期初、计提、确认、支付、抵扣、冲回、期末。",
        "What is owed of each policy month by month: opening, what was booked, closing.",
    ),
    key=("month", "policy_id"),
    charts=(LIABILITY,),
):
    """One row a month and policy, from the first entry of the ledger to the as-of date."""

    month: Text = column(zh="月份", en="Month")
    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    opening_balance: Money = column(zh="期初余额", en="Opening Balance", unit="currency")
    accrued_amount: Money = column(zh="计提金额", en="Accrued", unit="currency")
    confirmed_amount: Money = column(zh="确认金额", en="Confirmed Amount", unit="currency")
    paid_out: Money = column(zh="支付金额", en="Paid Out", unit="currency")
    offset_amount: Money = column(zh="抵扣金额", en="Offset", unit="currency")
    reversed_amount: Money = column(
        zh="冲回金额",
        en="Reversed",
        unit="currency",
        note=(
            "冲回：计提、确认的冲回为负，支付、抵扣的冲回为正。",
            "Negative where accruals or confirmations, positive where payments were taken back.",
        ),
    )
    closing_balance: Money = column(zh="期末余额", en="Closing Balance", unit="currency")
    currency: Text = CURRENCY
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT
