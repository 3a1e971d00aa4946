"""Codes of contests, targets and totals: periods, prizes, who is paid, what is not known.

Texts are shown in logs, too: those about people do not name them, the cell does.
"""

from kam_excel.codes.registry import code

# Periods and targets.
code(
    "PERIOD_UNREADABLE",
    "warning",
    "看不懂期间“{original_value}”。",
    'The period "{original_value}" cannot be read.',
    "请写成 2026、2026Q4、2026H1、2026-10 或 2026-10-01~2026-12-31。",
    "Write 2026, 2026Q4, 2026H1, 2026-10 or 2026-10-01~2026-12-31.",
)
code(
    "PERIOD_DAY_AS_MONTH",
    "warning",
    "期间 {original_value} 是某月的第一天；Excel 会把输入的“2026-10”变成这样的日期。",
    "The period {original_value} is the first day of a month; Excel makes such a date of a month "
    "that is typed as 2026-10.",
    "若确指这一天，请写成 2026-10-01~2026-10-01；否则请把单元格设为文本。",
    "If the day is meant, write 2026-10-01~2026-10-01; else format the cell as text.",
)
code(
    "TARGET_MISSING",
    "warning",
    "该行没有目标，或没有客户和业务员。",
    "The row has no target, or neither a customer nor a salesperson.",
    "请补填。",
    "Fill them in.",
)
code(
    "TARGET_REPEATED",
    "warning",
    "同一期间的目标已在前面出现，数值相同。",
    "The target of this period is there already, with the same value.",
    "请删除重复行。",
    "Delete the row.",
)
code(
    "TARGETS_CONTRADICT",
    "warning",
    "{taken} 的目标有不同的说法，无法确定以哪个为准。",
    "The target of {taken} is given with different values, and nobody says which one holds.",
    "请只保留一个目标。",
    "Keep one of them.",
)
code(
    "TARGETS_OVERLAP",
    "warning",
    "目标的期间 {original_value} 与另一期间 {taken} 部分重叠。",
    "The period {original_value} of a target overlaps another one in part: {taken}.",
    "请让各期间首尾相接。",
    "Let one period begin where the other ends.",
)
code(
    "TARGETS_DIFFER",
    "warning",
    "期间 {original_value} 的目标与其分期目标之和（{taken}）不一致；以该期间的目标为准。",
    "The target of {original_value} is not the sum of those of its parts ({taken}); the target of "
    "the whole period holds.",
    "请核对目标。",
    "Check the targets.",
)
code("NO_TARGET_TAKEN", "note", "该期间视为没有目标", "The period counts as one without a target")
code("STATED_COUNTS", "note", "以该行为准", "What the row says holds")

# What contests say.
code(
    "CONTEST_ID_MISSING",
    "error",
    "该行没有竞赛编号，看不出属于哪项竞赛。",
    "The row has no contest id, so nobody knows which contest it belongs to.",
    "请在每行填写编号。",
    "Fill in the id in every row.",
)
code(
    "CONTEST_CONTRADICTS",
    "error",
    "同一竞赛的各行说法不同：{original_value} 与 {taken}。",
    "The rows of a contest contradict each other: {original_value} and {taken}.",
    "整项竞赛共用的内容请只填在首行，或各行填写一致。",
    "Say what holds for the whole contest in its first row only, or the same in all of them.",
)
code(
    "CONTEST_UNCLEAR",
    "error",
    "竞赛的期间或币种没有填写或看不懂：“{original_value}”。",
    'The period or the currency of the contest is missing or cannot be read: "{original_value}".',
    "请按填写说明更正。",
    "Correct it as the guide says.",
)
code(
    "CONTEST_WORD_UNKNOWN",
    "error",
    "看不懂“{original_value}”；可用的词（最相近的在前）：{taken}。",
    'Nobody knows what "{original_value}" means here; the words that are known, the nearest first: '
    "{taken}.",
    "请改用其中一个词。",
    "Choose one of them.",
)
code(
    "PRIZE_UNCLEAR",
    "error",
    "该行的名次或奖品看不明白：名次应从 1 起；现金填奖金，不填数量；实物填数量和单价，"
    "若另填奖金须等于二者之积；金额不得为负，小数位不得多于币种的小数位。",
    "The place or the prize of the row is unclear. Places count from 1; cash has an amount and no "
    "quantity; goods have a quantity and a unit price, and an amount only if it is their product; "
    "none is negative or has more decimals than the currency.",
    "请更正；名次同时有现金和实物的，请分两行填写。",
    "Correct it; write a place that has both money and goods as two rows.",
)
code(
    "PRIZE_REPEATED",
    "error",
    "该名次的同一奖项已在前面出现。",
    "The award of this place is there already.",
    "每个名次请各用自己的序号，如二等奖两名写成第 2 名和第 3 名。",
    "Give every place its own number: two second prizes are the places 2 and 3.",
)
code(
    "PRIZE_VALUE_UNKNOWN",
    "warning",
    "实物奖品没有单价，奖励合计和预算无法核对。",
    "The goods have no unit price; their value, and whether the budget holds, cannot be told.",
    "请补填单价。",
    "Fill in the unit price.",
)
code(
    "CONTEST_OVER_BUDGET",
    "error",
    "竞赛的奖品合计 {taken} 超出预算 {original_value}。",
    "The prizes of the contest come to {taken}, more than its budget of {original_value}.",
    "请调整奖品或预算；在此之前只列名次，不列奖品。",
    "Change the prizes or the budget; until then places are listed without prizes.",
)
code("CONTEST_NOT_RANKED", "note", "该竞赛不排名", "The contest is not ranked")
code("PRIZES_LEFT_EMPTY", "note", "只列名次，不列奖品", "Places without prizes")
code("GIVEN_UNVALUED", "note", "列出奖品，不计金额", "The prize is listed without a value")

