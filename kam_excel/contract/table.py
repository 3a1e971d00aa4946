"""Tables: what a strategy reads and writes, declared once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, TypeVar, get_type_hints

import pandas as pd

from kam_excel.codes import Language, Text
from kam_excel.contract.chart import Chart
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.frames import conform
from kam_excel.contract.look import BY_WIDTH, Page, Sparkline

T = TypeVar("T", bound="Table")
TYPES = "Key, Text, Choice, Date, Money, Percent, Number, Integer, Boolean"

SHEET_NAME = 31  # characters that the name of a sheet has at most
NOT_IN_SHEET_NAMES = "[]:*?/\\"


class Table:
    """A table with named columns. Subclass it; annotations and `column()` declare the columns.

    Class keywords:
      zh, en      names, also the names of an output's sheet
      about       what users read of it, (zh, en); the docstring is for developers
      aliases     further sheet or Excel table names under which an input is found
      one_of      alternatives: at least one of these sets of columns must be there
      named       found by the name of its sheet or table only, never by its headers alone
      closed      where it lacks a column on which figures depend, headers of no column are told
      wide        (date, value): months may be columns, headers give the one, cells the other
      split_by    its rows may be split over documents and their lines, joined by this column
      stand_ins   column that serves where another one is missing, by the id of the other one
      key         columns whose values together are unique and never empty
      collected   several strategies add rows to it (tasks, data issues)
      internal    passed between strategies, never written to the workbook
      remembered  columns that the history keeps for later runs, of rows where one of them says
                  something (neither empty nor False nor 0)
      card        a table of one row, which is also laid out for reading and printing
      charts      charts on the sheet of the output
      page        how it prints, where its width should not decide
    """

    id: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    about: ClassVar[Text]
    aliases: ClassVar[tuple[str, ...]]
    one_of: ClassVar[tuple[tuple[str, ...], ...]]
    named: ClassVar[bool]
    closed: ClassVar[bool]
    wide: ClassVar[tuple[str, ...]]
    split_by: ClassVar[str]
    stand_ins: ClassVar[Mapping[str, str]]
    key: ClassVar[tuple[str, ...]]
    collected: ClassVar[bool]
    internal: ClassVar[bool]
    remembered: ClassVar[tuple[str, ...]]
    card: ClassVar[bool]
    charts: ClassVar[tuple[Chart, ...]]
    page: ClassVar[Page]
    columns: ClassVar[dict[str, Column]]

    def __init_subclass__(
        cls,
        *,
        zh: str,
        en: str,
        about: tuple[str, str] = ("", ""),
        aliases: tuple[str, ...] = (),
        one_of: tuple[tuple[str, ...], ...] = (),
        named: bool = False,
        closed: bool = False,
        wide: tuple[str, ...] = (),
        split_by: str = "",
        stand_ins: Mapping[str, str] | None = None,
        key: tuple[str, ...] = (),
        collected: bool = False,
        internal: bool = False,
        remembered: tuple[str, ...] = (),
        card: bool = False,
        charts: tuple[Chart, ...] = (),
        page: Page = BY_WIDTH,
    ) -> None:
        super().__init_subclass__()
        for name in (zh, en):
            _check_sheet_name(cls.__name__, name)
        cls.columns = _columns_of(cls)  # first: the names below would hide columns of that name
        cls.id = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.zh, cls.en, cls.aliases = zh, en, aliases
        cls.about = Text(*about)
        cls.one_of, cls.named, cls.closed, cls.key = one_of, named, closed, key
        cls.wide, cls.split_by, cls.stand_ins = wide, split_by, dict(stand_ins or {})
        cls.collected, cls.internal, cls.remembered = collected, internal, remembered
        cls.card, cls.charts, cls.page = card, charts, page
        if page.break_by and (card or collected):
            raise TypeError(f"{cls.__name__}: cards and collected tables print without groups")
        for chart in charts:
            chart.check((chart.source or cls).columns)
        needed = {column.needs for column in cls.columns.values() if column.needs}
        looks = [column.look for column in cls.columns.values()]
        needed |= {n for x in looks if isinstance(x, Sparkline) for n in (x.first, x.last)}
        needed |= {*wide, *cls.stand_ins, *cls.stand_ins.values()} | ({split_by} - {""})
        needed |= {name for name in (page.break_by, page.last) if name}
        unknown = {*needed, *key, *remembered, *(c for group in one_of for c in group)} - set(
            cls.columns
        )
        if unknown:
            raise TypeError(f"{cls.__name__} has no column {sorted(unknown)}")
        _check_units(cls)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Every name under which a sheet or an Excel table of this kind is found."""
        return (cls.zh, cls.en, cls.id, *cls.aliases)

    @classmethod
    def title(cls, language: Language) -> str:
        """The name that users of `language` see."""
        return cls.zh if language == "zh" else cls.en

    @classmethod
    def required(cls) -> tuple[str, ...]:
        """Columns without which the table cannot be read (beside the alternatives in one_of)."""
        alternatives = {name for group in cls.one_of for name in group}
        return tuple(
            name for name, c in cls.columns.items() if not c.optional and name not in alternatives
        )

    @classmethod
    def manual(cls) -> tuple[str, ...]:
        """The columns that the user fills in."""
        return tuple(name for name, column in cls.columns.items() if column.manual)

    @classmethod
    def frame(cls: type[T], data: pd.DataFrame) -> Frame[T]:
        """`data` as a frame of this table: columns in declared order, typed, keys checked, and
        that rows which are printed together stand together.

        Optional columns that are missing are added empty. Raises PluginError with every
        departure from the declaration.
        """
        return conform(data, cls.id, cls.columns, cls.key, cls.page.break_by)  # type: ignore[return-value]


