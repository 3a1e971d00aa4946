"""The second half of a run: strategies in the order of their tables, frames in, frames out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kam_excel.contract.outputs import DataIssues, Reconciliation
from kam_excel.contract.strategy import Strategy
from kam_excel.contract.table import Table
from kam_excel.errors import KamError, PluginError, Problem, problem
from kam_excel.host import Host
from kam_excel.pipeline.issue_sheet import issue_sheet
from kam_excel.pipeline.issues import readable
from kam_excel.pipeline.overrides import override_issues
from kam_excel.pipeline.places import placed
from kam_excel.pipeline.prepare import Inputs
from kam_excel.pipeline.reasons import with_reasons
from kam_excel.pipeline.steps import Doing, Step
from kam_excel.pipeline.survey import Options, Refusal
from kam_excel.settings.settings import Settings
from kam_excel.workbook.history import previous
from kam_excel.workbook.manual import put_back, set_aside_issues
from kam_excel.workbook.printing import unbroken_issues

CORE = "core"  # who gives what several strategies add to


@dataclass(frozen=True, slots=True)
class Output:
    """An output that was computed: who gave it, its table, its rows."""

    strategy: str
    table: type[Table]
    frame: pd.DataFrame


@dataclass(slots=True)
class Computed:
    """What the strategies gave; `failed` are those that did not, with their problems, `error`
    what the last one of them raised.

    `issues` are what was doubtful, which the issue sheet lists beside other things; `aside` is
    what users filled in for rows that are not in the outputs now.
    """

    outputs: list[Output] = field(default_factory=list)
    issues: pd.DataFrame = field(default_factory=pd.DataFrame)
    aside: list[tuple[type[Table], pd.DataFrame]] = field(default_factory=list)
    failed: dict[str, Sequence[Problem]] = field(default_factory=dict)
    error: KamError | None = None


def compute(inputs: Inputs, host: Host, settings: Settings, options: Options) -> Computed:
    """Compute the selected strategies in order; collected tables come last.

    Raises the KamError of the first strategy that fails, unless the run is partial and another
    one succeeds.
    """
    done = attempt(inputs, host, settings, options, keep_going=options.partial)
    if done.error and all(output.strategy == CORE for output in done.outputs):
        raise done.error
    return done


def attempt(
    inputs: Inputs, host: Host, settings: Settings, options: Options, *, keep_going: bool = True
) -> Computed:
    """The same, but with `keep_going` nothing is raised, whatever fails."""
    work = _Work(inputs, override_issues(settings, inputs.run.language))
    for strategy in inputs.selection.order:
        try:
            given = _compute_one(strategy, work, host, settings, options)
        except KamError as raised:
            error = placed(raised, inputs.readings)
            if not keep_going:
                raise error from raised
            work.fail(strategy, error)
        else:
            work.take(strategy, given)
    return work.finished()


class _Work:
    """What there is while strategies are computed: frames to read, and what was given.

    `frames` are by table id, `lost` the problems of tables that no strategy will give.
    """

    def __init__(self, inputs: Inputs, overrides: pd.DataFrame) -> None:
        self.inputs = inputs
        self.done = Computed(failed=dict(inputs.failed))
        self.frames = {name: reading.frame for name, reading in inputs.readings.items()}
        self.lost: dict[str, Sequence[Problem]] = {}
        accounts = [reading.reconciliation for reading in inputs.readings.values()]
        self._collected: dict[type[Table], list[pd.DataFrame]] = {
            DataIssues: [inputs.issues, overrides],
            Reconciliation: [Reconciliation.frame(account) for account in accounts if len(account)],
        }

    def fail(self, strategy: Strategy, error: KamError) -> None:
        """Remember why `strategy` gave nothing."""
        self.done.error = error
        self.done.failed[strategy.name] = error.problems
        self.lost |= {table.id: error.problems for table in strategy.outputs}

    def take(self, strategy: Strategy, given: Mapping[type[Table], pd.DataFrame]) -> None:
        """Keep what `strategy` gave, with the user's values put back."""
        for table, frame in given.items():
            if table.collected:
                self._collected.setdefault(table, []).append(frame)
                continue
            if table.manual():
                frame, left = put_back(frame, table, self.inputs.manual[table.id])
                self.done.aside.append((table, left))
                self._collected[DataIssues].append(set_aside_issues(table, left))
            language = self.inputs.run.language
            self._collected[DataIssues].append(unbroken_issues(table, frame, language))
            frame = with_reasons(frame, strategy.reasons, language)
            self.frames[table.id] = frame
            self.done.outputs.append(Output(strategy.name, table, frame))

    def finished(self) -> Computed:
        """Everything that was given; what several strategies add to comes last."""
        done, inputs = self.done, self.inputs
        together = {
            table: _together(table, parts, inputs) for table, parts in self._collected.items()
        }
        done.issues, account = together[DataIssues], together[Reconciliation]
        together[DataIssues] = issue_sheet(
            done.issues, account, _refused(inputs, done), _tables(inputs), inputs.run.language
        )
        done.outputs += [Output(CORE, table, frame) for table, frame in together.items()]
        return done


