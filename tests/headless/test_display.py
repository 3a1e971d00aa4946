"""What cells show."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_excel.headless.cells.display import shown
from kam_excel.headless.cells.values import CellError, from_serial


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901.0, "General", "12345678901"),
        (123456789012.0, "General", "1.23457E+11"),
        (-3.0, "General", "-3"),
        (1234567.8912345, "General", "1234567.891"),
        (0.00001234, "General", "0.00001234"),
        (2.345, "0.00", "2.35"),
        (-2.345, "0.00", "-2.35"),
        (1234567.0, "#,##0", "1,234,567"),
        (5.0, "#,##0.00", "5.00"),
        (0.0, "#,##0", "0"),
        (0.5, "#.##", ".5"),
        (1234567.0, "#,##0,", "1,235"),
        (0.0525, "0.0%", "5.3%"),
        (123456.0, "0.00E+00", "1.23E+05"),
        (7.0, "000", "007"),
        (13812345678.0, "000-0000-0000", "138-1234-5678"),
        (-5.0, "#,##0;[Red](#,##0)", "(5)"),
        (5.0, '[>=10]0;0" low"', "5 low"),
        (0.0, '0;-0;"nil"', "nil"),
        (12.5, '[$¥-804]#,##0.00', "¥12.50"),
        (3.0, '0"件"', "3件"),
        (3.0, "0.0_)", "3.0 "),
        (1.5, "# ?/?", "1.5"),
        (42.0, "@", "42"),
        ("note", "General", "note"),
        ("note", '0;-0;0;"<"@">"', "<note>"),
        (True, "0.00", "TRUE"),
        (CellError("#N/A"), "0.00", "#N/A"),
        (None, "0.00", ""),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_its_format_says(value, number_format, text):
    assert shown(value, number_format) == text


AFTERNOON = dt.datetime(2024, 3, 5, 14, 7, 9, 250_000)


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("yyyy-mm-dd", "2024-03-05"),
        ("m/d/yyyy h:mm", "3/5/2024 14:07"),
        ('yyyy"年"m"月"d"日"', "2024年3月5日"),
        ("d-mmm-yy", "5-Mar-24"),
        ("dddd, mmmm d", "Tuesday, March 5"),
        ("aaaa", "星期二"),
        ("h:mm:ss AM/PM", "2:07:09 PM"),
        ("上午/下午h\"时\"mm\"分\"", "下午2时07分"),
        ("mm:ss.00", "07:09.25"),
        ("[$-804]yyyy/mm", "2024/03"),
    ],
)  # fmt: skip
def test_a_date_is_shown_as_its_format_says(number_format, text):
    assert shown(AFTERNOON, number_format) == text


def test_hours_that_have_passed_count_from_zero():
    assert shown(from_serial(1.5), "[h]:mm") == "36:00"
