"""Who refers to a sheet: formulas, charts, validations, pivot caches and links, by its name."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape

from kam_excel.headless.package import partnames
from kam_excel.headless.package.parts import Package
from kam_excel.headless.references.addressing import quote_sheet

_FORMULA = re.compile(
    r"<(?:[\w.-]+:)?(?:f|formula|formula1|formula2|definedName|calculatedColumnFormula|"
    r"totalsRowFormula)\b[^>]*>([^<]+)<"
)
_WITHOUT_REFERENCES = ("sharedstrings.xml", "styles.xml", "[content_types].xml")


@lru_cache
def _pattern(sheet: str) -> re.Pattern[str]:
    quoted = re.escape(sheet.replace("'", "''"))
    cell_reference = rf"(?<![\w.]){quoted}'?(?:!|:[^!<>\"(),]+!)"
    return re.compile(f"{cell_reference}|sheet=[\"']{re.escape(escape(sheet))}[\"']", re.IGNORECASE)


def refers(text: str, sheet: str) -> bool:
    """Whether a formula, or XML with its entities undone, refers to `sheet`."""
    return _pattern(sheet).search(text) is not None


def renamed(text: str, sheet: str, name: str) -> str:
    """A formula whose references to `sheet` lead to `name`; several sheets in a row stay."""
    quoted = re.escape(sheet.replace("'", "''"))
    pattern = re.compile(rf"(?<![\w.\]'])(?:'{quoted}'|{quoted})!", re.IGNORECASE)
    return pattern.sub(lambda _: f"{quote_sheet(name)}!", text)


def mentions(package: Package, part: str, sheet: str) -> bool:
    """Whether the XML of a part refers to `sheet`; properties and texts don't count."""
    return _may_refer(part) and refers(_plain(package.read(part)), sheet)


def table_users(package: Package, table: str) -> list[str]:
    """The parts in which a formula refers to a table by its name."""
    pattern = re.compile(rf"(?<![\w.\"']){re.escape(table)}(?![\w.\"'])", re.IGNORECASE)
    parts = (name for name in package.names() if _may_refer(name))
    return [part for part in parts if pattern.search(_formulas(_plain(package.read(part))))]


def _may_refer(part: str) -> bool:
    name = part.lower()
    if not name.startswith("xl/") or partnames.extension(name) != "xml":
        return False
    return not name.endswith(_WITHOUT_REFERENCES) and "/theme/" not in name


def _plain(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    for entity, character in (("&apos;", "'"), ("&#39;", "'"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _formulas(xml: str) -> str:
    """The contents of elements that hold formulas, one on each line."""
    return "\n".join(_FORMULA.findall(xml))


def own_parts(package: Package, part: str) -> set[str]:
    """`part` and the parts that only it leads to: its tables, drawings, charts, comments."""
    owned = {part}
    waiting = [part]
    while waiting:
        for each in package.rels(waiting.pop()):
            target = None if each.external else package.find(each.target)
            if target and target not in owned and target.startswith("xl/"):
                owned.add(target)
                waiting.append(target)
    shared = _reached_from_elsewhere(package, owned, part)
    return owned - shared


def _reached_from_elsewhere(package: Package, owned: set[str], sheet: str) -> set[str]:
    """Those of `owned` that parts outside of it lead to, and all that these lead to."""
    outside = [""] + [name for name in package.names() if name not in owned]
    found: set[str] = set()
    while outside:
        for each in package.rels(outside.pop()):
            target = None if each.external else package.find(each.target)
            if target in owned and target not in found and target != sheet:
                found.add(target)
                outside.append(target)
    return found