def _refused(inputs: Inputs, done: Computed) -> list[Refusal]:
    """What could not be read, and what strategies raised beside that."""
    known = [each.problem for each in inputs.refused]
    raised = [
        Refusal(name, each, [name])
        for name, problems in done.failed.items()
        for each in problems
        if each not in known
    ]
    return [*inputs.refused, *raised]


def _tables(inputs: Inputs) -> dict[str, type[Table]]:
    """Every table that a selected strategy reads or gives, by id."""
    return {table.id: table for each in inputs.selection.order for table in each.tables()} | {
        name: reading.location.table for name, reading in inputs.readings.items()
    }


def _together(table: type[Table], parts: Sequence[pd.DataFrame], inputs: Inputs) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    nothing = pd.DataFrame(columns=list(table.columns))
    whole = pd.concat(filled, ignore_index=True) if filled else nothing
    frame = with_reasons(table.frame(whole), {}, inputs.run.language)
    if table is not DataIssues:
        return frame
    return readable(frame, inputs.readings, _tables(inputs), inputs.run.language)


def _compute_one(
    strategy: Strategy, work: _Work, host: Host, settings: Settings, options: Options
) -> dict[type[Table], pd.DataFrame]:
    """Call one strategy with copies of what it reads, and hold its result to its declaration."""
    missing = [p for each in strategy.inputs for p in work.lost.get(each.table.id, ())]
    if missing:
        raise PluginError(missing)
    options.progress(Step(Doing.COMPUTE, strategy.title))
    policies = {name: settings.policy(policy) for name, policy in strategy.policies.items()}
    try:
        given = host.hook.kam_run_strategy(
            strategy=strategy,
            frames=_arguments(strategy, work.frames, work.inputs),
            policies=policies,
            run=work.inputs.run,
        )
        return {
            table: table.frame(given[table.id]) for table in strategy.outputs if table.id in given
        }
    except KamError:
        raise
    except Exception as error:  # a plugin may raise anything; the workbook must not suffer
        said = _said(error)
        raise PluginError(problem("PLUGIN_RAISED", strategy=strategy.name, error=said)) from error


def _said(error: Exception) -> str:
    """What an exception says; one of a plugin may not even be able to."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # of its own __str__
        return type(error).__name__


def _arguments(
    strategy: Strategy, frames: Mapping[str, pd.DataFrame], inputs: Inputs
) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    for each in strategy.inputs:
        if each.previous:
            arguments[each.name] = previous(inputs.history, each.table, inputs.run.as_of)
        elif each.manual:
            arguments[each.name] = inputs.manual[each.table.id].copy()
        else:
            frame = frames.get(each.table.id)
            arguments[each.name] = None if frame is None else frame.copy()
    return arguments
