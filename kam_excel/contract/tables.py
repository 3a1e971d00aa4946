"""Input tables that several strategies share: customers, sales and what goes with them."""

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
    optional,
)
from kam_excel.contract.policy import Money
from kam_excel.contract.table import Table

# Columns that several tables have, here and in service_tables, spelled once.
DOC_NO = column(
    zh="单据号",
    en="Document No.",
    aliases="订单 ID; 订单ID; 订单号; 订单编号; 销售订单号; 单据编号; 单号; "
    "发票号; 发票号码; 出库单号; 发货单号; 销售单号; 凭证单号; "
    "Order ID; Order No.; Order Number; Invoice; InvoiceNo; "
    "Invoice No.; Invoice Number; Document Number; Doc No.; Billing Document",
)
LINE_NO = column(
    zh="行号",
    en="Line No.",
    aliases="行; 行项目; 行项目号; 分录号; 序号; 明细行号; 行ID; Row ID; "
    "Line; Line Number; Item Line; Order Line",
)
CUSTOMER_ID = column(
    zh="客户编码",
    en="Customer ID",
    aliases="客户编号; 客户代码; 客户 ID; 客户ID; 客户号; 往来单位编号; "
    "往来单位编码; 购货单位编码; 购货单位代码; 会员编号; CustomerID; "
    "Customer No.; Customer Number; Customer Code; Account ID; "
    "Account No.; Account Number; Client ID; Cust ID; Sold-to Party",
)
CUSTOMER_NAME = column(
    zh="客户名称",
    en="Customer Name",
    aliases="客户简称; 客户全称; 客户; 经销商名称; 经销商; 代理商名称; 往来单位; "
    "往来单位名称; 购货单位; 购货单位名称; 单位名称; Customer; "
    "Account; Account Name; Client Name; Client; Sold-to Name",
)
PRODUCT_ID = column(
    zh="产品编码",
    en="Product ID",
    aliases="产品编号; 产品代码; 产品ID; 存货编码; 存货代码; 商品编码; 商品编号; "
    "商品代码; 物料编码; 物料代码; 物料号; 货号; 料号; SKU; SKU编码; "
    "StockCode; Stock Code; Product Code; Product No.; Item No.; "
    "Item Code; Item Number; Item ID; Material; Material No.; "
    "Part Number",
)
UNIT = column(
    zh="单位",
    en="Unit",
    aliases="计量单位; 主计量单位; 销售单位; UoM; Unit of Measure; Base Unit",
)
CURRENCY = column(
    zh="币种",
    en="Currency",
    aliases="币别; 货币; 货币代码; 交易币种; 单据币种; 结算币种; 原币; Currency Code; Curr.; Ccy; "
    "Doc. Currency; Document Currency; Transaction Currency",
)
REGION = column(
    zh="区域",
    en="Region",
    aliases="大区; 片区; 地区; 销售区域; 销售大区; 区域名称; 所属区域; 国家; "
    "Area; Territory; Sales Region; Country",
)


