"""A change carried through all parts of a package: what becomes of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from kam_excel.headless.package import partnames, relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.parts.workbook import SheetEntry
from kam_excel.headless.references.names import same_name
from kam_excel.headless.rewriting import markup
from kam_excel.headless.rewriting.changes import Change
from kam_excel.headless.xml import splice

# Parts that hold no reference and may be large.
_WITHOUT = ("sharedstrings", "styles", "theme", "pivotcacherecords", "calcchain", "externallink")


def rewritten(
    package: Package, sheets: list[SheetEntry], change: Change, exempt: Collection[str] = ()
) -> dict[str, bytes]:
    """The parts that `change` concerns, as they are afterwards; nothing is written yet."""
    homes = homes_of(package, sheets)
    found: dict[str, bytes] = {}
    for part in package.names():
        if part in exempt or not may_refer(part):
            continue
        data, home = package.read(part), homes.get(part, "")
        root = markup.root_name(data)
        if not may_concern(data, home, change.word):
            continue
        if root == "workbook" and part == package.workbook:
            after = markup.rewritten_names(data, [each.name for each in sheets], change)
        elif markup.holds_formulas(root):
            after = markup.rewritten(data, home, change, part)
        else:
            continue
        if after != data:
            found[part] = after
    return found


def may_refer(part: str) -> bool:
    """Whether it is worth looking into a part."""
    name = part.lower()
    if partnames.extension(name) not in ("xml", "vml") or "/_rels/" in name:
        return False
    return not any(each in name for each in _WITHOUT)


def may_concern(data: bytes, home: str, word: str) -> bool:
    """A quick test on the longest run of letters and digits in a name that must occur."""
    if not word or same_name(home, word) or b"&#" in data:
        return True
    probe = max(re.findall(r"\w+", word), key=len, default="")
    return probe.casefold() in splice.utf8(data).decode("utf-8", "replace").casefold()


def homes_of(package: Package, sheets: list[SheetEntry]) -> Mapping[str, str]:
    """The names of sheets by the parts that lead from them: tables, drawings, charts, controls."""
    homes: dict[str, str] = {}
    for sheet in sheets:
        part = package.find(sheet.part)
        waiting = [] if part is None else [part]
        while waiting:
            part = waiting.pop()
            if part not in homes:
                homes[part] = sheet.name
                waiting += [target for _, target in relating.targets(package, part)]
    return homes
