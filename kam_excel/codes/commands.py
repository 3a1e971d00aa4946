"""Codes of what commands were asked for: names that are not known, templates."""

from kam_excel.codes.registry import code

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
