"""What plugins make of a table that was read, held to what strategies rely on."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from kam_excel.domain.amounts import STATED, stated_amounts
from kam_excel.domain.exact import ExactDtype
from kam_excel.domain.reconciliation import Reconciliation
from kam_excel.errors import PluginError, Problem, problem, raise_if
from kam_excel.host import Host
from kam_excel.workbook.reading.read import Reading


def as_plugins_read(reading: Reading, host: Host) -> Reading:
    """The reading with the frame that plugins make of it, and an account of what they changed.

    Raises PluginError where rows share a label, or amounts are not exact.
    """
    frame = host.hook.kam_read_table(table=reading.location.table, frame=reading.frame)
    raise_if(_wrong(frame, reading.location.table.id), PluginError)
    account = reading.reconciliation
    if len(account):
        now = len(frame), stated_amounts(frame)
        account = Reconciliation.reopened(account).became("PLUGIN_CHANGED", *now).closed(*now)
    return replace(reading, frame=frame, reconciliation=account)


def _wrong(frame: pd.DataFrame, table_id: str) -> list[Problem]:
    figures = [name for name in (*STATED, "qty", "price") if name in frame]
    floats = [name for name in figures if not isinstance(frame[name].dtype, ExactDtype)]
    problems = []
    if floats:
        columns = ", ".join(floats)
        problems.append(problem("PLUGIN_AMOUNTS_INEXACT", table_id=table_id, columns=columns))
    if not frame.index.is_unique:
        twice = frame.index[frame.index.duplicated()][0]
        problems.append(problem("PLUGIN_ROWS_REPEATED", table_id=table_id, row_no=twice))
    return problems
