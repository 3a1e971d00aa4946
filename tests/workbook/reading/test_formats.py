"""What number formats say of a value beside how it looks."""

from __future__ import annotations

import pytest

from kam_excel.contract.column import Kind
from kam_excel.workbook.reading.formats import shown_currencies, tells
from typing_columns import typed, verdict


@pytest.mark.parametrize(
    ("number_format", "currencies"),
    [
        ("[$$-409]#,##0.00", {"USD", "CAD", "HKD"}),
        ('"$"#,##0.00', {"USD", "CAD"}),
        ('"US$"#,##0.00;\\-"US$"#,##0.00', {"USD"}),
        ("[$€-2] #,##0.00", {"EUR"}),
        ("[$EUR] #,##0.00", {"EUR"}),
        ("[$¥-804]#,##0.00", {"CNY", "JPY"}),
        ('_ "￥"* #,##0.00_ ;_ "￥"* \\-#,##0.00_ ', {"CNY", "JPY"}),
        ('#,##0.00"元"', {"CNY"}),
        ("£#,##0.00", {"GBP"}),
        ('#,##0.00" USD"', {"USD"}),
    ],
)
def test_a_format_shows_the_sign_of_a_currency(number_format, currencies):
    assert shown_currencies(number_format) >= currencies


@pytest.mark.parametrize(
    "number_format",
    ["General", "#,##0.00", '0"kg"', '0"万元"', "0%", "[Red]0", "$#,##0_);($#,##0)", "[$-409]0"],
)
def test_a_format_without_the_sign_of_one_currency_says_nothing(number_format):
    assert shown_currencies(number_format) is None


def test_an_amount_under_the_sign_of_another_currency_is_kept_and_noted():
    formats = ['"$"#,##0.00', '"$"#,##0.00', "General", "[$€-2]0", '"$"0']
    currencies = ["USD", "CNY", "CNY", "CNY", "CNY"]
    found = typed(Kind.MONEY, [5.0, 5.0, 5.0, 5.0, None], formats=formats, currencies=currencies)
    assert found.values == [5.0, 5.0, 5.0, 5.0, None]
    assert found.noted == {"CURRENCY_SHOWN": [1, 3]}


def test_without_a_currency_no_sign_is_another():
    assert verdict(Kind.MONEY, 5.0, formats=['"$"0']) == (5.0,)
    assert verdict(Kind.MONEY, 5.0, formats=['"$"0'], currencies="USD") == (5.0,)
    assert verdict(Kind.MONEY, 5.0, formats=['"$"0'], currencies="CNY") == (5.0, "CURRENCY_SHOWN")


@pytest.mark.parametrize(
    ("kind", "telling", "silent"),
    [
        (Kind.PERCENT, "0.0%", "0.0"),
        (Kind.TEXT, "0%", "@"),
        (Kind.KEY, "000000", "0"),
        (Kind.MONEY, '0"万"', "#,##0.00"),
        (Kind.MONEY, '"$"0', "$#,##0_);($#,##0)"),
        (Kind.NUMBER, '0"K"', '0"kg"'),
    ],
)
def test_only_some_formats_are_worth_asking_for(kind, telling, silent):
    assert tells(kind, telling)
    assert not tells(kind, silent)
    assert not tells(kind, "General")


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.BOOLEAN, Kind.CHOICE])
def test_other_kinds_are_what_they_are_under_any_format(kind):
    assert not tells(kind, "0.0%")
