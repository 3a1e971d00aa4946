# mypy: allow-subclassing-any
"""Threaded comments as xlwings sees them: read and settled here, written in Excel."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xlwings import base_classes

from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.notes import threads
from kam_excel.headless.notes.threads import Thread

if TYPE_CHECKING:
    from kam_excel.headless.api.ranges import Range
    from kam_excel.headless.api.sheets import Sheet


def comments(sheet: Sheet) -> list[Comment]:
    """The threaded comments of a sheet, row by row."""
    found = threads.threads(sheet.book.package, sheet.model.part)
    return [Comment(sheet, each) for each in found]


@explained
class Comment(base_classes.Comment):
    """A thread: its first comment and the replies to it."""

    def __init__(self, sheet: Sheet, thread: Thread) -> None:
        self._sheet = sheet
        self._id = thread.id
        self.cell = thread.cell

    @property
    def api(self) -> Comment:
        return self

    @property
    def _thread(self) -> Thread:
        found = threads.threads(self._sheet.book.package, self._sheet.model.part)
        return next(each for each in found if each.id == self._id)

    @property
    def text(self) -> str:
        return self._thread.text

    @property
    def author(self) -> str:
        return self._thread.author

    @property
    def creation_date(self) -> dt.datetime | None:
        """When it was written, in UTC; None where the file doesn't say."""
        return self._thread.written

    @property
    def resolved(self) -> bool:
        return self._thread.resolved

    def set_resolved(self, value: bool) -> None:
        threads.resolve(self._sheet.book.package, self._thread, value)

    @property
    def location(self) -> Range:
        return self._sheet.range(self.cell)

    @property
    def replies(self) -> list[CommentReply]:
        return [CommentReply(text) for text in self._thread.replies]


@explained
class CommentReply(base_classes.CommentReply):
    """A reply."""

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def text(self) -> str:
        return self._text
