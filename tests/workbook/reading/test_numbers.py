"""Numbers, whole numbers and amounts: what is read, what is refused, what a policy allows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.contract.column import Kind
from typing_columns import typed, verdict

NUMERIC = [Kind.NUMBER, Kind.MONEY, Kind.INTEGER, Kind.PERCENT]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("12,345,678", "12345678"),
        ("１，２３４．５", "1234.5"),
        ("１２３", "123"),
        ("¥1,234", "1234"),
        ("￥ 1,234", "1234"),
        ("1234元", "1234"),
        ("¥99.90 元", "99.90"),
        ("人民币 5", "5"),
        ("RMB5", "5"),
        ("5.00 cny", "5.00"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("－５", "-5"),
        ("¥-5", "-5"),
        ("-¥5", "-5"),
        (" +5 ", "5"),
        ("\xa05\u200b", "5"),
        (".5", "0.5"),
        ("007", "7"),
        ("0", "0"),
    ],
)
def test_a_text_that_is_clearly_an_amount_is_read_and_noted(text, amount):
    assert verdict(Kind.MONEY, text) == (Decimal(amount), "TEXT_NUMBER")


@pytest.mark.parametrize(
    "cell",
    [
        *("12,3456 5", "1e5", "10 20", "1 234", "1\xa0234", "1'234", "5.", "¥", "元", "%", "5%元"),
        *("--5", "-5-", "¥-5-", "n/a", "5 XYZ", "10²", "①", "½", "١٢", "()", "(5", "5)", "(-5)"),
        *("5% (est.)", "1,234,56.0", "1.2.3", "1" * 29, datetime(2026, 1, 5), True, object(), b"5"),
        *(float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("sNaN"), [5]),
        *(Decimal("1E-99"), date(2026, 1, 5)),
    ],
)
@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.MONEY, Kind.PERCENT])
def test_what_is_no_unambiguous_number_is_refused(kind, cell):
    assert verdict(kind, cell) == "NUMBER_NOT_READABLE"


@pytest.mark.parametrize("cell", [2.5, "2.5", "50%", "¥5", "x", True, datetime(2026, 1, 5)])
def test_what_is_no_whole_number_is_refused(cell):
    assert verdict(Kind.INTEGER, cell) in ("INTEGER_NOT_READABLE", "NUMBER_NOT_READABLE")


def test_whole_numbers():
    assert typed(Kind.INTEGER, [3.0, None, -7.0]).values == [3.0, None, -7.0]
    assert verdict(Kind.INTEGER, "１２") == (12, "TEXT_NUMBER")


def test_a_column_of_plain_numbers_is_taken_as_it_is():
    cells = [1234.5, None, 0.0, -7.0, 0.1 + 0.2]
    found = typed(Kind.MONEY, cells)
    assert (found.values, found.noted, found.refused) == (cells, {}, {})


@pytest.mark.parametrize("kind", NUMERIC)
@pytest.mark.parametrize("cell", ["", "  ", "\u3000", "\u200b", None])
def test_a_blank_cell_is_empty(kind, cell):
    assert verdict(kind, cell) == (None,)


@pytest.mark.parametrize(
    ("text", "code", "rule", "amount"),
    [
        ("(500)", "NUMBER_IN_PARENTHESES", {"parentheses": "negative"}, "-500"),
        ("（1,500.5）", "NUMBER_IN_PARENTHESES", {"parentheses": "negative"}, "-1500.5"),
        ("(¥500)", "NUMBER_IN_PARENTHESES", {"parentheses": "negative"}, "-500"),
        ("¥(500)", "NUMBER_IN_PARENTHESES", {"parentheses": "negative"}, "-500"),
        ("500-", "NUMBER_MINUS_BEHIND", {"trailing_minus": "negative"}, "-500"),
        ("1,500.50 -", "NUMBER_MINUS_BEHIND", {"trailing_minus": "negative"}, "-1500.50"),
        ("1.234,56", "NUMBER_DECIMAL_COMMA", {"decimal_comma": True}, "1234.56"),
        ("1,5", "NUMBER_DECIMAL_COMMA", {"decimal_comma": True}, "1.5"),
        ("0,123", "NUMBER_DECIMAL_COMMA", {"decimal_comma": True}, "0.123"),
        ("12万", "NUMBER_CHINESE_UNIT", {"chinese_units": True}, "120000"),
        ("3.5亿", "NUMBER_CHINESE_UNIT", {"chinese_units": True}, "350000000"),
        ("-1.2 万元", "NUMBER_CHINESE_UNIT", {"chinese_units": True}, "-12000"),
    ],
)
def test_what_a_policy_allows_is_refused_without_it(text, code, rule, amount):
    assert verdict(Kind.MONEY, text) == code
    assert verdict(Kind.MONEY, text, rule) == (Decimal(amount), "TEXT_NUMBER")


def test_a_decimal_comma_makes_a_point_stand_between_thousands():
    rules = {"decimal_comma": True}
    assert verdict(Kind.NUMBER, "1.234", rules) == (Decimal(1234), "TEXT_NUMBER")
    assert verdict(Kind.NUMBER, "1234.5", rules) == "NUMBER_NOT_READABLE"
    assert verdict(Kind.NUMBER, "1,234.5", rules) == "NUMBER_NOT_READABLE"


@pytest.mark.parametrize("text", ["—", "-", "–", "/", "－", "--", " — "])
@pytest.mark.parametrize("kind", NUMERIC)
def test_a_dash_is_what_the_policy_says(kind, text):
    assert verdict(kind, text) == "DASH_NOT_READABLE"
    assert verdict(kind, text, {"dash": "zero"}) == (0, "DASH_READ")
    assert verdict(kind, text, {"dash": "empty"}) == (None, "DASH_READ")


@pytest.mark.parametrize("number", [1e15, -1e15, 1e300, 10**15, "1" + "0" * 15, Decimal(10**15)])
@pytest.mark.parametrize("kind", NUMERIC)
def test_a_number_that_cannot_have_kept_its_digits_is_refused(kind, number):
    assert verdict(kind, number, percent="fraction") == "NUMBER_TOO_LARGE"


def test_the_largest_number_keeps_its_digits():
    assert verdict(Kind.MONEY, 999_999_999_999_999.0) == (999_999_999_999_999.0,)


def test_what_subtracting_left_over_is_nothing():
    left_over = 1.1 - 1 - 0.1
    assert 0 < left_over < 1e-15
    assert verdict(Kind.MONEY, left_over) == (0, "NUMBER_RESIDUE")
    assert verdict(Kind.NUMBER, 1e-9) == (1e-9,)


def test_the_factor_of_the_unit_is_applied_to_every_form_exactly():
    cells = [1.1, "2.34567", 0.00005, None]
    found = typed(Kind.MONEY, cells, factor=10_000, places=2)
    expected = [Decimal(11_000), Decimal("23456.7"), Decimal("0.5"), None]
    assert (found.values, found.noted) == (expected, {"TEXT_NUMBER": [1]})
    assert verdict(Kind.MONEY, 1e12, factor=10_000) == "NUMBER_TOO_LARGE"


def test_a_unit_in_the_cell_and_in_the_header_is_one_too_many():
    rules = {"chinese_units": True}
    assert verdict(Kind.MONEY, "12万", rules, factor=10_000) == "NUMBER_NOT_READABLE"


@pytest.mark.parametrize(
    ("currency", "text", "code"),
    [
        ("CNY", "¥5", ""),
        ("JPY", "¥5", ""),
        ("USD", "$5", ""),
        ("USD", "US$ 5", ""),
        ("USD", "USD 5", ""),
        ("USD", "$5 USD", ""),
        ("EUR", "5 €", ""),
        ("GBP", "£5", ""),
        ("HKD", "$5", ""),
        ("USD", "¥5", "CURRENCY_CONTRADICTS"),
        ("USD", "5元", "CURRENCY_CONTRADICTS"),
        ("CNY", "$5", "CURRENCY_CONTRADICTS"),
        ("EUR", "5 USD", "CURRENCY_CONTRADICTS"),
        ("USD", "$5 EUR", "NUMBER_NOT_READABLE"),
        ("", "$5", "CURRENCY_CONTRADICTS"),
        ("", "¥5", ""),
    ],
)
def test_the_sign_of_a_currency_agrees_with_the_row(currency, text, code):
    expected = code or (5, "TEXT_NUMBER")
    assert verdict(Kind.MONEY, text, currencies=currency) == expected
    assert verdict(Kind.MONEY, text, currencies=[currency or None]) == expected


def test_the_same_text_may_agree_with_one_row_and_contradict_another():
    found = typed(Kind.MONEY, ["$5", "$5", "$5"], currencies=["USD", "CNY", "HKD"])
    assert found.values == [5, None, 5]
    assert found.refused == {"CURRENCY_CONTRADICTS": [1]}


def test_a_quantity_has_no_currency():
    assert verdict(Kind.NUMBER, "5元", currencies="CNY") == "NUMBER_NOT_READABLE"


@pytest.mark.parametrize(
    ("cell", "places", "code"),
    [
        (1.23, 2, ()),
        (1.234, 2, ("MORE_DECIMALS",)),
        (100.0, 0, ()),
        (100.5, 0, ("MORE_DECIMALS",)),
        (1.234, 3, ()),
        (1.234, None, ()),
        (0.1 + 0.2, 2, ()),
        (Decimal("1.230"), 2, ()),
        (Decimal("1.234"), 2, ("MORE_DECIMALS",)),
    ],
)
def test_more_decimals_than_the_currency_has_are_kept_and_noted(cell, places, code):
    assert verdict(Kind.MONEY, cell, places=places) == (cell, *code)
    assert verdict(Kind.MONEY, cell, places=[places]) == (cell, *code)


def test_decimals_are_those_of_the_currency_of_each_row():
    found = typed(Kind.MONEY, [1.5, 1.5, None, "1.5"], places=[0, 2, 0, 0])
    assert found.noted == {"TEXT_NUMBER": [3], "MORE_DECIMALS": [0, 3]}


def test_a_percentage_is_no_amount():
    assert verdict(Kind.MONEY, "5%") == "NUMBER_NOT_READABLE"
    found = typed(Kind.MONEY, [0.05, 5.0], formats=["0%", "0.00"])
    assert (found.values, found.refused) == ([None, 5.0], {"NUMBER_NOT_READABLE": [0]})
    assert verdict(Kind.NUMBER, "50%") == (Decimal("0.5"), "TEXT_NUMBER")


WRITTEN = [
    lambda amount: f"{amount:,}",
    lambda amount: f"{amount}",
    lambda amount: f"¥{amount:,}",
    lambda amount: f"{amount} 元",
    lambda amount: f" {amount:+,} ",
]


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(WRITTEN))
def test_an_amount_is_read_back_from_any_form(amount, write):
    assert verdict(Kind.MONEY, write(amount), places=2) == (amount, "TEXT_NUMBER")


@given(st.decimals(0, 10**12, places=2))
def test_an_amount_is_read_back_from_the_forms_that_a_policy_allows(amount):
    rules = {"parentheses": "negative", "trailing_minus": "negative"}
    comma = f"{amount:,}".translate(str.maketrans(",.", ".,"))
    assert verdict(Kind.MONEY, f"({amount:,})", rules) == (-amount, "TEXT_NUMBER")
    assert verdict(Kind.MONEY, f"{amount}-", rules) == (-amount, "TEXT_NUMBER")
    assert verdict(Kind.MONEY, comma, {"decimal_comma": True}) == (amount, "TEXT_NUMBER")


@pytest.mark.parametrize(
    ("number_format", "is_misleading"),
    [
        ('0.00"万"', True),
        ('#,##0" 万元"', True),
        ('0"K"', True),
        ("0\\M", True),
        ('0"亿";-0"亿"', True),
        ('0.0,"K"', False),
        ('0!.0,"万"', False),
        ('#,##0.0,,"M";-#,##0.0,,"M"', False),
        ('"¥"#,##0.00', False),
        ('#,##0.00"元"', False),
        ("General", False),
        ("#,##0.00", False),
        ('0"kg"', False),
    ],
)
def test_a_format_that_adds_a_unit_is_refused_unless_the_header_names_it(
    number_format, is_misleading
):
    expected = "UNIT_IN_FORMAT" if is_misleading else (12.0,)
    assert verdict(Kind.MONEY, 12.0, formats=[number_format]) == expected
    assert verdict(Kind.MONEY, 12.0, formats=[number_format], factor=10_000) == (120_000,)


@pytest.mark.parametrize("text", ["¥5", "5元", "5 CNY"])
def test_a_currency_in_the_cell_and_a_unit_in_the_header_do_not_go_together(text):
    assert verdict(Kind.MONEY, text, factor=10_000) == "NUMBER_NOT_READABLE"
