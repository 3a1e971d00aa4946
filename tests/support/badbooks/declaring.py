"""A bad workbook is declared by the function that makes it, with what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Maker = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Refused:
    """The workbook is refused with this code, the file untouched."""

    code: str


@dataclass(frozen=True, slots=True)
class Reads:
    """The sales are read: so many rows that count, the sum of their amounts, rows by issue."""

    rows: int
    amount: str
    issues: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Badbook:
    """A bad workbook: how it is made and what must come of it."""

    name: str
    make: Maker
    suffix: str
    expect: Refused | Reads

    def write(self, folder: Path) -> Path:
        """Make the workbook in a folder."""
        path = folder / f"{self.name}{self.suffix}"
        self.make(path)
        return path


BADBOOKS: dict[str, Badbook] = {}


def refused(code: str, suffix: str = ".xlsx") -> Callable[[Maker], Maker]:
    """Declare a workbook that is refused with `code`."""
    return _declared(Refused(code), suffix)


def reads(rows: int, amount: str, suffix: str = ".xlsx", **issues: int) -> Callable[[Maker], Maker]:
    """Declare a workbook whose sales come to so much; `issues` are how many rows have a code."""
    return _declared(Reads(rows, amount, issues), suffix)


def _declared(expect: Refused | Reads, suffix: str) -> Callable[[Maker], Maker]:
    def declare(make: Maker) -> Maker:
        name = make.__name__
        if name in BADBOOKS:
            raise ValueError(f"two bad workbooks are called {name}")
        BADBOOKS[name] = Badbook(name, make, suffix, expect)
        return make

    return declare
