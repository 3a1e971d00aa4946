"""A twin of the add-in in which xlwings' module and the shell are recorders."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from kam_excel.headless.package.parts import Package
from kam_excel.headless.saving.save import save
from kam_excel.host import Host
from kam_excel.ribbon.addin.build import PROJECT_NAME, build_addin, sources
from kam_excel.ribbon.addin.sheet import FixedLanguage
from kam_excel.ribbon.addin.vbaproject import project_with


def recording_twin(
    path: Path, host: Host, language: FixedLanguage, excel: Mapping[str, int] | None = None
) -> Path:
    """Build the .xlsm twin of the add-in; our own modules are those that are shipped.

    With `excel`, its UI_LANGUAGE and COUNTRY, they ask the recorder instead of the application for
    the language, and what they write to the status bar goes there too: LibreOffice has one, but
    does not tell what it shows.
    """
    build_addin(path, host, language, as_workbook=True)
    package = Package.open(path)
    part = str(package.related(package.workbook, "vbaProject"))
    ours, shell = dict(sources()), _source("Dictionary.cls")
    if excel is not None:
        status = replaced(ours["KamHost"], "Application.StatusBar =", "WScript.StatusBar =")
        ours["KamHost"] = replaced(status, "Set host = Application", "Set host = WScript")
        for name, value in excel.items():
            shell = replaced(shell, f"{name} As Long = 0", f"{name} As Long = {value}")
    recorders = {"xlwings": _source("xlwings.bas"), "Dictionary": shell}
    package.write(part, project_with(package.read(part), {**ours, **recorders}, PROJECT_NAME))
    save(package, path)
    return path


def replaced(text: str, old: str, new: str) -> str:
    """As str.replace, of something that is there."""
    assert old in text
    return text.replace(old, new)


def _source(name: str) -> str:
    text = (resources.files(__package__) / name).read_text("ascii")
    return "\r\n".join(text.splitlines()) + "\r\n"
