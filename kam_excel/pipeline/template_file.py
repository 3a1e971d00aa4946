"""A blank workbook for what the strategies read, made from the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlwings as xw

from kam_excel import headless
from kam_excel.codes import Language, Text
from kam_excel.contract.policies import EVERY_RUN
from kam_excel.contract.strategy import Strategy
from kam_excel.contract.table import Table
from kam_excel.contract.tables import SettingsSheet
from kam_excel.errors import ConfigError, Place, problem
from kam_excel.host import Host
from kam_excel.pipeline.graph import make_graph, select
from kam_excel.pipeline.settings_rows import setting_rows
from kam_excel.workbook.entry import Lists
from kam_excel.workbook.template import groups_of, write_input_sheet
from kam_excel.workbook.template_cover import CoverLine, write_cover
from kam_excel.workbook.template_settings import PURPOSE, SettingRow, write_settings_sheet

REQUIRED_BY = Text("必需：{names}", "Required for: {names}")
OPTIONAL_FOR = Text("可选：{names}", "Optional for: {names}")
ONE_OF = Text("至少一组（{groups}）", "one of ({groups})")


@dataclass(frozen=True, slots=True)
class InputTable:
    """A table that is read from the workbook, with the strategies that do so."""

    table: type[Table]
    required_by: tuple[Strategy, ...]
    optional_for: tuple[Strategy, ...]

    @property
    def is_required(self) -> bool:
        """True where a strategy cannot run without it."""
        return bool(self.required_by)

    def readers(self, language: Language) -> str:
        """Who reads it, in words."""
        parts = ((REQUIRED_BY, self.required_by), (OPTIONAL_FOR, self.optional_for))
        comma = "、" if language == "zh" else ", "
        return ("；" if language == "zh" else ". ").join(
            text.in_(language).format(names=comma.join(s.title.in_(language) for s in strategies))
            for text, strategies in parts
            if strategies
        )


def init_file(
    path: Path, host: Host, strategies: Sequence[str] | None, language: Language
) -> list[InputTable]:
    """Write a blank workbook for `strategies` (None: all) to `path`; the tables that it has.

    Raises ConfigError where `path` is there already, its folder is not, or it is no .xlsx file,
    and for the name of a strategy that there is not.
    """
    _check(path)
    graph = make_graph(host.strategies.values())
    sources = graph.sources()
    order = select(graph, strategies, [table.id for table in sources], ()).order
    inputs = input_tables(order, sources)
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    try:
        book = app.books.add()
        _write(book, inputs, _settings(order), language)
        book.save(str(path))
    finally:
        app.quit()
    return inputs


def _check(path: Path) -> None:
    place = Place(file=str(path))
    if path.suffix.lower() != ".xlsx":
        raise ConfigError(problem("INIT_NOT_XLSX", place, kind=path.suffix or "–"))
    if not path.parent.is_dir():
        raise ConfigError(problem("INIT_FOLDER_MISSING", place, folder=path.parent))
    if path.exists():
        raise ConfigError(problem("INIT_EXISTS", place))


def input_tables(
    strategies: Sequence[Strategy], sources: Iterable[type[Table]]
) -> list[InputTable]:
    """The tables of `sources` that `strategies` read: required ones first, in their order."""
    readable = set(sources)
    read = [i.table for s in strategies for i in s.inputs if not i.is_state and i.table in readable]
    found = [
        InputTable(
            table,
            tuple(s for s in strategies if table in s.needs()),
            tuple(
                s
                for s in strategies
                if any(i.table is table and i.optional and not i.is_state for i in s.inputs)
            ),
        )
        for table in dict.fromkeys(read)
    ]
    return sorted(found, key=lambda each: not each.is_required)


def _settings(strategies: Sequence[Strategy]) -> list[SettingRow]:
    """Every setting that a run of `strategies` reads."""
    policies = (p for s in strategies for p in s.policies.values())
    return setting_rows(dict.fromkeys([*EVERY_RUN, *policies]))


def _write(
    book: xw.Book, inputs: Sequence[InputTable], rows: Sequence[SettingRow], language: Language
) -> None:
    lists = Lists(book, language)
    for each in inputs:
        write_input_sheet(book, each.table, each.readers(language), language, lists)
    write_settings_sheet(book, rows, language, lists)
    lines = [_cover_line(each, language) for each in inputs]
    title = SettingsSheet.title(language)
    about = SettingsSheet.about.in_(language)
    lines.append(CoverLine(title, False, about, PURPOSE.in_(language), ""))
    write_cover(book.sheets[0], lines, language)


def _cover_line(each: InputTable, language: Language) -> CoverLine:
    table = each.table
    required = [table.columns[name].header(language) for name in table.required()]
    comma = "、" if language == "zh" else ", "
    groups = (
        [ONE_OF.in_(language).format(groups=groups_of(table, language))] if table.one_of else []
    )
    columns = comma.join(required + groups)
    about, readers = table.about.in_(language), each.readers(language)
    return CoverLine(table.title(language), each.is_required, about, readers, columns)
