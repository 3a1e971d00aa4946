"""Input tables of trading with accounts: what they paid, their targets, promotions with them."""

from __future__ import annotations

from kam_excel.contract.column import (
    Boolean,
    Choice,
    Date,
    Key,
    Number,
    Text,
    column,
    optional,
)
from kam_excel.contract.policy import Money
from kam_excel.contract.table import Table, column_of
from kam_excel.contract.tables import CURRENCY, CUSTOMER_ID, CUSTOMER_NAME, PRODUCT_ID, Sales


class Receipts(
    Table,
    zh="回款明细",
    en="Receipts",
    about=(
        "客户的每笔回款；注明对应单据的先冲该单据，其余按先后顺序冲销。",
        "What customers paid; a payment that names its document pays that one, others the oldest.",
    ),
    aliases=("回款", "收款明细", "收款", "收款记录", "Payments Received", "Cash Receipts"),
    named=True,
    stand_ins={"customer_id": "customer_name"},
):
    """Payments of customers, tax included; one row a receipt."""

    date: Date = column(
        zh="日期",
        en="Date",
        aliases="回款日期; 收款日期; 到账日期; 入账日期; 收款时间; Receipt Date; Payment Date; "
        "Value Date; 业务日期; 发生日期; 记录日期; Posting Date; Document Date",
    )
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = optional(CUSTOMER_NAME)
    amount: Money = column(
        zh="金额",
        en="Amount",
        aliases="回款金额; 收款金额; 到账金额; 回款额; Receipt Amount; Payment Amount; "
        "Amount Received",
        unit="currency",
    )
    currency: Text = optional(CURRENCY, decisive=True)
    matched_doc_no: Key = column(
        zh="对应单据",
        en="Matched Document",
        aliases="对应单据号; 核销单据; 对应发票; 对应订单; Matched Invoice; Applied To; "
        "Reference Document",
        optional=True,
        decisive=True,
    )


class Targets(
    Table,
    zh="任务量",
    en="Targets",
    about=(
        "客户或业务员在一个期间的销售目标。",
        "Sales targets of customers or salespeople for a period.",
    ),
    aliases=("目标", "销售目标", "任务", "Sales Targets", "Quotas"),
    named=True,
    one_of=(("customer_id",), ("staff_id",)),
    stand_ins={"customer_id": "customer_name"},
):
    """What is to be sold in a period: 2026, 2026Q4, 2026-10, or from~to."""

    customer_id: Key = optional(CUSTOMER_ID, decisive=True)
    customer_name: Text = optional(CUSTOMER_NAME)
    staff_id: Key = column(
        zh="业务员工号",
        en="Sales Rep ID",
        aliases="工号; 业务员; Staff ID; Rep ID; Sales Rep; 员工编号; 员工编码; 人员编码; "
        "人员编号; 职员编号; Employee ID; Employee No.; Personnel No.; Staff No.",
        optional=True,
        decisive=True,
        personal=True,
    )
    period: Text = column(
        zh="期间",
        en="Period",
        aliases="月份; 年度; 年份; 季度; Month; Year; Quarter; 周期; 考核期; 考核期间; 时间段; "
        "Time Period",
    )
    target: Money = column(
        zh="目标",
        en="Target",
        aliases="任务; 任务量; 目标额; 销售目标; 目标销售额; 任务额; 年任务; 指标; 目标金额; "
        "Quota; Sales Target; Target Amount",
        unit="currency",
    )
    currency: Text = optional(CURRENCY, decisive=True)