def column_of(table: type[Table], name: str) -> Any:
    """The column `name` as `table` declares it, with its headers and aliases, to declare again.

    Raises KeyError where the table has no such column.
    """
    return table.columns[name]


def _check_sheet_name(table: str, name: str) -> None:
    """Raises TypeError where Excel takes no sheet of this name."""
    if len(name) > SHEET_NAME or set(name) & set(NOT_IN_SHEET_NAMES):
        raise TypeError(
            f"{table}: {name!r} names a sheet, so it has at most {SHEET_NAME} characters and none"
            f" of {NOT_IN_SHEET_NAMES}"
        )


def _check_units(cls: type[Table]) -> None:
    """Raises TypeError where what says the unit of a row is no choice, or has no such ids."""
    for name, column in cls.columns.items():
        if (by := column.unit_by) is None:
            continue
        choices = cls.columns[by.column].choices if by.column in cls.columns else {}
        if not column.kind.is_figure or not set(by.of) <= set(choices):
            raise TypeError(
                f"{cls.__name__}.{name}: unit_by is for figures, by ids of a choice beside them"
            )


def _columns_of(cls: type[Table]) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for name, hint in get_type_hints(cls, include_extras=True).items():
        declared = cls.__dict__.get(name)
        if not isinstance(declared, Column):
            continue
        if name in Table.__annotations__ or hasattr(Table, name):
            raise TypeError(f"{cls.__name__}.{name}: every table has {name}, name it otherwise")
        kind = next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Kind)), None)
        if kind is None:
            said = getattr(hint, "__name__", hint)
            raise TypeError(f"{cls.__name__}.{name}: {said} is no column type; they are {TYPES}")
        columns[name] = replace(declared, id=name, kind=kind)
    return columns


if TYPE_CHECKING:

    class Frame(pd.DataFrame, Generic[T]):
        """A DataFrame that holds the columns of table T, typed as declared."""

    class Previous(pd.DataFrame, Generic[T]):
        """What the latest run with an earlier as_of remembered of table T; may be empty.

        Columns: the key, the remembered ones, and `previous_as_of`.
        """

    class Manual(pd.DataFrame, Generic[T]):
        """What the user has filled in on the sheet of output T: its key and manual columns."""

else:

    class Frame:
        """At run time `Frame[T]` is a DataFrame annotated with its table."""

        def __class_getitem__(cls, table: type[Table]) -> object:
            return Annotated[pd.DataFrame, Reads(table)]

    class Previous:
        """At run time `Previous[T]` is a DataFrame annotated with its table."""

        def __class_getitem__(cls, table: type[Table]) -> object:
            return Annotated[pd.DataFrame, Reads(table, previous=True)]

    class Manual:
        """At run time `Manual[T]` is a DataFrame annotated with its table."""

        def __class_getitem__(cls, table: type[Table]) -> object:
            return Annotated[pd.DataFrame, Reads(table, manual=True)]


class Reads:
    """The mark that `Frame[T]`, `Previous[T]` and `Manual[T]` leave on a signature."""

    def __init__(self, table: type[Table], *, previous: bool = False, manual: bool = False) -> None:
        self.table = table
        self.previous = previous
        self.manual = manual