# Who competes.
code(
    "CONTEST_NOT_BEGUN",
    "note",
    "竞赛“{original_value}”尚未开始。",
    'The contest "{original_value}" has not begun.',
)
code(
    "CONTEST_WITHOUT_ENTRANTS",
    "warning",
    "竞赛“{original_value}”没有参赛者：没有大客户，或客户档案没有客户经理。",
    'The contest "{original_value}" has no entrants: no key accounts, or customers without '
    "account managers.",
    "我方员工的竞赛请在客户档案中填写客户经理。",
    "For contests of our own staff fill in the account managers of the customers.",
)
code(
    "MANAGER_UNKNOWN",
    "note",
    "人员表中找不到该客户经理，或同名者不止一人。",
    "The staff has no such account manager, or several of that name.",
    "请填写工号。",
    "Write the staff id.",
)
code(
    "MANAGERS_AS_WRITTEN",
    "note",
    "没有人员表，客户经理按客户档案的写法参赛。",
    "There is no staff table; account managers compete as the customers name them.",
    "提供人员表后可核对姓名和在职状态。",
    "With a staff table their names and status can be checked.",
)
code("SALES_OF_NOBODY", "note", "其客户的销售不计入任何人", "Sales of the account count for nobody")
code(
    "INDIVIDUAL_BENEFIT",
    "error",
    "奖励给个人；先进个人只能是我方员工，奖励客户方的个人有商业贿赂的风险。",
    "An individual is rewarded. Only our own staff may be; a reward to people of a customer may be "
    "a bribe.",
    "请改为奖励客户单位，或注明为我方员工。",
    "Reward the account itself, or say that it is our own staff.",
)
code(
    "PAYEE_OTHER",
    "warning",
    "收款人与客户名称不符。",
    "The payee is not the customer.",
    "请核对收款人；返利应付给客户本身。",
    "Check who was paid; rebates belong to the account itself.",
)

# All that accounts are given.
code(
    "DISCOUNTS_UNKNOWN",
    "note",
    "销售明细没有折扣，激励总额未含票面折扣。",
    "The sales have no discounts; total incentives are without them.",
    "如有票面折扣，请在销售明细中列出折扣额或折扣率。",
    "If there are any, list discounts or discount rates in the sales.",
)
code(
    "DISCOUNTS_INCOMPLETE",
    "note",
    "大客户有 {original_value} 行销售没有折扣，按没有折扣计；影响金额为这些行的销售额。",
    "{original_value} sales lines of key accounts say no discount and count as without; the amount "
    "is their sales.",
)
code(
    "PROMOTIONS_MISSING",
    "note",
    "没有促销活动表，激励总额未含促销补贴。",
    "There is no table of promotions; total incentives are without allowances.",
    "提供促销活动表后可计入。",
    "With such a table they can be counted.",
)
code(
    "REBATES_MISSING",
    "note",
    "没有可以计算的返利政策，激励总额未含返利。",
    "No rebate policy can be reckoned; total incentives are without rebates.",
)
code(
    "CONTESTS_MISSING",
    "note",
    "没有销售竞赛表，激励总额未含竞赛奖励。",
    "There is no table of contests; total incentives are without prizes.",
)
code(
    "PROMOTION_UNDATED",
    "warning",
    "促销没有开始日期，看不出属于哪个期间。",
    "The promotion has no start, so nobody knows which period it belongs to.",
    "请补填开始日期。",
    "Fill in the start.",
)
code(
    "PROMOTION_COST_REPEATED",
    "warning",
    "同一促销、同一客户的另一行有相同的固定费用，可能重复登记。",
    "Another row of the promotion and account has the same fixed cost; it may be there twice.",
    "费用如为整个促销共用，请只填在一行。",
    "If it is the cost of the whole promotion, write it into one row.",
)
code(
    "CONTRIBUTION_EXCEEDS_COST",
    "note",
    "客户承担的费用多于固定费用（{taken}），补贴按 0 计。",
    "The customer bears more than the fixed cost ({taken}); the allowance is 0.",
    "请核对费用。",
    "Check the costs.",
)
code(
    "PRIZE_PROOF_FAILED",
    "error",
    "竞赛 {contest} 发出的奖励为 {first}，所占名次的奖励为 {second}，两者不同。"
    "这是程序的错误，未写入任何结果。",
    "Contest {contest} gives {first}, and the places that are taken offer {second}. This is an"
    " error of kam_excel; nothing was written.",
    "请把这条信息和所用工作簿的竞赛发给开发者。",
    "Please send this message and the contests to the developers.",
)
code("PART_LEFT_OUT", "note", "合计不含该项", "The total is without this part")
