# mypy: allow-subclassing-any
"""Members of xlwings that this engine does not have say so, and what to do instead."""

from __future__ import annotations

import inspect
from typing import Any, NoReturn, TypeVar

from xlwings import XlwingsError

from kam_excel.errors import WorkbookError
from kam_excel.headless.api.excelnames import tell_names


class RefusedError(WorkbookError, XlwingsError):
    """A refusal that Excel makes as well, which scripts know as an error of xlwings."""


_CONVERT = "save the workbook, then run: soffice --headless --convert-to pdf FILE"
_RUN = "run macros in Excel; they are kept in the file as they are"
_THREADS = "threads are written in Excel, by a person; give the cell a note instead"
_PICTURE = "save the workbook, then let LibreOffice or Excel draw it"
# What can be done instead, where something can.
_ADVICE = {
    "App.run": _RUN,
    "Book.json": "it belongs to web engines; read values with Range.value",
    "Book.to_pdf": _CONVERT,
    "Comment.add_reply": _THREADS,
    "Comment.delete": _THREADS,
    "Comment.text": _THREADS,
    "Range.add_comment": _THREADS,
    "Chart.to_pdf": _CONVERT,
    "Chart.to_png": _PICTURE,
    "Range.copy_picture": _PICTURE,
    "Range.paste": "copy with Range.copy(destination) or assign Range.value",
    "Range.to_pdf": _CONVERT,
    "Range.to_png": _PICTURE,
    "Sheet.to_html": "read used_range into a pandas DataFrame and use its to_html",
}
_Class = TypeVar("_Class", bound=type)


def explained(cls: _Class) -> _Class:
    """Give every member that `cls` inherits from xlwings without a body a message of its own.

    xlwings' base classes raise a bare NotImplementedError; members that new versions of it add
    are covered by themselves. Members of Excel's object model name those of xlwings.
    """
    for name in dir(cls):
        member = getattr(cls, name)
        for base in cls.__mro__:
            if name in vars(base):
                member = vars(base)[name]
                break
        if isinstance(member, property):
            _explain_property(cls, name, member)
        elif _is_empty(member):
            setattr(cls, name, _refusal(cls, name))
    tell_names(cls)
    return cls


def _explain_property(cls: type, name: str, member: property) -> None:
    inherited = [vars(base)[name] for base in cls.__mro__[1:] if name in vars(base)]
    settable = any(isinstance(each, property) and each.fset for each in inherited)
    getter, setter = member.fget, member.fset
    if _is_empty(getter):
        getter = _refusal(cls, name)
    if _is_empty(setter) or (setter is None and settable):
        setter = _refusal(cls, name)
    if (getter, setter) != (member.fget, member.fset):
        setattr(cls, name, property(getter, setter))


def _is_empty(member: Any) -> bool:
    code = getattr(member, "__code__", None)
    if code is None or "NotImplementedError" not in code.co_names:
        return False
    return not any(isinstance(each, str) for each in code.co_consts[1:])  # [0] is the docstring


def _refusal(cls: type, name: str) -> Any:
    member = f"{cls.__name__}.{name}"
    advice = _ADVICE.get(member, "use the engine 'excel' on Windows or macOS for it")
    message = f"{member} is not available without Excel: {advice}"

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError(message)

    refuse.__doc__ = message
    return refuse


def refusal_of(member: Any) -> str:
    """What `member`, a function, says when it is called and only refuses; "" where it does more.

    Such functions say in their annotation that they never return.
    """
    if getattr(member, "__annotations__", {}).get("return") not in (NoReturn, "NoReturn"):
        return ""
    return inspect.getdoc(member) or ""


class Remembered:
    """A setting of Excel's screen or calculation that is kept and has no effect here."""

    def __init__(self, default: Any) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = f"_{name}"

    def __get__(self, app: Any, owner: type) -> Any:
        return vars(app).get(self._key, self._default) if app is not None else self

    def __set__(self, app: Any, value: Any) -> None:
        vars(app)[self._key] = value
