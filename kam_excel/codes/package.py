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
