"""What every strategy of a plugin has to hold, as a test class to inherit from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

import pandas as pd
import pytest

from kam_excel.codes import Language, Text
from kam_excel.contract.action import ACTION_ID
from kam_excel.contract.policy import settings_of
from kam_excel.contract.strategy import Strategy
from kam_excel.contract.table import Table
from kam_excel.errors import WorkbookError
from kam_excel.pipeline.graph import make_graph
from kam_excel.pipeline.template_file import init_file
from kam_excel.settings.settings import Settings
from kam_excel.testing.books import Sheets, write_workbook
from kam_excel.testing.runs import WorkbookRun, host_of, run_plugins

LANGUAGES: Sequence[Language] = ("zh", "en")
STATED = ("strategy", "plugins", "sheets", "as_of")


class StandardStrategyTests:
    """Inherit from it under a name that pytest collects, and say what is tested:

        class TestCredit(StandardStrategyTests):
            strategy = credit
            plugins = (kam_credit, identification)
            sheets = {Sales: "…", OpenItems: "…"}
            as_of = date(2026, 6, 30)

    strategy: the one under test. plugins: its own, and those whose outputs it reads. sheets: a
    small workbook on which it runs, as `make_workbook` takes it.
    """

    strategy: ClassVar[Strategy]
    plugins: ClassVar[Sequence[object]]
    sheets: ClassVar[Sheets]
    as_of: ClassVar[date]

    def __init_subclass__(cls) -> None:
        lacking = [name for name in STATED if not hasattr(cls, name)]
        if lacking and cls.__name__.startswith("Test"):
            raise TypeError(f"{cls.__name__} does not say its {', '.join(lacking)}")

    def test_it_loads_and_takes_no_name_of_others(self) -> None:
        """Strategies, the tables that they give, and sections of policies are there once."""
        host = host_of(*self.plugins)
        assert host.strategies.get(self.strategy.name) is self.strategy
        make_graph(host.strategies.values())
        Settings.load(None, host.policies())

    def test_it_speaks_both_languages(self) -> None:
        """Every text that users read is there in Chinese and in English."""
        lacking = [where for where, text in self._texts() if not (text.zh and text.en)]
        assert not lacking, f"not in both languages: {', '.join(lacking)}"
        assert not self.strategy.title.zh.isascii(), "the Chinese title has no Chinese in it"

    def test_no_two_columns_share_a_header(self) -> None:
        """An Excel table has each header once."""
        for table in self.strategy.outputs:
            for language in LANGUAGES:
                title = table.title(language)
                headers = [each.header(language).casefold() for each in table.columns.values()]
                assert len(headers) == len(set(headers)), f"{title} has two columns of one header"

    def test_its_buttons_can_be_clicked(self) -> None:
        """The ids of its buttons pass through Excel, and each button says what it does."""
        buttons = [b for given in host_of(*self.plugins).hook.kam_ribbon_actions() for b in given]
        ids = [f"run.{self.strategy.name}", *(f"plugin.{button.name}" for button in buttons)]
        assert [each for each in ids if not ACTION_ID.fullmatch(each)] == []
        assert len(ids) == len(set(ids)), "two buttons have one name"
        assert self.strategy.icon
        for button in buttons:
            assert all((button.label.zh, button.label.en, button.tip.zh, button.tip.en))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_blank_template_is_found_and_told_empty(
        self, tmp_path: Path, language: Language
    ) -> None:
        """Each table that it needs is found on the template's sheet, which has no rows yet."""
        path = tmp_path / "template.xlsx"
        init_file(path, host_of(*self.plugins), [self.strategy.name], language)
        with pytest.raises(WorkbookError) as refused:
            self._run(path, tmp_path / "done.xlsx", language)
        assert {each.code.name for each in refused.value.problems} == {"TABLE_EMPTY"}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_writes_in_the_language_asked_for(self, tmp_path: Path, language: Language) -> None:
        """Headers are those of the language, and every reason code has its words."""
        run = self._run(self._book(tmp_path, language), tmp_path / "done.xlsx", language)
        for table in self.strategy.outputs:
            if table.internal or table.collected or table not in run.outputs:
                continue
            headers = [column.header(language) for column in table.columns.values()]
            assert run.cells(table)[0] == headers
            silent = self._without_words(run.outputs[table])
            assert not silent, f"{table.__name__}: no words for {', '.join(silent)}"

    def test_the_same_input_gives_the_same_bytes(self, tmp_path: Path) -> None:
        """A run again, and a run on what the first one saved, change no byte."""
        book, first = self._book(tmp_path, "en"), tmp_path / "first.xlsx"
        self._run(book, first, "en")
        for source, name in ((book, "second.xlsx"), (first, "third.xlsx")):
            again = self._run(source, tmp_path / name, "en").path
            assert again.read_bytes() == first.read_bytes()

    def _book(self, folder: Path, language: Language) -> Path:
        return write_workbook(folder / "company.xlsx", self.sheets, language)

    def _run(self, path: Path, target: Path, language: Language) -> WorkbookRun:
        wanted = [self.strategy.name]
        return run_plugins(
            path, target, *self.plugins, as_of=self.as_of, strategies=wanted, language=language
        )

    def _without_words(self, frame: pd.DataFrame) -> list[str]:
        """Reason codes that have no text, or no column for it."""
        if "reason_code" not in frame:
            return []
        if "reason_text" not in frame:
            return (
                ["reason_code, which needs a column reason_text"] if self.strategy.reasons else []
            )
        silent = frame["reason_code"].notna() & frame["reason_text"].isna()
        return sorted(frame["reason_code"][silent].unique())

    def _texts(self) -> Iterator[tuple[str, Text]]:
        """Every text that users read of the strategy, its policies and its tables."""
        strategy = self.strategy
        yield strategy.name, strategy.title
        yield from _told(f"{strategy.name}, about", strategy.about)
        yield from strategy.reasons.items()
        for policy in strategy.policies.values():
            yield policy.section, policy.label
            for leaf in settings_of(policy):
                yield f"{policy.section}.{leaf.path}", leaf.label
        for table in strategy.tables():
            yield table.id, Text(table.zh, table.en)
            yield from _told(f"{table.id}, about", table.about)
            yield from _column_texts(table)
            yield from ((f"{table.id}.{c.id}", Text(c.zh, c.en)) for c in table.charts)


def _told(where: str, text: Text) -> Iterator[tuple[str, Text]]:
    """A text that may be left out: in both languages, or in none."""
    if text.zh or text.en:
        yield where, text


def _column_texts(table: type[Table]) -> Iterator[tuple[str, Text]]:
    for name, column in table.columns.items():
        yield f"{table.id}.{name}", Text(column.zh, column.en)
        for choice, zh in column.choices.items():
            yield f"{table.id}.{name}: {choice}", Text(zh, choice)
        if column.note:
            yield f"{table.id}.{name}, note", Text(*column.note)
