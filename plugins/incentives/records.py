"""What the strategy reads: the ledger of rebates, violations, contests."""

from __future__ import annotations

from kam_excel import (
    Choice,
    Customers,
    Date,
    Integer,
    Key,
    Money,
    Number,
    Percent,
    Table,
    Text,
    column,
    column_of,
    optional,
)

from .agreements import CURRENCY, PAYEE_WORDS, PAYEES, POLICY_ID

CUSTOMER_ID = column_of(Customers, "customer_id")
CUSTOMER_NAME = optional(column_of(Customers, "customer_name"))


class RebateLedger(
    Table,
    zh="返利台账",
    en="Rebate Ledger",
    about=(
        "返利的计提、确认、支付、抵扣和冲回，每笔一行。",
        "Accruals, confirmations, payments, offsets and reversals of rebates, one row each.",
    ),
    aliases=("返利账", "返利明细账", "返利往来", "Rebate Account"),
    named=True,
    stand_ins={"customer_id": "customer_name"},
):
    """What was booked of rebates. Amounts are positive; a reversal is negative where it takes
    back an accrual or a confirmation.
    """

    date: Date = column(
        zh="日期",
        en="Date",
        aliases="记账日期; 入账日期; 台账日期; Entry Date; 业务日期; 发生日期; 记录日期; "
        "Posting Date; Document Date",
    )
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    policy_id: Key = POLICY_ID
    entry_type: Choice = column(
        zh="类型",
        en="Entry Type",
        aliases="台账类型; 业务类型; 分录类型; Transaction Type; Posting Type",
        choices={
            "accrual": "计提",
            "confirmation": "确认",
            "payment": "支付",
            "offset": "抵扣",
            "reversal": "冲回",
        },
        words={
            "accrual": ("预提", "暂估", "计提返利", "Accrued", "Provision"),
            "confirmation": ("确认返利", "对账确认", "Confirmed"),
            "payment": ("付款", "支付返利", "现金支付", "Paid"),
            "offset": ("抵货款", "冲货款", "抵扣货款", "冲抵", "Set-Off", "Credit Note"),
            "reversal": ("红冲", "冲销", "冲红", "转回", "Reversed", "Write-Back"),
        },
    )
    amount: Money = column(
        zh="金额",
        en="Amount",
        aliases="返利金额; 发生额; 台账金额; Rebate Amount; Entry Amount",
        unit="currency",
    )
    currency: Text = optional(CURRENCY, decisive=True)
    voucher_no: Key = column(
        zh="凭证号",
        en="Voucher No.",
        aliases="凭证编号; 记账凭证号; 凭证字号; Voucher; Voucher Number; Journal No.",
        optional=True,
        decisive=True,
    )
    payee: Text = column(
        zh="收款人",
        en="Payee",
        aliases="收款方; 兑付人; 受益人; Beneficiary; Recipient",
        optional=True,
        decisive=True,
        personal=True,
    )


class Violations(
    Table,
    zh="违规记录",
    en="Violations",
    about=(
        "客户的窜货、低价等违规及其扣减比例。",
        "Violations by customers and the share of the rebate that each costs.",
    ),
    aliases=("违规", "窜货记录", "Breaches"),
    named=True,
    closed=True,
    stand_ins={"customer_id": "customer_name"},
):
    """Violations; without a policy id they count for every policy, without a date at any time."""

    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    date: Date = column(
        zh="日期",
        en="Date",
        aliases="违规日期; 发现日期; Violation Date; 业务日期; 发生日期; 记录日期; "
        "Posting Date; Document Date",
        optional=True,
        decisive=True,
    )
    violation_type: Choice = column(
        zh="类型",
        en="Violation Type",
        aliases="违规类型; 违约类型; 违规行为; Breach Type; Type of Violation",
        choices={"cross-territory selling": "窜货", "underpricing": "低价"},
        words={
            "cross-territory selling": (
                "跨区窜货",
                "跨区销售",
                "越区销售",
                "Diversion",
                "Cross-Territory",
            ),
            "underpricing": ("低价倾销", "低价销售", "乱价", "Price Dumping", "Undercutting"),
        },
    )
    penalty_share: Percent = column(
        zh="处理比例",
        en="Penalty Share",
        aliases="扣罚比例; 扣减比例; 处罚比例; 扣返比例; Penalty %; Deduction Share",
    )
    policy_id: Key = optional(POLICY_ID, decisive=True)


