"""What the strategy reads beside the tables of kam_excel, and what it writes."""

from __future__ import annotations

from kam_excel import (
    Chart,
    Choice,
    Customers,
    DataBar,
    Date,
    Integer,
    Key,
    KeyAccounts,
    Money,
    Percent,
    Sales,
    Series,
    Shades,
    Table,
    Text,
    Tones,
    column,
    column_of,
    optional,
)


class OpenItems(
    Table,
    zh="未清应收",
    en="Open Items",
    about=(
        "尚未收款的发票和尚未核销的贷项，每张单据一行。",
        "Invoices that are not paid and credits that are not set off, one row a document.",
    ),
    aliases=(
        *("未清项", "应收", "应收账款", "应收明细", "应收账款明细"),
        *("Receivables", "Open Receivables", "AR", "AR Open Items"),
    ),
    stand_ins={"customer_id": "customer_name"},
):
    """The list of open items as the ledger gives it; credits are negative."""

    customer_id: Key = column_of(Customers, "customer_id")
    customer_name: Text = optional(column_of(Customers, "customer_name"))
    doc_no: Key = optional(column_of(Sales, "doc_no"))
    date: Date = column(
        zh="单据日期",
        en="Document Date",
        aliases="日期; 开票日期; 发票日期; 挂账日期; 应收日期; Date; Invoice Date; Posting Date",
        optional=True,
        decisive=True,
    )
    due_date: Date = column(
        zh="到期日",
        en="Due Date",
        aliases="到期日期; 应收到期日; 付款到期日; 收款到期日; Due; Net Due Date; Maturity Date",
        optional=True,
        decisive=True,
    )
    amount: Money = column(
        zh="未清金额",
        en="Open Amount",
        aliases="应收余额; 未收金额; 欠款金额; 应收账款余额; "
        "Open Balance; Balance Due; Outstanding",
        unit="currency",
    )
    currency: Text = optional(column_of(Sales, "currency"), decisive=True)


class CreditStatus(
    Table,
    zh="信用状况",
    en="Credit Status",
    about=(
        "每个大客户的信用额度、占用、逾期和结论，最紧急的在前。",
        "Limit, exposure, overdue items and verdict of each key account, the most urgent first.",
    ),
    key=("customer_id",),
    charts=(
        Chart(
            "exposure",
            zh="信用占用与额度",
            en="Exposure against credit limit",
            kind="column",
            x="customer_id",
            series=(Series("exposure"), Series("credit_limit")),
        ),
    ),
):
    """One row a key account; amounts in base currency."""

    customer_id: Key = column_of(KeyAccounts, "customer_id")
    customer_name: Text = column_of(KeyAccounts, "customer_name")
    verdict: Choice = column(
        zh="结论",
        en="Verdict",
        choices={"stop": "停止发货", "watch": "关注", "clear": "正常"},
        look=Tones({"stop": "bad", "watch": "warning", "clear": "good"}),
    )
    exposure: Money = column(
        zh="信用占用",
        en="Exposure",
        unit="base currency",
        optional=True,
        look=DataBar(),
        note=(
            "未清发票减去未核销的贷项。",
            "Open invoices less the credits that are not set off.",
        ),
    )
    credit_limit: Money = column(
        zh="信用额度", en="Credit Limit", unit="base currency", optional=True
    )
    headroom: Money = column(
        zh="可用额度",
        en="Headroom",
        unit="base currency",
        optional=True,
        note=(
            "信用额度 − 信用占用；负数为超额。",
            "Limit less exposure; negative beyond the limit.",
        ),
    )
    utilisation: Percent = column(zh="额度使用率", en="Utilisation", optional=True)
    credits: Money = column(
        zh="未核销贷项", en="Credits not Set Off", unit="base currency", optional=True
    )
    overdue: Money = column(
        zh="逾期金额",
        en="Overdue",
        unit="base currency",
        optional=True,
        note=(
            "已过到期日的发票；贷项在核销之前不冲减。",
            "Invoices past their due date; a credit does not reduce it before it is set off.",
        ),
    )
    overdue_days: Integer = column(
        zh="最长逾期天数", en="Longest Overdue (Days)", unit="days", optional=True, look=Shades()
    )
    reason_code: Text = column(zh="原因代码", en="Reason Code", optional=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)
