"""Texts as Excel's searches and filters match them: `*`, `?` and, to mean these, `~`."""

from __future__ import annotations

import re

_WILDCARD = re.compile(r"~([*?~])|([*?])", re.DOTALL)


def pattern(text: str, whole: bool = True, match_case: bool = False) -> re.Pattern[str]:
    """The pattern that `text` describes, for the whole of a text or for a part of it."""
    pieces, done = [], 0
    for match in _WILDCARD.finditer(text):
        pieces.append(re.escape(text[done : match.start()]))
        pieces.append(re.escape(match[1]) if match[1] else {"*": ".*", "?": "."}[match[2]])
        done = match.end()
    pieces.append(re.escape(text[done:]))
    wanted = "".join(pieces)
    flags = re.DOTALL if match_case else re.DOTALL | re.IGNORECASE
    return re.compile(rf"\A(?:{wanted})\Z" if whole else wanted, flags)


def escaped(text: str) -> str:
    """The description that matches `text` and nothing else."""
    return re.sub("[~*?]", r"~\g<0>", text)
