"""Uses of members of an engine's classes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What is done with a member, as a participle."""

    READ = "read"
    SET = "set"
    CALLED = "called"


@dataclass(frozen=True, slots=True)
class Use:
    """One way to use a member, with the arguments of a call: how many, and named ones.

    `family` is the class as xlwings calls it: Range, Sheet, ChartAxis…
    """

    family: str
    member: str
    kind: Kind
    arguments: int = 0
    keywords: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.family}.{self.member}"
