"""Plain data with the line of every key and value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from kam_excel.errors import Place

KeyPath = tuple[str | int, ...]


def dotted(path: KeyPath) -> str:
    """A path as users see it: `plugins.folders[0]`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


class Placing(Protocol):
    """Says where the value at a path stands, or its key."""

    def __call__(self, path: KeyPath, *, key: bool = False) -> Place: ...


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data of a file; `keys` and `values` give the line on which each of them starts."""

    file: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[KeyPath, int] = field(default_factory=dict)
    values: dict[KeyPath, int] = field(default_factory=dict)

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Where the value at `path` stands, or its key; where it is not, its parent's place."""
        return Place(self.file, path=dotted(path), line=self._line(path, key))

    def below(self, *base: str) -> Placing:
        """The same, for paths counted from `base`."""

        def place(path: KeyPath, *, key: bool = False) -> Place:
            return self.place((*base, *path), key=key)

        return place

    def _line(self, path: KeyPath, key: bool) -> int:
        for end in range(len(path), 0, -1):
            known = path[:end]
            lines = self.keys if key and known in self.keys else self.values
            if known in lines:
                return lines[known]
        return 0
