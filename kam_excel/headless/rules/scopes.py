"""Elements that apply to cells (rules, validations): where, and how their formulas follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from kam_excel.headless.references.areas import Areas, areas_text, corner, parse_areas
from kam_excel.headless.references.filling import shift
from kam_excel.headless.rules.outline import EXTENSIONS, Outline
from kam_excel.headless.xml.nodes import Node, append
from kam_excel.headless.xml.splice import Edit, set_attribute

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def areas_of(node: Node) -> Areas:
    """The areas of an element: its attribute, or its child in the extensions of Excel 2010."""
    return parse_areas(node.attributes.get("sqref") or node.text_of("sqref"))


def rescoped(node: Node, areas: Areas, formulas: Iterable[Node]) -> Iterator[Edit]:
    """Edits that let an element apply to `areas`; its formulas still mean the same cells."""
    old = areas_of(node)
    text = areas_text(areas)
    sqref = node.first("sqref")
    if sqref is None:
        yield set_attribute(node.data, node.element, "sqref", text)
    else:
        yield Edit(sqref.element.inner, sqref.element.inner_end, text.encode())
    (row, column), (old_row, old_column) = corner(areas), corner(old)
    for formula in formulas:
        given = formula.text
        moved = shift(given, row - old_row, column - old_column)
        if moved != given:
            yield Edit(formula.element.inner, formula.element.inner_end, escape(moved).encode())


def in_extension(outline: Outline, uri: str, container: str, markup: str) -> Edit:
    """Append `markup` to the extension `container`, which is made in front where it is missing.

    Excel's own order of extensions is: conditional formats, validations, whatever else.
    """
    found = outline.root.all(EXTENSIONS, "ext", container)
    if found:
        return append(found[-1], markup)
    inside = f"<x14:{container}>{markup}</x14:{container}>"
    tag = f"{outline.prefix}ext"
    extension = f'<{tag} xmlns:x14="{X14}" uri="{uri}">{inside}</{tag}>'
    existing = outline.root.first(EXTENSIONS)
    if existing is None:
        tag = f"{outline.prefix}{EXTENSIONS}"
        return outline.place(EXTENSIONS, f"<{tag}>{extension}</{tag}>")
    if existing.element.empty:
        return append(existing, extension)
    return Edit(existing.element.inner, existing.element.inner, extension.encode())
