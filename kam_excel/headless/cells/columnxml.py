"""A column of cells as XML, made at once: each as `cellxml.cell` makes it by itself."""

from __future__ import annotations

from collections.abc import Sequence, Set

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.strings import needs_escape

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
    tails = _tails(prefix, contents)
    if len(marked) == 1:
        mark = marked[styles[0]]
        cells = [f"{start}{row}{mark}{tail}" for row, tail in zip(rows, tails, strict=True)]
    else:
        cells = [
            f"{start}{row}{marked[style]}{tail}"
            for row, style, tail in zip(rows, styles, tails, strict=True)
        ]
    if any(absent):
        return ["" if gone else cell for cell, gone in zip(cells, absent, strict=True)]
    return cells


def _style(style: int) -> str:
    return f' s="{style}"' if style else ""


def _tails(prefix: str, contents: Sequence[Plain]) -> list[str]:
    """What follows address and style in each cell."""
    before, behind = f"><{prefix}v>", f"</{prefix}v></{prefix}c>"
    if set(map(type, contents)) == {float}:
        return [f"{before}{repr(each).removesuffix('.0')}{behind}" for each in contents]
    known = _known(prefix, {each for each in contents if each.__class__ is not float})
    return [
        known[each]
        if each.__class__ is not float
        else f"{before}{repr(each).removesuffix('.0')}{behind}"
        for each in contents
    ]


def _known(prefix: str, contents: Set[Plain]) -> dict[Plain, str]:
    """The tails of texts, truth values and empty cells."""
    texts = [each for each in contents if isinstance(each, str)]
    if needs_escape("\n".join(texts)) or any(text != text.strip() for text in texts):
        return {each: _tail(prefix, each) for each in contents}
    p = prefix
    before, behind = f' t="inlineStr"><{p}is><{p}t>', f"</{p}t></{p}is></{p}c>"
    known: dict[Plain, str] = {text: f"{before}{text}{behind}" for text in texts}
    return known | {each: _tail(prefix, each) for each in contents if not isinstance(each, str)}


def _tail(prefix: str, content: Plain) -> str:
    return cellxml.cell(prefix, "", 0, content).removeprefix(f'<{prefix}c r=""')
