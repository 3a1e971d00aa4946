# mypy: allow-subclassing-any
"""Collections of xlwings: objects with names, found by them or by their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, Protocol, Self, TypeVar

from xlwings import base_classes

from kam_excel.headless.references.names import same_name


class _Named(Protocol):
    @property
    def name(self) -> Any: ...


_T = TypeVar("_T", bound=_Named)


class Listed(base_classes.Collection, Generic[_T]):
    """Objects in an order. A key is a place, from 1, or a name, whatever its case."""

    def _all(self) -> list[_T]:
        """The objects as they are now."""
        raise NotImplementedError

    @property
    def api(self) -> Self:
        return self

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

    def __contains__(self, key: str | int) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True
