"""Codes of the engine without Excel: what it refuses to write into a cell, a sheet, a table."""

from kam_excel.codes.registry import code

code(
    "DATE_BEFORE_EXCEL",
    "error",
    "日期 {date} 早于 Excel 能表示的最早日期。",
    "The date {date} is before the first one that Excel knows.",
    "请改正日期，或把它存为文本。",
    "Correct the date or store it as text.",
)
code(
    "TEXT_TOO_LONG",
    "error",
    "以“{start}”开头的文本有 {length} 个字符，超过单元格上限 32767。",
    "The text that starts with “{start}” has {length} characters; a cell holds 32,767.",
    "请缩短文本。",
    "Shorten the text.",
)
code(
    "NUMBER_NOT_FINITE",
    "error",
    "单元格不能存放 {number}。",
    "A cell cannot hold {number}.",
    "请检查除以零等计算。",
    "Look for a division by zero or an overflow.",
)
code(
    "FORMULA_INVALID",
    "error",
    "公式“{formula}”有语法错误（位置：“{near}”；为空表示公式不完整）。",
    "The formula “{formula}” is not valid (at “{near}”; nothing there: it is not complete).",
    "请检查括号、引号和运算符，并使用半角标点。若是文本，请在前面加单引号。",
    "Check brackets, quotes and operators; put an apostrophe before what is text.",
)
code(
    "PART_OF_ARRAY",
    "error",
    "不能只修改数组公式 {area} 的一部分。",
    "Part of the array formula in {area} cannot be changed.",
    "请写入整个区域，或先删除该公式。",
    "Write the whole area or delete the formula first.",
)
code(
    "PART_OF_MERGE",
    "error",
    "单元格位于合并区域 {area} 内，只有左上角单元格能存放内容。",
    "The cell lies in the merged area {area}; only its first cell can hold something.",
    "请写入左上角单元格，或取消合并。",
    "Write to its first cell or unmerge the area.",
)
code(
    "CELL_NOT_COMPUTED",
    "error",
    "单元格的公式还没有计算结果。",
    "The formula of the cell has no computed value yet.",
    "请先计算工作簿。",
    "Calculate the workbook first.",
)
code(
    "FILTER_UNKNOWN",
    "error",
    "该列按 {kind} 筛选，只有 Excel 能判断哪些行符合。",
    "The column is filtered by {kind}; only Excel can tell which rows that shows.",
    "请先清除该列的筛选，或在 Excel 中筛选。",
    "Clear the filter of that column first, or filter in Excel.",
)
code(
    "ROWS_MERGED",
    "error",
    "无法重排这些行：{merge} 是合并区域。",
    "These rows cannot be arranged anew: {merge} is merged.",
    "请先取消合并。",
    "Unmerge the cells first.",
)
code(
    "ROWS_HAVE_NOTES",
    "error",
    "无法重排 {area} 的行：该单元格带有批注，批注不会随行移动。",
    "The rows of {area} cannot be arranged anew: the cell has a note, which would stay behind.",
    "请在 Excel 中排序，或先删除批注。",
    "Sort them in Excel or delete the note first.",
)
code(
    "SHEET_XML_UNUSUAL",
    "error",
    "工作表 {part} 的内部结构不符合规范（{reason}）。",
    "The sheet {part} is stored in an irregular way ({reason}).",
    "请用 Excel 打开并重新保存该文件。",
    "Open the file in Excel and save it again.",
)
code(
    "LAST_VISIBLE_SHEET",
    "error",
    "工作簿至少要有一个可见的工作表。",
    "A workbook needs at least one visible sheet.",
    "请先显示或新增另一个工作表。",
    "Show or add another sheet first.",
)
code(
    "TABLE_OVERLAPS",
    "error",
    "区域 {area} 与表格“{table}”重叠。",
    "The area {area} overlaps the table “{table}”.",
    "请选择别的区域。",
    "Choose another area.",
)
code(
    "TABLE_NO_ROOM",
    "error",
    "表格“{table}”旁边的单元格已有内容，没有位置显示标题行或汇总行。",
    "There is something in the cells beside the table “{table}”: no room for a header or totals.",
    "请先清空或移开这些单元格。",
    "Clear or move these cells first.",
)
code(
    "TABLE_OVER_MERGE",
    "error",
    "表格区域 {area} 内有合并单元格 {merge}。",
    "The area {area} of the table has the merged cells {merge}.",
    "请先取消合并。",
    "Unmerge them first.",
)
code(
    "NAME_INVALID",
    "error",
    "“{name}”不能用作名称。",
    "“{name}” cannot be a name.",
    "名称须以字母、汉字或下划线开头，不含空格，也不能像单元格地址。",
    "A name starts with a letter or an underscore, has no space and is no cell address.",
)
code(
    "NAME_TAKEN",
    "error",
    "名称“{name}”已被使用。",
    "The name “{name}” is taken.",
    "请换一个名称。",
    "Choose another name.",
)
code(
    "FILE_KIND_UNSUPPORTED",
    "error",
    "不支持 {kind} 文件。",
    "{kind} files are not supported.",
    "请在 Excel 中另存为 .xlsx 或 .xlsm。",
    "Save it as .xlsx or .xlsm in Excel.",
)
code(
    "FILE_KIND_LOSES_MACROS",
    "error",
    "工作簿含有宏，存为 {kind} 会丢失它们。",
    "The workbook has macros, which a {kind} file cannot hold.",
    "请存为 .xlsm（模板为 .xltm）。",
    "Save it as .xlsm, as a template .xltm.",
)
code(
    "CHART_TOO_MANY_SERIES",
    "error",
    "区域 {area} 会产生超过 {limit} 个数据系列，图表最多只能有 {limit} 个。",
    "The area {area} would make more than {limit} series, the most that a chart can have.",
    "请缩小区域，或改为按另一方向（行或列）绘制。",
    "Take a smaller area, or plot by its other side (rows or columns).",
)
code(
    "LIST_TOO_LONG",
    "error",
    "下拉列表共 {length} 个字符，直接写在规则中最多 {limit} 个。",
    "The list has {length} characters; at most {limit} can stand in the rule itself.",
    "请把列表项写入单元格，并以该区域作为来源。",
    "Write the items into cells and use their range as the source.",
)
code(
    "VALIDATION_DIFFERS",
    "error",
    "区域 {area} 内单元格的数据验证规则不一致。",
    "The cells of {area} have different validation rules.",
    "请先删除该区域的数据验证，再重新设置。",
    "Delete the data validation of the area first.",
)
code(
    "CELLS_PUSHED_OUT",
    "error",
    "插入后这些单元格会被推出工作表。",
    "The insertion would push these cells off the sheet.",
    "请先删除工作表边缘的内容，再插入。",
    "Delete what stands at the edge of the sheet, then insert.",
)
code(
    "TABLE_CUT",
    "error",
    "此操作会切断表格“{table}”（{area}）。",
    "This would cut the table “{table}” ({area}) in pieces.",
    "请选择表格的整行或整列宽度；标题行和最后一行数据须保留。",
    "Take the whole width of the table; its header and a row of data have to stay.",
)
code(
    "MERGE_CUT",
    "error",
    "此操作会切断合并单元格（{area}）。",
    "This would cut merged cells ({area}) in pieces.",
    "请先取消合并，或选择其整个宽度。",
    "Unmerge them first, or take their whole width.",
)
code(
    "ARRAY_CUT",
    "error",
    "此操作会改变数组公式的一部分（{area}）。",
    "This would change part of an array formula ({area}).",
    "请对整个数组操作，或先将其删除。",
    "Take the whole array, or delete it first.",
)
code(
    "PIVOT_CUT",
    "error",
    "此操作会改变数据透视表（{area}）。",
    "This would change a pivot table ({area}).",
    "请在数据透视表之外操作。",
    "Work outside of the pivot table.",
)
code(
    "STRUCTURE_LOCKED",
    "error",
    "工作簿结构受保护，不能添加、删除、移动、隐藏或重命名工作表。",
    "The structure of the workbook is protected: sheets cannot be added, deleted, moved, hidden "
    "or renamed.",
    "请在 Excel 的“审阅 > 保护工作簿”中取消保护。",
    "Unprotect it in Excel under Review > Protect Workbook.",
)
code(
    "STYLE_LIMIT",
    "error",
    "工作簿的单元格格式已达 Excel 的上限 {limit} 种，不能再增加。",
    "The workbook has {limit} cell formats, which is all that Excel takes.",
    "请在 Excel 中清理多余的格式（例如删除未使用的样式和空白区域的格式）。",
    "Clear formats that are not needed in Excel, such as those of blank areas and unused styles.",
)
