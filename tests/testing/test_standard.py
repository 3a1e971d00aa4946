"""The standard tests pass on a sound strategy, and each fails on the fault that it is for."""

from __future__ import annotations

from datetime import date
from itertools import count
from types import SimpleNamespace

import kam_excel_plugins.identification as identification
import pandas as pd
import pytest

from kam_excel import (
    Frame,
    Integer,
    Key,
    RibbonAction,
    Sales,
    Table,
    Text,
    codes,
    column,
    hookimpl,
    strategy,
)
from kam_excel.errors import PluginError
from kam_excel.testing import StandardStrategyTests

SHEETS = {Sales: "doc_no, date, customer_id, amount\n1, 2026-03-05, A, 70\n2, 2026-04-05, B, 30"}
NUMBERS = count()


class TestIdentification(StandardStrategyTests):
    """The bundled strategy."""

    strategy = identification.identification
    plugins = (identification,)
    sheets = SHEETS
    as_of = date(2026, 6, 30)


class Faults(Table, zh="毛病", en="Faults", key=("n",)):
    n: Integer = column(zh="数", en="Number")
    twice: Integer = column(zh="数", en="Again", optional=True)
    reason_code: Text = column(zh="原因代码", en="Reason Code", optional=True)
    reason_text: Text = column(zh="", en="Reason", optional=True)


@strategy(zh="Faulty", en="Be faulty")
def kit_faulty(sales: Frame[Sales]) -> Frame[Faults]:
    """Never the same twice, for a reason that nobody has words for."""
    return Faults.frame(pd.DataFrame({"n": [next(NUMBERS)], "reason_code": ["UNWORDED"]}))


class Wordless(Table, zh="无言", en="Wordless"):
    reason_code: Text = column(zh="原因代码", en="Reason Code")


@strategy(zh="无言", en="Have words and no place for them", reasons={"few": ("少", "Few")})
def kit_wordless(sales: Frame[Sales]) -> Frame[Wordless]:
    """Give a code alone."""
    return Wordless.frame(pd.DataFrame({"reason_code": ["few"]}))


class Sound(Table, zh="其一", en="Sound"):
    customer_id: Key = column(zh="客户编码", en="Customer ID")


class Elsewhere(Table, zh="他处", en="Elsewhere"):
    name: Key = column(zh="名称", en="Name")


Elsewhere.id = "sales"  # a table of its own under a name of the core


@strategy(zh="其一", en="Read a table under a name of the core")
def kit_name_taken(elsewhere: Frame[Elsewhere]) -> Frame[Sound]:
    """Never runs."""


def plugin(*strategies, name="faulty", **hooks):
    register = hookimpl(lambda: list(strategies), specname="kam_register_strategies")
    return SimpleNamespace(__name__=name, kam_register_strategies=register, **hooks)


def standard(tested, *plugins):
    facts = {"strategy": tested, "plugins": plugins, "sheets": SHEETS, "as_of": date(2026, 6, 30)}
    return type("Standard", (StandardStrategyTests,), facts)()


FAULTY = standard(kit_faulty, plugin(kit_faulty))


def test_a_strategy_that_is_not_registered_is_told():
    with pytest.raises(AssertionError):
        standard(kit_faulty, plugin()).test_it_loads_and_takes_no_name_of_others()


def test_names_of_others_are_told():
    with pytest.raises(PluginError, match="TABLE_ID_TAKEN"):
        standard(kit_name_taken, plugin(kit_name_taken)).test_it_loads_and_takes_no_name_of_others()
    twice = plugin(kit_faulty), plugin(kit_faulty, name="another")
    with pytest.raises(PluginError, match="STRATEGY_TWICE"):
        standard(kit_faulty, *twice).test_it_loads_and_takes_no_name_of_others()


def test_texts_that_are_missing_are_told():
    with pytest.raises(AssertionError, match=r"faults\.reason_text"):
        FAULTY.test_it_speaks_both_languages()


def test_headers_that_are_there_twice_are_told():
    with pytest.raises(AssertionError, match="毛病 has two columns of one header"):
        FAULTY.test_no_two_columns_share_a_header()


@pytest.mark.parametrize("tip", ["", "x"])
def test_buttons_twice_or_without_words_are_told(tip):
    words = codes.Text("看", "Look")
    button = RibbonAction("look", words, codes.Text(tip, tip), print)
    buttons = [button] if not tip else [button, button]
    added = plugin(
        kit_faulty, kam_ribbon_actions=hookimpl(lambda: buttons, specname="kam_ribbon_actions")
    )
    with pytest.raises(AssertionError):
        standard(kit_faulty, added).test_its_buttons_can_be_clicked()


def test_reasons_without_words_are_told(tmp_path):
    with pytest.raises(AssertionError, match="UNWORDED"):
        FAULTY.test_it_writes_in_the_language_asked_for(tmp_path, "en")


def test_reasons_without_a_column_for_words_are_told(tmp_path):
    with pytest.raises(AssertionError, match="needs a column reason_text"):
        standard(kit_wordless, plugin(kit_wordless)).test_it_writes_in_the_language_asked_for(
            tmp_path, "en"
        )


def test_a_class_that_says_too_little_is_told():
    with pytest.raises(TypeError, match="TestShort does not say its plugins, sheets, as_of"):
        type("TestShort", (StandardStrategyTests,), {"strategy": kit_faulty})


def test_other_bytes_from_the_same_input_are_told(tmp_path):
    with pytest.raises(AssertionError):
        FAULTY.test_the_same_input_gives_the_same_bytes(tmp_path)


def test_a_template_is_told_by_its_tables_being_empty(tmp_path):
    FAULTY.test_a_blank_template_is_found_and_told_empty(tmp_path, "en")
