"""Codes of reading rows: merged cells, rows that are no data, how it was handled."""

from kam_excel.codes.registry import code

code(
    "MERGED_CELLS",
    "error",
    "列“{column}”中有 {count} 个单元格被上方的合并单元格覆盖（如 {value}）：{cells}。",
    "{count} cells of column {column} are covered by merged cells above them (such as {value}): "
    "{cells}.",
    "请取消合并并填满各行，或设置 reading.merged_keys: fill。",
    "Unmerge and fill them, or set reading.merged_keys: fill.",
)
code(
    "MERGED_FILLED",
    "note",
    "合并单元格的值已用于其中每一行。",
    "The value of merged cells was taken for each of their rows.",
)
code("CELL_NOT_READ", "warning", "该单元格无法读取。", "The cell cannot be read.")
code(
    "COLUMN_HAS_ERRORS",
    "warning",
    "该列有错误值，整列未使用。",
    "The column holds error values and was not used.",
    "请更正公式或清空单元格。",
    "Correct or clear them.",
)
code(
    "COLUMN_NOT_COMPUTED",
    "warning",
    "该列有尚未计算的公式，整列未使用。",
    "The column holds formulas that have no value yet and was not used.",
    "请用 Excel 打开、计算并保存后再试。",
    "Open the workbook in Excel, let it calculate, save, and run again.",
)
code(
    "PERCENT_NOT_SAID",
    "warning",
    "该列的数字没有百分号，看不出是百分数还是小数，整列未使用。",
    "The numbers have no % sign and may be percentages or fractions; the column was not used.",
    "请设置百分比格式，或在 config.yaml 的 tables 中用 percents 写明。",
    "Give the cells a % format, or say under tables in config.yaml (percents) how they are meant.",
)
code("READ_AS_EMPTY", "note", "视为空", "Taken as empty")
code("COLUMN_LEFT_OUT", "note", "整列未使用", "The column is not used")
code("HEADER_REPEATED_ROW", "note", "重复的表头行，未计入。", "The headers again, left out.")
code("FOOTNOTE_ROW", "note", "表下的说明文字，未计入。", "A note below the table, left out.")
code(
    "TOTAL_ROW_KEYED",
    "error",
    "表 {table} 有 {count} 行写着合计、数字也是各行之和，却又有单据号、日期或客户：{cells}。",
    "{count} rows of {table} say total and are sums, and yet have a document, a date or a "
    "customer: {cells}.",
    "若是合计行，请清空这些列或删除该行；若是真实业务，请去掉“合计”字样。",
    "If they are totals, empty these columns or delete the rows; if not, take out the word.",
)
code("UNPIVOTED", "note", "每个月份各成一行", "One row for each month")
code(
    "UNIT_STATED",
    "note",
    "标题、表上方的说明或设置写明了单位。",
    "The header, a note above the table or a setting states a unit.",
)
code(
    "STATED_ONCE",
    "note",
    "标题、表上方的说明或工作表名写明了该列的值。",
    "A header, a note above the table or the name of the sheet states the value of this column.",
)
code(
    "YEAR_STATED",
    "note",
    "月份列没有年份，取自工作表名、标题、文件名或设置。",
    "The months have no year of their own; the sheet, a title, the file or a setting says it.",
)
code("MULTIPLIED", "note", "金额乘以 {original_value}", "Multiplied by {original_value}")
code("TAKEN_FOR_ALL", "note", "各行均按此值", "Taken for every row")
code(
    "ROWS_BELOW_TABLE",
    "warning",
    "Excel 表格下方的行不属于该表格，未读取。",
    "The row stands below the Excel table and is no part of it; it was not read.",
    "若应计入，请把表格扩展到这些行。",
    "If it should count, extend the table to it.",
)
code(
    "HIDDEN_ROWS",
    "note",
    "有 {original_value} 行被隐藏或筛选掉。",
    "{original_value} rows are hidden, by hand or by a filter.",
)
code(
    "COLUMN_UNKNOWN",
    "warning",
    "列“{original_value}”不是本表的列，没有读取；本表没有的列：{taken}。",
    'The table has no column "{original_value}"; it is not read. Not there: {taken}.',
    "若它是其中之一，请改用该标题，或在 config.yaml 的 tables 中用 columns 指明。",
    "If it is one of these, use that header, or name it under tables in config.yaml (columns).",
)
code(
    "COLUMN_UNREAD",
    "warning",
    "列“{original_value}”可能影响哪些行计入，但没有读取。",
    'The column "{original_value}" may say that rows count less or not at all; it is not read.',
    "若有影响，请在 config.yaml 的 tables 中用 columns 指明该列，或先处理这些行。",
    "If it does, name it under tables in config.yaml (columns), or take these rows out first.",
)
code(
    "UNIT_BELOW",
    "error",
    "表 {table} 下方的说明写有单位（{text}），而标题和上方没有。",
    "A note below the table {table} states a unit ({text}); neither headers nor notes above do.",
    "请把单位写在表的上方或列标题中，或在 config.yaml 的 tables.{table}.units 中写明。",
    "Write it above the table or into the headers, or under tables.{table}.units in config.yaml.",
)
