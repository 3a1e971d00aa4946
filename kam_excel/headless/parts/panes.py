"""The view of a sheet: frozen panes and gridlines."""

from __future__ import annotations

import re

from kam_excel.headless.references.addressing import cell_name
from kam_excel.headless.xml import splice
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
    return _view(shell).attributes.get("showGridLines") not in ("0", "false")


def show_gridlines(shell: Shell, value: bool) -> None:
    """Show or hide the gridlines."""
    if shows_gridlines(shell) != value:
        shell.set_attribute(_view(shell), "showGridLines", str(int(value)))
