"""Codes of rebate policies: terms that cannot be reckoned with, and computations that differ."""

from kam_excel.codes.registry import code

code("TIER_NOT_USED", "note", "该行未使用。", "The row is not used.")
code(
    "POLICY_INCOMPLETE",
    "error",
    "政策 {original_value} 缺少必填的内容。",
    "Policy {original_value} lacks what every policy has to say.",
    "请补填。",
    "Fill it in.",
)
code(
    "POLICY_WORD_UNKNOWN",
    "error",
    "看不懂“{original_value}”；可用的词（最相近的在前）：{taken}。",
    'Nobody knows what "{original_value}" means here; the words that are known, the nearest first: '
    "{taken}.",
    "请改用其中一个词。",
    "Choose one of them.",
)
code(
    "NOBODY_ELIGIBLE",
    "warning",
    "政策 {original_value} 不适用于任何客户。",
    "Policy {original_value} is open to no account.",
    "请核对适用的客户、等级和区域；未限定客户和等级的政策只适用于大客户。",
    "Check its customers, grades and regions; without customers and grades it is for key accounts.",
)
code(
    "POLICY_TERM_TOO_LONG",
    "error",
    "政策的期间或兑付期限超过十年：{original_value}。",
    "The policy, or the time until it pays, lasts longer than ten years: {original_value}.",
    "请填写实际的止日和天数；长期政策请按年填写。",
    "Give the actual end or number of days; split a standing policy into years.",
)
code(
    "POLICY_PERIOD_REVERSED",
    "error",
    "政策 {original_value} 的止日早于起日。",
    "Policy {original_value} ends before it begins.",
    "请更正起止日期。",
    "Correct the dates.",
)
code(
    "POLICY_NOT_BEGUN",
    "note",
    "政策 {original_value} 在统计截止日之后才开始。",
    "Policy {original_value} begins after the as-of date.",
)
code(
    "POLICY_WITHOUT_TIERS",
    "error",
    "政策 {original_value} 没有可用的档次。",
    "Policy {original_value} has no tiers that can be used.",
    "请在返利阶梯表中为它填写下限和返利率或金额。",
    "Give it a lower bound and a rate or amount in the table of rebate tiers.",
)
code(
    "POLICY_CURRENCY_UNKNOWN",
    "error",
    "政策的币种 {original_value} 无法识别。",
    "The currency {original_value} of the policy is not known.",
    "请填写三位币种代码，如 CNY。",
    "Write a code like CNY.",
)
code(
    "POLICY_METHOD_UNFIT",
    "error",
    "“{original_value}”的方式与该政策的基数不符。",
    'The method "{original_value}" does not go with the basis of the policy.',
    "单位返利的基数为数量，回款期返利的基数为回款额，增长返利的基数为销售额、数量或增长。",
    "Per unit needs the basis quantity, payment age receipts, growth needs sales, quantity or"
    " growth.",
)
code(
    "POLICY_RATE_UNFIT",
    "error",
    "政策 {original_value} 以数量为基数，档次须写每件返利金额，而不是返利率。",
    "Policy {original_value} counts pieces: its tiers need an amount per piece, not a rate.",
    "请在返利阶梯表中填写返利金额。",
    "Fill in rebate amounts in the table of rebate tiers.",
)
code(
    "POLICY_SHARE_UNUSABLE",
    "error",
    "比例 {original_value} 不在 0 至 100% 之间。",
    "The share {original_value} is not between 0 and 100 %.",
    "请更正该单元格。",
    "Correct the cell.",
)
code(
    "CAP_OF_PIECES",
    "error",
    "政策 {original_value} 以数量为基数，上限比例没有意义。",
    "Policy {original_value} counts pieces: a cap as a share of them means nothing.",
    "请改用上限金额。",
    "Use a cap amount.",
)
code(
    "POLICY_AMOUNT_NEGATIVE",
    "error",
    "金额或门槛 {original_value} 为负数。",
    "The amount or threshold {original_value} is negative.",
    "请更正该单元格。",
    "Correct the cell.",
)
code(
    "GROWTH_BOUND_UNCLEAR",
    "error",
    "增长档次的下限 {original_value} 超过 200%，看不出是百分数还是小数。",
    "The bound {original_value} of a growth tier is above 200 %: it may be meant as per cent.",
    "请设置百分比格式，如 10%。",
    "Write it as a percentage, like 10%.",
)
code(
    "TARGET_TIERS",
    "error",
    "任务返利政策 {original_value} 有客户任务量，只能有一个档次。",
    "Policy {original_value} has targets of accounts, so that it can have one tier only.",
    "请只保留一个档次，或删除任务量。",
    "Keep one tier, or take the targets out.",
)
code(
    "POLICY_OF_STAFF",
    "error",
    "政策 {original_value} 奖励我方员工；返利只付给客户。",
    "Policy {original_value} rewards our own staff; rebates are paid to accounts.",
    "请改用销售竞赛。",
    "Use a sales contest.",
)
code(
    "TIER_INCOMPLETE",
    "error",
    "档次缺少下限，或返利率和金额都没有。",
    "The tier lacks its lower bound, or has neither rate nor amount.",
    "请补填。",
    "Fill it in.",
)
code(
    "TIER_AMOUNT_UNFIT",
    "error",
    "回款期返利按每笔回款计，档次不能写固定金额 {original_value}。",
    "A policy by payment age pays a rate on each receipt: its tiers can have no fixed amount"
    " {original_value}.",
    "请改写返利率。",
    "Write a rate.",
)
code(
    "TIER_REPEATED",
    "error",
    "同一政策有两个档次的下限都是 {original_value}。",
    "Two tiers of the policy begin at {original_value}.",
    "请只保留一个。",
    "Keep one of them.",
)
code(
    "TIER_RATE_UNUSABLE",
    "error",
    "返利率 {original_value} 不在 0 至 100% 之间，或金额为负数。",
    "The rate {original_value} is not between 0 and 100 %, or the amount is negative.",
    "请更正该单元格。",
    "Correct the cell.",
)
code(
    "TIER_ORDER",
    "warning",
    "档次 {original_value} 与下限的顺序不一致；以下限为准。",
    "Tier {original_value} does not follow the order of the lower bounds, which hold.",
    "请更正档次号。",
    "Correct the numbers.",
)
code(
    "OF_NO_POLICY",
    "warning",
    "没有编号为 {original_value} 的返利政策。最接近的是：{taken}。",
    "There is no rebate policy {original_value}. The nearest is: {taken}.",
    "请更正政策编号。",
    "Correct the policy id.",
)
code(
    "TAKEN_AS_HEAD",
    "note",
    "适用客户 {original_value} 按其上级客户 {taken} 计算。",
    "The eligible customer {original_value} counts as the head of its group, {taken}.",
    "如需单独计算，请设置 sales.rollup: self。",
    "To count it by itself set sales.rollup: self.",
)
code(
    "REBATES_OVER_BUDGET",
    "warning",
    "政策 {original_value} 的实返合计超出预算 {taken}；影响金额为超出的部分。",
    "The final rebates of policy {original_value} exceed its budget of {taken}; the amount is what"
    " is beyond it.",
    "请追加预算或调整政策；budget_overrun: stop 可使超预算的返利不列待付。",
    "Raise the budget or change the policy; with budget_overrun: stop nothing of it is payable.",
)
code(
    "REBATE_PROOF_FAILED",
    "error",
    "政策 {policy}、客户 {customer} 的返利两次独立计算结果不同：{first} 和 {second}。"
    "这是程序的错误，未写入任何结果。",
    "The rebate of policy {policy} and account {customer} was computed in two ways that differ:"
    " {first} and {second}. This is an error of kam_excel; nothing was written.",
    "请把这条信息和所用工作簿的返利政策发给开发者。",
    "Please send this message and the rebate policies to the developers.",
)
# What a workbook lacks, and what it would add.
code(
    "LEDGER_ABSENT",
    "warning",
    "没有返利台账：已付和已计提均按 0 计，无法判断结算、逾期和落实，没有负债走势。",
    "There is no rebate ledger: nothing counts as paid or accrued, and what is settled, overdue or"
    " owed month by month cannot be told.",
    "请添加“返利台账”表。",
    "Add a table of the rebate ledger.",
)
code(
    "LEDGER_POLICY_NOT_RECKONED",
    "warning",
    "政策 {original_value} 未计算，其台账也未计入。",
    "Policy {original_value} is not reckoned, and its entries do not count either.",
    "请先更正该政策。",
    "Correct the policy first.",
)
code(
    "FACTORS_WITHOUT_RECEIPTS",
    "warning",
    "政策 {original_value} 有回款系数，但没有回款明细：系数、实返和待付留空。",
    "Policy {original_value} has payment factors, but there are no receipts: factor, final and"
    " payable stay empty.",
    "请添加“回款明细”表。",
    "Add a table of receipts.",
)
code(
    "TARGETS_ABSENT",
    "note",
    "任务返利政策 {original_value} 没有客户任务量，以档次下限为任务。",
    "Policy {original_value} has no targets of accounts: the lower bounds of its tiers hold.",
    "请在“任务量”表中为该期间填写。",
    "Fill them in for its period in the table of targets.",
)
code(
    "SEASON_BY_DAYS",
    "note",
    "政策 {original_value} 开始前没有完整一年的销售，按天数推算全期。",
    "There is no whole year of sales before policy {original_value}: its forecast goes by days.",
)
code(
    "PROPOSAL_NOT_USED",
    "note",
    "该拟议档次未用于测算。",
    "The proposed tier is not used.",
)
