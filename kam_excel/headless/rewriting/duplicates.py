"""A sheet's parts once more: with it what it leads to, under new names and ids."""

from __future__ import annotations

import posixpath
import re
import uuid

from kam_excel.headless.package import partnames, relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.rewriting import markup
from kam_excel.headless.rewriting.changes import Change
from kam_excel.headless.xml import splice

# Kinds of relationships whose targets are one for the whole workbook.
_SHARED = frozenset(
    "image pivotCacheDefinition slicerCache timelineCache hyperlink audio video media".split()
)
# What we could not copy without making two of something that has to be one.
UNIQUE = frozenset("slicer timeline queryTable tableSingleCells customProperty".split())
_NUMBERED = re.compile(r"(.*?)\d*(\.[^.]*)")
_UID = re.compile(rb'\s[\w.-]+:uid="\{[^"]*\}"')
# The ids of threads, and the authors of the notes that stand for them.
_THREAD = re.compile(r'(\s(?:id|parentId)="|author>tc=)(\{[0-9A-Fa-f-]{36}\})')


class Duplicator:
    """Copies the parts that a sheet leads to, and tells which of them are called what."""

    def __init__(self, package: Package, sheet: str, copy: str) -> None:
        self._package = package
        self._copies = {sheet: copy}
        self._guids: dict[str, str] = {}
        self._collect(sheet)

    def _collect(self, part: str) -> None:
        for kind, target in relating.targets(self._package, part):
            if kind not in _SHARED and target not in self._copies:
                self._copies[target] = self._free_name(target)
                self._collect(target)

    def _free_name(self, part: str) -> str:
        folder, base = posixpath.split(part)
        match = _NUMBERED.fullmatch(base)
        stem, extension = match.groups() if match else (base, "")
        number = 1
        taken = {partnames.key(name) for name in self._copies.values()}
        while True:
            name = posixpath.join(folder, f"{stem}{number}{extension}")
            if name not in self._package and partnames.key(name) not in taken:
                return name
            number += 1

    def tables(self) -> list[str]:
        """The copied parts that are tables, by their names as copies."""
        return [copy for part, copy in self._copies.items() if self._root(part) == "table"]

    def _root(self, part: str) -> str:
        if partnames.extension(part) != "xml":
            return ""
        return markup.root_name(self._package.read(part))

    def write(self, change: Change, name: str) -> None:
        """Write the copies, in which `change` has happened; `name` is the new sheet's."""
        for part, copy in self._copies.items():
            data = self._package.read(part)
            root = self._root(part)
            if partnames.extension(part) == "vml":
                root = "xml"
            if markup.holds_formulas(root):
                data = markup.rewritten(data, name, change, part)
            if root in ("comments", "ThreadedComments"):
                data = self._renewed(data)
            if root in ("worksheet", "table", "pivotTableDefinition"):
                data = _without_uid(data)
            self._package.write(copy, data, self._package.content_type(part))
            self._relate(part, copy)

    def _renewed(self, data: bytes) -> bytes:
        """Threads under ids of their own; notes that stand for them name the same."""

        def renewed(match: re.Match[str]) -> str:
            old = match[2]
            if old not in self._guids:
                made = uuid.uuid5(uuid.NAMESPACE_URL, f"{old}{self._first}")
                self._guids[old] = f"{{{str(made).upper()}}}"
            return match[1] + self._guids[old]

        return _THREAD.sub(renewed, splice.utf8(data).decode()).encode()

    @property
    def _first(self) -> str:
        return next(iter(self._copies.values()))

    def _relate(self, part: str, copy: str) -> None:
        rels = partnames.rels_name(part)
        if rels not in self._package:
            return
        data = splice.utf8(self._package.read(rels))
        edits = []
        for element in splice.scan(data):
            target = element.attributes.get("Target", "")
            if (
                element.local != "Relationship"
                or element.attributes.get("TargetMode") == "External"
            ):
                continue
            found = self._package.find(partnames.resolve(part, target))
            if found is not None:
                new = partnames.relative(copy, self._copies.get(found, found))
                edits.append(splice.set_attribute(data, element, "Target", new))
        self._package.write(partnames.rels_name(copy), splice.apply(data, edits))


def _without_uid(data: bytes) -> bytes:
    """A part whose root has no id of its own: Excel gives it another."""
    root = splice.scan(data, 0)[0]
    return data[: root.start] + _UID.sub(b"", data[root.start : root.inner]) + data[root.inner :]


def kinds(package: Package, sheet: str) -> set[str]:
    """The kinds of parts that a sheet leads to."""
    found: set[str] = set()
    waiting, seen = [sheet], {sheet}
    while waiting:
        for each in package.rels(waiting.pop()):
            found.add(each.kind)
            target = None if each.external else package.find(each.target)
            if target is not None and target not in seen:
                seen.add(target)
                waiting.append(target)
    return found
