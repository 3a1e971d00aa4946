"""Every hook of kam_excel. A plugin implements those it needs, marked with `hookimpl`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import pluggy

from kam_excel.contract.action import RibbonAction
from kam_excel.contract.strategy import Run, Strategy
from kam_excel.contract.table import Table
from kam_excel.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kam_excel.contract.policy import Policy

PROJECT = "kam_excel"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def kam_register_strategies() -> Sequence[Strategy]:
    """Give the strategies of this plugin. Called once, after all plugins are loaded.

    None means that the plugin has none.
    """
    raise NotImplementedError


@hookspec(historic=True)
def kam_configure(settings: Any) -> None:
    """Receive the settings of config.yaml and the defaults, as `Settings`.

    Called once they are read, and at once for late plugins. What a workbook's own sheet sets
    comes with the policies of each strategy.
    """


@hookspec(firstresult=True)
def kam_locate_table(table: type[Table], sheets: Sequence[str]) -> Mapping[str, Any] | None:
    """Say where this company keeps `table`: {"sheet": …, "header_row": …, "columns": {id: header}}.

    Called while a run is planned, for every input table that config.yaml does not place.
    `sheets` are the names of the visible sheets. None leaves it to the next plugin, in the
    end to the search by names and headers.
    """


@hookspec(firstresult=True)
def kam_read_table(table: type[Table], frame: pd.DataFrame) -> pd.DataFrame | None:
    """Receive an input as it was read and typed, give the frame that strategies see.

    Called once for each input table of a run; the index is the row of the sheet. A wrapper
    can correct or enrich what others give. None means unchanged.
    """


@hookspec
def kam_check_tables(frames: Mapping[str, pd.DataFrame], run: Run) -> Sequence[Problem]:
    """Object to the inputs before anything is computed; frames by table id.

    Called once per run. Any problem of level "error" stops it, others go to the issue list.
    None means no objection.
    """
    raise NotImplementedError


@hookspec(firstresult=True)
def kam_run_strategy(
    strategy: Strategy,
    frames: Mapping[str, pd.DataFrame | None],
    policies: Mapping[str, Policy],
    run: Run,
) -> dict[str, pd.DataFrame] | None:
    """Compute one strategy: frames by parameter in, frames by table id out.

    Called in the order of the graph. Wrap it to audit, time or approve; an implementation
    that gives a result replaces the strategy. None leaves it to the strategy itself.
    """


@hookspec
def kam_after_run(outputs: Mapping[str, pd.DataFrame], run: Run) -> None:
    """See the outputs of a run that succeeded, by table id. Called before the workbook is saved."""


@hookspec
def kam_run_failed(problems: Sequence[Problem], run: Run) -> None:
    """See why a run failed. Called once; nothing was written."""


@hookspec
def kam_ribbon_actions() -> Sequence[RibbonAction]:
    """Give further buttons for the ribbon, beside the one that each strategy has.

    Called when the add-in is built and when a button is clicked. None means no buttons.
    """
    raise NotImplementedError
