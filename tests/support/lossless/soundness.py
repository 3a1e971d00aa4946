"""Is a package sound? XML well-formed, prefixes bound, names and ids unique, targets there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from lossless.files import File, local, parse

_XML = (".xml", ".rels", ".vml")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def faults(file: File) -> set[str]:
    """What is wrong with a package, as texts that two packages can be compared by."""
    return set(_faults(file))


def _faults(file: File) -> Iterator[str]:
    yield from _twice("part", file.names)
    trees = {}
    for name, data in file.parts.items():
        if name.endswith(_XML):
            try:
                trees[name] = parse(data)
            except etree.XMLSyntaxError as error:
                yield f"{name}: {error.msg}"
    for name, root in trees.items():
        yield from _unbound(name, root)
        yield from _broken_relations(file, name, root)
    yield from _content_types(file, trees)
    yield from _names(file, trees)


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what} {name} twice"


def _unbound(name: str, root: etree._Element) -> Iterator[str]:
    """Prefixes that mc attributes name but nothing binds."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        prefixes = element.get(f"{_MC}Ignorable", "").split()
        if element.tag == f"{_MC}Choice":
            prefixes += element.get("Requires", "").split()
        for prefix in prefixes:
            if prefix not in element.nsmap:
                yield f"{name}: prefix {prefix} is not bound"


def _broken_relations(file: File, name: str, root: etree._Element) -> Iterator[str]:
    relations = file.relations(name)
    ids = [each.id for each in relations]
    yield from _twice(f"{name}: relationship", ids)
    for each in relations:
        if not each.external and not each.target.startswith("#") and each.target not in file.parts:
            yield f"{name}: no part {each.target}"
    if local(root) == "Relationships":
        return
    for element in root.iter(etree.Element):
        for attribute, value in element.items():
            if str(attribute).startswith(f"{{{_OFFICE}") and value and value not in ids:
                yield f"{name}: {local(element)} has no relationship {value}"


def _content_types(file: File, trees: dict[str, etree._Element]) -> Iterator[str]:
    types = trees.get("[content_types].xml")
    if types is None:
        yield "no content types"
        return
    overrides = [each.get("PartName", "").lower() for each in types.iterfind("{*}Override")]
    defaults = {each.get("Extension", "").lower() for each in types.iterfind("{*}Default")}
    yield from _twice("content type of", overrides)
    for name in file.parts:
        known = f"/{name}" in overrides or name.rpartition(".")[2] in defaults
        if not known and name != "[content_types].xml":
            yield f"{name}: no content type"


def _names(file: File, trees: dict[str, etree._Element]) -> Iterator[str]:
    workbook = trees[file.workbook]
    sheets = workbook.findall("{*}sheets/{*}sheet")
    yield from _twice("sheet", (each.get("name", "").casefold() for each in sheets))
    yield from _twice("sheet id", (each.get("sheetId", "") for each in sheets))
    names = [
        (each.get("name", "").casefold(), each.get("localSheetId"))
        for each in workbook.iterfind("{*}definedNames/{*}definedName")
    ]
    yield from _twice("defined name", map(str, names))
    tables = [root for root in trees.values() if local(root) == "table"]
    titles = [each.get("displayName", "").casefold() for each in tables]
    yield from _twice("table or name", [*titles, *(name for name, scope in names if not scope)])
    yield from _twice("table id", (each.get("id", "") for each in tables))
    for name, root in trees.items():
        if local(root) == "wsDr":
            shapes = (each.get("id", "") for each in root.iter("{*}cNvPr"))
            yield from _twice(f"{name}: shape", shapes)
