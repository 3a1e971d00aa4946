"""What concerns each account: its statement, contests, and all that it is given."""

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
    Table,
    Text,
    Tones,
    UnitBy,
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


class RebateStatement(
    Table,
    zh="返利对账单",
    en="Rebate Statement",
    about=(
        "每个客户的返利对账单：返利如何算出、台账逐笔、余额和待付，可直接打印。",
        "The statement of each account, to be printed: how rebates come about, the "
        "ledger, what is due.",
    ),
    key=("customer_id", "currency", "line_no"),
    page=Page(paper="A4", landscape=True, break_by="customer_id", last="balance"),
):
    """A block an account and currency: computation, ledger, what is payable."""

    line_no: Integer = column(zh="序号", en="Line")
    date: Date = column(zh="日期", en="Date")
    voucher_no: Key = column(zh="凭证号", en="Voucher No.")
    policy_id: Key = POLICY_ID
    policy_name: Text = POLICY_NAME
    entry_type: Choice = column(
        zh="类型",
        en="Entry Type",
        look=Tones(
            {
                "account": "heading",
                "rebate": "strong",
                "closing": "strong",
                "total": "strong",
                "difference": "quiet",
            },
            rows=True,
        ),
        choices={
            "account": "客户",
            "note": "说明",
            "section": "分段",
            "deduction": "扣减",
            "rebate": "实返",
            "opening": "期初",
            "accrual": "计提",
            "confirmation": "确认",
            "payment": "支付",
            "offset": "抵扣",
            "reversal": "冲回",
            "closing": "期末",
            "payable": "待付",
            "total": "合计",
            "difference": "差额",
        },
    )
    item: Text = column(zh="摘要", en="Description", widest=84)
    basis_value: Number = column(zh="基数", en="Basis Value", unit="basis unit", unit_by=BY_BASIS)
    amount: Money = column(zh="金额", en="Amount", unit="currency")
    balance: Money = column(zh="余额", en="Balance", unit="currency")
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    currency: Text = CURRENCY
    basis_unit: Choice = BASIS_UNIT
    reason_code: Text = REASON_CODE
    reason_text: Text = column(zh="原因", en="Reason", optional=True)


MEASURES = {"sales": "额", "quantity": "量", "growth": "增长率", "attainment": "达成率"}


def _by_measure(column: str) -> UnitBy:
    """Shown by the measure that the column `column` names."""
    return UnitBy(column, {"quantity": "count", "growth": "percent", "attainment": "percent"})


class ContestRank(
    Table,
    zh="竞赛排名",
    en="Contest Ranking",
    about=(
        "各项竞赛的名次、指标值和奖励。",
        "Places, measures and prizes of each contest.",
    ),
    page=TO_CURRENCY,
):
    """One row an entrant of a contest."""

    contest_id: Key = column(zh="竞赛编号", en="Contest ID")
    contest_name: Text = column(zh="竞赛名称", en="Contest Name")
    place: Integer = column(zh="名次", en="Place")
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    staff_id: Key = column(zh="工号", en="Staff ID", personal=True)
    contest_measure: Choice = column(zh="指标", en="Measure", choices=MEASURES)
    measure_value: Number = column(
        zh="指标值", en="Measure Value", unit_by=_by_measure("contest_measure")
    )
    tie_break_measure: Choice = column(
        zh="次序指标", en="Tie-Break Measure", optional=True, choices=MEASURES
    )
    tie_break_value: Number = column(
        zh="次序指标值",
        en="Tie-Break Value",
        unit_by=_by_measure("tie_break_measure"),
        note=(
            "指标相同时决定先后的第二指标。",
            "The second measure, which decides between equals where a prize cannot be split.",
        ),
    )
    eligible: Boolean = column(zh="符合资格", en="Eligible", look=Tones({False: "quiet"}))
    award: Text = column(zh="奖项", en="Award")
    prize_type: Choice = column(
        zh="奖品类型", en="Prize Type", choices={"cash": "现金", "goods": "实物"}
    )
    prize_amount: Money = column(zh="奖金", en="Prize Money", unit="currency")
    prize_qty: Number = column(zh="奖品数量", en="Prize Quantity", unit="pieces", decimals=0)
    prize_goods_value: Money = column(zh="实物奖品金额", en="Value of Goods Prize", unit="currency")
    prize_total: Money = column(zh="奖励合计", en="Prize Total", unit="currency")
    currency: Text = CURRENCY
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT


class IncentiveTotal(
    Table,
    zh="激励总额",
    en="Total Incentives",
    about=(
        "每个客户得到的全部激励：票面折扣、促销补贴、返利和竞赛奖励，及其占销售额的比例。",
        "All that each account is given: discounts, allowances, rebates and prizes, "
        "and their share of sales.",
    ),
    key=("customer_id",),
):
    """One row a key account, or another that was given something; in base currency."""

    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    net_sales: Money = column(zh="净销售额", en="Net Sales", unit="base currency")
    discount_total: Money = column(zh="票面折扣", en="On-Invoice Discounts", unit="base currency")
    allowance_total: Money = column(
        zh="促销补贴",
        en="Promotion Allowances",
        unit="base currency",
        note=(
            "促销固定费用减客户承担部分。",
            "Fixed costs of promotions less what the customer bears.",
        ),
    )
    rebate_total: Money = column(zh="返利", en="Rebates", unit="base currency")
    prize_sum: Money = column(zh="竞赛奖励", en="Prizes", unit="base currency")
    incentive_total: Money = column(zh="激励合计", en="Total Incentive", unit="base currency")
    incentive_rate: Percent = column(zh="激励占销售比", en="Incentive % of Sales", look=DataBar())
    reason_code: Text = REASON_CODE
    reason_text: Text = REASON_TEXT
