"""The ribbon: actions behind its buttons, and the add-in that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw


def on_action(action_id: str, language: str | None = None, book: xw.Book | None = None) -> None:
    """Do what a button asks for, on the workbook that it was clicked in.

    run             every strategy whose tables are there; a message names the sheets written
    run.<strategy>  that strategy with those that it needs
    check           all of a run but writing; the issue sheet is written and shown
    settings        the settings sheet is shown; where there is none, one is written that lists
                    every setting with the value in force, its own column left open
    log             the log file is opened with the system's program for it
    plugin.<name>   the function of a plugin's own button is called with the workbook

    `language` ("zh", "en") is that of Excel's screen; messages are in that of the workbook where
    it is known. Without `book` it is the one that Excel calls from (`xw.Book.caller()`).

    Whatever stands in the way, one message says so: code, remedy, path of the log. Problems of
    the data are listed on the issue sheet, nothing else is written then. The workbook is never
    saved. What was set of Excel (screen, events, calculation, status bar, active sheet) is as
    before afterwards. Raises SystemExit with the message where Excel cannot show it, above all
    where no workbook can be reached; xlwings' RunPython shows it then.
    """
    # A process starts for each click: what it imports waits until the log can tell of it.
    from kam_excel.ribbon.clicks import respond

    respond(action_id, language, book)