class Customers(
    Table,
    zh="客户档案",
    en="Customers",
    about=("客户的基本资料，每个客户一行。", "The basic facts of each customer, one row each."),
    aliases=("客户", "客户资料", "客户信息", "往来单位"),
    key=("customer_id",),
):
    """The customer master: one row an account."""

    customer_id: Key = CUSTOMER_ID
    customer_name: Text = CUSTOMER_NAME
    parent_id: Key = column(
        zh="上级客户编码",
        en="Parent ID",
        aliases="集团编码; 上级客户; 母公司编码; 总公司编码; 所属集团编码; "
        "上级单位编码; Parent Account; Parent Customer ID; Group ID; "
        "Parent Code",
        optional=True,
        decisive=True,
    )
    type: Choice = column(
        zh="客户类型",
        en="Type",
        aliases="客户类别; 客户性质; 客户分类; 渠道类型; 客户属性; "
        "Customer Type; Account Type; Customer Segment; "
        "Customer Category; Channel Type",
        optional=True,
        choices={
            "dealer": "经销商",
            "agent": "代理商",
            "department store": "商场",
            "industrial": "工业",
            "e-commerce": "电商",
        },
    )
    region: Text = optional(REGION)
    province: Text = column(
        zh="省/自治区",
        en="Province",
        aliases="省份; 省; 省市; 所在省; State; State or Province",
        optional=True,
    )
    city: Text = column(zh="城市", en="City", aliases="市; 所在城市; 地市; Town", optional=True)
    manager_id: Key = column(
        zh="客户经理",
        en="Account Manager",
        aliases="业务员; 业务员工号; 销售员; 分管业务员; 专管业务员; 负责人; "
        "客户负责人; 客户经理工号; Account Manager ID; "
        "Key Account Manager; KAM; Account Owner; Sales Rep; Owner",
        optional=True,
        personal=True,
    )
    sponsor_id: Key = column(
        zh="对口高管",
        en="Executive Sponsor",
        aliases="高层对口人; 对口领导; 高管工号; 挂钩领导; Sponsor; Executive Sponsor ID",
        optional=True,
        personal=True,
    )
    currency: Text = optional(CURRENCY)
    start_date: Date = column(
        zh="合作起始日期",
        en="Customer Since",
        aliases="合作开始日期; 合作日期; 建档日期; 开户日期; 首次合作日期; "
        "Start Date; Since; Account Opened; Relationship Start",
        optional=True,
    )
    founded_date: Date = column(
        zh="成立日期",
        en="Founded",
        aliases="注册日期; 公司成立日; 成立时间; 创立日期; Founded Date; "
        "Date Founded; Established; Incorporation Date",
        optional=True,
    )
    opening_date: Date = column(
        zh="开业日期",
        en="Opening",
        aliases="开张日期; 开业时间; 开店日期; Opening Date; Opened; Store Opening Date",
        optional=True,
    )
    strategic: Boolean = column(
        zh="战略客户",
        en="Strategic",
        aliases="是否战略客户; 战略合作客户; 重点战略; Strategic Account; Is Strategic",
        optional=True,
        decisive=True,
    )
    credit_limit: Money = column(
        zh="信用额度",
        en="Credit Limit",
        aliases="授信额度; 信用限额; 赊销额度; 信用额; Credit Line; Credit Ceiling",
        unit="currency",
        optional=True,
    )
    payment_days: Integer = column(
        zh="账期(天)",
        en="Payment Terms (Days)",
        aliases="账期; 付款账期; 信用天数; 收款期限; Terms; Payment Terms; "
        "Payment Days; Net Days; Credit Days",
        unit="days",
        optional=True,
    )
    status: Choice = column(
        zh="状态",
        en="Status",
        aliases="客户状态; 合作状态; Customer Status; Account Status",
        optional=True,
        choices={"active": "合作", "suspended": "暂停", "terminated": "终止"},
    )


