"""The first half of a run: a workbook that was surveyed, and nothing in it stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.outputs import DataIssues, History
from kam_excel.contract.strategy import Run
from kam_excel.domain.issues import IssueLog, in_words
from kam_excel.errors import Problem, WorkbookError, raise_if
from kam_excel.host import Host
from kam_excel.pipeline.accounts import identified
from kam_excel.pipeline.graph import Selection
from kam_excel.pipeline.issues import offering
from kam_excel.pipeline.survey import Options, Refusal, Survey, survey
from kam_excel.settings.settings import Settings
from kam_excel.workbook.history import read_history
from kam_excel.workbook.manual import read_manual
from kam_excel.workbook.reading.read import Reading


@dataclass(frozen=True, slots=True)
class Inputs:
    """The plan of a run with its tables read: nothing is computed yet.

    `manual` is what users filled in, by the id of the output. `failed` are strategies that
    cannot run, with what stands in the way; it is empty unless the run is partial. `refused` is
    what stands in the way.
    """

    run: Run
    selection: Selection
    readings: Mapping[str, Reading]
    issues: pd.DataFrame
    history: pd.DataFrame
    manual: Mapping[str, pd.DataFrame]
    failed: Mapping[str, Sequence[Problem]]
    refused: Sequence[Refusal] = ()


def prepare(book: xw.Book, host: Host, settings: Settings, options: Options) -> Inputs:
    """Plan a run and read its tables. Raises WorkbookError or ConfigError with every problem."""
    found = survey(book, host, settings, options)
    raise_if(found.missing, WorkbookError)
    bad = found.bad
    if bad and (not options.partial or len(found.failed) == len(found.selection.order)):
        raise WorkbookError([each for problems in bad.values() for each in problems])
    return inputs_of(book, host, found)


def inputs_of(book: xw.Book, host: Host, found: Survey) -> Inputs:
    """What the strategies get that can run. Raises WorkbookError for what users filled in on
    our sheets and cannot be read, and for what plugins object to.
    """
    failed = found.failed
    history = read_history(book)
    manual = _manual(book, found.selection, history)
    _check(host, found.readings, found.run)
    order = tuple(each for each in found.selection.order if each.name not in failed)
    readings, issues = identified(found.readings, found.run.language)
    return Inputs(
        found.run,
        replace(found.selection, order=order),
        readings,
        pd.concat([_issues(readings, found.run.language), DataIssues.frame(issues)]),
        history,
        manual,
        failed,
        found.refusals,
    )


def without_inputs(found: Survey) -> Inputs:
    """A plan that runs nothing: the tables as they were read, and what is doubtful in them."""
    nothing = replace(found.selection, order=())
    issues, history = (
        _issues(found.readings, found.run.language),
        History.frame(pd.DataFrame(columns=[*History.columns])),
    )
    return Inputs(
        found.run, nothing, found.readings, issues, history, {}, found.failed, found.refusals
    )


def _manual(book: xw.Book, selection: Selection, history: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What users filled in for the tables that the selected strategies read or give."""
    tables = {t.id: t for s in selection.order for t in s.tables() if t.manual()}
    filled = {name: read_manual(book, table, history) for name, table in tables.items()}
    raise_if([p for each in filled.values() for p in each.problems], WorkbookError)
    return {name: each.frame for name, each in filled.items()}


def _issues(readings: Mapping[str, Reading], language: Language) -> pd.DataFrame:
    found = [
        in_words(offering(each.issues, each.location.table, language), language)
        for each in readings.values()
    ]
    return DataIssues.frame(pd.concat(found) if found else in_words(IssueLog().frame(), language))


def _check(host: Host, readings: Mapping[str, Reading], facts: Run) -> None:
    frames = {name: reading.frame for name, reading in readings.items()}
    objections = [
        each
        for given in host.hook.kam_check_tables(frames=frames, run=facts)
        for each in given or ()
    ]
    raise_if([each for each in objections if each.code.level == "error"], WorkbookError)
