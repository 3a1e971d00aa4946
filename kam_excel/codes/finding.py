"""Codes of finding the company's tables: sheets, header rows, columns, months, units."""

from kam_excel.codes.registry import code

code(
    "TABLE_MISSING",
    "error",
    "策略 {strategy} 需要的表“{zh}”（{table}）在工作簿中找不到；查找过：{searched}。",
    "The table {table} ({en}), which {strategy} needs, is not in the workbook; searched: "
    "{searched}.",
    "缺少的列：{missing}。请运行 kam-excel map，或在设置表或 config.yaml 的 tables.{table}"
    " 中指定工作表和列名。",
    "Missing: {missing}. Run kam-excel map, or say where it is under tables.{table}, on the "
    "settings sheet or in config.yaml.",
)
code(
    "TABLE_NEARLY_FOUND",
    "error",
    "策略 {strategy} 需要的表“{zh}”（{table}）找不到；最接近的表头有：{there}；缺少：{missing}；"
    "相近的标题：{nearest}。查找过：{searched}。",
    "The table {table} ({en}), which {strategy} needs, was not found; the nearest header has: "
    "{there}; it lacks: {missing}; similar headers: {nearest}. Searched: {searched}.",
    "请运行 kam-excel map，或在设置表或 config.yaml 的 tables.{table}.columns 中写明列名。",
    "Run kam-excel map, or name the columns under tables.{table}.columns, on the settings sheet or "
    "in config.yaml.",
)
code(
    "TABLE_CALLED_OTHERWISE",
    "error",
    "策略 {strategy} 需要的表“{zh}”（{table}）找不到；此处的表头齐全，但名称表明是别的数据"
    "（如目标、退货、回款）。查找过：{searched}。",
    "The table {table} ({en}), which {strategy} needs, was not found; the headers here would do, "
    "but the sheet or its title is called something else, such as targets, returns or payments. "
    "Searched: {searched}.",
    "若确是该表，请运行 kam-excel map，或在设置表或 config.yaml 中用 tables.{table}.sheet"
    " 指定此工作表。",
    "If it is the table, run kam-excel map, or name its sheet under tables.{table}.sheet, on the "
    "settings sheet or in config.yaml.",
)
code(
    "TABLE_AMBIGUOUS",
    "error",
    "有多处都像“{zh}”（{table}）：{sheets}。",
    "Several places look like the table {table} ({en}): {sheets}.",
    "请运行 kam-excel map，或在设置表或 config.yaml 中用 tables.{table}.sheet 指定一个；"
    "若同属一张表，请用 tables.{table}.sheets 列出全部。",
    "Run kam-excel map, or choose one with tables.{table}.sheet, on the settings sheet or in "
    "config.yaml; list those that are one table under tables.{table}.sheets.",
)
code(
    "PART_NOT_FOUND",
    "error",
    "按名称，该工作表与 {sheets} 同属“{zh}”（{table}），但其中没有这样的表头：{headers}。",
    "By its name the sheet is a part of the table {table} ({en}), as are {sheets}; but it has no "
    "header with: {headers}.",
    "请改正其表头；若不应读取，请在 config.yaml 的 tables.{table}.sheets 中列出其余工作表。",
    "Correct its header, or list the sheets to be read in config.yaml under tables.{table}.sheets.",
)
code(
    "TABLE_ELSEWHERE",
    "warning",
    "工作表“{original_value}”也像这张表，但没有读取。",
    "The sheet {original_value} looks like this table too and was not read.",
    "若应一并读取，请在 config.yaml 的 tables 中列出这些工作表（sheets）。",
    "If it belongs to it, list the sheets in config.yaml under tables (sheets).",
)
code(
    "HEADER_RIVALS",
    "warning",
    "还有其他标题也符合该列：{original_value}。",
    "Other headers fit this column, too: {original_value}.",
    "若应读取其中之一，请在 config.yaml 的 tables 中用 columns 写明。",
    "If one of them is meant, name it under tables in config.yaml (columns).",
)
code("NOT_READ", "note", "未读取", "Not read")
code(
    "SHEET_MISSING",
    "error",
    "没有名为“{sheet}”的工作表；现有：{there}；最接近：{nearest}。",
    'There is no sheet "{sheet}"; there are: {there}; nearest: {nearest}.',
    "请更正工作表名称。",
    "Correct the name of the sheet.",
)
code(
    "HEADER_ROW_EMPTY",
    "error",
    "第 {row} 行没有可作为表头的单元格。",
    "Row {row} has no cells that could be a header.",
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
    "UNITS_OF_MONTHS_DIFFER",
    "error",
    "表 {table} 各月份列的单位不同：{headers}。",
    "The months of the table {table} are in different units: {headers}.",
    "请统一各月份列的单位。",
    "Give all months one unit.",
)
code(
    "UNIT_CURRENCIES_DIFFER",
    "error",
    "表 {table} 的各列标题写明了不同的币种。",
    "The headers of the table {table} name different currencies.",
    "请增加币种列，或把各币种分开列表。",
    "Add a column of currencies, or keep one table for each.",
)
code(
    "TABLE_EMPTY",
    "error",
    "表“{zh}”（{table}）只有表头，没有数据；需要它的策略：{strategy}。",
    "The table {table} ({en}) has headers and no rows; needed by: {strategy}.",
    "请在表头下方填写或粘贴数据。",
    "Fill in or paste the rows below its headers.",
)
