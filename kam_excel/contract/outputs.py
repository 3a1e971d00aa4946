"""Output tables that strategies pass on, and those that every run writes."""

from __future__ import annotations

from fractions import Fraction

from kam_excel.contract.column import (
    Boolean,
    Choice,
    Date,
    Integer,
    Key,
    Number,
    Percent,
    Text,
    column,
)
from kam_excel.contract.look import Arrows, DataBar, Tones
from kam_excel.contract.policy import Money
from kam_excel.contract.service_tables import Requirements
from kam_excel.contract.table import Table


class KeyAccounts(
    Table,
    zh="大客户名单",
    en="Key Accounts",
    about=(
        "按净销售额排名的全部客户，标明大客户、变化和流失风险；可手工加入或剔除客户。",
        "All customers by net sales, with the key accounts, what has changed and the risk of"
        " losing them. Accounts can be added or removed by hand.",
    ),
    key=("customer_id",),
    remembered=("is_key_account", "years_as_key", "years_first_in_region"),
):
    """All ranked customers with a flag for the key accounts; one row an account, best first.

    Accounts that left since the previous list, and those added by hand, are listed as well.
    """

    rank: Integer = column(zh="排名", en="Rank", optional=True)
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    customer_name: Text = column(zh="客户名称", en="Customer Name", optional=True)
    region: Text = column(zh="区域", en="Region", optional=True)
    net_sales: Money = column(
        zh="净销售额",
        en="Net Sales",
        unit="base currency",
        look=DataBar(),
        note=(
            "统计期内销售减退货，折合本位币，不含未来日期的单据。",
            "Sales less returns of the window in base currency.",
        ),
    )
    share: Percent = column(
        zh="占比",
        en="Share",
        optional=True,
        note=(
            "净销售额 ÷ 全部正净额之和（含未指定客户）。",
            "Net sales / sum of all positive nets, those without a customer included.",
        ),
    )
    cum_share: Percent = column(zh="累计占比", en="Cumulative Share", optional=True)
    grade: Choice = column(
        zh="等级",
        en="Grade",
        optional=True,
        choices={"A": "A", "B": "B", "C": "C", "net return": "净退货"},
        look=Tones({"net return": "quiet"}),
    )
    is_key_account: Boolean = column(zh="是否大客户", en="Key Account", look=Tones({True: "good"}))
    selection_method: Choice = column(
        zh="入选方式",
        en="Selected By",
        optional=True,
        choices={
            "top_percent": "比例",
            "cumulative": "累计",
            "amount": "金额",
            "tie": "并列",
            "strategic": "战略",
            "manual": "手工",
            "hysteresis": "缓冲",
        },
    )
    was_key_account: Boolean = column(zh="上期是否大客户", en="Key Account Before", optional=True)
    change: Choice = column(
        zh="变化",
        en="Change",
        optional=True,
        choices={"new": "新进", "kept": "保留", "dropped": "退出", "buffered": "缓冲"},
        look=Tones({"new": "good", "dropped": "bad", "buffered": "warning"}),
        note=(
            "与上一次（截止日期更早的）名单相比；缓冲：跌出入选线但未低于缓冲线。",
            "Against the list of the latest run with an earlier date. Buffered: below the "
            "cut-off, but by less than the policy allows.",
        ),
    )
    growth_rate: Percent = column(
        zh="增长率", en="Growth", optional=True, look=Arrows(up=Fraction(0), down=Fraction(-1, 5))
    )
    gross_margin: Percent = column(zh="毛利率", en="Gross Margin", optional=True)
    last_order_date: Date = column(zh="最近下单日", en="Last Order Date", optional=True)
    median_order_gap: Number = column(
        zh="下单间隔中位数(天)",
        en="Median Order Gap (Days)",
        unit="days",
        optional=True,
        decimals=1,
    )
    days_since_order: Integer = column(
        zh="距上次下单天数", en="Days since Last Order", unit="days", optional=True
    )
    rolling_change: Percent = column(
        zh="近三月同比",
        en="Rolling 3-Month Change",
        optional=True,
        note=(
            "最近三个完整月与上年同期相比；一、二月按合计的一半比较（春节）。",
            "The last three full months against the same months a year before.",
        ),
    )
    risk_level: Choice = column(
        zh="风险等级",
        en="Risk Level",
        optional=True,
        choices={"high": "高", "medium": "中", "low": "低"},
        look=Tones({"high": "bad", "medium": "warning"}),
    )
    risk_weight: Percent = column(
        zh="风险权重(假设)",
        en="Risk Weight (Assumption)",
        unit="probability",
        optional=True,
        note=(
            "假设的流失概率，在政策 risk_weights 中设定，并非统计结果。",
            "An assumed probability of loss, set in the policy; no statistic.",
        ),
    )
    revenue_at_risk: Money = column(
        zh="风险金额",
        en="Revenue at Risk",
        unit="base currency",
        optional=True,
        note=(
            "最近 12 个月净销售额 × 风险权重（假设）。",
            "Net sales of the last 12 months × risk weight (assumption).",
        ),
    )
    region_share: Percent = column(zh="区域占比", en="Share in Region", optional=True)
    region_rank: Integer = column(zh="区域排名", en="Rank in Region", optional=True)
    years_as_key: Integer = column(
        zh="连续年数", en="Consecutive Years as Key Account", unit="years", optional=True
    )
    years_first_in_region: Integer = column(
        zh="区域第一连续年数",
        en="Consecutive Years First in Region",
        unit="years",
        optional=True,
    )
    served_by: Choice = column(
        zh="服务方",
        en="Served By",
        optional=True,
        choices={
            "key account department": "大客户管理部",
            "management": "企业主管",
            "general sales force": "一般销售队伍",
        },
    )
    service_share_met: Percent = column(zh="需求满足率", en="Requirements Met", optional=True)
    manual_adjustment: Choice = column(
        zh="手工调整",
        en="Manual Adjustment",
        manual=True,
        needs="adjustment_reason",
        choices={"add": "加入", "remove": "剔除"},
        note=(
            "可填：加入或剔除，优先于规则，下次运行时生效；须同时填写理由。",
            "Fill in add or remove: it wins over the rule from the next run on. "
            "A reason has to stand beside it.",
        ),
    )
    adjustment_reason: Text = column(zh="理由", en="Reason for Adjustment", manual=True)
    reason_code: Text = column(zh="原因代码", en="Reason Code", optional=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)


