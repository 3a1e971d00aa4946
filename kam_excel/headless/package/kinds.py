"""Kinds of workbooks by extension: plain or with macros, to work in or to start from.

They differ in the content type of the workbook part alone ([MS-XLSX] and [MS-OFFMACRO2]).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.package.parts import Package

_OPEN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = {
    ".xlsx": f"{_OPEN}.sheet.main+xml",
    ".xltx": f"{_OPEN}.template.main+xml",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ".xltm": "application/vnd.ms-excel.template.macroEnabled.main+xml",
}
_WITH_MACROS = (".xlsm", ".xltm")
_MACROS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")


def check(package: Package, extension: str, file: str) -> None:
    """Raise WorkbookError where a package cannot become a file of that extension."""
    if extension not in TYPES:
        place = Place(file=file)
        raise WorkbookError(problem("FILE_KIND_UNSUPPORTED", place, kind=extension or "?"))
    if extension not in _WITH_MACROS and _has_macros(package):
        raise WorkbookError(problem("FILE_KIND_LOSES_MACROS", Place(file=file), kind=extension))


@contextmanager
def converted(package: Package, extension: str) -> Iterator[None]:
    """Make a package a file of that extension, which `check` has allowed, unless saving fails."""
    old = package.content_type(package.workbook) or ""
    package.set_content_type(package.workbook, TYPES[extension])
    try:
        yield
    except WorkbookError:
        package.set_content_type(package.workbook, old)
        raise


def _has_macros(package: Package) -> bool:
    rels = package.rels(package.workbook)
    return any(rels.of_type(kind) for kind in _MACROS)
