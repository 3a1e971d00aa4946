"""Full-width characters, and those that nobody sees."""

from __future__ import annotations

import re

# Full-width forms have the order of ASCII; signs follow in a block of their own.
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xFFE0: "¢",
    0xFFE1: "£",
    0xFFE5: "¥",
    0xFFE6: "₩",
    0x2212: "-",
}
# Controls but for tab and line ends, soft hyphens, zero-width and bidirectional marks.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_NO_BREAK = re.compile("[\xa0\u2007\u202f]")


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as those of a keyboard; ² and ① stay what they are."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def visible(text: str) -> str:
    """`text` without characters that have no width, and with none but plain spaces."""
    if text.isprintable():  # no control, no format character, no space but the plain one
        return text
    return _NO_BREAK.sub(" ", _HIDDEN.sub("", text))


def figures(text: str) -> str:
    """A text that may be a number or a date: half width, without what is around or hidden in it."""
    return half_width(visible(text)).strip()
