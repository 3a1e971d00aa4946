"""A run that is only looked at: all that would be read, and all that stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import xlwings as xw

from kam_excel.contract.outputs import Reconciliation
from kam_excel.errors import KamError, Problem
from kam_excel.host import Host
from kam_excel.pipeline.blank import without_blank
from kam_excel.pipeline.compute import Computed, attempt
from kam_excel.pipeline.effective import overridden
from kam_excel.pipeline.prepare import Inputs, inputs_of, without_inputs
from kam_excel.pipeline.survey import Options, Refusal, Survey, survey
from kam_excel.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Examination:
    """What a run would find and give. `problems` are those that belong to no table: of the
    settings sheet, of tables that are missing, of what was filled in on our sheets.
    """

    survey: Survey
    settings: Settings
    inputs: Inputs
    computed: Computed
    problems: Sequence[Problem]

    @property
    def issues(self) -> pd.DataFrame:
        """What is doubtful, as `DataIssues`, with names and links for its readers."""
        return self.computed.issues

    @property
    def account(self) -> pd.DataFrame:
        """Where rows and amounts went, as `Reconciliation`."""
        return next(o.frame for o in self.computed.outputs if o.table is Reconciliation)

    @property
    def runs(self) -> list[str]:
        """The strategies that would run."""
        names = (strategy.name for strategy in self.inputs.selection.order)
        return [name for name in names if name not in self.computed.failed]

    @property
    def stopped(self) -> dict[str, Sequence[Problem]]:
        """The strategies that cannot run though their tables are there, and why."""
        planned = self.survey.selection.order
        idle = {s.name for s in planned} - set(self.runs) - set(self.inputs.selection.skipped)
        return {
            s.name: self.computed.failed.get(s.name, self.problems)
            for s in planned
            if s.name in idle
        }

    @property
    def all_problems(self) -> list[Problem]:
        """Everything that keeps a strategy from running, each once."""
        by_table = (each for problems in self.survey.bad.values() for each in problems)
        by_strategy = (each for problems in self.computed.failed.values() for each in problems)
        found: list[Problem] = []
        for each in (*self.problems, *by_table, *by_strategy):
            found += [each] if each not in found else []
        return found

    @property
    def is_fine(self) -> bool:
        """Whether a run would go through."""
        return not self.all_problems


def examine(book: xw.Book, host: Host, settings: Settings, options: Options) -> Examination:
    """Do all of a run on an open book that can be done, but write.

    Raises ConfigError for strategies that are not known, WorkbookError where the settings sheet
    cannot be read.
    """
    settings, errors = overridden(book, settings)
    problems = [each for error in errors for each in error.problems]
    found = survey(book, host, settings, options)
    problems += found.missing
    options = replace(options, partial=True)
    try:
        inputs = without_blank(inputs_of(book, host, found), options)
    except KamError as error:
        problems += error.problems
        inputs = without_inputs(found)
    refused = [*inputs.refused, *(Refusal("", each) for each in problems)]
    inputs = replace(inputs, refused=refused)
    computed = attempt(inputs, host, settings, options)
    return Examination(found, settings, inputs, computed, problems)
