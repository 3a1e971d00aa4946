"""Codes of verdicts on cells: refusals, which name the setting that would allow it, and notes."""

from kam_excel.codes.registry import code

# Numbers.
code(
    "NUMBER_NOT_READABLE",
    "error",
    "列“{column}”中有 {count} 个单元格不是明确的数字（如 {value}）：{cells}。",
    "{count} cells of column {column} are no unambiguous number (such as {value}): {cells}.",
    "请在工作簿中改为数字。",
    "Make them numbers in the workbook.",
)
code(
    "NUMBER_TOO_LARGE",
    "error",
    "列“{column}”中有 {count} 个数字过大，Excel 无法保留其全部位数（如 {value}）：{cells}。",
    "{count} numbers of column {column} are larger than Excel keeps digits for (such as {value}): "
    "{cells}.",
    "请核对是否误填了编码或条码。",
    "Check whether an id or a bar code was entered there.",
)
code(
    "NUMBER_IN_PARENTHESES",
    "error",
    "列“{column}”中有 {count} 个文本数字带括号（如 {value}）：{cells}。",
    "{count} cells of column {column} are texts with a number in parentheses (such as {value}): "
    "{cells}.",
    "若括号表示负数，请设置 reading.parentheses: negative；否则请改为数字。",
    "If they are negative, set reading.parentheses: negative; else make them numbers.",
)
code(
    "NUMBER_MINUS_BEHIND",
    "error",
    "列“{column}”中有 {count} 个文本数字的减号在末尾（如 {value}）：{cells}。",
    "{count} cells of column {column} are texts with a minus behind the number (such as {value}): "
    "{cells}.",
    "若为负数，请设置 reading.trailing_minus: negative；否则请改为数字。",
    "If they are negative, set reading.trailing_minus: negative; else make them numbers.",
)
code(
    "NUMBER_DECIMAL_COMMA",
    "error",
    "列“{column}”中有 {count} 个文本数字的逗号可能是小数点（如 {value}）：{cells}。",
    "{count} cells of column {column} are texts with what may be a decimal comma (such as "
    "{value}): {cells}.",
    "若整个工作簿都以逗号为小数点，请设置 reading.decimal_comma: true；否则请改为数字。",
    "If all texts are written so, set reading.decimal_comma: true; else make them numbers.",
)
code(
    "NUMBER_CHINESE_UNIT",
    "error",
    "列“{column}”中有 {count} 个文本数字带有万、亿等单位（如 {value}）：{cells}。",
    "{count} cells of column {column} are texts with a unit like 万 (such as {value}): {cells}.",
    "如需按单位换算，请设置 reading.chinese_units: true；否则请改为数字。",
    "To have them converted, set reading.chinese_units: true; else make them numbers.",
)
code(
    "UNIT_IN_FORMAT",
    "error",
    "列“{column}”中有 {count} 个单元格的数字格式另加了万、K 等单位，显示的不是真实数值"
    "（如 {value}）：{cells}。",
    "{count} cells of column {column} have a number format that adds a unit like 万 or K, so that "
    "they show another number than they hold (such as {value}): {cells}.",
    "请在列标题中注明单位，例如“金额(万元)”，或去掉数字格式中的单位。",
    "Name the unit in the header, such as Amount (万元), or take it out of the number format.",
)
code(
    "DASH_NOT_READABLE",
    "error",
    "列“{column}”中有 {count} 个单元格只有一个短横或斜杠（{value}）：{cells}。",
    "{count} cells of column {column} hold nothing but a dash or a slash ({value}): {cells}.",
    "请用 reading.dash 说明其含义（empty：空，zero：零），或清空这些单元格。",
    "Say with reading.dash what they mean (empty or zero), or clear them.",
)
code(
    "CURRENCY_CONTRADICTS",
    "error",
    "列“{column}”中有 {count} 个金额带有其他币种的符号（如 {value}）：{cells}。",
    "{count} amounts of column {column} bear the sign of another currency than their row (such as "
    "{value}): {cells}.",
    "请在币种列中注明该行的币种，或去掉货币符号。",
    "State the currency of the row in the currency column, or take the sign off.",
)
code(
    "PERCENT_AMBIGUOUS",
    "error",
    "列“{column}”中有 {count} 个单元格无法判断是百分数还是倍数（如 {value}）：{cells}。",
    "{count} cells of column {column} may be a percentage or a multiple (such as {value}): "
    "{cells}.",
    "请给单元格设置百分比格式，或写成 13%，或把列标题写成“…(%)”。",
    "Give the cells a percent format, write 13%, or end the header in (%).",
)
code(
    "INTEGER_NOT_READABLE",
    "error",
    "列“{column}”中有 {count} 个单元格不是整数（如 {value}）：{cells}。",
    "{count} cells of column {column} are no whole number (such as {value}): {cells}.",
    "请在工作簿中改为整数。",
    "Make them whole numbers in the workbook.",
)

# Dates.
code(
    "DATE_NOT_READABLE",
    "error",
    "列“{column}”中有 {count} 个单元格不是明确的日期（如 {value}）：{cells}。",
    "{count} cells of column {column} are no unambiguous date (such as {value}): {cells}.",
    "请改为日期，例如 2026-01-05。",
    "Make them dates, such as 2026-01-05.",
)
code(
    "DATE_ORDER_UNKNOWN",
    "error",
    "列“{column}”中有 {count} 个文本日期分不清日、月、年的顺序（如 {value}）：{cells}。",
    "{count} dates of column {column} are texts whose order of day, month and year is not known "
    "(such as {value}): {cells}.",
    "请设置 reading.date_order 为 dmy（日/月/年）或 mdy（月/日/年），或改为 2026-01-05 的形式。",
    "Set reading.date_order to dmy or mdy, or write dates like 2026-01-05.",
)