class RequirementFit(
    Table,
    zh="需求满足度",
    en="Requirement Fit",
    about=(
        "每个客户的各项要求是否得到满足，差距多大。",
        "Whether each requirement of a customer is met, and by how much it is missed.",
    ),
):
    """How far each requirement of an account is met; one row an account and item."""

    customer_id: Key = column(zh="客户编码", en="Customer ID")
    customer_name: Text = column(zh="客户名称", en="Customer Name", optional=True)
    item: Choice = column(
        zh="项目", en="Requirement Item", choices=Requirements.columns["item"].choices
    )
    unit: Text = column(zh="单位", en="Unit", optional=True)
    expected: Text = column(zh="期望", en="Expected", optional=True)
    actual: Text = column(zh="实际", en="Actual", optional=True)
    value_basis: Choice = column(
        zh="实际来源",
        en="Basis of Actual",
        optional=True,
        choices={"entered": "填报", "deliveries": "交货记录", "sales": "销售明细"},
    )
    met: Boolean = column(
        zh="是否满足", en="Met", optional=True, look=Tones({True: "good", False: "bad"})
    )
    gap: Number = column(
        zh="差距",
        en="Gap",
        optional=True,
        note=(
            "正数表示未达到的部分，单位与该项目相同。",
            "Positive where the requirement is not reached, in its unit.",
        ),
    )
    gap_rank: Integer = column(zh="差距排名", en="Gap Rank", optional=True)
    agreed: Boolean = column(zh="双方确认", en="Agreed", optional=True)
    service_share_met: Percent = column(zh="需求满足率", en="Requirements Met", optional=True)
    reason_code: Text = column(zh="原因代码", en="Reason Code", optional=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)


