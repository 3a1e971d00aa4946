"""What rebates come to: calculated, accrued, booked, and within reach."""

from __future__ import annotations

from kam_excel import (
    Boolean,
    Choice,
    DataBar,
    Date,
    Integer,
    Key,
    Money,
    Number,
    Page,
    Percent,
    Shades,
    Table,
    Text,
    Tones,
    column,
    column_of,
)

from .agreements import RebatePolicies
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


class RebateCalc(
    Table,
    zh="返利计算表",
    en="Rebate Calculation",
    about=(
        "每项政策、每个客户的返利：基数、档次、应返、扣减、实返、已付和待付。",
        "The rebate of each policy and account: basis, tier, earned, deductions, "
        "final, paid, payable.",
    ),
    key=("policy_id", "customer_id", "settlement_status"),
    page=Page(paper="A4", landscape=True, last="settlement_status"),
):
    """One row a policy and account; a settled one that turns out different has a second row.

    What is paid prints; how it comes about, which statements print, stands beside it.
    """

    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    basis_value: Number = column(
        zh="基数",
        en="Basis Value",
        unit="basis unit",
        note=(
            "政策期内截至基准日的销售额、回款额或数量，已扣除退货。",
            "Sales, receipts or quantity of the policy's period up to the as-of date, less "
            "returns.",
        ),
        unit_by=BY_BASIS,
    )
    basis_unit: Choice = BASIS_UNIT
    tier: Integer = column(zh="档次", en="Tier")
    rebate_earned: Money = column(
        zh="应返",
        en="Rebate Earned",
        unit="currency",
        note=("未计系数、扣减和上限。", "Before factors, deductions and caps."),
    )
    factor: Percent = column(
        zh="系数",
        en="Factor",
        note=(
            "按回款天数兑付的比例，以金额加权；未回款的按截至基准日的天数。",
            "The share paid by the days until payment, weighted by amount; what is unpaid "
            "counts by its days so far.",
        ),
    )
    violation_factor: Percent = column(
        zh="违规系数",
        en="Violation Factor",
        note=("1 − 违规扣减比例之和。", "1 less the penalties of violations."),
    )
    cap_reduction: Money = column(zh="上限扣减", en="Cap Reduction", unit="currency")
    rebate_final: Money = column(
        zh="实返",
        en="Rebate Final",
        unit="currency",
        look=DataBar(),
        note=(
            "应返 × 系数 × 违规系数，再扣上限，四舍五入到分。",
            "Earned × factor × violation factor, capped, rounded half up.",
        ),
    )
    rebate_paid: Money = column(
        zh="已付",
        en="Paid",
        unit="currency",
        note=("台账中已支付和已抵扣的金额。", "Paid and offset according to the ledger."),
    )
    rebate_payable: Money = column(
        zh="待付",
        en="Payable",
        unit="currency",
        note=(
            "实返 − 已付；负数结转，由以后的返利抵减。",
            "Final − paid; a negative amount is carried and set off against later rebates.",
        ),
    )
    payable_date: Date = column(zh="应付日", en="Payable On")
    overdue_days: Integer = column(zh="逾期天数", en="Overdue Days", unit="days", look=Shades())
    currency: Text = CURRENCY
    settlement_status: Choice = column(
        zh="结算状态",
        en="Settlement Status",
        choices={"open": "进行中", "settled": "已结算", "correction": "差异调整"},
        look=Tones({"settled": "good", "correction": "warning"}),
    )
    rebate_method: Choice = column_of(RebatePolicies, "rebate_method")
    valid_from: Date = column(zh="起", en="Valid From")
    valid_to: Date = column(zh="止", en="Valid To")
    prior_basis_value: Number = column(
        zh="上期基数", en="Prior Basis Value", unit="basis unit", unit_by=BY_BASIS
    )
    growth_rate: Percent = column(
        zh="增长率",
        en="Growth",
        note=("（基数 − 上年同期）÷ 上年同期。", "(basis − a year before) / a year before."),
    )
    tier_detail: Text = column(zh="分段明细", en="Tier Detail", widest=120)
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT


