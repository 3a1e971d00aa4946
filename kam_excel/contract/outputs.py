"""Output tables that strategies pass on, and those that every run writes."""

from __future__ import annotations

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
from kam_excel.contract.policy import Money
from kam_excel.contract.table import Table


class KeyAccounts(
    Table,
    zh="大客户名单",
    en="Key Accounts",
    key=("customer_id",),
    remembered=("rank", "net_sales", "is_key_account"),
):
    """All ranked customers with a flag for the key accounts; one row an account, best first."""

    rank: Integer = column(zh="排名", en="Rank", optional=True)
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    customer_name: Text = column(zh="客户名称", en="Customer Name", optional=True)
    region: Text = column(zh="区域", en="Region", optional=True)
    net_sales: Money = column(zh="净销售额", en="Net Sales", unit="currency")
    share: Percent = column(zh="占比", en="Share", optional=True)
    cum_share: Percent = column(zh="累计占比", en="Cumulative Share", optional=True)
    grade: Choice = column(
        zh="等级", en="Grade", choices={"A": "A", "B": "B", "C": "C", "net return": "净退货"}
    )
    is_key_account: Boolean = column(zh="是否大客户", en="Key Account")
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
    growth_rate: Percent = column(zh="增长率", en="Growth", optional=True)
    gross_margin: Percent = column(zh="毛利率", en="Gross Margin", optional=True)
    last_order_date: Date = column(zh="最近下单日", en="Last Order Date", optional=True)
    reason_code: Text = column(zh="原因代码", en="Reason Code", optional=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)


class DataIssues(Table, zh="数据问题", en="Data Issues", collected=True):
    """What was coerced, left out or doubtful in the input; one row a finding."""

    level: Choice = column(
        zh="级别", en="Level", choices={"error": "错误", "warning": "警告", "note": "提示"}
    )
    reason_code: Text = column(zh="代码", en="Code", optional=True)
    table_id: Text = column(zh="表", en="Table")
    row_no: Integer = column(zh="行号", en="Row No.", optional=True)
    column_name: Text = column(zh="列", en="Column", optional=True)
    original_value: Text = column(zh="原值", en="Original Value", optional=True)
    handling: Text = column(zh="处理", en="Handling", optional=True)
    amount: Money = column(zh="影响金额", en="Amount Affected", unit="currency", optional=True)
    link: Text = column(zh="链接", en="Link", optional=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)


class History(Table, zh="运行历史", en="Run History"):
    """What later runs have to know; one row for each remembered row of a run."""

    as_of: Date = column(zh="基准日", en="As of")
    strategy: Text = column(zh="策略", en="Strategy")
    table_id: Text = column(zh="表", en="Table")
    row_key: Text = column(zh="行键", en="Row Key")
    content: Text = column(zh="内容", en="Content")


class NetSales(Table, zh="净销售明细", en="Net Sales", internal=True):
    """Sales less returns in base currency, one row a line; what strategies count with.

    The index is the row of the sheet that the line was read from. Lines without customer
    belong to `domain.netting.UNASSIGNED`.
    """

    date: Date = column(zh="日期", en="Date")
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    customer_name: Text = column(zh="客户名称", en="Customer Name", optional=True)
    doc_no: Key = column(zh="单据号", en="Document No.", optional=True)
    product_id: Key = column(zh="产品编码", en="Product ID", optional=True)
    category: Text = column(zh="类别", en="Category", optional=True)
    region: Text = column(zh="区域", en="Region", optional=True)
    qty: Number = column(zh="数量", en="Quantity", optional=True)
    amount: Money = column(zh="净额", en="Net Amount", unit="currency")
    profit: Money = column(zh="利润", en="Profit", optional=True)
    is_return: Boolean = column(zh="是否退货", en="Return")
