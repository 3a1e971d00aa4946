"""What a workbook holds, counted without changing anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kam_excel.errors import Problem, WorkbookError
from kam_excel.headless.model.book import WorkbookModel
from kam_excel.headless.model.sheet import SheetModel
from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.package.spool import pieces_of
from kam_excel.headless.parts.workbook import SheetEntry, State
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.tree import local_name

# What a part is, by the end of its content type in lower case; the first that fits.
_BY_TYPE = (
    ("chart", ("drawingml.chart+xml", "chartex+xml")),
    ("image", ("image/png", "image/jpeg", "image/jpg", "image/gif", "image/x-emf", "image/x-wmf",
               "image/svg+xml", "image/bmp", "image/tiff")),
    ("table", (".table+xml",)),
    ("pivot_table", ("pivottable+xml",)),
    ("pivot_cache", ("pivotcachedefinition+xml",)),
    ("slicer", (".slicer+xml",)),
    ("timeline", (".timeline+xml",)),
    ("threaded_comments", ("threadedcomments+xml",)),
    ("macros", ("vbaproject",)),
    ("external_link", ("externallink+xml",)),
    ("connections", ("connections+xml",)),
    ("query_table", ("querytable+xml",)),
    ("form_control", ("controlproperties+xml",)),
    ("activex", ("activex+xml",)),
    ("embedded_object", ("oleobject", "package+xml")),
    ("printer_settings", ("printersettings",)),
    ("custom_xml", ("customxmlproperties+xml",)),
    ("rich_values", ("rdrichvalue+xml",)),
    ("dynamic_arrays", ("sheetmetadata+xml",)),
    ("custom_properties", ("custom-properties+xml",)),
    ("signature", ("xmlsignature+xml",)),
)  # fmt: skip
# What stands in a sheet around its rows, by the names of elements, x14 ones too.
_BY_ELEMENT = {
    "mergeCell": "merged_area",
    "cfRule": "conditional_format",
    "dataValidation": "validation",
    "hyperlink": "hyperlink",
    "sparkline": "sparkline",
    "autoFilter": "filter",
    "sheetProtection": "protection",
}
_ROWS_END = re.compile(rb"</(?:[\w.-]+:)?sheetData")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_NOT_BELOW = ("pivotCacheDefinition", "slicerCache", "worksheet")


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A part: its size in bytes as it is, and as the file holds it."""

    name: str
    content_type: str
    size: int
    compressed: int


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A table and its cells, or a defined name and its formula; `sheet` is "" for the book."""

    name: str
    sheet: str
    refers_to: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A sheet. `kind` is worksheet, chartsheet or dialogsheet; `area` "" where no cell is used.

    `features` counts what hangs on the sheet by feature; `problem` says why its cells cannot be
    read, if they cannot.
    """

    name: str
    kind: str
    state: State
    part: str
    area: str = ""
    cells: int = 0
    formulas: int = 0
    features: Mapping[str, int] = field(default_factory=dict)
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole workbook; `features` counts parts by feature, `writer` is what saved it last.

    `links` are the other files that its formulas read, as the package names them.
    """

    writer: str
    date1904: bool
    sheets: tuple[SheetFacts, ...]
    tables: tuple[NamedArea, ...]
    names: tuple[NamedArea, ...]
    links: tuple[str, ...]
    features: Mapping[str, int]
    parts: tuple[PartFacts, ...]


def contents(book: WorkbookModel) -> Contents:
    """What `book` holds as its file has it; pending changes are not told."""
    package = book.package
    entries = book.xml.sheets()
    models = {model.relationship: model for model in book.sheets()}
    sheets = [_sheet(package, entry, models.get(entry.relationship)) for entry in entries]
    names = (
        NamedArea(each.name, "" if each.scope is None else entries[each.scope].name, each.refers_to)
        for each in book.xml.names()
        if not each.hidden
    )
    tables = (
        NamedArea(table.name, model.entry.name, str(table.area))
        for model in models.values()
        for table in model.tables
    )
    parts = tuple(_part(package, name) for name in package.names())
    return Contents(
        _writer(package),
        book.xml.date1904,
        tuple(sheets),
        tuple(tables),
        tuple(names),
        tuple(_links(package)),
        _counted(map(feature_of, (part.content_type for part in parts))),
        parts,
    )


def feature_of(content_type: str) -> str:
    """The feature that a part of this content type belongs to; "" for plain bookkeeping."""
    kind = content_type.lower()
    return next((name for name, ends in _BY_TYPE if any(end in kind for end in ends)), "")


def _part(package: Package, name: str) -> PartFacts:
    size, compressed = package.size(name)
    return PartFacts(name, package.content_type(name) or "", size, compressed)


def _sheet(package: Package, entry: SheetEntry, model: SheetModel | None) -> SheetFacts:
    related = package.rels(package.workbook)
    kind = next((each.kind for each in related if each.id == entry.relationship), "")
    below = _below(package, entry.part) if entry.part in package else ()
    features = _counted(feature_of(package.content_type(part) or "") for part in below)
    if model is None:
        return SheetFacts(entry.name, kind, entry.state, entry.part, features=features)
    cells, formulas = _cells_and_formulas(package, entry.part)
    area, problem = "", None
    try:
        features = {**features, **_elements(model)}
        used = model.grid.used_area()
        area = str(used) if used else ""
    except WorkbookError as error:
        problem = error.problems[0]
    return SheetFacts(
        entry.name, kind, entry.state, entry.part, area, cells, formulas, features, problem
    )


def _elements(model: SheetModel) -> dict[str, int]:
    elements = splice.scan(model.grid.shell.data, deepest=99)
    found = dict(_counted(_BY_ELEMENT.get(each.local, "") for each in elements))
    notes = len(model.notes.cells())
    return {**found, "note": notes} if notes else found


def _below(package: Package, part: str) -> Iterator[str]:
    """The parts that only belong to a sheet: what it leads to, and what these lead to."""
    seen, waiting = {part}, [part]
    while waiting:
        for kind, target in relating.targets(package, waiting.pop()):
            if target not in seen and kind not in _NOT_BELOW:
                seen.add(target)
                waiting.append(target)
                yield target


def _links(package: Package) -> Iterator[str]:
    """Where the external links of a workbook lead."""
    for link in package.rels(package.workbook).of_type("externalLink"):
        yield from (each.target for each in package.rels(link.target) if each.external)


def _counted(features: Iterator[str]) -> dict[str, int]:
    counter = Counter(name for name in features if name)
    return {name: counter[name] for name in sorted(counter)}


def _cells_and_formulas(package: Package, part: str) -> tuple[int, int]:
    """How many cells and formulas the rows of a sheet have, which may be too large for memory."""
    data = package.read_large(part)
    cells, formulas, rest = 0, 0, b""
    for piece in pieces_of(splice.utf8(data) if isinstance(data, bytes) else data):
        text = rest + piece
        end = _ROWS_END.search(text)
        cut = end.start() if end else text.rfind(b"<")  # a tag may go on in the next piece
        cells += len(_CELL.findall(text, 0, cut))
        formulas += len(_FORMULA.findall(text, 0, cut))
        if end:
            break
        rest = text[cut:]
    return cells, formulas


def _writer(package: Package) -> str:
    part = package.related("", "extended-properties")
    if part is None:
        return ""
    root = package.tree(part)
    texts = {local_name(each): each.text or "" for each in root}
    return " ".join(filter(None, (texts.get("Application", ""), texts.get("AppVersion", ""))))
