"""A column of cells as XML, made at once: each as `cellxml.cell` makes it by itself."""

from __future__ import annotations

from collections.abc import Sequence

from kam_excel.headless.cells import cellxml

Plain = float | str | bool | None
PLAIN = frozenset([float, str, bool, type(None)])


def column_cells(
    prefix: str,
    letters: str,
    rows: Sequence[str],
    contents: Sequence[Plain],
    styles: Sequence[int],
    absent: Sequence[bool],
) -> list[str]:
    """The cells of the column `letters`, in rows named by their numbers; "" for absent ones."""
    start = f'<{prefix}c r="{letters}'
    marked = {style: f'"{_style(style)}' for style in set(styles)}
    cells = [
        f"{start}{row}{marked[style]}{tail}"
        for row, style, tail in zip(rows, styles, _tails(prefix, contents), strict=True)
    ]
    if any(absent):
        return ["" if gone else cell for cell, gone in zip(cells, absent, strict=True)]
    return cells


def _style(style: int) -> str:
    return f' s="{style}"' if style else ""


def _tails(prefix: str, contents: Sequence[Plain]) -> list[str]:
    """What follows address and style in each cell."""
    before, behind = f"><{prefix}v>", f"</{prefix}v></{prefix}c>"
    others: set[Plain] = {each for each in contents if each.__class__ is not float}
    known = {each: _tail(prefix, each) for each in others}
    if len(others) == 0:
        return [f"{before}{repr(each).removesuffix('.0')}{behind}" for each in contents]
    return [
        known[each]
        if each.__class__ is not float
        else f"{before}{repr(each).removesuffix('.0')}{behind}"
        for each in contents
    ]


def _tail(prefix: str, content: Plain) -> str:
    return cellxml.cell(prefix, "", 0, content).removeprefix(f'<{prefix}c r=""')
