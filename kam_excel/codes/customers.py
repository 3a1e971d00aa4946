"""Codes of customers: who is meant by a row, who is not known, and to whom accounts belong."""

from kam_excel.codes.registry import code

# Rows of tables that have a key.
code(
    "KEY_EMPTY",
    "warning",
    "该行的关键列为空。",
    "The row lacks what it is known by.",
    "请补填。",
    "Fill it in.",
)
code(
    "KEY_REPEATED",
    "warning",
    "该编码已在前面出现，且内容不同；以首次出现的行为准。",
    "The id is there already with other contents; the first row holds.",
    "请只保留一行。",
    "Keep one row of them.",
)
code(
    "ROW_REPEATED",
    "note",
    "该行与前面的行完全相同。",
    "The row equals an earlier one.",
    "请删除重复行。",
    "Delete the row.",
)

# Who is meant.
code(
    "ID_LOOKS_ALIKE",
    "note",
    "{original_value} 与 {taken} 只有大小写或前导零不同，按两个客户计。",
    "{original_value} differs from {taken} in case or leading zeros only; they count as two.",
    "若为同一客户，请统一编码。",
    "Write one id if they are one customer.",
)
code(
    "CUSTOMER_BY_NAME",
    "note",
    "没有可用的客户编码，按名称找到客户。",
    "There is no customer id that is known; the customer was found by name.",
    "请填写客户编码。",
    "Fill in the customer id.",
)
code(
    "CUSTOMER_AMBIGUOUS",
    "warning",
    "有多个客户名为 {original_value}，无法确定是哪一个。",
    "Several customers are called {original_value}, so it is not clear which one is meant.",
    "请填写客户编码。",
    "Fill in the customer id.",
)
code(
    "NAME_AS_ACCOUNT",
    "note",
    "有 {original_value} 行没有客户编码，以客户名称作为客户。",
    "{original_value} rows have no customer id; the name stands for the customer.",
    "同一客户若有不同写法的名称，请填写客户编码。",
    "Fill in ids if a customer has several spellings.",
)

# Accounts.
code(
    "CUSTOMER_MISSING",
    "note",
    "该行没有客户编码。",
    "The row has no customer id.",
    "请补填客户编码，否则该金额不计入任何客户。",
    "Fill in the customer id; until then the amount belongs to no account.",
)
code(
    "UNKNOWN_ACCOUNT",
    "warning",
    "客户档案中没有该客户编码。",
    "The customers have no such id.",
    "请在客户档案中补录；在此之前该客户不能入选大客户。",
    "Add it to the customers; until then it cannot be a key account.",
)
code(
    "CUSTOMERS_MATCH_NONE",
    "warning",
    "客户档案与销售明细没有一个相同的客户编码。",
    "The customers and the sales have no customer id in common.",
    "请核对两张表的客户编码是否为同一套编码。",
    "Check whether both tables use the same ids.",
)
code(
    "PARENT_CYCLE",
    "warning",
    "上级客户互相指向，形成循环。",
    "The parents of this account lead back in a circle.",
    "请更正客户档案中的上级客户编码。",
    "Correct the parent ids in the customers.",
)
code(
    "PARENT_UNKNOWN",
    "warning",
    "客户档案中没有上级客户“{original_value}”。",
    'The customers have no parent "{original_value}".',
    "请在客户档案中补录上级客户，或更正其编码。",
    "Add the parent to the customers, or correct its id.",
)
code("KEPT_UNDER_PARENT", "note", "归入该编码，但不能入选", "Counted under this id, not eligible")
