"""Codes of incentives: what is doubtful about policies, ledgers, contests and their figures."""

from kam_excel.codes.registry import code

# The ledger of rebates.
code(
    "LEDGER_TYPE_MISSING",
    "warning",
    "台账中该行的类型为空或看不懂，不知是计提、确认、支付、抵扣还是冲回。",
    "The entry has no type that is known: accrual, confirmation, payment, offset or reversal.",
    "请填写类型。",
    "Fill in its type.",
)
code(
    "LEDGER_AMOUNT_MISSING",
    "warning",
    "台账中该行没有金额。",
    "The entry has no amount.",
    "请补填金额。",
    "Fill in the amount.",
)
code(
    "LEDGER_POLICY_UNKNOWN",
    "warning",
    "返利政策中没有政策编号“{original_value}”（最接近的是：{taken}）。",
    'There is no rebate policy "{original_value}" (the nearest is {taken}).',
    "请更正政策编号，或在返利政策中补录。",
    "Correct the policy id, or add the policy.",
)
code(
    "LEDGER_ACCOUNT_UNKNOWN",
    "warning",
    "没有编码或名称为“{original_value}”的客户（最接近的是：{taken}）。",
    'There is no customer of the id or name "{original_value}" (the nearest is {taken}).',
    "请更正客户编码，或在客户档案中补录。",
    "Correct the customer id, or add the customer.",
)
code(
    "LEDGER_ENTRY_REPEATED",
    "warning",
    "凭证号、客户、政策、类型和金额都与更早的一行相同。",
    "An earlier entry has the same voucher, customer, policy, type and amount.",
    "请删除重复行；若是两笔业务，请更正凭证号。",
    "Delete the row, or correct the voucher number if it is an entry of its own.",
)
code(
    "VOUCHER_REPEATED",
    "warning",
    "凭证号“{original_value}”在台账中出现多次，内容不同。",
    'The voucher number "{original_value}" comes more than once, with other contents.',
    "请核对凭证号；凭证号不应重复。",
    "Check the numbers; each voucher should have its own.",
)
code(
    "LEDGER_SIGN_FIXED",
    "note",
    "支付或抵扣的金额为负数。",
    "The amount of a payment or offset is negative.",
    "请用正数登记；若是退回的付款，请登记为冲回（正数）。",
    "Enter it as positive; a payment that came back is a reversal, with a positive amount.",
)
code("TAKEN_AS_POSITIVE", "note", "按正数计入", "Counted as a positive amount")
code(
    "LEDGER_BOOKED_DOWN",
    "note",
    "计提或确认的金额为负数，按减少应付返利计入。",
    "The amount of an accrual or confirmation is negative; it lowers what is owed.",
)
code(
    "REVERSAL_SIGN_FIXED",
    "note",
    "冲回为正数，但该客户在该政策下没有可冲回的支付或抵扣。",
    "The reversal is positive, but the account has no payment or offset under this policy that"
    " it could reverse.",
    "冲回计提或确认请用负数登记。",
    "Enter reversals of accruals and confirmations with a negative amount.",
)
code(
    "REVERSAL_EXCEEDS",
    "warning",
    "该客户在该政策下冲回的金额超过已登记的金额；影响金额为超出部分。",
    "More was reversed of the account under this policy than had been booked; the amount is what"
    " exceeds it.",
    "请核对冲回的金额，或补录被冲回的分录。",
    "Check the reversals, or add the entries that they reverse.",
)

# Whom policies, violations, targets and promotions name.
code(
    "CUSTOMER_NOT_FOUND",
    "warning",
    "没有编码或名称为“{original_value}”的客户（最接近的是：{taken}）。",
    'There is no customer of the id or name "{original_value}" (the nearest is {taken}).',
    "请更正，或在客户档案中补录。",
    "Correct it, or add the customer.",
)
code("NOT_REWARDED", "note", "不按该政策返利", "Not rewarded by the policy")

