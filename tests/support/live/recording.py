"""Which members of the engine's classes our work in an open workbook uses.

While it records, the classes of `kam_excel.headless.api` tell of each access whether it comes from
outside of the engine: from xlwings, or directly. What counts is whose code asked xlwings for it.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from types import FrameType, FunctionType, MethodType
from typing import Any

from xlwings import base_classes

from kam_excel.headless import api
from kam_excel.headless.api.engine import EngineImpl
from kam_excel.headless.api.forwarding import LookAlike
from live.uses import Kind, Use

OWN = ("kam_excel", "kam_excel_plugins")
ADAPTER = "kam_excel.workbook.adapter"
_ENGINE = "kam_excel.headless"
# Python looks these up on the class.
SPECIAL = ("__call__", "__contains__", "__getitem__", "__iter__", "__len__")


class Recording:
    """Uses of members by the place where each was found first, as `module:line`."""

    def __init__(self, users: Collection[str], left_out: Collection[str]) -> None:
        self.uses: dict[Use, str] = {}
        self._users = (*OWN, *users)
        self._left_out = (_ENGINE, *left_out)

    def note(self, frame: FrameType, use: Use) -> None:
        """Take a use from `frame`, unless its code needs no Excel."""
        place = self._place(frame)
        if place:
            self.uses.setdefault(use, place)

    def names(self) -> set[str]:
        """The members that are used."""
        return {use.name for use in self.uses}

    def _place(self, asking: FrameType) -> str | None:
        frame: FrameType | None = asking
        while frame is not None:
            module = frame.f_globals.get("__name__", "")
            if _is_in(module, self._left_out):
                return None
            if _is_in(module, self._users):
                return f"{module}:{frame.f_lineno}"
            frame = frame.f_back
        return None


@contextmanager
def recording(*users: str, left_out: Collection[str] = (ADAPTER,)) -> Iterator[Recording]:
    """A context in which our modules are watched, and those of plugins that are called `users`.

    The adapter is left out: it exists to have a side of its own for each engine.
    """
    noted = Recording(users, left_out)
    classes = _classes()
    before = {cls: dict(vars(cls)) for cls in classes}
    setters = {cls: cls.__setattr__ for cls in classes}
    try:
        for cls in classes:
            _watch(cls, noted, setters[cls])
        yield noted
    finally:
        for cls in classes:
            for name in ("__getattribute__", "__setattr__", *SPECIAL):
                if name in before[cls]:
                    setattr(cls, name, before[cls][name])
                elif name in vars(cls):
                    delattr(cls, name)


def _classes() -> list[type]:
    """The classes that stand behind those of xlwings; not what `.api` gives."""
    modules = [
        importlib.import_module(f"{api.__name__}.{each.name}")
        for each in pkgutil.iter_modules(api.__path__)
    ]
    found = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and each.__module__ == module.__name__
    }
    return [each for each in found if _is_implementation(each)]


def _is_implementation(cls: type) -> bool:
    of_xlwings = any(base.__module__ == base_classes.__name__ for base in cls.__mro__)
    return of_xlwings or cls is EngineImpl or issubclass(cls, LookAlike)


def _family(kind: type) -> str:
    """What xlwings calls a class of ours, or of a test that makes one of them fail."""
    own = next(each for each in kind.__mro__ if _is_in(each.__module__, (_ENGINE,)))
    if issubclass(own, LookAlike):
        return f"{own.__name__}.api"
    if hasattr(base_classes, own.__name__):
        return own.__name__
    known = (each.__name__ for each in own.__mro__ if each.__module__ == base_classes.__name__)
    return next(known, own.__name__.removesuffix("Impl"))


def _watch(cls: type, noted: Recording, set_: Callable[..., None]) -> None:
    def read(self: Any, name: str) -> Any:
        value = object.__getattribute__(self, name)
        frame = sys._getframe(1)
        if name[0] == "_" or _is_inside(frame):
            return value
        family = _family(type(self))
        noted.note(frame, Use(family, name, Kind.READ))
        if isinstance(value, (MethodType, FunctionType)):
            return _noting_calls(value, family, name, noted)
        return value

    def write(self: Any, name: str, value: Any) -> None:
        frame = sys._getframe(1)
        if name[0] != "_" and not _is_inside(frame):
            noted.note(frame, Use(_family(type(self)), name, Kind.SET))
        set_(self, name, value)

    for name in SPECIAL:
        if name in vars(cls):
            setattr(cls, name, _noting_special(vars(cls)[name], name, noted))
    cls.__getattribute__ = read  # type: ignore[assignment,method-assign]
    cls.__setattr__ = write  # type: ignore[assignment,method-assign]


def _noting_calls(
    method: Callable[..., Any], family: str, name: str, noted: Recording
) -> Callable[..., Any]:
    @wraps(method)
    def call(*given: Any, **named: Any) -> Any:
        use = Use(family, name, Kind.CALLED, len(given), tuple(sorted(named)))
        noted.note(sys._getframe(1), use)
        return method(*given, **named)

    return call


def _noting_special(method: Callable[..., Any], name: str, noted: Recording) -> Callable[..., Any]:
    @wraps(method)
    def call(self: Any, *given: Any) -> Any:
        frame = sys._getframe(1)
        if not _is_inside(frame):
            noted.note(frame, Use(_family(type(self)), name, Kind.CALLED, len(given)))
        return method(self, *given)

    return call


def _is_inside(frame: FrameType) -> bool:
    """Whether the engine itself is asking."""
    return _is_in(frame.f_globals.get("__name__", ""), (_ENGINE,))


@cache
def _is_in(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in packages)
