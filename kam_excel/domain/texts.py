"""Texts as they are compared."""

from __future__ import annotations

import unicodedata
from decimal import Decimal


def plain(text: str) -> str:
    """A text in half width (NFKC), trimmed, its inner spaces collapsed."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split())


def folded(text: str) -> str:
    """A plain text, upper and lower case alike."""
    return plain(text).casefold()


def figure(value: Decimal, places: int = 0) -> str:
    """A number with thousands separators and its own digits, at least `places` decimals."""
    own = -int(value.normalize().as_tuple().exponent)
    return f"{value:,.{max(own, places)}f}"
