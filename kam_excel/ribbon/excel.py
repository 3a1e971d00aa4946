"""What Excel itself answers: that it is busy, or that it refuses.

xlwings asks a busy Excel for Windows again and again, without an end and without a pause. Its
module has a number for that, which is set here; its errors are told by what they bear, since
their classes exist on Windows and macOS alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kam_excel.errors import ExcelError, problem

_WINDOWS_ENGINE = "xlwings._xlwindows"
# Excel rejects a call within 0.1 ms or so: together some seconds.
ATTEMPTS = 50_000
# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER; VBA_E_IGNORE, inside of DISP_E_EXCEPTION.
_BUSY = frozenset({-2147418111, -2147417846, -2146777998})
_TIMED_OUT = -1712  # errAETimeout of Apple events


@contextmanager
def bounded_attempts() -> Iterator[None]:
    """A context in which xlwings gives up on a busy Excel for Windows."""
    module = sys.modules.get(_WINDOWS_ENGINE)
    before = getattr(module, "N_COM_ATTEMPTS", None)
    if module is None or before is None:
        yield
        return
    vars(module)["N_COM_ATTEMPTS"] = ATTEMPTS
    try:
        yield
    finally:
        vars(module)["N_COM_ATTEMPTS"] = before


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
