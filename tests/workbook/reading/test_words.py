"""Ids, texts, choices, and yes or no."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.contract.column import Kind
from kam_excel.workbook.reading.formats import padded
from typing_columns import typed, verdict

JANUARY_5 = datetime(2026, 1, 5)
CHOICES = {"sale": "销售", "return": "退货"}


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        (1001.0, "1001"),
        (1001, "1001"),
        (1001.5, "1001.5"),
        (-0.0, "0"),
        (-7.0, "-7"),
        (Decimal("1001.00"), "1001"),
        (999_999_999_999_999.0, "999999999999999"),
        ("001001", "001001"),
        ("00１ ", "001"),
        ("A  001", "A 001"),
        ("Ｃ－１", "C-1"),
        ("12E3", "12E3"),
        ("3-5", "3-5"),
        ("—", "—"),
        (" ", None),
        ("\u200b", None),
    ],
)
def test_an_id_stays_text_and_keeps_its_leading_zeros(cell, key):
    assert verdict(Kind.KEY, cell) == (key,)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1001.0", "1001"),
        ("A\xa01", "A 1"),
        ("A1\xa0", "A1"),
        ("A\u200b1", "A1"),
        ("\ufeffA1", "A1"),
        ("A1\x1f", "A1"),
        ("A\u202d1\u202c", "A1"),
        ("①", "1"),
    ],
)
def test_what_cannot_be_seen_in_an_id_is_taken_out_and_noted(text, key):
    assert verdict(Kind.KEY, text) == (key, "KEY_CLEANED")


@pytest.mark.parametrize("cell", [1e15, -1e15, 1.234e20, 10**15, "1.23457E+15", "6E+15"])
def test_an_id_that_lost_digits_is_refused(cell):
    assert verdict(Kind.KEY, cell) == "KEY_DIGITS_LOST"


@pytest.mark.parametrize("cell", [JANUARY_5, date(2026, 3, 5)])
def test_an_id_that_became_a_date_is_refused(cell):
    assert verdict(Kind.KEY, cell) == "KEY_IS_DATE"


@pytest.mark.parametrize("cell", [True, False, float("nan"), float("inf"), object(), b"1"])
def test_what_is_no_id_is_refused(cell):
    assert verdict(Kind.KEY, cell) == "KEY_NOT_READABLE"


def test_a_dash_is_no_id_if_the_policy_says_so():
    assert verdict(Kind.KEY, "—", {"dash": "empty"}) == (None, "DASH_READ")
    assert verdict(Kind.KEY, "-", {"dash": "zero"}) == (None, "DASH_READ")


@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        ("1001", "000000", "001001"),
        ("1001", '"K"000000', "K001001"),
        ("1001", "\\K000000", "K001001"),
        ("1234567", "000-0000", "123-4567"),
        ("123456789", "000-0000", "12345-6789"),
        ("1001", "0", "1001"),
        ("1001", "General", "1001"),
        ("1001", "@", "1001"),
        ("1001", "#,##0", "1001"),
        ("1001", "0.00", "1001"),
        ("1001", "0000;-0000", "1001"),
        ("1001", "", "1001"),
    ],
)
def test_an_id_is_what_a_format_of_zeros_shows(number, number_format, shown):
    assert padded(number, number_format) == shown
    assert verdict(Kind.KEY, float(number), formats=[number_format]) == (shown,)


def test_only_a_number_is_shown_by_its_format():
    found = typed(Kind.KEY, ["1001", 1001.0, 1.5], formats=["000000"] * 3)
    assert found.values == ["1001", "001001", "1.5"]


@given(st.integers(0, 10**15 - 1), st.integers(2, 18))
def test_an_id_is_read_back_from_a_format_of_zeros(number, width):
    [key] = typed(Kind.KEY, [float(number)], formats=["0" * width]).values
    assert key == f"{number:0{width}d}"


@given(st.from_regex(r"[0-9A-Za-z]([0-9A-Za-z./_ -]*[0-9A-Za-z])?", fullmatch=True))
def test_an_id_is_read_back_from_full_width(text):
    key = " ".join(text.split())
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" for c in key)
    assert verdict(Kind.KEY, wide) == verdict(Kind.KEY, key)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 华东 ", "华东"),
        ("两\n行", "两\n行"),
        (7.0, "7"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (JANUARY_5, "2026-01-05"),
        (datetime(2026, 1, 5, 17, 30), "2026-01-05 17:30:00"),
        (True, "TRUE"),
        ("  ", None),
    ],
)
def test_text_is_what_people_would_write(cell, text):
    assert verdict(Kind.TEXT, cell) == (text,)


def test_text_is_cleaned_of_what_cannot_be_seen():
    assert verdict(Kind.TEXT, "华\u200b东\xa0区") == ("华东 区", "TEXT_CLEANED")


def test_a_text_shows_a_percentage_as_its_cell_does():
    assert typed(Kind.TEXT, [0.95, 0.95], formats=["0%", "0.00"]).values == ["95%", "0.95"]


@pytest.mark.parametrize("cell", [time(10, 30), object(), float("nan"), b"text"])
def test_what_is_no_text_is_refused(cell):
    assert verdict(Kind.TEXT, cell) == "TEXT_NOT_READABLE"


@pytest.mark.parametrize(
    ("cell", "choice"),
    [
        ("退货", "return"),
        (" Return ", "return"),
        ("ＳＡＬＥ", "sale"),
        ("sa\u200ble", "sale"),
        ("", None),
    ],
)
def test_a_choice_is_known_in_both_languages(cell, choice):
    assert verdict(Kind.CHOICE, cell, choices=CHOICES) == (choice,)


@pytest.mark.parametrize(("cell", "text"), [("样品", "样品"), (3.0, "3"), (True, "TRUE")])
def test_another_choice_stays_as_it_is_and_is_noted(cell, text):
    assert verdict(Kind.CHOICE, cell, choices=CHOICES) == (text, "CHOICE_UNKNOWN")


@pytest.mark.parametrize("cell", ["退回", "Credit Memo", "ＣＲＥＤＩＴ memo "])
def test_a_choice_is_known_by_further_words(cell):
    further = {"return": ("退回", "Credit Memo")}
    assert verdict(Kind.CHOICE, cell, choices=CHOICES, further=further) == ("return",)


def test_what_a_policy_names_is_known():
    found = typed(Kind.CHOICE, ["红冲", "Credit"], choices=CHOICES, words=("红冲", "credit"))
    assert (found.values, found.noted) == (["红冲", "credit"], {})


def test_what_a_policy_names_goes_before_further_words():
    further = {"return": ("红冲",)}
    found = typed(Kind.CHOICE, ["红冲"], choices=CHOICES, further=further, words=("红冲",))
    assert (found.values, found.noted) == (["红冲"], {})


def test_without_choices_every_one_is_known():
    assert verdict(Kind.CHOICE, "样品") == ("样品",)


def test_a_dash_is_no_choice_if_the_policy_says_so():
    assert verdict(Kind.CHOICE, "-", choices=CHOICES) == ("-", "CHOICE_UNKNOWN")
    assert verdict(Kind.CHOICE, "-", {"dash": "empty"}, choices=CHOICES) == (None, "DASH_READ")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((yes, True) for yes in (True, 1, 1.0, "是", "Yes", "１", "√", "✓")),
        *((no, False) for no in (False, 0, 0.0, "否", "NO", "×")),
        ("", None),
    ],
)
def test_yes_and_no_in_either_language(cell, value):
    assert verdict(Kind.BOOLEAN, cell) == (value,)


@pytest.mark.parametrize("cell", [1.5, 0.4, -0.5, 2, "maybe", JANUARY_5, float("nan")])
def test_what_is_neither_yes_nor_no_is_refused(cell):
    assert verdict(Kind.BOOLEAN, cell) == "BOOLEAN_NOT_READABLE"


def test_a_dash_is_neither_yes_nor_no():
    assert verdict(Kind.BOOLEAN, "/") == "DASH_NOT_READABLE"
    assert verdict(Kind.BOOLEAN, "/", {"dash": "zero"}) == (None, "DASH_READ")
