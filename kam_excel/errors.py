"""Errors, named by who can fix them; each is a list of problems with their places.

Mistakes are collected first and raised once, so that a user sees all of them in one run.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from kam_excel.codes import REGISTRY, Code, Language, Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: in a workbook (file, sheet, cell) or in a configuration (file, path)."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    path: str = ""
    line: int = 0

    def __str__(self) -> str:
        file = f"{self.file}:{self.line}" if self.line else self.file
        target = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet
        return ", ".join(part for part in (file, target or self.cell, self.path) if part)


NOWHERE = Place()
_NONE = Text("无", "none")
ENDS = tuple(".!?:;。！？：；")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: a code of the registry, its place and the facts that its texts mention."""

    code: Code
    where: Place = NOWHERE
    facts: dict[str, Any] = field(default_factory=dict)

    def what(self, language: Language = "en") -> str:
        """What is wrong, in `language`."""
        return self.code.what.in_(language).format(**self._said(language))

    def hint(self, language: Language = "en") -> str:
        """What to do about it, in `language`; empty where nothing can be advised."""
        return self.code.hint.in_(language).format(**self._said(language))

    def _said(self, language: Language) -> dict[str, Any]:
        """The facts, an empty one as a word."""
        none = _NONE.in_(language)
        return {name: none if fact == "" else fact for name, fact in self.facts.items()}

    def text(self, language: Language = "en") -> str:
        """The whole message on one line: code, place, what, hint."""
        colon, stop, space = ("：", "。", "") if language == "zh" else (": ", ".", " ")
        place = f"{self.where}{colon}" if str(self.where) else ""
        what, hint = self.what(language), self.hint(language)
        # What others say of an error may end without a full stop.
        between = (space if what.endswith(ENDS) else stop + space) if hint else ""
        return f"{self.code.name} {place}{what}{between}{hint}"

    def to_json(self, language: Language = "en") -> dict[str, Any]:
        """The problem as plain data: code, level, place, what, hint."""
        return {
            "code": self.code.name,
            "level": self.code.level,
            "where": str(self.where),
            "what": self.what(language),
            "hint": self.hint(language),
        }


def problem(code: str, where: Place = NOWHERE, **facts: Any) -> Problem:
    """A problem of the registered code `code`; raises KeyError where there is none."""
    return Problem(REGISTRY[code], where, facts)


class KamError(Exception):
    """Something was not done. `problems` says all that stands in the way."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("\n".join(each.text() for each in self.problems))


class ConfigError(KamError):
    """Whoever operates kam_excel has to mend config.yaml or the command."""

    exit_code = 2


class WorkbookError(KamError):
    """The owner of the workbook has to mend it."""


class PolicyError(KamError):
    """Whoever approves the policies has to decide."""


class PluginError(KamError):
    """The developer of a plugin has to mend it."""


class ExcelError(KamError):
    """Whoever sits at the Excel in question has to act."""


def reason_of(error: OSError) -> str:
    """What the system says of an error, in one line and without the path."""
    return error.strerror or str(error)


def raise_if(problems: Sequence[Problem], error: type[KamError]) -> None:
    """Raise `error` with all the problems, if there are any."""
    if problems:
        raise error(problems)


def nearest(name: str, candidates: Iterable[str]) -> str:
    """The candidate most like `name`, or an empty string where none is near."""
    by_key = {candidate.casefold(): candidate for candidate in candidates}
    found = difflib.get_close_matches(name.casefold(), by_key, n=1, cutoff=0.5)
    return by_key[found[0]] if found else ""
