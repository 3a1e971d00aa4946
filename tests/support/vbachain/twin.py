"""A twin of the add-in in which xlwings' module and the shell are recorders."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from kam_excel.headless.package.parts import Package
from kam_excel.headless.saving.save import save
from kam_excel.host import Host
from kam_excel.ribbon.addin.build import PROJECT_NAME, build_addin, sources
from kam_excel.ribbon.addin.sheet import FixedLanguage
from kam_excel.ribbon.addin.vbaproject import project_with


def recording_twin(
    path: Path, host: Host, language: FixedLanguage, records_status: bool = False
) -> Path:
    """Build the .xlsm twin of the add-in; our own modules are those that are shipped.

    With `records_status` what they write to Excel's status bar goes to the recorder: LibreOffice
    has one, but does not tell what it shows.
    """
    build_addin(path, host, language, as_workbook=True)
    package = Package.open(path)
    part = str(package.related(package.workbook, "vbaProject"))
    ours = dict(sources())
    if records_status:
        ours["KamHost"] = replaced(
            ours["KamHost"], "Application.StatusBar =", "WScript.StatusBar ="
        )
    recorders = {"xlwings": _source("xlwings.bas"), "Dictionary": _source("Dictionary.cls")}
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
