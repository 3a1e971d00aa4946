"""Codes of the company's data: what was found in its tables and how it was handled.

The texts of issues and handlings may mention the columns of the issue itself, such as
{original_value}.
"""

from kam_excel.codes.registry import code

# What makes net sales impossible.
code(
    "AMOUNT_COLUMN_MISSING",
    "error",
    "销售明细中没有金额列，也没有可供计算金额的数量和单价列。",
    "The sales have no column of amounts, and no quantity and unit price to compute them from.",
    "请补充金额列（含税或不含税均可），或同时提供数量和单价。",
    "Add amounts, with or without tax, or both quantity and unit price.",
)
code(
    "CURRENCY_WITHOUT_RATES",
    "error",
    "销售明细中有本位币（{base}）以外的币种（{currencies}），但没有汇率表。",
    "The sales are in currencies other than {base} ({currencies}), and there are no rates.",
    "请补充汇率表；若全部业务同属一种外币，请把它设为本位币；"
    "若只需统计本位币业务，请启用 single_currency_only。",
    "Add exchange rates; if all business is in one currency, make it the base currency; "
    "to leave the others out, switch on single_currency_only.",
)
code(
    "TAX_RATE_MISSING",
    "error",
    "{table_id} 有 {count} 行的金额需要在含税与不含税之间换算，但没有税率"
    "（首行：第 {row_no} 行）。",
    "{count} rows of {table_id} must be converted between gross and net and have no tax rate "
    "(the first is row {row_no}).",
    "请补充税率列，或在配置中设置默认税率。",
    "Add tax rates, or set a default rate in the configuration.",
)

code(
    "TAX_RATE_UNUSABLE",
    "error",
    "{table_id} 有 {count} 行的税率小于 0 或大于 100%（首行：第 {row_no} 行，{rate}），"
    "而其金额需要换算。",
    "{count} rows of {table_id} whose amounts must be converted have a tax rate below 0 or above "
    "100 % (the first is row {row_no}: {rate}).",
    "请更正税率。",
    "Correct the tax rates.",
)

# Rows that are left out.
code(
    "DATE_MISSING",
    "warning",
    "该行没有日期。",
    "The row has no date.",
    "请补填日期。",
    "Fill in the date.",
)
code(
    "FUTURE_DATE",
    "warning",
    "日期晚于统计截止日。",
    "The date is later than the as-of date.",
    "请核对日期；若数据无误，请调整统计截止日。",
    "Check the date, or choose a later as-of date.",
)
code(
    "AMOUNT_MISSING",
    "warning",
    "该行没有金额，也无法由数量和单价算出。",
    "The row has no amount and none can be computed.",
    "请补填金额。",
    "Fill in the amount.",
)
code(
    "DUPLICATE",
    "warning",
    "单据号和行号与前面的行相同。",
    "An earlier row has the same document and line number.",
    "请删除重复行；若是两笔业务，请更正行号。",
    "Delete the row, or correct its line number if it is a line of its own.",
)
code(
    "DUPLICATE_SUSPECTED",
    "note",
    "该行与前面的某行完全相同，又没有行号可供区分。",
    "The row equals an earlier one in every column, and no line number tells them apart.",
    "请核对是否重复录入。",
    "Check whether it was entered twice.",
)
code(
    "FX_MISSING",
    "warning",
    "单据日期当日或之前没有该币种的汇率；影响金额为原币金额。",
    "There is no rate of this currency on or before the date of the document; the amount is in "
    "this currency.",
    "请在汇率表中补充汇率。",
    "Add the rate to the exchange rates.",
)
code(
    "CURRENCY_SKIPPED",
    "warning",
    "外币业务，按设置只统计本位币；影响金额为原币金额。",
    "Foreign currency; only the base currency counts, as set. The amount is in this currency.",
    "如需计入，请补充汇率表。",
    "Add exchange rates to count it.",
)

# Currencies.
code(
    "CURRENCY_UNKNOWN",
    "warning",
    "不是已知的币种，汇率表中也没有；影响金额为原币金额。",
    "No currency that is known, nor one of the exchange rates; the amount is in this currency.",
    "请填写币种代码，如 USD。",
    "Write the code of the currency, like USD.",
)
code(
    "CURRENCY_ASSUMED",
    "warning",
    "客户 {original_value} 的币种为 {taken}，但其销售行未注明币种。",
    "The currency of customer {original_value} is {taken}, but its sales do not name one.",
    "请在销售明细中填写币种。",
    "Fill in the currency of the sales.",
)
code("TAKEN_AS_BASE", "note", "按本位币计入", "Counted as base currency")
code(
    "FX_RATE_UNUSABLE",
    "warning",
    "{taken} 的汇率为空或不大于 0。",
    "The rate of {taken} is missing or not above 0.",
    "请更正汇率。",
    "Correct the rate.",
)
code(
    "FX_RATE_CONTRADICTS",
    "warning",
    "{taken} 的汇率已在前面出现，且数值不同；以首次出现的为准。",
    "{taken} has another rate above; the first one holds.",
    "请只保留一个汇率。",
    "Keep one of the rates.",
)
code("RATE_NOT_USED", "note", "不使用该汇率", "The rate is not used")

