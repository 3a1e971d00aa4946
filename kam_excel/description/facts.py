"""The shape of a description, which is also the shape of `kam-excel describe --json`.

Ids and codes are stable; a Text is {"zh": ..., "en": ...}. FORMAT is raised when a field changes
its name or meaning, not when one is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kam_excel.codes import Level, Text

FORMAT = 1

Need = Literal["required", "one_of", "optional"]
Role = Literal["table", "previous", "manual"]
Origin = Literal["workbook", "strategy", "history"]


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """A table that a strategy reads. `role`: the table itself, what the latest earlier run
    remembered of it (previous), or what the user filled in on its sheet (manual).
    """

    table: str
    role: Role
    required: bool


@dataclass(frozen=True, slots=True)
class StrategyFacts:
    """A strategy: table ids that it reads and gives, sections of its policies, its reasons.

    `about` is for those who use it, `doc` for developers. `gives_optionally` are those of `gives`
    that it leaves out where it cannot tell anything.
    """

    name: str
    title: Text
    about: Text
    group: str
    doc: str
    reads: tuple[ReadFacts, ...]
    gives: tuple[str, ...]
    gives_optionally: tuple[str, ...]
    policies: tuple[str, ...]
    reasons: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A column. `need`: required, one of the table's alternatives (`one_of`), or optional; one that
    is `decisive` has to be readable where it is there.

    `choices` are the texts of an enum by its stable values, `words` what else is read as each;
    `filled_with` is the column that has to be filled in with a manual one. `unit_text` is the unit
    as users read it, `decimals` the places that are shown (None: no number with places), `look`
    how it is drawn, by its name and what it was declared with.
    """

    id: str
    header: Text
    aliases: tuple[str, ...]
    kind: str
    unit: str
    unit_text: Text
    need: Need
    decisive: bool
    manual: bool
    personal: bool
    choices: Mapping[str, Text]
    words: Mapping[str, tuple[str, ...]]
    filled_with: str
    note: Text
    link: bool
    decimals: int | None
    look: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """A chart on the sheet of a table: it draws `columns` of the table `source` over `x`."""

    id: str
    title: Text
    kind: str
    source: str
    x: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table. `origin`: kept by the company in its workbook, given by a strategy, or kept from
    run to run. `excel_table` is the name under which other tools find an output, else "".

    `about` is for those who use it, `doc` for developers. `one_of` are sets of columns of which
    at least one has to be there.
    """

    id: str
    name: Text
    aliases: tuple[str, ...]
    about: Text
    doc: str
    origin: Origin
    excel_table: str
    key: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...]
    required_by: tuple[str, ...]
    optional_for: tuple[str, ...]
    given_by: tuple[str, ...]
    columns: tuple[ColumnFacts, ...]
    charts: tuple[ChartFacts, ...]


@dataclass(frozen=True, slots=True)
class SettingFacts:
    """A setting. `default`, `at_least` and `at_most` are as config.yaml writes them; bounds are
    inclusive and "" where there is none.
    """

    path: str
    label: Text
    default: str
    unit: str
    unit_text: Text
    choices: tuple[str, ...]
    at_least: str
    at_most: str


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """A section of config.yaml and the strategies that read it (none: every run does)."""

    section: str
    title: Text
    doc: str
    read_by: tuple[str, ...]
    settings: tuple[SettingFacts, ...]


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """A code of a message or of a `reason_code` column; facts stand in braces."""

    name: str
    level: Level
    what: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class Description:
    """Everything that is declared, each part in the order of its ids."""

    strategies: tuple[StrategyFacts, ...] = ()
    tables: tuple[TableFacts, ...] = ()
    policies: tuple[PolicyFacts, ...] = ()
    codes: tuple[CodeFacts, ...] = ()
