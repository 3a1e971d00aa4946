"""What the strategy reads: rebate policies with their tiers, and the payment factors."""

from __future__ import annotations

from kam_excel import (
    Boolean,
    Choice,
    Date,
    Integer,
    Key,
    Money,
    Number,
    Percent,
    Sales,
    Table,
    Text,
    column,
    column_of,
    optional,
)

CURRENCY = column_of(Sales, "currency")
POLICY_ID = column(
    zh="政策编号",
    en="Policy ID",
    aliases="政策编码; 政策号; 政策代码; 返利编号; 协议编号; 协议号; 合同号; 合同编号; Policy No.; "
    "Policy Code; Agreement ID; Agreement No.; Rebate Agreement No.; Contract No.",
)
PAYEES = {"account": "客户", "own staff": "我方员工", "individual": "个人"}
PAYEE_WORDS = {
    "account": ("客户单位", "经销商", "Customer", "Dealer", "Distributor"),
    "own staff": ("我方业务员", "本公司员工", "Our Staff", "Own Employee"),
    "individual": ("客户个人", "客户方个人", "自然人", "Person", "Natural Person"),
}


class RebatePolicies(
    Table,
    zh="返利政策",
    en="Rebate Policies",
    about=(
        "返利政策：对谁、对什么、在什么期间、按什么方法返利。",
        "Rebate policies: for whom, on what, in which period and by which method.",
    ),
    aliases=("返利", "返利协议", "奖励政策", "Rebates", "Rebate Agreements"),
    key=("policy_id",),
    closed=True,
):
    """Rebate policies; one row each. Lists are separated by semicolons; all empty: key accounts."""

    policy_id: Key = POLICY_ID
    policy_name: Text = column(
        zh="名称",
        en="Name",
        aliases="政策名称; 政策名; 返利名称; 协议名称; Policy Name; Agreement Name; 政策; Policy",
        optional=True,
    )
    eligible_customers: Text = column(
        zh="适用客户",
        en="Eligible Customers",
        aliases="适用客户编码; 适用经销商; 参与客户; 客户范围; 客户; 经销商; 客户编码; "
        "客户代码; Customers; For Customers; Eligible Accounts; Customer ID",
        optional=True,
        decisive=True,
    )
    eligible_grades: Text = column(
        zh="适用等级",
        en="Eligible Grades",
        aliases="适用客户等级; 等级范围; Grades; For Grades",
        optional=True,
        decisive=True,
    )
    eligible_regions: Text = column(
        zh="适用区域",
        en="Eligible Regions",
        aliases="适用地区; 区域范围; Regions; For Regions",
        optional=True,
        decisive=True,
    )
    eligible_products: Text = column(
        zh="适用产品",
        en="Eligible Products",
        aliases="适用商品; 参与产品; 产品范围; 适用品类; Products; For Products",
        optional=True,
        decisive=True,
    )
    excluded_products: Text = column(
        zh="排除产品",
        en="Excluded Products",
        aliases="不参与产品; 不适用产品; 剔除产品; Exclusions; Products Excluded",
        optional=True,
        decisive=True,
    )
    valid_from: Date = column(
        zh="起",
        en="Valid From",
        aliases="起始日期; 开始日期; 生效日期; 起始日; 开始; 开始时间; 起始时间; 有效期起; From; "
        "Start Date",
    )
    valid_to: Date = column(
        zh="止",
        en="Valid To",
        aliases="截止日期; 结束日期; 失效日期; 终止日期; 终止日; 结束; 结束时间; 截止时间; "
        "有效期止; To; End Date",
    )
    basis: Choice = column(
        zh="基数",
        en="Basis",
        aliases="返利基数; 计算基数; 考核基数; 考核口径; 计算依据; 返利依据; Rebate Basis; "
        "Basis Type; Calculation Basis",
        choices={"sales": "销售额", "receipts": "回款额", "quantity": "数量", "growth": "增长"},
        words={
            "sales": (
                "销售金额",
                "销售",
                "销额",
                "Sales Amount",
                "Revenue",
                "Turnover",
            ),
            "receipts": (
                "回款",
                "回款金额",
                "收款",
                "收款额",
                "收款金额",
                "Receipt",
                "Cash Receipts",
                "Payments Received",
                "Collections",
            ),
            "quantity": ("销量", "销售数量", "销售量", "件数", "Volume", "Units", "Qty", "Pieces"),
            "growth": ("增长额", "增量", "增长量", "同比增长", "Increment", "Sales Growth"),
        },
    )
    tax_included: Boolean = column(
        zh="含税",
        en="Tax Included",
        aliases="是否含税; 含税与否; Incl. Tax; Gross Basis",
        optional=True,
        decisive=True,
    )
    rebate_method: Choice = column(
        zh="方式",
        en="Rebate Method",
        aliases="返利方式; 返利模式; 计算方式; 返利类型; 阶梯方式; Method; Calculation Method",
        optional=True,
        decisive=True,
        choices={
            "retrospective": "全额",
            "stepped": "超额分段",
            "target": "目标",
            "growth": "增长",
            "per unit": "单位",
            "payment age": "回款期",
        },
        words={
            "retrospective": (
                "全额返利",
                "全额返",
                "Full",
                "Retroactive",
                "All Units",
            ),
            "stepped": (
                "超额累进",
                "分段累进",
                "分段",
                "分段返利",
                "Sliced",
                "Progressive",
                "Marginal",
            ),
            "target": ("目标返利", "任务返利", "任务", "达成返利", "Target Rebate", "Quota"),
            "growth": ("增长返利", "同比增长", "Growth Rebate", "Year on Year"),
            "per unit": (
                "单台",
                "单台返利",
                "单位返利",
                "按件",
                "按台",
                "Unit",
                "Per Piece",
            ),
            "payment age": (
                "回款返利",
                "回款天数",
                "账期",
                "现款返利",
                "Days to Payment",
                "Prompt Payment",
            ),
        },
    )
    cap_amount: Money = column(
        zh="上限金额",
        en="Cap Amount",
        aliases="返利上限; 返利封顶; 封顶金额; 最高金额; 最高返利; Max. Rebate; Cap",
        unit="currency",
        optional=True,
        decisive=True,
    )
    cap_share: Percent = column(
        zh="上限比例",
        en="Cap Share",
        aliases="封顶比例; 封顶率; 最高比例; 上限%; Cap %; Max. Share",
        optional=True,
        decisive=True,
    )
    min_threshold: Number = column(
        zh="最低门槛",
        en="Minimum Threshold",
        aliases="起返点; 起返额; 最低销售额; 最低任务; 最低任务量; 门槛; 起算金额; Threshold; "
        "Minimum",
        unit="basis unit",
        optional=True,
        decisive=True,
    )
    payout_method: Choice = column(
        zh="兑付方式",
        en="Payout Method",
        aliases="支付方式; 返利形式; 兑现方式; Payout; Settlement Method; Payment Form",
        optional=True,
        choices={"cash": "现金", "offset": "抵货款", "goods": "实物"},
        words={
            "cash": ("现款", "转账", "汇款", "现金支付", "Bank Transfer", "Transfer"),
            "offset": ("冲货款", "抵扣货款", "抵扣", "冲抵货款", "抵账", "Credit Note", "Set-Off"),
            "goods": ("货补", "实物返利", "货物", "补货", "返货", "赠品", "In Kind", "Free Goods"),
        },
    )
    payout_days: Integer = column(
        zh="兑付期限(天)",
        en="Payout Within (Days)",
        aliases="兑付期限; 兑付天数; 兑现期限; 兑现天数; 支付期限; Payout Term; Settlement Days",
        unit="days",
        optional=True,
        decisive=True,
    )
    stackable: Boolean = column(
        zh="可叠加",
        en="Stackable",
        aliases="是否叠加; 是否可叠加; 可否叠加; 能否叠加; 可累加; 是否累加; Combinable; "
        "Cumulative",
        optional=True,
        decisive=True,
    )
    priority: Integer = column(
        zh="优先级",
        en="Priority",
        aliases="优先顺序; 优先次序; 优先级别; 级别; Rank; Precedence",
        unit="points",
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
    payment_condition: Text = column(
        zh="付款条件",
        en="Payment Condition",
        aliases="回款条件; 付款要求; Payment Terms; Terms of Payment",
        optional=True,
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


class RebateTiers(
    Table,
    zh="返利阶梯",
    en="Rebate Tiers",
    about=(
        "各政策的档次：自下限起适用的返利率或金额；上限即下一档的下限。",
        "The tiers of each policy: the rate or amount from a lower bound on, up to the next bound.",
    ),
    aliases=("返利档次", "阶梯", "Tiers", "Rebate Scales"),
    named=True,
    one_of=(("rebate_rate",), ("rebate_amount",)),
):
    """Tiers of rebate policies; a tier ends where the next one begins."""

    policy_id: Key = POLICY_ID
    tier: Integer = column(
        zh="档次",
        en="Tier",
        aliases="档位; 阶梯; 级次; 级别; 档; Tier No.; Level; Step",
        optional=True,
    )
    tier_lower: Number = column(
        zh="下限",
        en="Lower Bound",
        aliases="下限金额; 起点; 起点金额; 达到; 门槛; 档次下限; 销售额下限; 任务下限; 数量下限; "
        "From; Lower Limit; Threshold",
        unit="basis unit",
    )
    rebate_rate: Percent = column(
        zh="返利率",
        en="Rebate Rate",
        aliases="返点; 返利比例; 返利比率; 返利点数; 返点率; 比例; 返利%; Rate; Rebate %; "
        "Percentage",
        optional=True,
        decisive=True,
    )
    rebate_amount: Money = column(
        zh="返利金额",
        en="Rebate Amount",
        aliases="固定返利; 定额返利; 单台返利; 单位返利; 奖励金额; Fixed Rebate; Fixed Amount",
        unit="currency",
        optional=True,
        decisive=True,
    )


class ProposedTiers(
    Table,
    zh="拟议阶梯",
    en="Proposed Tiers",
    about=(
        "拟改的档次：用于测算改后多付或少付多少、谁受益谁受损。",
        "Tiers as they might be: what they would cost, and who would gain or lose.",
    ),
    aliases=("拟改阶梯", "模拟阶梯", "返利阶梯模拟", "Tier Proposal"),
    named=True,
    one_of=(("rebate_rate",), ("rebate_amount",)),
):
    """What the tiers of some policies might become; for simulation only."""

    policy_id: Key = POLICY_ID
    tier: Integer = column_of(RebateTiers, "tier")
    tier_lower: Number = column_of(RebateTiers, "tier_lower")
    rebate_rate: Percent = column_of(RebateTiers, "rebate_rate")
    rebate_amount: Money = column_of(RebateTiers, "rebate_amount")


class PaymentFactors(
    Table,
    zh="回款系数",
    en="Payment Factors",
    about=(
        "按回款天数兑付的比例，例如 15 天内 100%。",
        "The share of a rebate that is paid by the days until payment, such as 100 % within 15.",
    ),
    aliases=("回款兑付比例", "Payout Factors"),
    named=True,
):
    """How much of a rebate is paid by how soon the goods were paid."""

    policy_id: Key = POLICY_ID
    max_days: Integer = column(
        zh="天数上限",
        en="Up to Days",
        aliases="回款天数上限; 回款天数; 天数≤; 账龄上限; 天数; Max. Days; Days Up To",
        unit="days",
    )
    factor: Percent = column(
        zh="系数",
        en="Factor",
        aliases="回款系数; 兑付系数; 兑付比例; Payment Factor; Payout Factor",
    )
