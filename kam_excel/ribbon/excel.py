"""What Excel itself answers: that it is busy, or that it refuses.

xlwings asks a busy Excel for Windows again and again, without an end and without a pause. Its
module has a number for that, which is set here; the errors are told by what they bear, since
their classes exist on Windows and macOS alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from kam_excel.errors import ExcelError, problem

_WINDOWS_ENGINE = "xlwings._xlwindows"
# Within a click: Excel rejects a call within 0.1 ms or so, and is back after a moment.
ATTEMPTS = 20_000
SECONDS, PAUSE = 10.0, 0.2  # how long a click waits for Excel before it begins, between questions
# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER; VBA_E_IGNORE, inside of DISP_E_EXCEPTION.
_BUSY = frozenset({-2147418111, -2147417846, -2146777998})
_TIMED_OUT = -1712  # errAETimeout of Apple events

_NAMED = "--wb="  # what xlwings starts Python with: the name of the workbook that was clicked in

_Given = TypeVar("_Given")


def check_name(arguments: Iterable[str]) -> None:
    """Raises ExcelError where xlwings would take another name than that of the workbook.

    It cuts the name at = and strips blanks; a workbook of the shorter name may be open as well.
    """
    for each in arguments:
        name = each.removeprefix(_NAMED)
        if each.startswith(_NAMED) and ("=" in name or name != name.strip()):
            raise ExcelError(problem("WORKBOOK_NAME_CUT", name=name))


@contextmanager
def bounded_attempts(attempts: int = ATTEMPTS) -> Iterator[None]:
    """A context in which xlwings gives up on a busy Excel for Windows after so many attempts."""
    module = sys.modules.get(_WINDOWS_ENGINE)
    before = getattr(module, "N_COM_ATTEMPTS", None)
    if module is None or before is None:
        yield
        return
    vars(module)["N_COM_ATTEMPTS"] = attempts
    try:
        yield
    finally:
        vars(module)["N_COM_ATTEMPTS"] = before


def when_ready(ask: Callable[[], _Given], seconds: float = SECONDS, pause: float = PAUSE) -> _Given:
    """The answer to a first question, as soon as Excel takes one.

    Raises ExcelError where it is busy for longer than `seconds`, else what `ask` raises.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            with bounded_attempts(1):
                return ask()
        except Exception as error:  # Excel's errors have no common class
            if not is_busy(error):
                raise
            if time.monotonic() >= until:
                raise ExcelError(problem("EXCEL_BUSY")) from error
        time.sleep(pause)


def excel_error(error: BaseException) -> ExcelError | None:
    """What Excel means by `error`; None where it is none of Excel's."""
    if is_busy(error):
        return ExcelError(problem("EXCEL_BUSY"))
    if isinstance(getattr(error, "hresult", None), int) or _apple_number(error) is not None:
        return ExcelError(problem("EXCEL_REFUSED", reason=_reason(error)))
    return None


def is_busy(error: BaseException) -> bool:
    """Whether Excel took no call: a cell is edited, a dialog is open, or it computes."""
    codes = {getattr(error, "hresult", None), *_details(error)[-1:]}
    return (
        type(error).__name__ == "ExcelBusyError"
        or not _BUSY.isdisjoint(codes)
        or _apple_number(error) == _TIMED_OUT
    )


def _details(error: BaseException) -> tuple[object, ...]:
    """What Excel says beside the number of a COM error: source, text, help, its own number."""
    found = getattr(error, "excepinfo", None)
    return found if isinstance(found, tuple) else ()


def _apple_number(error: BaseException) -> int | None:
    number = getattr(error, "errornumber", None)
    return number if isinstance(number, int) else None


def _reason(error: BaseException) -> str:
    """Excel's own words, or what there is of them, in one line."""
    words = [each for each in _details(error)[2:3] if isinstance(each, str)]
    return " ".join((words[0] if words else str(error)).split())[:200]
