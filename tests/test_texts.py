"""What users read of the bundled declarations exists in zh and en."""

from __future__ import annotations

import re

import pytest

from kam_excel.codes import Text
from kam_excel.contract.policy import settings_of
from kam_excel.contract.table import Table
from kam_excel.contract.units import UNITS, unit_text
from kam_excel.host import make_host
from kam_excel.pipeline import core

HOST = make_host(core, discover=True)
TABLES = [  # those too that no strategy reads yet
    table
    for table in Table.__subclasses__()
    if table.__module__.startswith(("kam_excel.", "kam_excel_plugins."))
]
POLICIES = HOST.policies()
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    "declared", [*TABLES, *HOST.strategies.values()], ids=lambda each: getattr(each, "id", None)
)
def test_tables_and_strategies_say_what_they_are_for(declared):
    assert HAN.search(declared.about.zh)
    assert declared.about.en
    assert not HAN.search(declared.about.en)
    assert (declared.about.zh[-1], declared.about.en[-1]) == ("。", ".")


def test_every_unit_is_known_and_none_is_left_over():
    used = {column.unit for table in TABLES for column in table.columns.values()}
    used |= {setting.unit for policy in POLICIES for setting in settings_of(policy)}
    assert used - {""} == set(UNITS)


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_reads_otherwise_in_each_language(unit):
    assert HAN.search(unit_text(unit).zh)
    assert unit_text(unit).en.isascii()


def test_a_unit_of_a_plugin_is_shown_as_it_is():
    assert unit_text("stars") == Text("stars", "stars")
    assert unit_text("") == Text("", "")
