"""Codes of the file itself: opening, refusing and saving .xlsx and .xlsm packages."""

from kam_excel.codes.registry import code

code(
    "FILE_NOT_FOUND",
    "error",
    "找不到文件。",
    "There is no such file.",
    "请检查路径和文件名。",
    "Check the path and the name.",
)
code(
    "PART_DAMAGED",
    "error",
    "文件内部的“{part}”已损坏，无法读取。",
    "The part “{part}” inside the file is damaged.",
    "请在 Excel 中打开并修复后另存，或改用备份。",
    "Let Excel repair the file and save it again, or use a backup.",
)
code(
    "STYLE_UNKNOWN",
    "error",
    "有单元格引用了不存在的格式（{table} 第 {number} 项）。",
    "A cell refers to a format that does not exist ({table}, number {number}).",
    "请在 Excel 中打开并修复后另存。",
    "Let Excel repair the file and save it again.",
)
