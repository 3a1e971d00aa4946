"""Is everything still there? Untouched parts byte by byte, touched ones element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from lossless.edits import Touched
from lossless.files import File, local, parse, rels_of

# Attributes that follow from what was added, by element.
_FOLLOWS = {
    "dimension": {"ref"},
    "row": {"spans"},
    "calcPr": {"fullCalcOnLoad", "calcCompleted"},
    "f": {"ca"},  # compute it at the next chance
    "workbookView": {"activeTab", "firstSheet"},
    "definedName": {"localSheetId"},
    "cfRule": {"priority"},  # of Excel 2010 too
}
_MAIN = (
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}",
)
_CELL = re.compile(r"([A-Z]+)([0-9]+)")

Mark = tuple[str, tuple[tuple[str, str], ...], str]


def losses(before: File, after: File, touched: Touched) -> list[str]:
    """What of `before` is not in `after` any more."""
    if not touched.decorated and touched.sheet is None:
        return [] if before.parts == after.parts else ["changed, though nothing was"]
    bookkeeping, sheets = _bookkeeping(before), _touched_sheets(before, touched)
    found = []
    for name, data in before.parts.items():
        if name not in after.parts:
            found += [] if _is_calculation_chain(before, name) else [f"{name}: gone"]
        elif data != after.parts[name]:
            if name in bookkeeping or name in sheets:
                found += _lost_elements(name, data, after.parts[name], touched)
            else:
                found.append(f"{name}: other bytes")
    return found


def _bookkeeping(file: File) -> set[str]:
    kinds = {"styles"}
    styles = {each.target for each in file.relations(file.workbook) if each.kind in kinds}
    return {"[content_types].xml", file.workbook, rels_of(file.workbook)} | styles


def _touched_sheets(file: File, touched: Touched) -> set[str]:
    sheets = file.sheets()
    if not touched.decorated:
        return {sheets[touched.sheet]} if touched.sheet else set()
    found = set()
    for part in sheets.values():
        drawings = {each.target for each in file.relations(part) if each.kind == "drawing"}
        for each in {part} | drawings:
            found |= {each, rels_of(each)}
    return found


def _is_calculation_chain(file: File, name: str) -> bool:
    return any(
        each.kind == "calcChain" and each.target == name for each in file.relations(file.workbook)
    )


def _lost_elements(name: str, before: bytes, after: bytes, touched: Touched) -> list[str]:
    """The first element of `before` that `after` does not have in its order."""
    there = _marks(parse(after), touched)
    for mark in _marks(parse(before), touched):
        if "calcChain" in str(mark):
            continue
        if not any(mark == each for each in there):
            return [f"{name}: {mark} is not there, or not in its place"]
    return []


def _marks(root: etree._Element, touched: Touched) -> Iterator[Mark]:
    row = column = 0
    own: set[etree._Element] = set()
    for element in root.iter():
        is_main = str(element.tag).startswith(_MAIN)
        name = local(element) if is_main else ""
        given = {str(k): str(v) for k, v in element.items() if k not in _FOLLOWS.get(name, ())}
        given.pop("count", None)
        if name == "row":
            row, column = int(given.get("r", row + 1)), 0
            given["r"] = str(row)
        elif name == "c" and local(element.getparent()) == "row":
            column = _column(given["r"]) if "r" in given else column + 1
            given["r"] = f"{column},{row}"
            if (row, column) == (touched.row, touched.column):
                own = set(element.iter())
        if element in own:
            continue
        yield str(element.tag), tuple(sorted(given.items())), (element.text or "").strip()


def _column(address: str) -> int:
    match = _CELL.fullmatch(address.upper())
    letters = match[1] if match else ""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
