"""Plugins whose hooks raise: the run says which one, and the workbook stays as it was."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import kam_excel_plugins.identification as identification
import pytest

from kam_excel import Sales, hookimpl
from kam_excel.errors import PluginError

SALES = {
    Sales: """
        date,       customer_id, amount
        2026-05-05, A,           100
        2026-05-06, B,           50
    """
}


def plugin(**hooks):
    marked = {name: hookimpl(function, specname=name) for name, function in hooks.items()}
    return SimpleNamespace(__name__="acme", **marked)


def after(outputs):
    raise ValueError("no mail server")


def failed(problems):
    raise OSError("no log server")


@pytest.mark.parametrize(
    ("hooks", "told"),
    [
        ({"kam_after_run": after}, ["kam_after_run"]),
        ({"kam_after_run": after, "kam_run_failed": failed}, ["kam_after_run", "kam_run_failed"]),
        ({"kam_check_tables": lambda frames: frames["nothing"]}, ["kam_check_tables"]),
        ({"kam_read_table": lambda frame: frame["nothing"]}, ["kam_read_table"]),
        ({"kam_locate_table": lambda sheets: sheets[9]}, ["kam_locate_table"]),
    ],
)
def test_each_hook_that_raises_is_named(make_workbook, run_workbook, hooks, told):
    path = make_workbook(SALES)
    before = path.read_bytes()
    with pytest.raises(PluginError) as raised:
        run_workbook(path, identification, plugin(**hooks), as_of=date(2026, 6, 30))
    problems = raised.value.problems
    assert [each.code.name for each in problems] == ["HOOK_RAISED"] * len(told)
    assert [each.facts["hook"] for each in problems] == told
    assert {each.facts["plugin"] for each in problems} == {"acme"}
    assert path.read_bytes() == before