class Sales(
    Table,
    zh="销售明细",
    en="Sales",
    about=(
        "销售单据的明细，每种产品一行；金额及币种与单据一致。",
        "The lines of sales documents; amounts as in the document, in its currency.",
    ),
    aliases=("销售", "订单", "销售出库", "Orders", "Invoices"),
    one_of=(("amount",), ("amount_net",), ("amount_gross",), ("qty", "price")),
    wide=("date", "amount"),
    split_by="doc_no",
    stand_ins={"customer_id": "customer_name"},
):
    """Sales lines; amounts in the currency and tax basis of the document."""

    doc_no: Key = optional(DOC_NO, decisive=True)
    line_no: Key = optional(LINE_NO, decisive=True)
    date: Date = column(
        zh="日期",
        en="Date",
        aliases="订单日期; 出库日期; 单据日期; 开票日期; 发票日期; 发货日期; "
        "销售日期; 制单日期; 下单日期; 过账日期; 交易日期; InvoiceDate; "
        "Invoice Date; Order Date; Sales Date; Transaction Date; "
        "Billing Date; 业务日期; 发生日期; 记录日期; Posting Date; "
        "Document Date",
    )
    customer_id: Key = CUSTOMER_ID
    customer_name: Text = optional(CUSTOMER_NAME)
    product_id: Key = optional(PRODUCT_ID)
    product_name: Text = column(
        zh="产品名称",
        en="Product Name",
        aliases="存货名称; 商品名称; 物料名称; 物料描述; 品名; 品名规格; 货品名称; "
        "Description; Item Description; Product; Product Description; "
        "Material Description",
        optional=True,
    )
    category: Text = column(
        zh="类别",
        en="Category",
        aliases="产品类别; 产品分类; 商品类别; 商品分类; 存货分类; 存货大类; "
        "物料组; 品类; 产品线; 大类; Product Category; Product Group; "
        "Product Line; Material Group; Item Group",
        optional=True,
    )
    qty: Number = column(
        zh="数量",
        en="Quantity",
        aliases="销售数量; 出库数量; 发货数量; 实发数量; 订货数量; 销量; 件数; "
        "主数量; Qty; Units; Quantity ordered new; Order Quantity; "
        "Units Sold; Sales Qty; Billed Quantity",
        unit="pieces",
        optional=True,
        decisive=True,
    )
    unit: Text = optional(UNIT)
    price: Money = column(
        zh="单价",
        en="Unit Price",
        aliases="销售单价; 成交价; 成交单价; 不含税单价; UnitPrice; Price; "
        "Selling Price; Net Price",
        unit="currency",
        optional=True,
        decisive=True,
    )
    amount: Money = column(
        zh="金额",
        en="Amount",
        aliases="销售额; 成交金额; 销售金额; 订单金额; 出库金额; 发货金额; 开票金额; "
        "本币金额; 收入; 销售收入; 营业收入; Sales; Sales Amount; "
        "Revenue; Line Total; Line Amount; Turnover; Extended Price; "
        "总金额; Total Amount; Total Sales; Net Sales",
        unit="currency",
        decisive=True,
    )
    amount_net: Money = column(
        zh="不含税金额",
        en="Net Amount",
        aliases="无税金额; 未税金额; 不含税销售额; 不含税销售金额; 不含税收入; 净额; "
        "Amount excl. Tax; Net Value; Net of Tax",
        unit="currency",
        optional=True,
        decisive=True,
    )
    amount_gross: Money = column(
        zh="含税金额",
        en="Gross Amount",
        aliases="价税合计; 含税销售额; 含税销售金额; 含税总额; Amount incl. Tax; "
        "Gross Value; Total incl. VAT",
        unit="currency",
        optional=True,
        decisive=True,
    )
    tax_rate: Percent = column(
        zh="税率",
        en="Tax Rate",
        aliases="增值税率; 税率(%); VAT Rate; VAT %; GST Rate",
        optional=True,
    )
    discount: Money = column(
        zh="折扣",
        en="Discount",
        aliases="折扣额; 折扣金额; 优惠金额; 让利金额; Discount Amount; Discount Value",
        unit="currency",
        optional=True,
    )
    discount_rate: Percent = column(
        zh="折扣率",
        en="Discount Rate",
        aliases="折扣(%); 折扣比例; 扣率; 扣率(%); Discount %; Disc. %; Discount Percent",
        optional=True,
    )
    cost: Money = column(
        zh="成本",
        en="Cost",
        aliases="成本金额; 销售成本; 成本额; COGS; Cost of Sales; Cost Amount; Total Cost",
        unit="currency",
        optional=True,
    )
    profit: Money = column(
        zh="利润",
        en="Profit",
        aliases="毛利; 毛利额; 销售毛利; 利润额; Gross Profit; Margin Amount",
        unit="currency",
        optional=True,
    )
    currency: Text = optional(CURRENCY, decisive=True)
    doc_type: Choice = column(
        zh="单据类型",
        en="Document Type",
        aliases="业务类型; 交易类型; 单据类别; 订单类型; 出入库类型; Doc Type; "
        "Transaction Type; Order Type; Billing Type; Type",
        optional=True,
        choices={"sale": "销售", "return": "退货", "red invoice": "红字", "reversal": "冲销"},
        decisive=True,
    )
    salesperson: Text = column(
        zh="业务员",
        en="Salesperson",
        aliases="业务员名称; 销售员; 销售人员; 销售代表; 营业担当; 制单业务员; "
        "Sales Rep; Sales Representative; Seller; Sales Employee",
        optional=True,
        personal=True,
    )
    region: Text = optional(REGION)
    store: Text = column(
        zh="门店",
        en="Store",
        aliases="门店名称; 门店编码; 网点; 店铺; 店名; 终端; Outlet; Shop; Branch; Store ID",
        optional=True,
    )
    promo_id: Key = column(
        zh="促销编号",
        en="Promotion ID",
        aliases="促销活动编号; 活动编号; 活动编码; 促销号; Promo ID; "
        "Promotion No.; Campaign ID; Deal ID",
        optional=True,
    )


