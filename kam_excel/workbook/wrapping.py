"""How many lines a text takes in a cell that breaks it: Excel fits rows only when it opens a file.

Breaks are those that Unicode's line breaking (UAX #14) allows for letters, ideographs and
punctuation, and fewer where the two may differ: a row that is too high shows its text, one that
is too low cuts it off.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

LETTER, IDEOGRAPH = 1.0, 2.14  # characters of width: at 11 points 15 pixels, where a digit has 7


def drawn_width(text: str) -> float:
    """The characters of width that a text takes on one line; ideographs are wider than two."""
    return _width(text, "WFA" if any(map(_is_wide, text)) else "WF")


def text_lines(text: str, room: float) -> int:
    """Lines that a text takes where so many characters have room.

    It is broken at spaces and on either side of an East Asian character, but not before what
    closes and not after what opens; a piece that is longer than a line is broken anywhere.
    """
    return sum(_lines(each, max(room, LETTER)) for each in text.split("\n"))


def _lines(text: str, room: float) -> int:
    ambiguous = "WFA" if any(map(_is_wide, text)) else "WF"  # quotes are wide among ideographs
    lines, used = 1, 0.0
    for word in text.strip().split(" "):
        space = LETTER if used else 0
        for piece in _pieces(word):
            width = _width(piece, ambiguous)
            if used and used + space + width > room:
                lines, used, space = lines + 1, 0, 0
            if not used:
                lines += _further(piece, width, room)
            used, space = used + space + width, 0
    return lines


def _further(piece: str, width: float, room: float) -> int:
    """Lines beyond its first that a piece takes; a line may end before a wide character."""
    filled = int(room) if piece.isascii() else max(room - IDEOGRAPH, LETTER)
    return 0 if width <= room else int(-(-width // filled)) - 1


def _width(text: str, wide: str) -> float:
    if text.isascii():
        return len(text) * LETTER
    return sum(IDEOGRAPH if unicodedata.east_asian_width(each) in wide else LETTER for each in text)


def _pieces(word: str) -> Iterator[str]:
    """What of a word stays on one line."""
    begun = 0
    if not word.isascii():
        for place in range(1, len(word)):
            if _may_part(word[place - 1], word[place]):
                yield word[begun:place]
                begun = place
    yield word[begun:]


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no space parts."""
    return (_is_wide(before) or _is_wide(after)) and not (_opens(before) or _closes(after))


@cache
def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


@cache
def _opens(char: str) -> bool:
    """Brackets, quotes, signs before an amount, and the space that joins."""
    return unicodedata.category(char) in ("Ps", "Pi", "Sc") or char in "\"'\N{NO-BREAK SPACE}"


@cache
def _closes(char: str) -> bool:
    """What does not begin a line: punctuation that opens nothing, marks, small and long kana."""
    kind = unicodedata.category(char)
    small = "SMALL" in unicodedata.name(char, "") and _is_wide(char)
    return small or kind[0] == "M" or kind in ("Pe", "Pf", "Po", "Pd", "Pc", "Lm", "Zs")
