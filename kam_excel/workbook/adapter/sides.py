"""Which side of the adapter a book is on."""

from __future__ import annotations

import sys

import xlwings as xw


def is_headless(book: xw.Book) -> bool:
    """True where the book is edited without Excel."""
    return bool(book.app.engine.name == "headless")


def is_mac() -> bool:
    """True where Excel is told things by AppleScript."""
    return sys.platform == "darwin"