# Ids and words.
code(
    "KEY_NOT_READABLE",
    "error",
    "列“{column}”中有 {count} 个单元格不能作为编码（如 {value}）：{cells}。",
    "{count} cells of column {column} cannot be an id (such as {value}): {cells}.",
    "请改为文本或整数编码。",
    "Make them text or whole numbers.",
)
code(
    "KEY_IS_DATE",
    "error",
    "列“{column}”中有 {count} 个编码已被 Excel 变成日期（如 {value}）：{cells}。",
    "Excel has made dates of {count} ids of column {column} (such as {value}): {cells}.",
    "请把单元格设为文本格式后重新输入编码。",
    "Format the cells as text and enter the ids again.",
)
code(
    "KEY_DIGITS_LOST",
    "error",
    "列“{column}”中有 {count} 个编码超过 15 位，保存为数字后末尾已丢失（如 {value}）：{cells}。",
    "{count} ids of column {column} have more than 15 digits and lost the last of them when they "
    "became numbers (such as {value}): {cells}.",
    "请把单元格设为文本格式后重新输入编码。",
    "Format the cells as text and enter the ids again.",
)
code(
    "TEXT_NOT_READABLE",
    "error",
    "列“{column}”中有 {count} 个单元格不能作为文本（如 {value}）：{cells}。",
    "{count} cells of column {column} cannot be read as text (such as {value}): {cells}.",
    "请在工作簿中改为文本。",
    "Make them text in the workbook.",
)
code(
    "BOOLEAN_NOT_READABLE",
    "error",
    "列“{column}”中有 {count} 个单元格不是“是/否”（如 {value}）：{cells}。",
    "{count} cells of column {column} are neither yes nor no (such as {value}): {cells}.",
    "请填写 是 或 否。",
    "Write yes or no.",
)

# Formulas.
code(
    "CELL_ERROR",
    "error",
    "列“{column}”中有 {count} 个错误值（如 {value}）：{cells}。",
    "{count} cells of column {column} hold an error (such as {value}): {cells}.",
    "请更正公式或清空单元格；错误值不会被当作 0。",
    "Correct or clear them; an error is never taken for 0.",
)
code(
    "FORMULA_NOT_COMPUTED",
    "error",
    "列“{column}”中有 {count} 个公式还没有计算结果：{cells}。",
    "{count} formulas of column {column} have no computed value yet: {cells}.",
    "请用 Excel 打开、计算并保存后再试。",
    "Open the workbook in Excel, let it calculate, save, and run again.",
)

# Cells that were read in another form, or that are doubtful.
code(
    "TEXT_NUMBER",
    "warning",
    "文本形式的数字已按数字读取。",
    "Text that is clearly a number was read as a number.",
)
code(
    "NUMBER_RESIDUE",
    "note",
    "浮点运算的残差，已按 0 读取。",
    "What floating-point arithmetic had left over was read as 0.",
)
code(
    "CURRENCY_SHOWN",
    "warning",
    "单元格显示的货币符号与该行的币种不符，已按该行的币种计算。",
    "The cell shows the sign of another currency than its row has; the row's was used.",
    "请核对币种列；若没有币种列而全部金额同属一种外币，请把它设为本位币 (run.base_currency)。",
    "Check the currency of the row; without such a column, set run.base_currency to what is meant.",
)
code(
    "MORE_DECIMALS",
    "note",
    "小数位数多于该币种应有的位数，已按原值读取。",
    "The amount has more decimals than its currency; all of them count.",
    "请核对是否漏填或错填了币种。",
    "Check the currency of the row.",
)
code(
    "DASH_READ",
    "note",
    "单独的短横或斜杠已按设置读取。",
    "A dash or a slash alone was read as the settings say.",
)
code(
    "NUMBER_DATE",
    "warning",
    "数字形式的日期已按日期读取。",
    "A number was read as the date that it stands for.",
)
code("TEXT_DATE", "warning", "文本形式的日期已按日期读取。", "Text was read as a date.")
code(
    "DATE_FAR",
    "warning",
    "日期早于 1970 年或晚于 2100 年。",
    "The date is before 1970 or after 2100.",
    "请核对年份是否有误。",
    "Check the year.",
)
code(
    "KEY_CLEANED",
    "note",
    "编码中的不可见字符等已去掉。",
    "Characters that cannot be seen, and the like, were taken out of an id.",
)
code(
    "TEXT_CLEANED",
    "note",
    "文本中的不可见字符已去掉。",
    "Characters that cannot be seen were taken out of a text.",
)
code(
    "CHOICE_UNKNOWN",
    "warning",
    "该值不在可选范围内。",
    "The value is none of the choices.",
    "请核对拼写，或改用其中一个词。",
    "Check its spelling, or use one of the choices.",
)
code(
    "CHOICE_KEPT",
    "note",
    "按原文保留；可用的词（最相近的在前）：{taken}",
    "Kept as it is; the choices, the nearest first: {taken}",
)
