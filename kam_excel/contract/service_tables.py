"""Input tables of how accounts are served: what they ask for, what they got, and by whom."""

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
from kam_excel.contract.table import Table
from kam_excel.contract.tables import CUSTOMER_ID, DOC_NO, PRODUCT_ID, REGION, UNIT


class Requirements(
    Table,
    zh="客户需求",
    en="Requirements",
    about=(
        "客户对交货、价格、服务等的要求以及实际情况，每项要求一行。",
        "What customers expect of deliveries, price and service, and what they get; one row each.",
    ),
    aliases=("需求", "客户要求", "Customer Requirements"),
):
    """What accounts ask of us and how far we meet it; an account may state an item again."""

    customer_id: Key = CUSTOMER_ID
    item: Choice = column(
        zh="项目",
        en="Requirement Item",
        aliases="需求项目; 需求; 要求项目; Requirement; Item",
        choices={
            "delivery time": "交货时间",
            "delivery batch": "交货批量",
            "number of batches": "批次",
            "cycle": "周期",
            "price": "价格",
            "training of salespeople": "代培推销员",
            "market research": "市场调查",
            "other": "其他",
        },
    )
    expected: Text = column(
        zh="期望",
        en="Expected",
        aliases="期望值; 客户期望; 要求; 要求值; Expectation; Target; Required Value",
    )
    unit: Text = optional(UNIT)
    actual: Text = column(
        zh="实际",
        en="Actual",
        aliases="实际值; 实际情况; 完成情况; Actual Value; Achieved",
        optional=True,
    )
    date: Date = column(
        zh="日期",
        en="Date",
        aliases="提出日期; 需求日期; 登记日期; Requested On; 业务日期; 发生日期; "
        "记录日期; Posting Date; Document Date",
        optional=True,
        decisive=True,
    )
    agreed: Boolean = column(
        zh="双方确认",
        en="Agreed",
        aliases="是否确认; 客户已确认; 双方签认; Confirmed by Both; Mutually Agreed",
        optional=True,
    )


class Deliveries(
    Table,
    zh="交货记录",
    en="Deliveries",
    about=(
        "约定的交货日期与实际到货日期；尚未到货的，实际日期留空。",
        "When deliveries were promised and when they arrived; no actual date while they are due.",
    ),
    aliases=("交货", "交货明细", "Delivery Records"),
):
    """What was promised and when it arrived; one row a line, without a date while it is due."""

    doc_no: Key = optional(DOC_NO, decisive=True)
    customer_id: Key = CUSTOMER_ID
    product_id: Key = optional(PRODUCT_ID)
    promised_date: Date = column(
        zh="承诺日",
        en="Promised Date",
        aliases="承诺交期; 承诺交货日; 约定交货日期; 要求到货日; 计划交货日期; "
        "预计交期; Promised; Promise Date; Requested Delivery Date; Due Date",
    )
    actual_date: Date = column(
        zh="实际日",
        en="Actual Date",
        aliases="实际交货日; 实际到货日; 签收日期; 送达日期; 实际交期; "
        "Actual Delivery Date; Delivered; Delivery Date; POD Date",
        optional=True,
        decisive=True,
    )
    qty: Number = column(
        zh="数量",
        en="Quantity",
        aliases="交货数量; 送货数量; 签收数量; Delivered Quantity; 销售数量; "
        "出库数量; 发货数量; 实发数量; 订货数量; 销量; 件数; 主数量; "
        "Qty; Units; Quantity ordered new; Order Quantity; Units Sold; "
        "Sales Qty",
        unit="pieces",
        optional=True,
        decisive=True,
    )


class Staff(
    Table,
    zh="人员表",
    en="Staff",
    about=("公司人员名册，每人一行。", "The company's people, one row each."),
    aliases=("人员", "员工", "Employees"),
    key=("staff_id",),
):
    """The company's people; one row a person."""

    staff_id: Key = column(
        zh="工号",
        en="Staff ID",
        aliases="员工编号; 员工编码; 人员编码; 人员编号; 职员编号; Employee ID; "
        "Employee No.; Personnel No.; Staff No.",
        personal=True,
    )
    staff_name: Text = column(
        zh="姓名",
        en="Name",
        aliases="员工姓名; 人员姓名; 职员名称; Full Name; Employee Name; Staff Name",
        personal=True,
    )
    role: Text = column(
        zh="岗位",
        en="Role",
        aliases="岗位名称; 职位; 工作岗位; Position; Job Role",
        optional=True,
    )
    region: Text = optional(REGION)
    status: Choice = column(
        zh="状态",
        en="Status",
        aliases="在职状态; 人员状态; 是否在职; Employment Status",
        optional=True,
        choices={"active": "在职", "left": "离职"},
    )