class RebateAccrual(
    Table,
    zh="返利计提",
    en="Rebate Accrual",
    about=(
        "截至基准日应计提的返利及本次应补提或冲回的金额。",
        "The rebates to be accrued at the as-of date, and the difference to what has been accrued.",
    ),
    key=("policy_id", "customer_id"),
    page=TO_CURRENCY,
):
    """One row a policy and account that is not settled, or has more to book once it is."""

    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    ytd_basis: Number = column(
        zh="本期累计基数", en="Basis to Date", unit="basis unit", unit_by=BY_BASIS
    )
    basis_unit: Choice = BASIS_UNIT
    seasonal_share: Percent = column(
        zh="季节累计比例",
        en="Expected Share to Date",
        note=(
            "按往年季节规律，截至基准日应完成的比例。",
            "The share of the period that is expected by now, by the seasons of earlier years.",
        ),
    )
    expected_basis: Number = column(
        zh="预计全期基数",
        en="Expected Full Basis",
        unit="basis unit",
        note=("本期累计基数 ÷ 季节累计比例。", "Basis to date / expected share to date."),
        unit_by=BY_BASIS,
    )
    expected_rebate: Money = column(zh="预计全期返利", en="Expected Rebate", unit="currency")
    effective_rate: Percent = column(
        zh="有效返利率",
        en="Effective Rate",
        note=("预计全期返利 ÷ 预计全期基数。", "Expected rebate / expected full basis."),
    )
    accrual_method: Choice = column(
        zh="计提方法",
        en="Accrual Method",
        choices={"most_likely": "最可能值", "earned_to_date": "已赚得", "expected": "期望值"},
    )
    accrual: Money = column(
        zh="应计提",
        en="Accrual",
        unit="currency",
        look=DataBar(),
        note=(
            "有效返利率 × 本期累计基数 × 约束比例；已结算的为结算后的差异。",
            "Effective rate × basis to date × constraint; of what is settled, what differs since.",
        ),
    )
    already_accrued: Money = column(zh="已计提", en="Already Accrued", unit="currency")
    accrual_delta: Money = column(
        zh="本次计提",
        en="Accrual Delta",
        unit="currency",
        note=("应计提 − 已计提。", "Accrual − already accrued."),
    )
    currency: Text = CURRENCY
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT


class AccrualJournal(
    Table,
    zh="计提分录",
    en="Accrual Journal",
    about=(
        "本次计提的会计分录，供财务导入。",
        "The journal entries of this accrual, for the ledger of finance.",
    ),
    key=("voucher_no",),
    page=Page(last="summary"),
):
    """One row an entry; debit and credit are equal."""

    date: Date = column(zh="日期", en="Date")
    voucher_no: Key = column(zh="凭证号", en="Voucher No.")
    policy_id: Key = POLICY_ID
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    account_debit: Text = column(zh="借方科目", en="Debit Account")
    account_credit: Text = column(zh="贷方科目", en="Credit Account")
    debit_amount: Money = column(zh="借方金额", en="Debit", unit="currency")
    credit_amount: Money = column(zh="贷方金额", en="Credit", unit="currency")
    currency: Text = CURRENCY
    summary: Text = column(zh="纪要", en="Summary", widest=140)
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT


class NextTier(
    Table,
    zh="冲档提醒",
    en="Next Tier",
    about=(
        "距下一档还差多少、达到后多得多少，以及悬崖和期末压货的预警。",
        "How much is missing to the next tier, what it gains, and alerts of cliffs and "
        "stock pushed at period end.",
    ),
    key=("policy_id", "customer_id"),
    page=TO_CURRENCY,
):
    """One row a policy that is not settled and account."""

    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    alert: Choice = column(
        zh="预警",
        en="Alert",
        choices={
            "near tier": "冲档",
            "cliff": "悬崖",
            "end-of-period push": "期末压货",
            "none": "无",
        },
        look=Tones({"cliff": "bad", "end-of-period push": "warning", "near tier": "good"}),
    )
    basis_value: Number = column(zh="基数", en="Basis Value", unit="basis unit", unit_by=BY_BASIS)
    basis_unit: Choice = BASIS_UNIT
    tier: Integer = column(zh="档次", en="Tier")
    next_tier: Integer = column(zh="下一档次", en="Next Tier")
    next_tier_lower: Number = column(
        zh="下一档下限", en="Next Tier Lower Bound", unit="basis unit", unit_by=BY_BASIS
    )
    tier_gap: Number = column(zh="冲档差额", en="Gap to Tier", unit="basis unit", unit_by=BY_BASIS)
    tier_gain: Money = column(
        zh="冲档收益",
        en="Gain at Tier",
        unit="currency",
        note=("达到下一档时多得的返利。", "What the rebate grows by on reaching the next tier."),
    )
    cliff_ratio: Number = column(
        zh="悬崖比",
        en="Cliff Ratio",
        note=(
            "收益 ÷ 差额；达到 1 时，补足差额的货等于白拿。",
            "Gain / gap; from 1 on, whoever buys the gap gets the goods for nothing.",
        ),
    )
    forecast_rest: Number = column(
        zh="剩余期预测",
        en="Forecast for Rest",
        unit="basis unit",
        note=("预计全期基数 − 已完成基数。", "Expected full basis less the basis so far."),
        unit_by=BY_BASIS,
    )
    reachable: Boolean = column(zh="可达成", en="Reachable")
    days_left: Integer = column(zh="剩余天数", en="Days Left", unit="days")
    currency: Text = CURRENCY
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT
