"""Codes of incentives: what is doubtful about policies, ledgers, contests and their figures."""

from kam_excel.codes.registry import code

# The ledger of rebates.
code(
    "LEDGER_TYPE_MISSING",
    "warning",
    "台账中该行没有类型，看不出是计提、确认、支付、抵扣还是冲回。",
    "The entry has no type: accrual, confirmation, payment, offset or reversal.",
    "请补填类型。",
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
    "没有编码为“{original_value}”的客户。",
    'There is no customer "{original_value}".',
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
