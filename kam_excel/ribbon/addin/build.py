"""Building the add-in: xlwings' template with our code, ribbon and labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import xlwings as xw

from kam_excel.errors import Place, PluginError, WorkbookError, problem, raise_if
from kam_excel.headless.package.parts import Package
from kam_excel.headless.saving.save import save
from kam_excel.headless.xml import splice
from kam_excel.host import Host
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.ribbon.actions import Action, actions_of
from kam_excel.ribbon.addin import customui, rules, sheet, template, vbaproject
from kam_excel.ribbon.addin.interpreter import settings_for
from kam_excel.ribbon.addin.sheet import FixedLanguage

EXTENSION, WORKBOOK_EXTENSION = ".xlam", ".xlsm"
PROJECT_NAME = "KamExcel"
_MODULES = ("KamHost", "KamRibbon")
_WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_LEFTOVERS = ("AlternateContent", "extLst")
_PROPERTIES = "docProps/core.xml"
_TITLE = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:title>kam_excel</dc:title></cp:coreProperties>"""


@dataclass(frozen=True, slots=True)
class Built:
    """An add-in that was written: where, its buttons in their order, the Python that it runs."""

    path: Path
    actions: Sequence[Action]
    interpreter: str


def build_addin(
    path: Path,
    host: Host,
    language: FixedLanguage = "auto",
    as_workbook: bool = False,
    interpreter: str | None = None,
) -> Built:
    """Write the add-in with a button for every strategy of `host` and every action of a plugin.

    It runs the Python that runs now, or `interpreter`. `as_workbook` gives an .xlsm file that
    differs in its kind alone, for programs that open no add-in. The same plugins, xlwings and
    interpreter give the same bytes.

    Raises WorkbookError where `path` is no name for it, or a file there is no add-in of ours;
    ConfigError where the interpreter or the installed xlwings can't be used; PluginError where
    a button of a plugin cannot be shown.
    """
    _check_target(path, WORKBOOK_EXTENSION if as_workbook else EXTENSION)
    actions, settings = actions_of(host), settings_for(interpreter)
    with _template() as (labels, package):
        sheet.write(labels, sheet.rows_of(actions), language, settings)
        labels.book.impl.flush()
        _put_in(package, actions)
        raise_if(rules.problems_of(_content(package, labels, actions)), PluginError)
        if as_workbook:
            package.set_content_type(package.workbook, _WORKBOOK_TYPE)
        save(package, path)
    return Built(path, actions, settings["INTERPRETER"])


def is_ours(path: Path) -> bool:
    """Whether the file at `path` is an add-in that this program built."""
    try:
        package = Package.open(path)
    except WorkbookError:
        return False
    part = package.related("", "extensibility")
    return part is not None and customui.is_ours(package.xml(part))


def sources() -> Mapping[str, str]:
    """Our own VBA modules by name."""
    folder = resources.files(__package__) / "vba"
    return {name: _text((folder / f"{name}.bas").read_bytes()) for name in _MODULES}


def _check_target(path: Path, extension: str) -> None:
    if path.suffix.lower() != extension:
        raise WorkbookError(problem("ADDIN_EXTENSION", Place(file=str(path)), extension=extension))
    if path.exists() and not is_ours(path):
        raise WorkbookError(problem("ADDIN_FOREIGN_FILE", Place(file=str(path))))


@contextmanager
def _template() -> Iterator[tuple[xw.Sheet, Package]]:
    """The template's one sheet and its package. Raises ConfigError where it is another one."""
    if not template.PATH.is_file():
        raise template.changed(f"no {template.PATH.name}")
    with open_headless(template.PATH) as book:
        package: Package = book.impl.package
        if package.related(package.workbook, "vbaProject") is None:
            raise template.changed("no VBA project")
        if len(book.sheets) != 1:
            raise template.changed(f"{len(book.sheets)} sheets")
        yield book.sheets[0], package


def _put_in(package: Package, actions: Sequence[Action]) -> None:
    """Replace the template's code and ribbon."""
    package.write(_code_part(package), _project(package.read(_code_part(package))))
    relations = package.rels("")
    for each in relations.of_type("extensibility"):
        relations.remove(each.id)
        package.remove(each.target)
    package.write(customui.PART, customui.ribbon_xml(actions))
    relations.add(customui.RELATIONSHIP, customui.PART)
    package.write(_PROPERTIES, _TITLE)
    _tidy(package)


def _tidy(package: Package) -> None:
    """Take out of the workbook part its author's folder and a number that no schema allows."""
    data = package.xml(package.workbook)
    leftovers = (each for each in splice.scan(data) if each.local in _LEFTOVERS)
    package.write(package.workbook, splice.apply(data, map(splice.delete, leftovers)))


def _project(given: bytes) -> bytes:
    try:
        theirs = vbaproject.sources_of(given)[template.MODULE]
        modules = {template.MODULE: template.patched(theirs), **sources()}
        return vbaproject.project_with(given, modules, PROJECT_NAME)
    except (ValueError, KeyError) as error:
        raise template.changed(str(error)) from error


def _code_part(package: Package) -> str:
    part = package.related(package.workbook, "vbaProject")
    assert part is not None
    return part


def _content(package: Package, labels: xw.Sheet, actions: Sequence[Action]) -> rules.Content:
    """What the package holds now, read back from it."""
    return rules.Content(
        ribbon=package.read(customui.PART),
        project=package.read(_code_part(package)),
        rows=sheet.read_rows(labels),
        code_name=_code_name(package),
        actions=[each.id for each in actions],
    )


def _code_name(package: Package) -> str:
    (part,) = (each.target for each in package.rels(package.workbook).of_type("worksheet"))
    properties = package.tree(part).find("{*}sheetPr")
    return "" if properties is None else str(properties.get("codeName", ""))


def _text(data: bytes) -> str:
    """A source as VBA wants it, whatever a checkout made of its line ends."""
    return data.decode("ascii").replace("\r\n", "\n").replace("\n", "\r\n")