class Promotions(
    Table,
    zh="促销活动",
    en="Promotions",
    about=(
        "与客户共同开展的促销活动及其费用。",
        "Promotions with customers and what they cost.",
    ),
    aliases=("促销", "促销计划", "Promotion", "Trade Promotions"),
    named=True,
    one_of=(("product_id",), ("category",)),
    stand_ins={"customer_id": "customer_name"},
):
    """Promotions with accounts; one row an account and product."""

    promo_id: Key = column(
        zh="促销编号",
        en="Promotion ID",
        aliases="促销活动编号; 活动编号; 活动编码; 促销号; Promo ID; Promotion No.; "
        "Campaign ID; Deal ID",
    )
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = optional(CUSTOMER_NAME)
    product_id: Key = optional(PRODUCT_ID)
    category: Text = optional(column_of(Sales, "category"))
    start: Date = column(
        zh="开始",
        en="Start",
        aliases="开始日期; 开始时间; 起始日期; 启动日期; Start Date; From; Begin",
    )
    end: Date = column(
        zh="结束", en="End", aliases="结束日期; 结束时间; 终止日期; End Date; To; Until"
    )
    mechanism: Choice = column(
        zh="方式",
        en="Mechanism",
        aliases="促销方式; 促销形式; 促销类型; 活动方式; Promotion Type; Promo Mechanic; Mechanic",
        choices={
            "discount": "折扣",
            "buy and get": "买赠",
            "display": "堆头",
            "coupon": "返券",
            "joint advertising": "联合广告",
            "lottery": "抽奖",
        },
        words={
            "discount": ("打折", "直降", "特价", "降价", "Price Cut", "Price Off"),
            "buy and get": ("买一送一", "满赠", "搭赠", "赠品", "BOGO", "Free Goods"),
            "display": ("堆头陈列", "陈列", "端架", "Displays", "End Cap"),
            "coupon": ("优惠券", "代金券", "满减券", "Coupons", "Voucher"),
            "joint advertising": (
                "联合推广",
                "合作广告",
                "Co-op Advertising",
                "Cooperative Advertising",
            ),
            "lottery": ("摸奖", "抽奖活动", "Prize Draw", "Raffle", "Sweepstake"),
        },
    )
    unit_discount: Money = column(
        zh="单位让利",
        en="Unit Discount",
        aliases="单位折让; 让利额; 单件让利; 单位补贴; Discount per Unit; Off-invoice per Unit",
        unit="currency per piece",
        optional=True,
    )
    fixed_cost: Money = column(
        zh="固定费用",
        en="Fixed Cost",
        aliases="活动费用; 促销费用; 堆头费; 我方费用; 投入费用; Fixed Costs; Promotion Cost",
        unit="currency",
        optional=True,
        decisive=True,
    )
    customer_contribution: Money = column(
        zh="客户承担",
        en="Customer Contribution",
        aliases="客户承担费用; 客户分摊; 客户投入; Customer Share; Co-funding",
        unit="currency",
        optional=True,
        decisive=True,
    )
    target_uplift: Number = column(
        zh="目标增量",
        en="Target Uplift",
        aliases="增量目标; 目标销量增量; 计划增量; Uplift Target; Target Incremental Units",
        unit="pieces",
        optional=True,
    )
    currency: Text = optional(CURRENCY, decisive=True)
    status: Choice = column(
        zh="状态",
        en="Status",
        aliases="活动状态; 促销状态; Promotion Status",
        optional=True,
        decisive=True,
        choices={
            "planned": "计划",
            "confirmed": "已确认",
            "running": "进行中",
            "finished": "结束",
            "cancelled": "取消",
        },
        words={
            "planned": ("计划中", "拟定", "待确认", "Plan", "Draft"),
            "confirmed": ("确认", "已批准", "Approved", "Agreed"),
            "running": ("执行中", "进行", "Active", "In Progress", "Ongoing"),
            "finished": ("已结束", "已完成", "完成", "Completed", "Done", "Closed", "Ended"),
            "cancelled": ("已取消", "作废", "Canceled", "Void"),
        },
    )
    confirmed: Boolean = column(
        zh="客户确认",
        en="Confirmed",
        aliases="是否确认; 已确认; 客户是否确认; Customer Confirmed; Account Confirmed",
        optional=True,
    )
    confirmed_by: Text = column(
        zh="确认人",
        en="Confirmed By",
        aliases="客户确认人; 签字人; Signed By; Approver",
        optional=True,
        personal=True,
    )