# Months.
code(
    "MISSING_MONTH",
    "note",
    "{original_value} 没有任何销售。",
    "There are no sales in {original_value}.",
    "若有销售，请补充数据。",
    "Add the sales if there were any.",
)
code("NOT_AS_ZERO", "note", "视为缺失，不按零计", "Missing, not counted as zero")
code(
    "INCOMPLETE_MONTH",
    "note",
    "{original_value} 在截止日尚未结束。",
    "{original_value} is not over on the as-of date.",
    "如需计入统计期，请设置 include_partial_month，或把截止日设为月末。",
    "To count it in windows set include_partial_month, or choose the end of a month as as-of date.",
)
code(
    "OUTSIDE_WINDOWS",
    "note",
    "计入净销售额，不计入按整月统计的时段",
    "Part of net sales, not of windows of full months",
)

code(
    "DISCOUNT_NOT_TAKEN_OFF",
    "warning",
    "金额由数量乘单价算出，未减去该行的折扣。",
    "The amount is quantity times price; the discount of the row is not taken off.",
    "若单价为折前价，请补充折后金额列。",
    "If the price is before the discount, add a column of amounts after it.",
)

# Rows that may be totals.
code(
    "TOTAL_ROW_DOUBTFUL",
    "warning",
    "该行写有“合计”类字样，又没有单据号、日期和客户，但其数字不是其他行之和。",
    "The row says total and has no document, date or customer, but its figures are no sums.",
    "请核对合计行的公式；若是一笔业务，请补填客户等信息。",
    "Check the formula of the total; if it is a sale, fill in its customer.",
)

# Documents on one sheet, their lines on another.
code(
    "LINE_WITHOUT_HEADER",
    "warning",
    "单据表中没有该行的单据号，无法得知其日期和客户。",
    "No document has the number of the line, so its date and customer are unknown.",
    "请在单据表中补充该单据，或更正单据号。",
    "Add the document, or correct the number.",
)
code(
    "HEADER_WITHOUT_LINES",
    "warning",
    "单据“{original_value}”没有明细行。",
    'The document "{original_value}" has no lines.',
    "请补充明细行；金额只按明细行计算。",
    "Add its lines; only these are counted.",
)
code(
    "HEADER_REPEATED",
    "error",
    "列“{column}”中有 {count} 张单据的单据号与另一张内容不同的单据重复（如 {value}）：{cells}。",
    "{count} documents bear in column {column} the number of another one that says something "
    "else (such as {value}): {cells}.",
    "请更正单据号，或合并重复的单据。",
    "Correct the numbers, or make one document of them.",
)
code(
    "LINE_DIFFERS",
    "warning",
    "该行的 {column_name}（{original_value}）与其单据不同。",
    "The {column_name} of the line ({original_value}) is not that of its document.",
    "请核对单据与明细行。",
    "Check the document and its lines.",
)
code(
    "SPLIT_TOTAL_DIFFERS",
    "warning",
    "单据金额 {original_value} 与其明细行之和不符。",
    "The amount of the document, {original_value}, is not the sum of its lines.",
    "请核对单据金额或补全明细行。",
    "Check the amount of the document, or complete its lines.",
)

# Returns.
code(
    "RETURNS_FOUND",
    "note",
    "按此列识别为退货的有 {original_value} 行（各列分别统计，可能重复）。",
    "{original_value} rows are returns by this column; each column is counted on its own.",
)
code(
    "RETURN_STATUS_OTHER",
    "note",
    "状态为“{original_value}”的退货记录不算已退货。",
    'Returns with the status "{original_value}" do not count as returned.',
    "若已退货，请把状态改为“已退货”。",
    "Write returned where they are.",
)
code(
    "RETURN_SIGN_FIXED",
    "note",
    "退货行的金额为正数。",
    "The amount of a return is positive.",
    "请在源数据中用负数登记退货。",
    "Enter returns with a negative amount.",
)
code(
    "RETURN_PREFIX_IGNORED",
    "note",
    "多数销售单据号都以 {original_value} 开头，因此不再据此识别退货。",
    "Most sales documents begin with {original_value}, so it does not mark returns here.",
    "如另有退货单号前缀，请在配置中更改。",
    "If returns have another prefix, set it in the configuration.",
)
code(
    "RETURN_DOCUMENT",
    "note",
    "退货表只列出单据号，视为整单退货。",
    "The returns name only the document, so all of it is returned.",
)
code(
    "RETURN_LINES",
    "note",
    "该退货没有数量和金额，视为所列各行全部退回。",
    "The return says neither how much nor how many, so all of the lines that it names are "
    "returned.",
)
code(
    "RETURN_LINE_UNKNOWN",
    "warning",
    "该单据没有退货所列的行号。",
    "The document has no such line.",
    "请更正行号；若为整单退货，请清空行号。",
    "Correct the line number, or empty it if the whole document is returned.",
)
code(
    "RETURN_AMBIGUOUS",
    "warning",
    "该单据号属于多个客户，无法确定是谁退货。",
    "Several customers share this document number, so it is not clear who returned.",
    "请在退货表中补填客户编码；若确为整单退货，请设置 returns.match: doc_no。",
    "Add the customer id to the return, or set returns.match: doc_no.",
)
code(
    "RETURN_UNMATCHED",
    "note",
    "有 {original_value} 条退货记录在销售明细中找不到对应单据。",
    "{original_value} returns match no document of the sales.",
    "若原销售不在本工作簿中，可忽略；否则请核对单据号。",
    "Ignore it if the sales are of another period; otherwise check the document numbers.",
)
code(
    "RETURN_ALREADY_BOOKED",
    "note",
    "该退货已经计入：销售明细中已有对应的退货行，或整单已冲减。",
    "This return is counted already: the sales hold it, or the whole document is cancelled.",
)

