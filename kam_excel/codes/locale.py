"""The language of whoever sits at this machine."""

from __future__ import annotations

import os

from kam_excel.codes.registry import Language

LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}


def chosen(language: str | None) -> Language:
    """The language asked for; that of the user's locale for "auto", None or anything else."""
    return LANGUAGES.get(language or "auto") or language_of_locale()


def language_of_locale() -> Language:
    """The language of the user's locale: zh, else en."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "zh" if (locale or "").lower().startswith("zh") else "en"
