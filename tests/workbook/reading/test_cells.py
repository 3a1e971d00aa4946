from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.contract.column import Column, Kind
from kam_excel.workbook.reading.cells import (
    ERRORS,
    Coerced,
    Refused,
    parser,
    plain,
    read_boolean,
    read_cell,
    read_date,
    read_integer,
    read_key,
    read_number,
    read_text,
)

JANUARY_5 = datetime(2026, 1, 5)


def refusal(parse, cell):
    with pytest.raises(Refused) as caught:
        read_cell(parse, cell)
    return str(caught.value)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.50", "1234.50"),
        ("12,345,678", "12345678"),
        ("１，２３４．５", "1234.5"),
        ("１２３", "123"),
        ("¥1,234", "1234"),
        ("￥ 1,234", "1234"),
        ("1234元", "1234"),
        ("¥99.90 元", "99.90"),
        ("-5", "-5"),
        ("¥-5", "-5"),
        ("-¥5", "-5"),
        (" +5 ", "5"),
        ("12.5%", "0.125"),
        ("0", "0"),
    ],
)
def test_text_that_is_clearly_a_number_is_coerced_and_counted(cell, number):
    assert read_number(cell) == Coerced(Decimal(number), "TEXT_NUMBER")


@pytest.mark.parametrize(
    "cell",
    [
        "(500)",
        "（500）",
        "1.234,56",
        "12万",
        "—",
        "-",
        "1,23",
        "1234,567",
        "12,3456",
        "1e5",
        "10 20",
        "1 234",
        "5.",
        "¥",
        "元",
        "%",
        "5%元",
        "--5",
        "n/a",
        True,
        JANUARY_5,
    ],
)
def test_what_is_no_unambiguous_number_is_refused(cell):
    assert refusal(read_number, cell) == "NUMBER_NOT_READABLE"


@pytest.mark.parametrize("cell", [0, 1234.5, -7])
def test_a_number_cell_stays_as_it_is(cell):
    assert read_number(cell) is cell


@pytest.mark.parametrize("parse", [read_number, read_date, read_integer, read_boolean])
@pytest.mark.parametrize("cell", ["", "  ", "\u3000"])
def test_a_blank_text_is_an_empty_cell(parse, cell):
    assert parse(cell) is None


@given(st.decimals(-(10**12), 10**12, places=2))
def test_an_amount_written_with_thousands_separators_is_read_exactly(amount):
    assert read_number(f"{amount:,}") == Coerced(amount, "TEXT_NUMBER")


@pytest.mark.parametrize("error", sorted(ERRORS - {"#GETTING_DATA"}))
@pytest.mark.parametrize("parse", [read_number, read_text, read_key, read_date])
def test_an_error_in_a_cell_is_refused_and_never_taken_for_a_value(parse, error):
    assert refusal(parse, error) == "CELL_ERROR"


def test_a_formula_without_a_value_is_refused_under_its_own_name():
    assert refusal(read_number, "#GETTING_DATA") == "FORMULA_NOT_COMPUTED"


def test_an_empty_cell_is_missing():
    assert read_cell(read_number, None) is None


def test_a_date_cell_loses_its_time_without_being_coerced():
    assert read_date(datetime(2026, 1, 5, 17, 30)) == JANUARY_5


@pytest.mark.parametrize(
    "cell",
    [
        "2026/1/5",
        "2026-01-05",
        "2026.1.5",
        "20260105",
        "2026年1月5日",
        "２０２６／１／５",
        "2026-01-05 10:30",
        "2026-01-05T10:30:00",
    ],
)
def test_a_text_in_the_order_year_month_day_is_a_date(cell):
    assert read_date(cell) == Coerced(JANUARY_5, "TEXT_DATE")


def test_a_month_is_its_first_day():
    assert read_date("2026年1月") == Coerced(datetime(2026, 1, 1), "TEXT_DATE")


@pytest.mark.parametrize("cell", [46027, 46027.0, 46027.75, 20260105, 20260105.0])
def test_a_serial_or_compact_number_is_a_date(cell):
    assert read_date(cell) == Coerced(JANUARY_5, "NUMBER_DATE")


@pytest.mark.parametrize(
    "cell",
    [
        *("5/1/2026", "1/5/26", "2026-13-01", "2026-02-30", "20261301", "2026", "2026.1", "昨天"),
        *("—", 0, -1, 20261301, 2_958_466, True),
    ],
)
def test_what_is_no_unambiguous_date_is_refused(cell):
    assert refusal(read_date, cell) == "DATE_NOT_READABLE"


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        (1001.0, "1001"),
        (1001, "1001"),
        (1001.5, "1001.5"),
        ("001001", "001001"),
        ("００１ ", "001"),
        ("A  001", "A 001"),
        ("Ｃ－１", "C-1"),
        (" ", None),
    ],
)
def test_an_id_stays_text_and_keeps_its_leading_zeros(cell, key):
    assert read_key(cell) == key


@pytest.mark.parametrize("cell", [True, JANUARY_5])
def test_a_truth_value_or_a_date_is_no_id(cell):
    assert refusal(read_key, cell) == "KEY_NOT_READABLE"


@pytest.mark.parametrize(
    ("cell", "text"),
    [(" 华东 ", "华东"), (7.0, "7"), (JANUARY_5, "2026-01-05"), (True, "TRUE"), ("  ", None)],
)
def test_text_is_what_people_would_write(cell, text):
    assert read_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((yes, True) for yes in (True, 1, 1.0, "是", "Yes", "１")),
        *((no, False) for no in (False, 0, 0.0, "否", "NO", "×")),
    ],
)
def test_yes_and_no_in_either_language(cell, value):
    assert read_boolean(cell) is value


@pytest.mark.parametrize("cell", [1.5, 0.4, -0.5, 2, "maybe", JANUARY_5])
def test_what_is_neither_yes_nor_no_is_refused(cell):
    assert refusal(read_boolean, cell) == "BOOLEAN_NOT_READABLE"


def test_whole_numbers():
    assert read_integer(3.0) == 3
    assert read_integer("１２") == Coerced(Decimal(12), "TEXT_NUMBER")


@pytest.mark.parametrize("cell", [2.5, "2.5", "50%"])
def test_a_fraction_is_no_whole_number(cell):
    assert refusal(read_integer, cell) == "INTEGER_NOT_READABLE"


@pytest.mark.parametrize(
    ("cell", "choice"), [("退货", "return"), (" Return ", "return"), ("样品", "样品"), ("", None)]
)
def test_a_choice_is_known_in_both_languages_and_others_stay_as_they_are(cell, choice):
    column = Column("类型", "Type", choices={"sale": "销售", "return": "退货"}, kind=Kind.CHOICE)
    assert parser(column)(cell) == choice


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_parser_that_refuses_errors(kind):
    parse = parser(Column("列", "Column", kind=kind))
    assert refusal(parse, "#N/A") == "CELL_ERROR"


@given(st.text())
def test_comparing_text_twice_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
