"""Laws of typing that hold for every kind of column and every cell."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.contract.column import Kind
from kam_excel.contract.frames import series_of
from kam_excel.workbook.reading.columns import ERRORS
from typing_columns import typed, verdict

RULES = st.fixed_dictionaries(
    {
        "date_order": st.sampled_from(["none", "dmy", "mdy"]),
        "decimal_comma": st.booleans(),
        "parentheses": st.sampled_from(["refuse", "negative"]),
        "trailing_minus": st.sampled_from(["refuse", "negative"]),
        "chinese_units": st.booleans(),
        "dash": st.sampled_from(["refuse", "empty", "zero"]),
    }
)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.text("0123456789.,-+()%¥￥$元万亿 年月日/:eEXUSD０１－，", max_size=12),
    st.sampled_from(sorted(ERRORS)),
)
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.floats(),
    st.integers(),
    st.decimals(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.binary(max_size=3),
)


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=50)
@given(cells=st.lists(CELLS, max_size=6), rules=RULES, factor=st.sampled_from([1, 1000, 10_000]))
def test_any_cells_make_a_column_of_their_kind(kind, cells, rules, factor):
    found = typed(kind, cells, rules, factor=factor, percent="percent", places=2)
    assert len(found.values) == len(cells)
    series = series_of(kind, found.values, pd.RangeIndex(len(cells)))
    assert len(series) == len(cells)
    for at in {i for positions in found.refused.values() for i in positions}:
        assert found.values[at] is None
        assert not any(at in positions for positions in found.noted.values())


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=50)
@given(cells=st.lists(CELLS, min_size=1, max_size=6), rules=RULES)
def test_the_verdict_on_a_cell_does_not_depend_on_its_neighbours(kind, cells, rules):
    whole = typed(kind, cells, rules)
    for at, cell in enumerate(cells):
        alone = typed(kind, [cell], rules)
        assert alone.values == whole.values[at : at + 1]
        assert set(alone.noted) == {code for code, where in whole.noted.items() if at in where}
        assert set(alone.refused) == {code for code, where in whole.refused.items() if at in where}


WORDS = st.text("AE01+.0 |#/A客—²\xa0\u200b", max_size=5) | st.sampled_from(["#N/A", "1E+15"])


@pytest.mark.parametrize("kind", [Kind.KEY, Kind.TEXT, Kind.CHOICE])
@settings(max_examples=200)
@given(cells=st.lists(WORDS, max_size=3), rules=RULES)
def test_a_column_of_texts_is_read_as_each_of_them_is(kind, cells, rules):
    whole = typed(kind, cells, rules)
    alone = [typed(kind, [cell], rules) for cell in cells]
    assert whole.values == [each.values[0] for each in alone]
    assert set(whole.noted) == {code for each in alone for code in each.noted}
    assert set(whole.refused) == {code for each in alone for code in each.refused}


@pytest.mark.parametrize("kind", [Kind.MONEY, Kind.NUMBER, Kind.PERCENT])
@given(number=st.floats(allow_nan=False), factor=st.sampled_from([1, 1000, 10_000]))
def test_a_number_is_the_15_digits_of_its_cell_times_the_factor_or_an_issue(kind, number, factor):
    found = typed(kind, [number], factor=factor, percent="fraction")
    if not found.refused and not found.noted:
        [value] = series_of(kind, found.values, pd.RangeIndex(1))
        assert Fraction(value) == Fraction(Decimal(f"{number:.15g}")) * factor


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("error", sorted(ERRORS))
def test_an_error_is_never_taken_for_a_value(kind, error):
    assert verdict(kind, error) == "CELL_ERROR"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_formula_without_a_value_is_refused_under_its_own_name(kind):
    assert verdict(kind, "#GETTING_DATA") == "FORMULA_NOT_COMPUTED"


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_column_stays_empty(kind):
    assert typed(kind, []).values == []
    assert typed(kind, [None, None]).values == [None, None]


def test_positions_are_those_of_the_cells():
    found = typed(Kind.MONEY, [1.0, "2", "x", None, "2", "x", "#N/A"])
    assert found.values == [1.0, 2, None, None, 2, None, None]
    assert found.noted == {"TEXT_NUMBER": [1, 4]}
    assert found.refused == {"NUMBER_NOT_READABLE": [2, 5], "CELL_ERROR": [6]}


def test_true_is_not_one():
    found = typed(Kind.NUMBER, [1.0, True, 1, False, 0.0])
    assert found.values == [1.0, None, 1, None, 0.0]


FIGURES = st.text("0123456789０１.,．，-+−()¥￥元$%万 \u3000\u200bUSDCNY²", max_size=14)
DATES = st.text("0123456789/-.年月日 :JanMy,T", max_size=16)


@given(text=FIGURES)
def test_an_amount_that_is_read_from_a_text_has_its_digits_and_its_sign(text):
    found = verdict(Kind.MONEY, text)
    if isinstance(found, tuple) and found[0] is not None:
        [value, code] = found
        half = unicodedata.normalize("NFKC", text).replace("−", "-")
        assert code == "TEXT_NUMBER"
        assert abs(value) == Decimal("".join(char for char in half if char in "0123456789."))
        assert (value < 0) == ("-" in half and value != 0)


@given(text=DATES)
def test_a_day_that_is_read_from_a_text_is_written_in_it(text):
    found = verdict(Kind.DATE, text)
    if isinstance(found, tuple) and found[0] is not None:
        day = found[0]
        assert f"{day.year:04d}" in text
        assert day.day == 1 or str(day.day) in text
        assert str(day.month) in text or f"{day:%b}".casefold() in text.casefold()
