"""Text in the columns of a terminal, where a Chinese character takes two of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kam_excel.workbook.cellvalues import text_width

WIDTH = 80

# A run of letters without its space, or one wide character with the closing marks after it.
_PIECE = re.compile(r"\s+|[\u2e80-\uffef][，。；：、）”》]*|[^\s\u2e80-\uffef]+")


def padded(text: str, columns: int) -> str:
    """`text` filled up with spaces to `columns`, and with one space where it is longer."""
    return text + " " * max(columns - text_width(text), 1)


def right(text: str, columns: int) -> str:
    """`text` with spaces before it, so that it ends after `columns`."""
    return " " * (columns - text_width(text)) + text


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """`text` in lines of at most `width` columns, the first after `first`, others after `rest`.

    A word longer than a line stays whole.
    """
    return _filled(_PIECE.findall(text), first, rest, width)


def listed(values: Sequence[str], first: str, rest: str, between: str = ", ") -> list[str]:
    """The same for a list, whose values stay whole."""
    return _filled([f"{value}{between}" for value in values[:-1]] + [*values[-1:]], first, rest)


def _filled(pieces: Iterable[str], first: str, rest: str, width: int = WIDTH) -> list[str]:
    lines, line, is_empty = [], first, True
    for piece in pieces:
        if not is_empty and text_width(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, is_empty = rest, True
        if not (is_empty and piece.isspace()):
            line, is_empty = line + piece, False
    return [*lines, line.rstrip()]


def as_json(data: Mapping[str, Any]) -> str:
    """Plain data as indented JSON that keeps Chinese readable."""
    return json.dumps(data, ensure_ascii=False, indent=2)
