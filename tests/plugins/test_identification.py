"""S0 by the examples, edge cases and figures of its specification, strategy alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from kam_excel_plugins.identification import IdentificationPolicy, Identified, identification

from kam_excel import Customers, KeyAccounts, NetSales, Requirements, Run, SalesPolicy
from kam_excel.domain.exact import exact

AS_OF = date(2026, 6, 30)
Lines = list[tuple[str, str, object]]


def net_sales(lines: Lines, **more: Any) -> pd.DataFrame:
    days, ids, amounts = zip(*lines, strict=True) if lines else ((), (), ())
    frame = pd.DataFrame(
        {
            "date": pd.to_datetime(list(days)).astype("datetime64[us]"),
            "customer_id": pd.Series(list(ids), dtype="str"),
            "amount": exact(list(amounts)),
            "is_return": pd.Series([amount < 0 for amount in amounts], dtype="boolean"),
            **more,
        }
    )
    return NetSales.frame(frame)


def no_rows(*names: str) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="str") for name in names})


def previous(as_of: date | None = None, **standing: tuple[bool, int, int]) -> pd.DataFrame:
    """account -> was key, years as key, years first in its region."""
    rows = [(account, *facts, pd.Timestamp(as_of)) for account, facts in standing.items()]
    names = ["customer_id", *KeyAccounts.remembered, "previous_as_of"]
    return pd.DataFrame(rows, columns=names)


def run(
    lines: Lines,
    *,
    language: str = "en",
    customers: dict[str, str] | None = None,
    before: pd.DataFrame | None = None,
    adjustments: dict[str, str] | None = None,
    tie_policy: str = "include",
    as_of: date = AS_OF,
    stated: pd.DataFrame | None = None,
    **policy: Any,
) -> Identified:
    """Run the strategy; customers: region by id."""
    given = adjustments or {}
    known = None
    if customers is not None:
        known = Customers.frame(
            pd.DataFrame(
                {
                    "customer_id": list(customers),
                    "customer_name": [f"{name} Ltd" for name in customers],
                    "region": list(customers.values()),
                }
            )
        )
    found = identification.compute(
        {
            "net_sales": net_sales(lines),
            "customers": known,
            "stated": stated,
            "deliveries": None,
            "before": previous() if before is None else before,
            "manual": pd.DataFrame(
                {
                    "customer_id": pd.Series(list(given), dtype="str"),
                    "manual_adjustment": pd.Series(list(given.values()), dtype="str"),
                    "adjustment_reason": pd.Series(["said so"] * len(given), dtype="str"),
                }
            ),
        },
        {"policy": IdentificationPolicy(**policy), "sales_policy": SalesPolicy()},
        Run(as_of=as_of, language=language, tie_policy=tie_policy),
    )
    return Identified(**{name: found.get(name) for name in Identified._fields})


def of(*nets: object) -> Lines:
    """One sale an account: C01, C02, …"""
    return [("2026-03-05", f"C{n:02}", net) for n, net in enumerate(nets, start=1)]


def keys(found: Identified) -> list[str]:
    frame = found.key_accounts
    return list(frame["customer_id"][frame["is_key_account"]])


def row(found: Identified, account: str) -> pd.Series:
    return found.key_accounts.set_index("customer_id").loc[account]


TEN = of(400, 250, 150, 60, 40, 35, 25, 20, 12, 8)


# The worked examples -------------------------------------------------------------------------


def test_example_1_a_fifth_by_number():
    found = run(TEN)
    summary = found.ka_summary.iloc[0]
    assert keys(found) == ["C01", "C02"]
    assert (summary["n_customers"], summary["n_key_accounts"]) == (10, 2)
    assert summary["key_share"] == 0.65
    assert summary["hhi"] == pytest.approx(2526.58)
    assert round(summary["effective_number"], 2) == 3.96
    assert summary["gini"] == pytest.approx(0.5954)


def test_example_1_by_cumulative_share_the_crossing_customer_is_in():
    found = run(TEN, method="cumulative")
    assert keys(found) == ["C01", "C02", "C03"]
    assert found.ka_summary.iloc[0]["key_share"] == 0.8


def test_example_2_net_returns_are_listed_unranked_and_shares_are_of_the_positive_nets():
    found = run(of(700, 300, -100))
    summary = found.ka_summary.iloc[0]
    assert list(found.key_accounts["grade"]) == ["A", "A", "net return"]
    assert found.key_accounts["rank"].isna().tolist() == [False, False, True]
    assert row(found, "C01")["share"] == 0.7
    assert (summary["total_net_sales"], summary["n_customers"]) == (900, 2)
    assert keys(found) == ["C01"]


@pytest.mark.parametrize(
    ("inclusive", "advice", "headcount"),
    [
        (True, "Set up a key account department", 3),
        (False, "The management looks after the key accounts itself", pd.NA),
    ],
)
def test_example_3_twenty_key_accounts(inclusive, advice, headcount):
    found = run(of(*range(1000, 900, -1)), department={"inclusive": inclusive})
    summary = found.ka_summary.iloc[0]
    assert summary["n_key_accounts"] == 20
    assert summary["department_advice"] == advice
    assert summary["suggested_headcount"] is headcount or summary["suggested_headcount"] == 3
    served = row(found, "C01")["served_by"]
    assert served == ("key account department" if inclusive else "management")
    assert row(found, "C100")["served_by"] == "general sales force"


def test_250_key_accounts_need_32_managers():
    found = run([("2026-03-05", f"C{n:04}", 5000 - n) for n in range(1250)])
    assert found.ka_summary.iloc[0]["n_key_accounts"] == 250
    assert found.ka_summary.iloc[0]["suggested_headcount"] == 32


@pytest.mark.parametrize(("percent", "n", "k"), [("0.07", 100, 7), ("0.14", 50, 7)])
def test_counts_are_exact_where_floats_are_not(percent, n, k):
    assert len(keys(run(of(*range(1000, 1000 - n, -1)), top_percent=percent))) == k


# Edge cases ----------------------------------------------------------------------------------


def test_one_customer_is_key_and_an_alert():
    found = run(of(100))
    summary = found.ka_summary.iloc[0]
    assert keys(found) == ["C01"]
    assert (summary["hhi"], summary["gini"]) == (10_000, 0)
    assert summary["concentration_alert"] == "both"


def test_all_equal_are_cut_off_strictly_and_it_is_said():
    found = run(of(*[100] * 10))
    assert keys(found) == ["C01", "C02"]
    assert found.ka_summary.iloc[0]["reason_code"] == "TIE_OVERFLOW"


def test_a_tie_at_the_cut_off_is_in():
    found = run(of(400, 250, 250, 60, 40, 35, 25, 20, 12, 8), top_percent="0.20")
    assert keys(found) == ["C01", "C02", "C03"]
    assert row(found, "C03")["selection_method"] == "tie"
    strict = run(of(400, 250, 250, 60, 40, 35, 25, 20, 12, 8), tie_policy="strict")
    assert keys(strict) == ["C01", "C02"]


def test_without_sales_the_list_is_empty():
    found = run([])
    summary = found.ka_summary.iloc[0]
    assert len(found.key_accounts) == 0
    assert (summary["n_customers"], summary["n_key_accounts"]) == (0, 0)
    assert pd.isna(summary["key_share"])
    assert len(found.pareto_curve) == len(found.lorenz_curve) == 0


def test_an_account_that_the_customer_sheet_lacks_is_kept_and_not_eligible():
    found = run(TEN, customers={f"C{n:02}": "North" for n in range(2, 11)})
    assert keys(found) == ["C02"]
    assert row(found, "C01")["reason_code"] == "UNKNOWN_ACCOUNT"
    assert row(found, "C01")["rank"] == 1


# Memory --------------------------------------------------------------------------------------


def test_a_key_account_of_before_that_sells_nothing_now_is_listed_as_dropped():
    lines = [("2024-03-05", "GONE", 900), *TEN]
    found = run(lines, before=previous(date(2026, 5, 31), GONE=(True, 2, 0), C01=(True, 2, 0)))
    gone = row(found, "GONE")
    assert (gone["change"], gone["net_sales"]) == ("dropped", 0)
    assert pd.isna(gone["rank"])
    assert not gone["is_key_account"]
    assert row(found, "C01")["change"] == "kept"
    assert row(found, "C02")["change"] == "new"


@pytest.mark.parametrize(
    ("last", "years"), [(date(2026, 5, 31), 3), (date(2025, 12, 31), 4), (date(2024, 12, 31), 1)]
)
def test_years_in_a_row_grow_with_the_calendar_year(last, years):
    found = run(TEN, before=previous(last, C01=(True, 3, 3)), customers={"C01": "North"})
    assert row(found, "C01")["years_as_key"] == years
    assert row(found, "C01")["years_first_in_region"] == years


def test_an_account_added_by_hand_is_listed_though_it_sold_nothing_yet():
    found = run(TEN, customers={"C01": "North", "NEW": "North"}, adjustments={"NEW": "add"})
    new = row(found, "NEW")
    assert (new["selection_method"], new["net_sales"]) == ("manual", 0)
    assert "NEW" in keys(found)


def test_an_id_that_nobody_knows_is_not_made_an_account():
    found = run(TEN, adjustments={"TYPO": "add"})
    assert "TYPO" not in list(found.key_accounts["customer_id"])


# Regions, risk, scenarios, requirements ------------------------------------------------------


def test_share_and_rank_within_the_region():
    regions = {"C01": "North", "C02": "South", "C03": "North", "C04": "South"}
    found = run(of(400, 250, 100, 50), customers=regions)
    assert row(found, "C03")["region_share"] == 0.2
    assert list(found.key_accounts["region_rank"]) == [1, 1, 2, 2]


def test_revenue_at_risk_is_counted_over_the_key_accounts():
    late = [(f"2026-0{month}-01", "LATE", 1000) for month in (1, 2, 3)]
    found = run([*late, *of(10, 10, 10, 10)])
    assert row(found, "LATE")["risk_level"] == "high"
    assert row(found, "LATE")["revenue_at_risk"] == Decimal(1500)
    assert row(found, "C01")["reason_code"] == "NO_SIGNAL"
    assert found.ka_summary.iloc[0]["total_at_risk"] == Decimal(1500)


def test_the_company_without_its_first_accounts():
    summary = run(TEN).ka_summary.iloc[0]
    assert (summary["sales_without_top1"], summary["sales_without_top3"]) == (600, 200)


def test_requirements_come_only_where_the_workbook_has_them():
    assert run(TEN).requirement_fit is None
    stated = Requirements.frame(
        pd.DataFrame(
            {
                "customer_id": ["C01", "C01"],
                "item": ["delivery time", "training of salespeople"],
                "expected": ["7", "4"],
                "unit": ["days", ""],
                "actual": ["9", "4"],
            }
        )
    )
    found = run(TEN, stated=stated)
    assert list(found.requirement_fit["met"]) == [False, True]
    assert row(found, "C01")["service_share_met"] == 0.5


def test_the_curves_are_what_the_charts_draw():
    found = run(TEN, chart_accounts=5)
    assert list(found.pareto_curve["rank"]) == [1, 2, 3, 4, 5]
    assert set(found.pareto_curve["target_share"]) == {0.8}
    assert list(found.lorenz_curve["cum_share"])[-1] == 1
    assert len(found.lorenz_curve) == 5
