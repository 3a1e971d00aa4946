"""Elements that apply to cells (rules, validations): where, and how their formulas follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from kam_excel.headless.areas import Areas, areas_text, corner, parse_areas
from kam_excel.headless.formulas import shift
from kam_excel.headless.nodes import Node
from kam_excel.headless.shell import Shell
from kam_excel.headless.splice import Edit, append_child, set_attribute

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


def put_extension(shell: Shell, root: Node, uri: str, container: str, markup: str) -> None:
    """Append `markup` to the extension `container`, which is made in front where it is missing.

    Excel's own order of extensions is: conditional formats, validations, whatever else.
    """
    found = root.all("extLst", "ext", container)
    if found:
        shell.edit(append_child(shell.data, found[-1].element, markup.encode()))
        return
    tag = f"{shell.prefix}ext"
    inside = f"<x14:{container}>{markup}</x14:{container}>"
    extension = f'<{tag} xmlns:x14="{X14}" uri="{uri}">{inside}</{tag}>'
    existing = shell.child("extLst")
    if existing is None or existing.empty:
        shell.append("extLst", extension)
    else:
        shell.edit(Edit(existing.inner, existing.inner, extension.encode()))
