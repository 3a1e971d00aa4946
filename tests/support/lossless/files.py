"""A package as its parts, read with the standard library and lxml, by no code of the engine."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def key(name: str) -> str:
    """What the spellings of one part name share."""
    return unquote(name.replace("\\", "/").lstrip("/")).lower()


def parse(data: bytes) -> etree._Element:
    """The root of a part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, parser)


def local(element: etree._Element) -> str:
    """The name without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


@dataclass(frozen=True)
class Relation:
    """A relationship of a part; `target` is the key of a part, or the address if external."""

    id: str
    kind: str
    target: str
    external: bool


class File:
    """The parts of a workbook by their keys."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            infos = [each for each in archive.infolist() if not each.is_dir()]
            self.parts = {key(each.orig_filename): archive.read(each) for each in reversed(infos)}
            self.names = [key(each.orig_filename) for each in infos]

    @cached_property
    def workbook(self) -> str:
        """The workbook part."""
        return next(each.target for each in self.relations("") if each.kind == "officeDocument")

    def relations(self, part: str) -> list[Relation]:
        """The relationships of `part`; those of the package for ""."""
        data = self.parts.get(rels_of(part))
        if data is None:
            return []
        return [_relation(part, each) for each in parse(data).iter(RELATIONSHIPS)]

    def sheets(self) -> dict[str, str]:
        """The part of each sheet, by name."""
        relations = {each.id: each for each in self.relations(self.workbook)}
        found = {}
        for sheet in parse(self.parts[self.workbook]).iterfind("{*}sheets/{*}sheet"):
            id_ = next(value for name, value in sheet.items() if name.endswith("}id"))
            if id_ in relations:
                found[sheet.get("name", "")] = relations[id_].target
        return found


def rels_of(part: str) -> str:
    """The part that holds the relationships of `part`."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _relation(part: str, element: etree._Element) -> Relation:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external and not target.startswith("#"):
        path = posixpath.join("/", posixpath.dirname(part), target.replace("\\", "/"))
        target = key(posixpath.normpath(path))
    kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
    return Relation(element.get("Id", ""), kind, target, external)
