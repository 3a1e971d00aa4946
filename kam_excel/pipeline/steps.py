"""The steps of a run, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from kam_excel.codes import Language, Text


class Doing(Enum):
    """What a step does to what it is about."""

    READ = Text("读取", "Read")
    COMPUTE = Text("计算", "Compute")
    WRITE = Text("写入", "Write")
    SAVE = Text("保存", "Save")


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it begins: read a sheet, compute a strategy, write an output, save a file."""

    doing: Doing
    about: Text

    def text(self, language: Language) -> str:
        """The step in one line."""
        return f"{self.doing.value.in_(language)} {self.about.in_(language)}"


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Nobody waits."""


def read_step(sheets: str) -> Step:
    """The step that reads `sheets`."""
    return Step(Doing.READ, Text(sheets, sheets))


def save_step(file: str) -> Step:
    """The step that saves `file`."""
    return Step(Doing.SAVE, Text(file, file))