class Contests(
    Table,
    zh="销售竞赛",
    en="Sales Contests",
    about=(
        "销售竞赛的期间、指标和各名次的奖项。",
        "Sales contests: period, measure and the prize of each place.",
    ),
    aliases=("竞赛", "销售比赛", "Contests"),
    named=True,
    closed=True,
):
    """Prizes of sales contests; one row a place and prize. What holds for the contest may stand in
    its first row only.
    """

    contest_id: Key = column(
        zh="编号",
        en="Contest ID",
        aliases="竞赛编号; 竞赛编码; Contest No.; 活动编号; Competition ID",
    )
    contest_name: Text = column(
        zh="竞赛名称", en="Contest Name", aliases="名称; 竞赛; Contest; Competition", optional=True
    )
    period: Text = column(
        zh="期间",
        en="Period",
        aliases="竞赛期间; 周期; 考核期; 考核期间; 时间段; Time Period",
        optional=True,
    )
    contest_measure: Choice = column(
        zh="指标",
        en="Measure",
        aliases="考核指标; 竞赛指标; 评比指标; KPI; Metric; Indicator",
        optional=True,
        choices={"sales": "额", "quantity": "量", "growth": "增长率", "attainment": "达成率"},
        words={
            "sales": (
                "销售额",
                "销售金额",
                "销额",
                "Sales Amount",
                "Revenue",
                "Turnover",
            ),
            "quantity": ("销量", "销售量", "销售数量", "数量", "Volume", "Units", "Qty", "Pieces"),
            "growth": ("增长", "同比增长", "同比增长率", "增幅", "Growth Rate", "Sales Growth"),
            "attainment": (
                "完成率",
                "目标达成率",
                "任务完成率",
                "目标完成率",
                "Completion",
                "Target Attainment",
                "Achievement",
            ),
        },
    )
    award: Text = column(
        zh="奖项", en="Award", aliases="奖项名称; 奖级; Prize; Award Name", optional=True
    )
    place: Integer = column(zh="名次", en="Place", aliases="排名; 位次; Position; Ranking")
    prize_amount: Money = column(
        zh="奖金",
        en="Prize Money",
        aliases="奖金金额; 现金奖励; 奖励金额; Cash Prize",
        unit="currency",
        optional=True,
        decisive=True,
    )
    prize_type: Choice = column(
        zh="奖品类型",
        en="Prize Type",
        aliases="奖励形式; 奖品种类; Kind of Prize",
        optional=True,
        decisive=True,
        choices={"cash": "现金", "goods": "实物"},
        words={
            "cash": ("奖金", "现金奖", "现金奖励", "Money", "Cash Prize"),
            "goods": ("实物奖品", "实物奖励", "奖品", "物品", "In Kind", "Merchandise"),
        },
    )
    prize_qty: Number = column(
        zh="数量",
        en="Quantity",
        aliases="奖品数量; 实物数量; 件数; Prize Quantity; Prize Units",
        unit="pieces",
        optional=True,
        decisive=True,
    )
    prize_unit_price: Money = column(
        zh="单价",
        en="Unit Price",
        aliases="奖品单价; 实物单价; Prize Unit Price; Prize Price",
        unit="currency per piece",
        optional=True,
        decisive=True,
    )
    budget: Money = column(
        zh="预算",
        en="Budget",
        aliases="预算金额; 费用预算; 年度预算; Budget Amount; Planned Budget",
        unit="currency",
        optional=True,
        decisive=True,
    )
    entry_threshold: Number = column(
        zh="参赛门槛",
        en="Entry Threshold",
        aliases="门槛; 入围门槛; 最低参赛额; 参赛条件; Threshold; Qualifying Minimum",
        unit="basis unit",
        optional=True,
        decisive=True,
    )
    currency: Text = optional(CURRENCY, decisive=True)
    payee_type: Choice = column(
        zh="奖励对象",
        en="Payee Type",
        aliases="兑付对象; 受益对象; Beneficiary Type; Paid To",
        optional=True,
        decisive=True,
        choices=PAYEES,
        words=PAYEE_WORDS,
    )
