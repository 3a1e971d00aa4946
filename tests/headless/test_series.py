import datetime as dt

import pytest

from kam_excel.headless.cells.series import Given, continued
from kam_excel.headless.cells.values import Formula, from_serial, to_serial


def go_on(contents, fill="default", count=3, dates=False):
    cells = [Given(content, dates) for content in contents]
    at = continued(cells, fill, date1904=False)
    return [at(place)[1] for place in range(len(cells), len(cells) + count)]


@pytest.mark.parametrize(
    ("contents", "fill", "after"),
    [
        ([1.0], "default", [1.0, 1.0, 1.0]),
        ([1.0], "series", [2.0, 3.0, 4.0]),
        ([1.0, 3.0], "default", [5.0, 7.0, 9.0]),
        ([1.0, 3.0], "copy", [1.0, 3.0, 1.0]),
        ([0.1, 0.2], "default", [0.3, 0.4, 0.5]),
        ([1.0, 2.0, 4.0], "linear", [5.33333333333333, 6.83333333333333, 8.33333333333333]),
        ([1.0, 2.0], "growth", [4.0, 8.0, 16.0]),
        (["Item 1"], "default", ["Item 2", "Item 3", "Item 4"]),
        (["A009"], "default", ["A010", "A011", "A012"]),
        (["Q3"], "default", ["Q4", "Q1", "Q2"]),
        (["Nov", "Dec"], "default", ["Jan", "Feb", "Mar"]),
        (["mon"], "default", ["tue", "wed", "thu"]),
        (["星期五"], "default", ["星期六", "星期日", "星期一"]),
        (["十一月"], "default", ["十二月", "一月", "二月"]),
        (["x", "y"], "default", ["x", "y", "x"]),
        ([True, None], "default", [True, None, True]),
        (["x", 1.0, 2.0], "default", ["x", 3.0, 4.0]),
        ([Formula("A1")], "series", [Formula("A1")] * 3),
    ],
)
def test_series_go_on_as_in_excel(contents, fill, after):
    assert go_on(contents, fill) == after


@pytest.mark.parametrize(
    ("days", "fill", "after"),
    [
        (["2025-01-30"], "default", ["2025-01-31", "2025-02-01", "2025-02-02"]),
        (["2025-01-31"], "months", ["2025-02-28", "2025-03-31", "2025-04-30"]),
        (["2024-02-29"], "years", ["2025-02-28", "2026-02-28", "2027-02-28"]),
        (["2025-01-03"], "weekdays", ["2025-01-06", "2025-01-07", "2025-01-08"]),
        (["2025-01-15", "2025-02-15"], "default", ["2025-03-15", "2025-04-15", "2025-05-15"]),
        (["2025-01-01", "2025-01-08"], "default", ["2025-01-15", "2025-01-22", "2025-01-29"]),
    ],
)
def test_dates_go_on_by_days_weeks_months_and_years(days, fill, after):
    serials = [to_serial(dt.datetime.fromisoformat(day)) for day in days]
    found = [from_serial(each) for each in go_on(serials, fill, dates=True)]
    assert [day.date().isoformat() for day in found] == after


def test_series_go_back_too():
    at = continued([Given(3.0, False), Given(5.0, False)], "default", date1904=False)
    assert [at(place)[1] for place in (-1, -2, -3)] == [1.0, -1.0, -3.0]
