"""Codes of the company's workbook: its settings sheet, our output sheets."""

from kam_excel.codes.registry import code

code(
    "COLUMN_NOT_USED",
    "warning",
    "该列有无法读取的单元格，整列未使用。",
    "The column holds cells that cannot be read and was not used.",
)
code("TOTAL_ROW_DROPPED", "note", "合计行，未计入。", "A total row, left out.")
code(
    "WORKSHEET_MISSING",
    "error",
    "工作簿中没有工作表，只有图表工作表或宏表。",
    "The workbook has no worksheet, only sheets of charts or macros.",
    "请在 Excel 中插入一张工作表。",
    "Insert a worksheet in Excel.",
)
code(
    "OUTPUT_SHEET_TAKEN",
    "error",
    "工作表“{sheet}”已有其他内容，不会覆盖。",
    'The sheet "{sheet}" holds something else and is not overwritten.',
    "请改名或移走该工作表。",
    "Rename or move that sheet.",
)
code(
    "OUTPUT_CELLS_TAKEN",
    "error",
    "工作表“{sheet}”的输出表变长，会盖住此处的内容。",
    'The table on the sheet "{sheet}" grows and would cover what stands here.',
    "请把它移到表格右侧，或移到更下方。",
    "Move it beside the table, or further down.",
)
code(
    "OUTPUT_TOO_LONG",
    "error",
    "输出“{sheet}”有 {rows} 行，一张工作表只容得下 {most} 行。",
    'The output "{sheet}" has {rows} rows; a sheet takes {most}.',
    "请缩小范围（期间、客户、政策），分次运行，或不运行给出它的策略。",
    "Narrow it down (period, accounts, policies) and run in parts, or leave out its strategy.",
)
code(
    "OUTPUTS_INCOMPLETE",
    "error",
    "写入中断（{error}），以下工作表未能恢复原状：{sheets}。",
    "Writing broke off ({error}), and these sheets could not be put back as they were: {sheets}.",
    "工作簿没有保存；请不保存关闭后重新打开，再运行一次。",
    "The workbook was not saved: close it without saving, open it again and repeat the run.",
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
    "SETTINGS_COLUMN_MISSING",
    "error",
    "设置表缺少列“{zh}”；该行的标题有：{there}；最接近：{nearest}。",
    'The settings sheet lacks the column "{en}"; the headers there: {there}; nearest: {nearest}.',
    "请把标题改为“{zh}”，或补上该列。",
    'Call it "{en}", or add it.',
)
code(
    "SALES_NOT_YET",
    "error",
    "所有销售都在截止日期 {as_of} 之后；最近一笔在 {latest}。",
    "All sales are later than {as_of}; the latest are of {latest}.",
    "请把截止日期设为 {latest}：设置表的 run / as_of，或命令行的 --as-of。",
    "Set the date to {latest}: as_of of run on the settings sheet, or --as-of.",
)
code(
    "EMPTY_WINDOW",
    "error",
    "统计期 {start} 至 {end} 内没有销售；最近一笔在 {latest}。",
    "There are no sales between {start} and {end}; the latest are of {latest}.",
    "请把截止日期设为 {latest}：设置表的 run / as_of，或命令行的 --as-of。",
    "Set the date to {latest}: as_of of run on the settings sheet, or --as-of.",
)
