"""Columns: what a table's fields mean, whatever language their headers are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum
from typing import Annotated, Any

from kam_excel.codes import Language
from kam_excel.contract.look import Look, UnitBy
from kam_excel.domain.texts import folded


class Kind(Enum):
    """What a column holds; the pandas dtype of its frame follows from it."""

    KEY = "key"
    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "enum"

    @property
    def is_figure(self) -> bool:
        """True for kinds that hold numbers."""
        return self.adds_up or self is Kind.PERCENT

    @property
    def adds_up(self) -> bool:
        """True for kinds whose figures are worth adding: a share of each row is none of all."""
        return self in (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)

    @property
    def is_exact(self) -> bool:
        """True for kinds whose cells are read as exact decimals."""
        return self in (Kind.MONEY, Kind.PERCENT, Kind.NUMBER)


# How a plugin author spells a kind: `amount: MoneyColumn = column(...)`.
Key = Annotated[str, Kind.KEY]
Text = Annotated[str, Kind.TEXT]
Date = Annotated[date, Kind.DATE]
Percent = Annotated[Decimal, Kind.PERCENT]
Number = Annotated[Decimal, Kind.NUMBER]
Integer = Annotated[int, Kind.INTEGER]
Boolean = Annotated[bool, Kind.BOOLEAN]
Choice = Annotated[str, Kind.CHOICE]


@dataclass(frozen=True, slots=True)
class Column:
    """A declared column.

    `choices` maps the stable id of an enum value to its zh text (the id is the en text); `words`
    are further words for it, by id, that are read and never shown.
    `headline` marks the figures of a one-row table that a run prints when it is done. A
    `manual` column is filled in by the user on an output sheet and kept from run to run;
    `needs` names another one that has to be filled in with it. `link` marks text that is an
    address in the workbook (Sheet!A1) or on the web. `note` (zh, en) explains the column at its
    header, `look` is how it is drawn, `decimals` how many places of a number are shown, `unit_by`
    which other column says how the figure of a row is shown, `widest` the characters at which a
    text is broken into lines.
    An optional column that is `decisive` has to be readable where it is there: without it the
    figures would change.
    """

    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    unit: str = ""
    optional: bool = False
    manual: bool = False
    personal: bool = False
    headline: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: str = ""
    link: bool = False
    note: tuple[str, str] | None = None
    look: Look | None = None
    decimals: int = 2
    decisive: bool = False
    widest: int | None = None
    unit_by: UnitBy | None = None
    id: str = ""
    kind: Kind = Kind.TEXT

    def header(self, language: Language) -> str:
        """The header that users of `language` see."""
        return self.zh if language == "zh" else self.en

    def headers(self) -> tuple[str, ...]:
        """Every header under which the column is found."""
        return (self.zh, self.en, *self.aliases)

    def explained(self, language: Language) -> str:
        """The note at the header that users of `language` see, "" where there is none."""
        return self.note[0 if language == "zh" else 1] if self.note else ""

    def readings(self) -> dict[str, str]:
        """The ids of the choices by every word for them, folded."""
        named = [(word, id_) for id_, words in self.words.items() for word in words]
        named += [(name, id_) for id_, zh in self.choices.items() for name in (zh, id_)]
        return {folded(word): id_ for word, id_ in named}

    def shown(self, choice: str, language: Language) -> str:
        """An enum value as users of `language` see it; what is none of the choices as it is."""
        return self.choices.get(choice, choice) if language == "zh" else choice

    def offered(self, language: Language, text: str = "") -> str:
        """The choices as users of `language` see them, those first that are most like `text`."""
        like = dict.fromkeys(self.choices, 0.0)
        for word, id_ in self.readings().items():
            alike = SequenceMatcher(None, word, folded(text)).ratio()
            like[id_] = max(like[id_], alike)
        words = [self.shown(id_, language) for id_ in sorted(like, key=lambda id_: -like[id_])]
        return ("、" if language == "zh" else ", ").join(words)


LONGEST_LIST = 255  # characters that a drop-down list of Excel holds


def fits_list(texts: Iterable[str]) -> bool:
    """Whether a drop-down list can offer `texts` itself: they are few, and none has a separator."""
    values = list(texts)
    return len(",".join(values)) <= LONGEST_LIST and not any({",", ";"} & set(v) for v in values)


def column(
    *,
    zh: str,
    en: str,
    aliases: str = "",
    unit: str = "",
    optional: bool = False,
    manual: bool = False,
    personal: bool = False,
    headline: bool = False,
    choices: Mapping[str, str] | None = None,
    words: Mapping[str, tuple[str, ...]] | None = None,
    needs: str = "",
    link: bool = False,
    note: tuple[str, str] | None = None,
    look: Look | None = None,
    decimals: int = 2,
    decisive: bool = False,
    widest: int | None = None,
    unit_by: UnitBy | None = None,
) -> Any:
    """Declare a column of a Table; its id is the attribute, its kind the annotation.

    `aliases` are further headers, separated by semicolons. Raises TypeError where the choices of
    a manual column do not fit the drop-down list that offers them, or a word is not one for
    exactly one choice.
    """
    _check_words(en, choices or {}, words or {})
    if manual and choices and not (fits_list(choices) and fits_list(choices.values())):
        raise TypeError(
            f"{en}: the choices of a manual column stand in a drop-down list of at most"
            f" {LONGEST_LIST} characters, none of them a comma or a semicolon"
        )
    others = tuple(alias.strip() for alias in aliases.split(";") if alias.strip())
    return Column(
        zh,
        en,
        others,
        unit,
        optional,
        manual,
        personal,
        headline,
        choices or {},
        words or {},
        needs,
        link,
        note,
        look,
        decimals,
        decisive,
        widest,
        unit_by,
    )


def _check_words(en: str, choices: Mapping[str, str], words: Mapping[str, tuple[str, ...]]) -> None:
    """Raises TypeError for words of no choice, and for a word that is there already."""
    if strangers := sorted(set(words) - set(choices)):
        raise TypeError(f"{en}: words are for choices, and {strangers} are none")
    taken = {folded(name) for id_, zh in choices.items() for name in (zh, id_)}
    for id_, others in words.items():
        if isinstance(others, str):
            raise TypeError(f"{en}: the words for {id_!r} are a tuple of texts")
        for word in map(folded, others):
            if word in taken or not word:
                raise TypeError(f"{en}: {word!r} is not a word for {id_!r} alone")
            taken.add(word)


def optional(declared: Column, *, decisive: bool = False) -> Any:
    """The same column where a table can do without it; if `decisive`, not with half of it."""
    return replace(declared, optional=True, decisive=decisive)
