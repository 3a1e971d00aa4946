"""What objects that look like Excel's are made of: properties that forward to members of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xlwings import utils

from kam_excel.headless.api.excelnames import ExcelNames
from kam_excel.headless.styles.colors import RGB


class LookAlike(ExcelNames):
    """An object of Excel's over one of ours; only the properties that it has here can be set."""

    def __init__(self, target: Any) -> None:
        self._target = target

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(getattr(type(self), name, None), (property, Forward)):
            object.__setattr__(self, name, value)
        else:
            super().__setattr__(name, value)


class Forward:
    """A property that is a member of ours: `read` and `write` turn its values.

    None, which is what cells that differ give, is read as it is.
    """

    def __init__(
        self,
        member: str,
        read: Callable[[Any], Any] | None = None,
        write: Callable[[Any], Any] | None = None,
    ) -> None:
        self._member, self._read, self._write = member, read, write

    def __get__(self, instance: LookAlike | None, owner: type) -> Any:
        if instance is None:
            return self
        value = getattr(instance._target, self._member)
        return value if self._read is None or value is None else self._read(value)

    def __set__(self, instance: LookAlike, value: Any) -> None:
        setattr(instance._target, self._member, self._write(value) if self._write else value)


class Format(Forward):
    """A property that is a field of CellFormat."""

    def __get__(self, instance: LookAlike | None, owner: type) -> Any:
        if instance is None:
            return self
        value = instance._target.common_format(self._member)
        return value if self._read is None or value is None else self._read(value)

    def __set__(self, instance: LookAlike, value: Any) -> None:
        instance._target.set_format(**{self._member: self._write(value) if self._write else value})


class Constants:
    """Constants of Excel and what they are called here; `too` are others that mean the same."""

    def __init__(
        self, what: str, names: Mapping[int, str], too: Mapping[int, str] | None = None
    ) -> None:
        self._what, self._names = what, {**(too or {}), **names}

    def name(self, number: Any) -> str:
        """What a constant is called; raises ValueError for one that is not known."""
        if number not in self._names:
            known = ", ".join(f"{key} ({name})" for key, name in self._names.items())
            raise ValueError(f"{self._what} {number!r} is not known: use {known}")
        return self._names[number]

    def number(self, name: str) -> int:
        """The constant for what is called `name` here."""
        return next(key for key, each in reversed(self._names.items()) if each == name)


def as_number(color: RGB) -> int:
    """A colour as Excel's properties hold it: blue, green, red."""
    number: int = utils.rgb_to_int(color)
    return number
