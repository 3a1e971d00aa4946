"""Percentages: a half is never taken for half a percent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.contract.column import Kind
from kam_excel.workbook.reading.formats import shown_as
from typing_columns import typed, verdict


@pytest.mark.parametrize("cell", [0.5, 0.13, 13.0, 1.0, -0.05, 100, "0.13", "13"])
@pytest.mark.parametrize("formats", [(), ["General"], ["0.00"], ["@"]])
def test_a_number_that_nothing_explains_is_refused(cell, formats):
    assert verdict(Kind.PERCENT, cell, formats=formats) == "PERCENT_AMBIGUOUS"


def test_nothing_is_nothing_either_way():
    assert verdict(Kind.PERCENT, 0.0) == (0,)
    assert verdict(Kind.PERCENT, "0") == (0, "TEXT_NUMBER")


@pytest.mark.parametrize(
    ("cell", "number_format", "meant", "share"),
    [
        (0.13, "0%", "", "0.13"),
        (0.13, "0.00%", "percent", "0.13"),
        (13.0, "0%", "", "13"),
        (13.0, '0"%"', "", "0.13"),
        (13.0, r"0.0\%", "fraction", "0.13"),
        (13.0, "General", "percent", "0.13"),
        (0.5, "General", "percent", "0.005"),
        (0.5, "General", "fraction", "0.5"),
        (1.13, "General", "fraction", "1.13"),
    ],
)
def test_a_cell_is_what_its_format_shows_else_what_its_column_says(
    cell, number_format, meant, share
):
    found = typed(Kind.PERCENT, [cell], formats=[number_format], percent=meant)
    assert [Decimal(str(value)) for value in found.values] == [Decimal(share)]
    assert (found.noted, found.refused) == ({}, {})


@pytest.mark.parametrize("number_format", ["General", "0%", "@"])
@pytest.mark.parametrize("meant", ["", "percent", "fraction"])
@pytest.mark.parametrize("text", ["95%", "95 %", "９５％", "95.0%"])
def test_a_text_with_its_sign_is_what_it_says(text, meant, number_format):
    found = verdict(Kind.PERCENT, text, formats=[number_format], percent=meant)
    assert found == (Decimal("0.95"), "TEXT_NUMBER")


def test_a_text_without_a_sign_is_what_its_column_says_and_not_its_format():
    assert verdict(Kind.PERCENT, "0.5", percent="percent") == (Decimal("0.005"), "TEXT_NUMBER")
    assert verdict(Kind.PERCENT, "0.5", formats=["0%"]) == "PERCENT_AMBIGUOUS"


def test_in_a_mixed_column_each_cell_is_judged_by_its_own_format():
    formats = ["0%", "General", "0.0%", "General"]
    found = typed(Kind.PERCENT, [0.13, 0.13, None, 0.0], formats=formats)
    assert found.values == [0.13, None, None, 0.0]
    assert found.refused == {"PERCENT_AMBIGUOUS": [1]}


def test_a_column_of_percent_cells_is_taken_as_it_is():
    cells = [0.13, None, 1.5]
    assert typed(Kind.PERCENT, cells, formats=["0%"] * 3).values == cells
    assert typed(Kind.PERCENT, cells, percent="fraction").values == cells


@pytest.mark.parametrize(
    ("number_format", "meant"),
    [
        ("0%", "fraction"),
        ("0.0%_ ", "fraction"),
        ("0.00%;[Red]-0.00%", "fraction"),
        ("[$-409]0%;;", "fraction"),
        ('0%;-0%;"–"', "fraction"),
        ("#,##0.0 %", "fraction"),
        ('0"%"', "percent"),
        ('0.0" % "', "percent"),
        ("0\\%", "percent"),
        ('0"％"', "percent"),
        ("General", ""),
        ("", ""),
        ("@", ""),
        ("0.00", ""),
        ('"%"', ""),
        ("0_%", ""),
        ("[<1]0%;0", ""),
        ("0%;0", ""),
    ],
)
def test_a_format_says_how_its_numbers_are_meant(number_format, meant):
    assert shown_as(number_format) == meant


@given(st.decimals(-10, 10, places=4), st.sampled_from(["{:%}", "{:.2%}", "{:+.4%}"]))
def test_a_percentage_is_read_back_from_any_form(share, form):
    text = form.format(share)
    assert verdict(Kind.PERCENT, text) == (share, "TEXT_NUMBER")
