"""The language of help texts and messages: as asked for, else that of the user's locale."""

from __future__ import annotations

from collections.abc import Sequence

from kam_excel.codes import Language, Text
from kam_excel.codes.locale import language_of_locale


def said(zh: str, en: str) -> str:
    """A help text in the language of the user's locale."""
    return Text(zh, en).in_(language_of_locale())


def language_of(arguments: Sequence[str]) -> Language:
    """The language of messages: as asked for, else that of the user's locale."""
    for option, value in zip(arguments, [*arguments[1:], ""], strict=False):
        if option in ("--language=zh", "--language=en"):
            return "zh" if option.endswith("zh") else "en"
        if option == "--language" and value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    return language_of_locale()