# Ranking.
code(
    "TIE_OVERFLOW",
    "note",
    "并列客户过多，全部入选会使名单增加一半以上，因此按客户编码截取。",
    "Including all ties would enlarge the list by more than half; it was cut by customer code.",
    "如需全部入选或改用其他标准，请调整入选规则。",
    "Choose another selection rule if this is not what you want.",
)

code(
    "SALES_NONE_LEFT",
    "error",
    "没有一行销售可以计入（{reasons}）。",
    "No row of the sales counts ({reasons}).",
    "请在“数据问题”表或 kam-excel check 中查看各行的原因并更正。",
    "See the reason of each row on the sheet of data issues, or with kam-excel check; correct it.",
)

# How an issue was handled.
code("READ_AS", "note", "按 {taken} 计入", "Read as {taken}")
code("ROW_EXCLUDED", "note", "该行未计入", "The row is left out")
code("HEADER_NOT_COUNTED", "note", "没有明细，未计入", "Not counted, it has no lines")
code("LINE_VALUE_KEPT", "note", "以明细行为准", "The line's own value counts")
code("LINES_COUNT", "note", "按明细行计算", "Its lines are counted")
code("ROW_KEPT", "note", "照常计入", "The row counts as it is")
code("KEPT_AS_UNASSIGNED", "note", "计入公司总额，不参与排名", "In the company's total, not ranked")
code("COUNTED_FOR_NOBODY", "note", "不计入任何客户", "Counted for no customer")
code("KEPT_INELIGIBLE", "note", "照常计入，但不能入选", "Counted, but not eligible")
code("KEPT_BY_ITSELF", "note", "不并入上级客户", "Not added to a parent")
code("TAKEN_OFF", "note", "从销售额中扣除", "Taken off the sales")
code("SIGN_TURNED", "note", "按负数计入", "Counted as a negative amount")
code("DOCUMENT_CANCELLED", "note", "整单已冲减", "The document is cancelled")
code("LINES_CANCELLED", "note", "所列各行已冲减", "The lines are cancelled")
code("NOT_APPLIED", "note", "未处理该退货", "The return is not applied")
code(
    "MORE_ROWS",
    "note",
    "另有 {original_value} 行，处理相同",
    "{original_value} more, same handling",
)
code("ROW_COUNT", "note", "{rows} 行", "{rows} rows")
code("STRATEGIES_STOPPED", "note", "未运行：{names}", "Not run: {names}")
code(
    "MANUAL_NOT_READ",
    "error",
    "手工列“{column}”中的“{value}”无法识别。",
    'The manual column {column} holds "{value}", which is none of its values.',
    "请改为 {choices} 之一，或清空该单元格。",
    "Choose one of {choices}, or empty the cell.",
)
code(
    "MANUAL_INCOMPLETE",
    "error",
    "{key} 填写了“{column}”，但“{needs}”为空。",
    "{key} has a {column}, but its {needs} is empty.",
    "请填写“{needs}”，或清空“{column}”。",
    "Fill in {needs}, or empty {column}.",
)
code(
    "MANUAL_SET_ASIDE",
    "note",
    "该行已不在输出表中，手工填写的内容已保留，待其再次出现时恢复。",
    "The row has left the output; what was filled in is kept and comes back with it.",
)
code(
    "PAGES_NOT_BROKEN",
    "note",
    "该表应按“{column_name}”分页打印，但取值有 {original_value} 个，超出 Excel 每张工作表的"
    "分页符上限；该表连续打印。",
    "Each {column_name} is to begin a page, but there are {original_value} of them, more than"
    " Excel takes page breaks on a sheet; the table prints without such breaks.",
)