class Returns(
    Table,
    zh="退货明细",
    en="Returns",
    about=(
        "退货的单据或明细，用于冲减销售额。",
        "Returned goods, as whole documents or as lines; they are taken off the sales.",
    ),
    aliases=("退货", "销售退货", "退单"),
    named=True,
    one_of=(
        ("doc_no",),
        ("customer_id", "product_id", "date"),
        ("customer_id", "date", "amount"),
    ),
):
    """Returned goods: whole documents, or lines."""

    doc_no: Key = column(
        zh="单据号",
        en="Document No.",
        aliases="退货单号; 原单据号; 原订单号; Return Document; "
        "Original Order ID; 订单 ID; 订单ID; 订单号; 订单编号; 销售订单号; "
        "单据编号; 单号; 发票号; 发票号码; 出库单号; 发货单号; 销售单号; "
        "凭证单号; Order ID; Order No.; Order Number; Invoice; "
        "InvoiceNo; Invoice No.; Invoice Number; Document Number; "
        "Doc No.",
        optional=True,
        decisive=True,
    )
    line_no: Key = optional(LINE_NO, decisive=True)
    date: Date = column(
        zh="日期",
        en="Date",
        aliases="退货日期; 退货时间; 退单日期; Return Date; 业务日期; 发生日期; "
        "记录日期; Posting Date; Document Date",
        optional=True,
        decisive=True,
    )
    customer_id: Key = optional(CUSTOMER_ID, decisive=True)
    product_id: Key = optional(PRODUCT_ID, decisive=True)
    qty: Number = column(
        zh="数量",
        en="Quantity",
        aliases="退货数量; 退回数量; Return Qty; Returned Quantity; 销售数量; "
        "出库数量; 发货数量; 实发数量; 订货数量; 销量; 件数; 主数量; "
        "Qty; Units; Quantity ordered new; Order Quantity; Units Sold; "
        "Sales Qty",
        unit="pieces",
        optional=True,
        decisive=True,
    )
    amount: Money = column(
        zh="金额",
        en="Amount",
        aliases="退货金额; 退款金额; 退回金额; Return Amount; Refund Amount",
        unit="currency",
        optional=True,
        decisive=True,
    )
    currency: Text = optional(CURRENCY, decisive=True)
    status: Text = column(
        zh="状态",
        en="Status",
        aliases="退货状态; 是否退货; 处理状态; Returned; Return Status",
        optional=True,
        decisive=True,
    )


class FxRates(
    Table,
    zh="汇率表",
    en="Exchange Rates",
    about=(
        "外币兑本位币的汇率，自生效日期起适用。",
        "Exchange rates to the base currency, each from its effective date on.",
    ),
    aliases=("汇率", "FX", "FX rates"),
    key=("currency", "effective_date"),
):
    """Exchange rates to the base currency, from a date on."""

    currency: Text = CURRENCY
    effective_date: Date = column(
        zh="生效日期",
        en="Effective Date",
        aliases="汇率日期; 起效日期; 开始生效日期; Valid From; Rate Date; Effective From",
    )
    fx_rate: Number = column(
        zh="汇率(兑本位币)",
        en="Exchange Rate",
        aliases="汇率; 记账汇率; 折算汇率; 兑人民币汇率; FX Rate; Rate; "
        "Rate to Base; Conversion Rate",
        unit="base currency per unit",
    )


class SettingsSheet(
    Table,
    zh="KAM 设置",
    en="KAM settings",
    about=(
        "只对本工作簿有效的设置，每项一行。",
        "Settings that hold for this workbook alone, one row each.",
    ),
    named=True,
):
    """Policies that Excel users set in the workbook itself; one row a setting."""

    section: Text = column(zh="策略段", en="Section", aliases="配置段; 策略; 模块; Policy Section")
    parameter: Text = column(
        zh="参数", en="Parameter", aliases="参数名; 配置项; 政策参数; Setting; Key; Option"
    )
    value: Text = column(
        zh="值", en="Value", aliases="参数值; 取值; 设定值; Setting Value; Override"
    )
    unit: Text = column(zh="单位", en="Unit", optional=True)
    note: Text = column(
        zh="备注", en="Note", aliases="说明; 备注说明; Notes; Remark; Remarks; Memo", optional=True
    )
