"""What each action does with the open workbook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click as system
import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.policies import RunPolicy
from kam_excel.errors import (
    ExcelError,
    KamError,
    Place,
    PluginError,
    PolicyError,
    WorkbookError,
    problem,
)
from kam_excel.pipeline.examine import examine
from kam_excel.pipeline.issue_book import write_issue_sheet
from kam_excel.pipeline.run import run
from kam_excel.pipeline.settings_book import add_settings_sheet
from kam_excel.pipeline.setup import VERSION, Setup
from kam_excel.pipeline.steps import Step
from kam_excel.pipeline.survey import Options, survey
from kam_excel.pipeline.workbook_file import recalculated
from kam_excel.ribbon import notes
from kam_excel.ribbon.actions import CORE
from kam_excel.ribbon.buttons import Button
from kam_excel.ribbon.excel import is_busy
from kam_excel.ribbon.guard import Quiet, staying
from kam_excel.ribbon.logfile import ClickLog, log_path
from kam_excel.workbook.adapter import (
    bring_to_front,
    is_headless,
    is_structure_locked,
    is_visible,
)
from kam_excel.workbook.settings_sheet import settings_sheets


@dataclass
class Click:
    """A click as far as it is known: `language` is that of messages, the workbook's own as soon
    as that is known; `listed` the issue sheet that has all problems of a failure.
    """

    book: xw.Book
    language: Language
    log: ClickLog
    listed: str = ""


@dataclass(frozen=True)
class Work:
    """A click whose plugins and settings are loaded, while Excel is quiet."""

    click: Click
    setup: Setup
    excel: Quiet

    def options(self, strategies: Sequence[str] | None = None) -> Options:
        """Those of a run: the date and all else are left to the settings."""
        fallback = self.click.language
        return Options(strategies=strategies, fallback=fallback, progress=self._tell)

    def titles(self) -> dict[str, str]:
        """What buttons call the strategies that have one, by name."""
        strategies = self.setup.host.strategies.values()
        return {s.name: s.title.in_(self.click.language) for s in strategies if s.group != CORE}

    def _tell(self, step: Step) -> None:
        self.click.log.step(step)
        self.excel.tell(step.text(self.click.language))


Handler = Callable[[Work], notes.Note | None]


def run_strategies(work: Work, strategies: Sequence[str] | None = None) -> notes.Note:
    """Run `strategies`, or all that can, on the open workbook.

    Raises a KamError with every problem; those of the data are on the issue sheet then.
    """
    click, setup = work.click, work.setup
    options = work.options(strategies)
    with staying(click.book):
        try:
            result = run(click.book, setup.host, setup.settings, options, VERSION)
        except (WorkbookError, PolicyError):
            click.listed = _listed(work, options)
            raise
        click.language = result.inputs.run.language
        if is_headless(click.book):  # Excel computes by itself
            recalculated(click.book, result.inputs.run.as_of, result.sheets.values())
    return notes.success(result, work.titles(), click.language)


def _listed(work: Work, options: Options) -> str:
    """List what keeps a run from going through; the name of the sheet, "" where none can be
    written or it is nothing of the data.
    """
    click, setup = work.click, work.setup
    try:
        found = examine(click.book, setup.host, setup.settings, options)
        click.language = found.survey.run.language
        tables = found.survey.search
        if found.is_fine or not (tables.found or tables.refused):
            return ""  # a workbook that holds no table at all was hardly meant
        sheet: str = write_issue_sheet(click.book, found, setup.host, VERSION).name
        return sheet
    except KamError as error:  # the settings sheet or the issue sheet itself is the problem
        click.log.failed(error)
        return ""


def check(work: Work) -> notes.Note:
    """Do all of a run but writing; write the issue sheet and show it."""
    click, setup = work.click, work.setup
    with staying(click.book):
        found = examine(click.book, setup.host, setup.settings, work.options())
        click.language = found.survey.run.language
        sheet = write_issue_sheet(click.book, found, setup.host, VERSION)
    bring_to_front(sheet)
    return notes.summary(found, sheet.name, work.titles(), click.language)


def settings(work: Work) -> None:
    """Show the settings sheet; write it first where there is none."""
    click, setup = work.click, work.setup
    there = settings_sheets(click.book)
    if there:
        sheet = there[0]
        _show(sheet)
    else:
        _learn_language(work)
        with staying(click.book):
            sheet = add_settings_sheet(click.book, setup, click.language)
    bring_to_front(sheet)


def _show(sheet: xw.Sheet) -> None:
    """Give a sheet its tab. Raises WorkbookError where the book lets no sheet be shown."""
    if is_visible(sheet):
        return
    if is_structure_locked(sheet.book):
        raise WorkbookError(problem("STRUCTURE_LOCKED", Place(file=sheet.book.name)))
    sheet.visible = True


def _learn_language(work: Work) -> None:
    """Messages and new sheets are in the language of the workbook, where it can be told."""
    click, setup = work.click, work.setup
    if setup.settings.policy(RunPolicy).language != "auto":
        return
    try:
        found = survey(click.book, setup.host, setup.settings, work.options())
    except KamError as error:  # tables that contradict each other keep nobody from settings
        click.log.failed(error)
    else:
        click.language = found.run.language


def open_log(click: Click) -> None:
    """Open the log with the system's program for it. Raises ExcelError where there is no log, or
    no program.
    """
    path = click.log.path
    if path is None:
        raise ExcelError(problem("LOG_NOT_KEPT", folder=log_path().parent))
    # Elsewhere it returns at once, or would wait until the program is closed.
    wait = sys.platform.startswith("linux")
    if system.launch(str(path), wait=wait):
        raise ExcelError(problem("LOG_NOT_OPENED"))


def press(work: Work, button: Button) -> None:
    """Call the function of a plugin's button. Raises PluginError for anything that it raises."""
    try:
        button.action.function(work.click.book)
    except (Exception, SystemExit) as error:  # a foreign function may do anything
        if is_busy(error):
            raise
        said = f"{type(error).__name__}: {error}"
        label = button.action.label.in_(work.click.language)
        raise PluginError(
            problem("ACTION_RAISED", plugin=button.plugin, button=label, error=said)
        ) from error
