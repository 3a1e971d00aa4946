from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.domain.exact import exact
from kam_excel.domain.periods import Window
from kam_excel.domain.profile import account_profiles
from kam_excel.errors import WorkbookError

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))


def sales(*lines, **columns):
    """Net sales lines of (customer, date, amount); a negative amount is a return."""
    customers, dates, amounts = zip(*lines, strict=True)
    amount = exact([Decimal(str(each)) for each in amounts])
    return pd.DataFrame(
        {
            "date": pd.to_datetime(pd.Series(dates)),
            "customer_id": pd.Series(customers, dtype="str"),
            "amount": amount,
            "is_return": (amount < 0).astype(bool),
            **{name: exact(values) for name, values in columns.items()},
        }
    )


def test_net_sales_are_of_the_window():
    lines = sales(
        ("A", "2025-12-31", 7),
        ("A", "2026-01-01", 700),
        ("B", "2026-12-31", "300.05"),
        ("A", "2026-07-01", -100),
        ("A", "2027-01-01", 9),
    )
    found = account_profiles(lines, YEAR)
    assert found["net_sales"].to_dict() == {"A": 600, "B": Decimal("300.05")}
    assert found["measure"].tolist() == found["net_sales"].tolist()


def test_growth_is_against_the_previous_window():
    lines = sales(
        ("A", "2025-06-01", 100),
        ("A", "2026-06-01", 150),
        ("B", "2025-06-01", 100),
        ("B", "2026-06-01", 25),
    )
    assert account_profiles(lines, YEAR)["growth_rate"].to_dict() == {"A": 0.5, "B": -0.75}


def test_growth_from_nothing_or_less_is_missing():
    lines = sales(
        ("new", "2026-06-01", 100),
        ("zero", "2025-06-01", 0),
        ("zero", "2026-06-01", 100),
        ("minus", "2025-06-01", -1),
        ("minus", "2026-06-01", 100),
    )
    assert account_profiles(lines, YEAR)["growth_rate"].isna().all()


def test_the_margin_is_of_accounts_whose_profit_is_known():
    lines = sales(
        ("A", "2026-06-01", 80),
        ("A", "2026-06-02", 20),
        ("B", "2026-06-01", 80),
        ("B", "2026-06-02", 20),
        ("C", "2026-06-01", -10),
        profit=[10, 15, 10, None, 5],
    )
    margins = account_profiles(lines, YEAR)["gross_margin"]
    assert margins["A"] == 0.25
    assert margins[["B", "C"]].isna().all()
    assert account_profiles(lines.drop(columns="profit"), YEAR)["gross_margin"].isna().all()


def test_a_return_is_no_order():
    lines = sales(("A", "2026-06-01", 80), ("A", "2026-06-09", -5), ("B", "2026-06-09", -5))
    latest = account_profiles(lines, YEAR)["last_order_date"]
    assert latest["A"] == pd.Timestamp("2026-06-01")
    assert pd.isna(latest["B"])


@pytest.mark.parametrize(("measure", "expected"), [("gross_profit", [3, 9]), ("qty", [5, 1])])
def test_accounts_are_ranked_by_what_the_policy_measures(measure, expected):
    lines = sales(
        ("A", "2026-06-01", 10),
        ("A", "2026-06-02", 10),
        ("B", "2026-06-02", 10),
        profit=[3, None, 9],
        qty=[2, 3, 1],
    )
    assert account_profiles(lines, YEAR, measure)["measure"].tolist() == expected
    with pytest.raises(KeyError):
        account_profiles(lines.drop(columns=["profit", "qty"]), YEAR, measure)


def test_an_empty_window_names_the_latest_line():
    lines = sales(("A", "2025-03-31", 10))
    with pytest.raises(WorkbookError) as caught:
        account_profiles(lines, YEAR)
    assert "2025-03-31" in str(caught.value)


def test_without_any_lines_there_are_no_accounts():
    assert account_profiles(sales(("A", "2026-06-01", 1)).iloc[:0], YEAR).empty
