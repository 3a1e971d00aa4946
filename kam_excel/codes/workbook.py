"""Codes of the company's workbook: finding its tables, reading its cells, writing our sheets."""

from kam_excel.codes.registry import code

code(
    "TABLE_MISSING",
    "error",
    "策略 {strategy} 需要的表“{zh}”（{table}）在工作簿中找不到；可见的工作表：{there}。",
    "The table {table} ({en}), which {strategy} needs, is not in the workbook; "
    "visible sheets: {there}.",
    "缺少的列：{missing}。请在 config.yaml 的 tables.{table} 中指定工作表和列名。",
    "Missing: {missing}. Say where it is in config.yaml under tables.{table}.",
)
code(
    "TABLE_AMBIGUOUS",
    "error",
    "有多个工作表都像“{zh}”（{table}）：{sheets}。",
    "Several sheets look like the table {table} ({en}): {sheets}.",
    "请在 config.yaml 中用 tables.{table}.sheet 指定一个。",
    "Choose one with tables.{table}.sheet in config.yaml.",
)
code(
    "SHEET_MISSING",
    "error",
    "没有名为“{sheet}”的工作表；现有：{there}；最接近：{nearest}。",
    'There is no sheet "{sheet}"; there are: {there}; nearest: {nearest}.',
    "请更正工作表名称。",
    "Correct the name of the sheet.",
)
code(
    "HEADER_ROW_OUTSIDE",
    "error",
    "第 {row} 行不在查找标题行的范围内（已用区域的前 {last} 行）。",
    "Row {row} is not among the first {last} rows of the used range, where headers are.",
    "请更正 header_row。",
    "Correct header_row.",
)
code(
    "HEADER_TWICE",
    "error",
    "标题“{header}”出现了两次，无法确定哪一列是 {column}。",
    'The header "{header}" stands twice; which column is {column} cannot be known.',
    "请改名其中一列，或在 config.yaml 中指定。",
    "Rename one of the columns, or name it in config.yaml.",
)
code(
    "COLUMN_MISSING",
    "error",
    "表 {table} 缺少列“{column}”；该行的标题有：{there}；最接近：{nearest}。",
    "The table {table} lacks the column {column}; the headers there: {there}; nearest: {nearest}.",
    "请补上该列，或在 config.yaml 的 tables.{table}.columns 中写明列名。",
    "Add it, or name it in config.yaml under tables.{table}.columns.",
)
code(
    "MONTHS_WITHOUT_YEAR",
    "error",
    "表 {table} 的月份列（{headers}）没有年份，工作表名、标题和文件名中也没有。",
    "The months of the table {table} ({headers}) have no year, and neither the sheet, its title "
    "nor the file name says one.",
    "请在 config.yaml 中写明 tables.{table}.year，或把年份写入标题（如 2026年1月）。",
    "Set tables.{table}.year in config.yaml, or write the year into the headers (2026-01).",
)
code(
    "MONTHS_TURN_OVER",
    "error",
    "表 {table} 的月份列（{headers}）跨年，但没有写明哪些月份属于哪一年。",
    "The months of the table {table} ({headers}) turn over into another year, and which month is "
    "of which year is not written.",
    "请把年份写入标题（如 2025年12月、2026年1月）。",
    "Write the year into the headers (2025-12, 2026-01).",
)
code(
    "UNIT_NOTES_DIFFER",
    "error",
    "表 {table} 上方的单位说明互相矛盾。",
    "The notes above the table {table} say different units or currencies.",
    "请只保留一个单位说明，或把单位写入各列标题（如“销售额(万元)”）。",
    "Keep one note, or write the unit into the headers, such as Amount (k).",
)
code(
    "CELL_EMPTY",
    "error",
    "列“{column}”中有 {count} 个单元格为空：{cells}。",
    "{count} cells of column {column} are empty: {cells}.",
    "请补全。",
    "Fill them in.",
)
code(
    "COLUMN_NOT_USED",
    "warning",
    "该列有无法读取的单元格，整列未使用。",
    "The column holds cells that cannot be read and was not used.",
)
code("TOTAL_ROW_DROPPED", "note", "合计行，未计入。", "A total row, left out.")
code(
    "OUTPUT_SHEET_TAKEN",
    "error",
    "工作表“{sheet}”已有其他内容，不会覆盖。",
    'The sheet "{sheet}" holds something else and is not overwritten.',
    "请改名或移走该工作表。",
    "Rename or move that sheet.",
)
code(
    "OUTPUT_SHEET_PROTECTED",
    "error",
    "工作表“{sheet}”受保护，不会写入。",
    'The sheet "{sheet}" is protected and is not written to.',
    "请在 Excel 中撤消工作表保护，再运行一次。",
    "Unprotect the sheet in Excel and run again.",
)
code(
    "SETTING_TWICE",
    "error",
    "参数 {setting} 设置了两次。",
    "The setting {setting} is there twice.",
    "请只保留一行。",
    "Keep one row.",
)
code(
    "SALES_NOT_YET",
    "error",
    "所有销售都在截止日期 {as_of} 之后；最近一笔在 {latest}。",
    "All sales are later than {as_of}; the latest are of {latest}.",
    "请使用 --as-of {latest}。",
    "Use --as-of {latest}.",
)
code(
    "EMPTY_WINDOW",
    "error",
    "统计期 {start} 至 {end} 内没有销售；最近一笔在 {latest}。",
    "There are no sales between {start} and {end}; the latest are of {latest}.",
    "请使用 --as-of {latest}。",
    "Use --as-of {latest}.",
)
code(
    "NAME_UNKNOWN",
    "error",
    "没有名为“{name}”的策略、表、设置段或代码；最接近：{nearest}。",
    "No strategy, table, section or code is called {name}; nearest: {nearest}.",
    "kam-excel describe 列出全部名称。",
    "kam-excel describe lists the names.",
)
code(
    "INIT_EXISTS",
    "error",
    "该文件已存在，不会覆盖。",
    "The file is there already and is not overwritten.",
    "请换一个文件名，或先移走该文件。",
    "Choose another name, or move it away.",
)
code(
    "INIT_FOLDER_MISSING",
    "error",
    "文件夹 {folder} 不存在。",
    "There is no folder {folder}.",
    "请先建立该文件夹，或更正路径。",
    "Make it, or correct the path.",
)
code(
    "INIT_NOT_XLSX",
    "error",
    "模板只能保存为 .xlsx，而不是 {kind}。",
    "A template is an .xlsx file, not {kind}.",
    "请使用以 .xlsx 结尾的文件名。",
    "Give a name that ends in .xlsx.",
)
code(
    "TABLE_EMPTY",
    "error",
    "表“{zh}”（{table}）只有表头，没有数据；需要它的策略：{strategy}。",
    "The table {table} ({en}) has headers and no rows; needed by: {strategy}.",
    "请在表头下方填写或粘贴数据。",
    "Fill in or paste the rows below its headers.",
)