class DataIssues(
    Table,
    zh="数据问题",
    en="Data Issues",
    about=(
        "读取数据时发现的疑点：在哪一格、如何处理、影响多少金额。",
        "What was doubtful in the data: which cell, how it was handled, and the amount affected.",
    ),
    collected=True,
):
    """What was coerced, left out or doubtful in the input; one row a finding."""

    level: Choice = column(
        zh="级别",
        en="Level",
        choices={"error": "错误", "warning": "警告", "note": "提示"},
        look=Tones({"error": "bad", "warning": "warning"}),
    )
    reason_code: Text = column(zh="代码", en="Code", optional=True)
    table_id: Text = column(zh="表", en="Table")
    row_no: Integer = column(zh="行号", en="Row No.", optional=True)
    column_name: Text = column(zh="列", en="Column", optional=True)
    original_value: Text = column(zh="原值", en="Original Value", optional=True)
    handling: Text = column(zh="处理", en="Handling", optional=True)
    amount: Money = column(
        zh="影响金额",
        en="Amount Affected",
        unit="currency",
        optional=True,
        note=(
            "单元格所写的金额，为该行的币种；已折算的行为本位币。",
            "As the cells say, in the currency of the row; of converted rows in base currency.",
        ),
    )
    link: Text = column(zh="链接", en="Link", optional=True, link=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)


class Reconciliation(
    Table,
    zh="行数与金额核对",
    en="Reconciliation",
    about=(
        "每张表读到的行和金额，按原因逐项增减，直至计入的行和金额。",
        "The rows and amounts of each table as read, what came and went by reason, and what is"
        " used.",
    ),
    collected=True,
    internal=True,
):
    """Where rows and amounts went: by table an opening, the changes by reason, a closing.

    Opening + changes = closing. Amounts are what the cells say, in the currencies of the rows,
    until FX_CONVERTED; a table without amounts has none.
    """

    table_id: Text = column(zh="表", en="Table")
    reason_code: Text = column(zh="代码", en="Code")
    rows: Integer = column(zh="行数增减", en="Change in Rows")
    amount: Money = column(zh="金额增减", en="Change in Amount", optional=True)


class History(
    Table,
    zh="运行历史",
    en="Run History",
    about=(
        "供以后的运行对比使用的历次结果，存放在隐藏的工作表中。",
        "Results of earlier runs that later ones compare with, kept on a hidden sheet.",
    ),
):
    """What later runs have to know; one row for each remembered row of a run."""

    as_of: Date = column(zh="基准日", en="As of")
    strategy: Text = column(zh="策略", en="Strategy")
    table_id: Text = column(zh="表", en="Table")
    row_key: Text = column(zh="行键", en="Row Key")
    content: Text = column(zh="内容", en="Content")


class NetSales(
    Table,
    zh="净销售明细",
    en="Net Sales",
    about=(
        "扣除退货并折合本位币的销售明细，其他策略据此计算。",
        "Sales lines less returns, in base currency; other strategies count with them.",
    ),
    internal=True,
):
    """Sales less returns in base currency, one row a line; what strategies count with.

    The index is the row of the sheet that the line was read from. Lines without customer
    belong to `domain.netting.UNASSIGNED`. Amounts and discounts are negative for returns. Of
    amount_net and amount_gross one equals amount, the other is missing where a line states
    neither it nor a tax rate; discount is missing where unknown.
    """

    date: Date = column(zh="日期", en="Date")
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    customer_name: Text = column(zh="客户名称", en="Customer Name", optional=True)
    doc_no: Key = column(zh="单据号", en="Document No.", optional=True)
    product_id: Key = column(zh="产品编码", en="Product ID", optional=True)
    category: Text = column(zh="类别", en="Category", optional=True)
    region: Text = column(zh="区域", en="Region", optional=True)
    qty: Number = column(zh="数量", en="Quantity", optional=True)
    amount: Money = column(zh="净额", en="Net Amount", unit="base currency")
    amount_net: Money = column(
        zh="不含税金额", en="Amount excl. Tax", unit="base currency", optional=True
    )
    amount_gross: Money = column(
        zh="含税金额", en="Amount incl. Tax", unit="base currency", optional=True
    )
    discount: Money = column(zh="折扣", en="Discount", unit="base currency", optional=True)
    profit: Money = column(zh="利润", en="Profit", optional=True)
    promo_id: Key = column(zh="促销编号", en="Promotion ID", optional=True)
    is_return: Boolean = column(zh="是否退货", en="Return")
