"""Tables that a plugin corrects while they are read, through the kam_read_table hook."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from kam_excel import hookimpl
from kam_excel.domain.exact import exact
from kam_excel.errors import PluginError
from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import check_file
from kam_excel.settings.settings import Settings

ROWS = [
    ["日期", "客户编码", "金额"],
    [date(2026, 5, 5), "A", 100],
    [date(2026, 5, 6), "B", 50],
]


class Corrects:
    """A plugin that makes something else of the sales."""

    def __init__(self, change):
        self._change = change

    @hookimpl
    def kam_read_table(self, table, frame):
        return self._change(frame) if table.id == "sales" else None


@pytest.fixture
def check(make_workbook):
    def run(change):
        host = make_host(core, Corrects(change), discover=True)
        settings = Settings.load(None, host.policies(), {})
        options = Options(as_of=date(2026, 6, 30))
        return check_file(make_workbook({"销售明细": ROWS}), host, settings, options)

    return run


def test_what_a_plugin_changed_has_an_entry_of_its_own(check):
    found = check(lambda frame: frame.iloc[:1].assign(amount=exact([70]).set_axis([2])))
    account = next(o.frame for o in found.computed.outputs if o.table.id == "reconciliation")
    assert account.to_numpy().tolist() == [
        ["sales", "ROWS_READ", 2, 150],
        ["sales", "PLUGIN_CHANGED", -1, -80],
        ["sales", "ROWS_USED", 1, 70],
        ["net_sales", "ROWS_READ", 1, 70],
        ["net_sales", "NET_SALES", 1, 70],
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda frame: frame.assign(amount=[0.1, 0.2]), "PLUGIN_AMOUNTS_INEXACT"),
        (lambda frame: pd.concat([frame, frame]), "PLUGIN_ROWS_REPEATED"),
    ],
)
def test_a_table_that_nobody_can_reckon_with_is_refused(check, change, code):
    with pytest.raises(PluginError, match=code):
        check(change)
