"""The registry of codes: everything that kam_excel can complain about or explain, in zh and en.

A code is stable: people search for it, filter by it and put it in their own procedures. Its
texts are templates; the facts in braces come with the problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Code:
    """A code with what it says (`what`) and what to do about it (`hint`)."""

    name: str
    level: Level
    what: Text
    hint: Text = Text("", "")


class Registry(Mapping[str, Code]):
    """Codes by name. Declaring one twice with other texts is a mistake of ours or of a plugin."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}

    def declare(self, *codes: Code) -> None:
        """Add codes; raises ValueError where a name is taken by another text."""
        for code in codes:
            if self._codes.setdefault(code.name, code) != code:
                raise ValueError(f"code {code.name} is declared twice")

    def __getitem__(self, name: str) -> Code:
        return self._codes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


REGISTRY = Registry()


def code(name: str, level: Level, zh: str, en: str, do_zh: str = "", do_en: str = "") -> None:
    """Declare a code: what it says in zh and en, then what to do in zh and en."""
    REGISTRY.declare(Code(name, level, Text(zh, en), Text(do_zh, do_en)))
