"""The view of a sheet: frozen panes and gridlines."""

from __future__ import annotations

import re

from kam_excel.headless.references.addressing import Area, cell_name, parse_area
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import Node, tree
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import Element

_PANE = re.compile(rb"<(?:[\w.-]+:)?pane\b[^>]*?(?:/>|></(?:[\w.-]+:)?pane>)")
_SELECTION = re.compile(rb"<(?:[\w.-]+:)?selection\b[^>]*?(?:/>|></(?:[\w.-]+:)?selection>)")


def _view(shell: Shell) -> Element:
    if not shell.items("sheetViews", "sheetView"):
        shell.append("sheetViews", f'<{shell.prefix}sheetView workbookViewId="0"/>')
    return shell.items("sheetViews", "sheetView")[0]


def freeze(shell: Shell, rows: int, columns: int) -> None:
    """Freeze the first `rows` and `columns`; 0 and 0 unfreeze."""
    view = _view(shell)
    inner = shell.inner(view)
    pane = _pane(shell.prefix, rows, columns).encode()
    if _PANE.findall(inner) == ([pane] if pane else []):
        return
    rest = _SELECTION.sub(b"", _PANE.sub(b"", inner))
    p = shell.prefix.encode()
    tag = shell.data[view.start : view.inner]
    opening = tag[:-2].rstrip() + b">" if view.empty else tag
    content = pane + rest
    closing = b"</%bsheetView>" % p
    shell.edit(splice.Edit(view.start, view.end, opening + content + closing))


def _pane(prefix: str, rows: int, columns: int) -> str:
    if not rows and not columns:
        return ""
    split = f' xSplit="{columns}"' if columns else ""
    split += f' ySplit="{rows}"' if rows else ""
    active = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    first = cell_name(rows + 1, columns + 1)
    return f'<{prefix}pane{split} topLeftCell="{first}" activePane="{active}" state="frozen"/>'


def shows_gridlines(shell: Shell) -> bool:
    """Whether the sheet shows its gridlines."""
    views = shell.items("sheetViews", "sheetView")
    return not views or views[0].attributes.get("showGridLines") not in ("0", "false")


def selection(shell: Shell) -> Area:
    """The cells that are selected when the file is opened, the first of several areas."""
    views = shell.items("sheetViews", "sheetView")
    inner = tree(shell.outer(views[0])) if views else None
    panes = {} if inner is None else {_pane_of(each): each for each in inner.all("selection")}
    frozen = None if inner is None else inner.first("pane")
    active = "topLeft" if frozen is None else frozen.attributes.get("activePane", "topLeft")
    found = panes.get(active)
    ref = "A1" if found is None else found.attributes.get("sqref", "A1")
    return parse_area(ref.split()[0])


def _pane_of(selection: Node) -> str:
    return selection.attributes.get("pane", "topLeft")


def show_gridlines(shell: Shell, value: bool) -> None:
    """Show or hide the gridlines."""
    if shows_gridlines(shell) != value:
        shell.set_attribute(_view(shell), "showGridLines", str(int(value)))
