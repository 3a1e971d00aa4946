"""Formulas in the XML of a part: which elements and attributes hold them, by what the part is.

Elements and attributes are found as text, so that all else keeps its bytes. Sources: ECMA-376
part 1, 18.3, 18.5, 18.10, 18.13, 20.5, 21.2; [MS-XLSX] 2.6 (x14, x15); [MS-ODRAWXML] 2.24 (cx).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from kam_excel.headless.cells.cellxml import read_text
from kam_excel.headless.cells.sheetxml import unusual
from kam_excel.headless.cells.strings import escape, unescape
from kam_excel.headless.rewriting.changes import Change
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.splice import attribute_text

Edit = Callable[[str], str]

# The elements of a part, by its root, whose text is a formula.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "worksheet": ("f", "formula", "formula1", "formula2"),
    "dialogsheet": ("f",),
    "macrosheet": ("f", "formula", "formula1", "formula2"),
    "workbook": ("definedName",),
    "table": ("calculatedColumnFormula", "totalsRowFormula"),
    "chartSpace": ("f", "sqref"),
    "xml": ("FmlaLink", "FmlaRange", "FmlaTxbx", "FmlaGroup", "FmlaPict"),
}
# (element, attribute) of a part, by its root, whose value is a formula.
ATTRIBUTES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "worksheet": (
        ("cfvo", "val"),
        ("hyperlink", "location"),
        ("controlPr", "linkedCell"),
        ("controlPr", "listFillRange"),
        ("objectPr", "linkedCell"),
        ("webPublishItem", "sourceRef"),
    ),
    "wsDr": (("sp", "textlink"),),
    "userShapes": (("sp", "textlink"),),
    "formControlPr": (
        ("formControlPr", "fmlaLink"),
        ("formControlPr", "fmlaRange"),
        ("formControlPr", "fmlaTxbx"),
        ("formControlPr", "fmlaGroup"),
    ),
    "connections": (("parameter", "cell"), ("rangePr", "sourceName")),
    "pivotCacheDefinition": (("worksheetSource", "name"), ("rangeSet", "name")),
}
# Elements that name a sheet and cells of it in two attributes, by the root of the part.
SOURCES: Mapping[str, tuple[str, ...]] = {
    "worksheet": ("dataRef",),
    "pivotCacheDefinition": ("worksheetSource", "rangeSet"),
}
_INSIDE_TAG = r"""(?:[^<>"']|"[^"]*"|'[^']*')*?"""
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
# A formula of a sheet outside of its cells, and whether a sparkline draws it.
_AROUND = re.compile(
    r"(?P<sparkline><(?:[\w.-]+:)?sparkline>\s*)?"
    rf"(?P<tag><(?:[\w.-]+:)?(?:{'|'.join(TEXTS['worksheet'])})(?:\s{_INSIDE_TAG})?(?<!/)>)"
    r"(?P<text>[^<]+)(?=</)"
)
_SCOPE = re.compile(r'\blocalSheetId\s*=\s*["\'](\d+)')


def root_name(data: bytes) -> str:
    """The local name of a part's root, "" where there is none."""
    start = data[:4096]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = splice.utf8(start)
    found = _ROOT.search(start)
    return found[1].decode() if found else ""


def holds_formulas(root: str) -> bool:
    """Whether parts with this root may refer to cells."""
    return root in TEXTS or root in ATTRIBUTES or root in SOURCES


def rewritten(data: bytes, home: str, change: Change, part: str) -> bytes:
    """A part after `change`; the same bytes where nothing in it is concerned.

    Raises WorkbookError where the part is not in the encoding that it declares.
    """
    root = root_name(data)
    try:
        text = splice.utf8(data).decode()
    except (UnicodeDecodeError, LookupError) as error:
        raise unusual(part, str(error)) from error

    def formula(old: str) -> str:
        return change.formula(old, home)

    after = with_texts(text, TEXTS[root], formula) if root in TEXTS else text
    after = _with_all_attributes(after, root, formula, change)
    return data if after == text else after.encode()


def rewritten_around(data: bytes, home: str, change: Change, rules: Change) -> bytes:
    """What surrounds the rows of a sheet, where `rules`, which are for many cells, change apart."""
    text = data.decode()

    def edit(match: re.Match[str]) -> str:
        which = change if match["sparkline"] else rules
        new = edited(match["text"], lambda old: which.formula(old, home))
        return f"{match['sparkline'] or ''}{match['tag']}{new}"

    after = _AROUND.sub(edit, text)
    after = _with_all_attributes(
        after, root_name(data), lambda old: change.formula(old, home), change
    )
    return data if after == text else after.encode()


def rewritten_attributes(data: bytes, home: str, change: Change) -> bytes:
    """A part of which only attributes are rewritten."""
    text = data.decode()
    after = _with_all_attributes(
        text, root_name(data), lambda old: change.formula(old, home), change
    )
    return data if after == text else after.encode()


def _with_all_attributes(text: str, root: str, formula: Edit, change: Change) -> str:
    for element, attribute in ATTRIBUTES.get(root, ()):
        text = with_attributes(text, element, attribute, formula)
    for element in SOURCES.get(root, ()):
        text = _with_sources(text, element, change)
    return text


def rewritten_names(data: bytes, homes: list[str], change: Change) -> bytes:
    """The workbook part after `change`; `homes` are the sheets, to which names may belong."""
    text = splice.utf8(data).decode()

    def replaced(match: re.Match[str]) -> str:
        scope = _SCOPE.search(match[1])
        home = homes[int(scope[1])] if scope and int(scope[1]) < len(homes) else ""
        return match[1] + edited(match[2], lambda old: change.name(old, home)) + match[3]

    after = _texts(TEXTS["workbook"]).sub(replaced, text)
    return data if after == text else after.encode()


def with_texts(text: str, elements: tuple[str, ...], edit: Edit) -> str:
    """XML with the text of elements edited."""
    return _texts(elements).sub(lambda match: match[1] + edited(match[2], edit) + match[3], text)


def edited(data: str, edit: Edit) -> str:
    """Character data edited as the text that it stands for; as it was where that stays."""
    old = read_text(data)
    new = edit(old)
    return data if new == old else escape(new)


@lru_cache
def _texts(elements: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(elements)
    return re.compile(rf"(<(?:[\w.-]+:)?(?:{names})(?:\s{_INSIDE_TAG})?(?<!/)>)([^<]+)(</)")


def with_attributes(text: str, element: str, attribute: str, edit: Edit) -> str:
    """XML with an attribute of elements edited."""

    def replaced(match: re.Match[str]) -> str:
        old = unescape(match[2][1:-1])
        new = edit(old)
        return match[0] if new == old else f'{match[1]}"{attribute_text(new)}"'

    return _attribute(element, attribute).sub(replaced, text)


@lru_cache
def _attribute(element: str, attribute: str) -> re.Pattern[str]:
    start = rf"<(?:[\w.-]+:)?{element}\b{_INSIDE_TAG}\s{attribute}\s*=\s*"
    return re.compile(rf"""({start})("[^"]*"|'[^']*')""")


@lru_cache
def _tag(element: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:[\w.-]+:)?{element}\b{_INSIDE_TAG}>")


def _with_sources(text: str, element: str, change: Change) -> str:
    def replaced(match: re.Match[str]) -> str:
        sheet, ref = (_value(match[0], element, name) for name in ("sheet", "ref"))
        if sheet is None or re.search(r":id\s*=", match[0]):
            return match[0]
        new_sheet, new_ref = change.source(sheet, ref or "")
        tag = with_attributes(match[0], element, "sheet", lambda _: new_sheet)
        return with_attributes(tag, element, "ref", lambda _: new_ref)

    return _tag(element).sub(replaced, text)


def _value(tag: str, element: str, attribute: str) -> str | None:
    found = _attribute(element, attribute).search(tag)
    return unescape(found[2][1:-1]) if found else None
