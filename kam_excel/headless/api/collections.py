# mypy: allow-subclassing-any
"""Collections of xlwings: objects with names, found by them or by their places."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Generic, Protocol, Self, TypeVar

from xlwings import base_classes

from kam_excel.headless.references.names import same_name


def numbered_name(word: str, taken: Collection[str]) -> str:
    """A name that is not taken: the word with the number of the next object or above."""
    known = {name.casefold() for name in taken}
    number = len(known) + 1
    while f"{word}{number}".casefold() in known:
        number += 1
    return f"{word}{number}"


class _Named(Protocol):
    @property
    def name(self) -> Any: ...


_T = TypeVar("_T", bound=_Named)


class Keyed(base_classes.Collection):
    """Objects that are looked up by a key; a call raises KeyError for one that is not there."""

    @property
    def api(self) -> Self:
        return self

    def __contains__(self, key: str | int) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True


class Listed(Keyed, Generic[_T]):
    """Objects in an order. A key is a place, from 1, or a name, whatever its case."""

    def _all(self) -> list[_T]:
        """The objects as they are now."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[_T]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> _T:
        """The object at a place or of a name; raises KeyError."""
        found = self._all()
        if isinstance(key, int):
            if not 1 <= key <= len(found):
                raise KeyError(key)
            return found[key - 1]
        for each in found:
            if same_name(each.name, key):
                return each
        raise KeyError(key)