# What policies are reckoned from.
code(
    "RECEIPTS_ARE_GROSS",
    "error",
    "政策 {taken} 以回款为基数，却写明不含税；回款总是含税的。",
    "Policy {taken} counts receipts without tax; receipts always include it.",
    "请把“含税”改为“是”，或把基数改为销售额。",
    "Set tax included to yes, or choose sales as its basis.",
)
code(
    "RECEIPTS_NEEDED",
    "error",
    "政策 {taken} 需要回款明细，但工作簿中没有。",
    "Policy {taken} needs receipts, and the workbook has none.",
    "请补充回款明细表：日期、客户编码、金额，以及可选的对应单据。",
    "Add the receipts: date, customer id, amount and, if known, the document that each pays.",
)
code(
    "RECEIPTS_WITHOUT_PRODUCTS",
    "error",
    "政策 {taken} 以回款为基数，又限定了产品；回款看不出是哪种产品的。",
    "Policy {taken} counts receipts and is limited to products; receipts do not tell products.",
    "请取消产品限定，或改以销售额为基数并设置回款系数。",
    "Lift the limits to products, or count sales with payment factors.",
)
code(
    "BASIS_TAX_MISSING",
    "error",
    "政策 {taken} 需要销售明细第 {original_value} 行的另一种含税口径的金额，"
    "但该行没有，也没有税率。",
    "Policy {taken} needs amounts with or without tax that rows {original_value} of the sales lack,"
    " and they have no tax rate.",
    "请补充税率或该列金额。",
    "Add tax rates, or the amounts.",
)
code(
    "BASIS_QUANTITY_MISSING",
    "warning",
    "政策 {taken} 以数量为基数，但销售明细第 {original_value} 行没有数量。",
    "Policy {taken} counts quantities, and rows {original_value} of the sales have none.",
    "请补填数量。",
    "Fill in the quantities.",
)
code(
    "BASIS_PRODUCT_MISSING",
    "warning",
    "政策 {taken} 限定了产品，但销售明细第 {original_value} 行看不出是哪种产品。",
    "Policy {taken} is for some products, and rows {original_value} of the sales do not tell"
    " theirs.",
    "请补填产品编码或类别。",
    "Fill in the product ids or categories.",
)
code(
    "BASIS_RATE_MISSING",
    "warning",
    "政策 {taken} 以 {original_value} 结算，但部分日期当日或之前没有该币种的汇率。",
    "Policy {taken} is in {original_value}, and on some days there is no rate of it yet.",
    "请在汇率表中补充汇率。",
    "Add the rates to the exchange rates.",
)
code(
    "POLICY_RATE_MISSING",
    "error",
    "政策 {taken} 以 {original_value} 结算，但汇率表没有它所需日期的汇率；金额无法换算，不列为 0。",
    "Policy {taken} is in {original_value}, and the exchange rates have none of it for the days"
    " that it needs. Its figures cannot be told, so none is shown.",
    "请在汇率表中补充该币种的汇率，生效日期不晚于政策（增长政策为上年同期）的起日。",
    "Add rates of the currency from the beginning of the policy on, for growth from a year before.",
)
code(
    "POLICY_PRODUCT_UNKNOWN",
    "warning",
    "销售明细中没有产品或类别“{original_value}”（最接近的是：{taken}）。",
    'The sales have no product or category "{original_value}" (the nearest is {taken}).',
    "请更正名称；若是尚未销售的新产品，无需处理。",
    "Correct the name; nothing is to be done where it was not sold yet.",
)
code(
    "PAYMENT_TAX_MISSING",
    "warning",
    "政策 {taken} 按回款天数兑付，但销售明细第 {original_value} 行没有含税金额，也没有税率，"
    "无法与回款核对。",
    "Policy {taken} depends on when invoices are paid, and rows {original_value} of the sales have"
    " neither an amount with tax nor a tax rate, so that receipts cannot be matched with them.",
    "请补充税率或含税金额。",
    "Add tax rates, or amounts with tax.",
)
code(
    "RECEIPT_UNMATCHED",
    "note",
    "客户 {original_value} 的回款多于可核对的发票；影响金额为多出的部分。",
    "Customer {original_value} paid more than the invoices that are there; the amount is what is"
    " left over.",
    "请核对是否为预收款，或销售明细是否不全。",
    "See whether it is paid in advance, or sales are missing.",
)
code(
    "RECEIPT_DOCUMENT_UNKNOWN",
    "warning",
    "客户 {original_value} 的部分回款所写的对应单据不在其销售明细中。",
    "Receipts of customer {original_value} name documents that its sales do not have.",
    "请更正对应单据；若是更早的单据，请补充其销售明细，或将该列留空，按先后顺序核销。",
    "Correct the documents; add the sales if they are older ones, or leave the cell empty so that"
    " the oldest invoices are paid first.",
)
code(
    "RECEIPT_IN_ADVANCE",
    "note",
    "部分回款早于其核销的发票（最早 {original_value}）；若它们支付的是更早的发票，天数会偏短。",
    "Some was paid before the invoice that it is matched with (from {original_value} on). If it"
    " paid invoices from before the sales that are there, days come out too short.",
    "请补充更早的销售明细，或填写对应单据。",
    "Add the earlier sales, or fill in the documents that receipts pay.",
)
code(
    "POLICY_BEFORE_SALES",
    "warning",
    "政策 {original_value} 在工作簿最早的记录（{taken}）之前已经结束。",
    "Policy {original_value} ended before the first row that the workbook has ({taken}).",
    "如需计算，请补充当时的销售明细（或回款明细）；台账中的金额仍计入应付返利。",
    "Add the sales (or receipts) of that time if it is to be reckoned; what the ledger has of it"
    " still counts as owed.",
)
code(
    "SALES_BEGIN_LATER",
    "warning",
    "政策 {original_value} 的计算期（或对比的上年同期）早于工作簿最早的记录（{taken}），"
    "基数可能偏低。",
    "Policy {original_value} counts, itself or for the year before, from before the first row that"
    " the workbook has ({taken}): its basis may be too low.",
    "请补充更早的销售明细（或回款明细）；若当时没有销售，可忽略。",
    "Add the earlier sales (or receipts); if there were none, there is nothing to do.",
)
code("COUNTED_AS_AT_ONCE", "note", "按当日付款计", "Counted as paid on the day")
code("POLICY_NOT_RECKONED", "note", "该政策未计算", "The policy is not reckoned")
code("POLICY_KEPT", "note", "政策照常计算", "The policy is reckoned as it is")
code("NOT_IN_BASIS", "note", "不计入该政策的基数", "Not counted in its basis")
code("FACTOR_MISSING", "note", "有关客户没有回款系数", "The accounts have no payment factor")
code("NOT_APPLIED_TO_INVOICES", "note", "未核销任何发票", "Applied to no invoice")
