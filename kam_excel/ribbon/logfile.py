"""The log of clicks: steps, codes and places, never what cells hold.

Messages of errors may quote a cell. So a failure is logged by its codes and places, a mistake by
the types of its errors and the lines of code that they came through.
"""

from __future__ import annotations

import logging
import platform
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs
import xlwings as xw

from kam_excel.errors import KamError
from kam_excel.pipeline.setup import VERSION, Setup
from kam_excel.pipeline.steps import Step

FILE_NAME = "kam_excel.log"
LARGEST, KEPT = 1_000_000, 3  # bytes of a file, older files beside it
_LINE = "%(asctime)s %(process)d %(levelname)s %(message)s"


def log_path() -> Path:
    """Where the log lies, in the user's own folder for logs."""
    return platformdirs.user_log_path("kam_excel", appauthor=False) / FILE_NAME


class ClickLog:
    """The lines of one click. `path` is None where no log can be kept."""

    def __init__(self, path: Path | None, logger: logging.Logger) -> None:
        self.path = path
        self._logger = logger

    def started(self, action_id: str) -> None:
        """Begin with what was clicked and the versions of everything that matters."""
        self._logger.info("click %s", ascii(action_id)[:80])
        self._logger.info(
            "kam_excel %s, xlwings %s, Python %s, %s",
            VERSION,
            xw.__version__,
            platform.python_version(),
            platform.platform(),
        )

    def loaded(self, setup: Setup, book: str) -> None:
        """Note the workbook, the plugins and the configuration."""
        plugins = ", ".join(setup.host.plugins())
        self._logger.info("book %s; plugins %s; config %s", book, plugins, setup.settings.file)

    def step(self, step: Step) -> None:
        """Note a step as it begins."""
        self._logger.info("%s", step.text("en"))

    def said(self, what: str) -> None:
        """Note a line that holds nothing of the workbook but names of sheets."""
        self._logger.info("%s", what)

    def failed(self, error: KamError) -> None:
        """Note every problem by code and place, and where in the code it came up."""
        for each in error.problems:
            self._logger.error("%s", f"{each.code.name} {each.where}".rstrip())
        self._logger.error("%s", trace_of(error))

    def broke(self, error: BaseException) -> None:
        """Note a mistake of ours, or an end that was forced."""
        self._logger.critical("%s", trace_of(error))

    def ended(self) -> None:
        """Note that the click is over and Excel is as it was."""
        self._logger.info("done")


class _File(RotatingFileHandler):
    """A full disk, or another click that has the file open, keeps no click from being worked."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of logging
        """Say nothing: what Python would print here, xlwings shows the user as an error."""

    def close(self) -> None:
        with suppress(OSError):  # of lines that are still to be written
            super().close()


@contextmanager
def click_log() -> Iterator[ClickLog]:
    """The log while one click is worked; without a file where none can be written."""
    logger = logging.Logger("kam_excel.click")  # of its own: no other library's lines get in
    path: Path | None = log_path()
    handler: logging.Handler
    try:
        log_path().parent.mkdir(parents=True, exist_ok=True)
        handler = _File(log_path(), maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    except OSError:  # a click must work where no log can: messages then name none
        handler, path = logging.NullHandler(), None
    handler.setFormatter(logging.Formatter(_LINE))
    logger.addHandler(handler)
    try:
        yield ClickLog(path, logger)
    finally:
        handler.close()


def trace_of(error: BaseException) -> str:
    """Types of an error and of those behind it, with the lines of code; no messages."""
    lines: list[str] = []
    each: BaseException | None = error
    while each is not None:
        lines += [f"{type(each).__name__}, raised in:\n", *traceback.format_tb(each.__traceback__)]
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "".join(lines).rstrip()
