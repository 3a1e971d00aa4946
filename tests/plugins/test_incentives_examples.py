"""S8 by the examples of its specification, strategy alone."""

from __future__ import annotations

import pytest
from kam_excel_plugins.incentives import IncentivesPolicy
from kam_excel_plugins.incentives.account_outputs import (
    ContestRank,
    IncentiveTotal,
    RebateStatement,
)
from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers
from kam_excel_plugins.incentives.rebate_outputs import NextTier, RebateAccrual, RebateCalc
from kam_excel_plugins.incentives.records import Contests

from kam_excel import NetSales
from rebate_tables import agreed, codes, reckon, sold

BOTH = [agreed("P1"), agreed("P2", rebate_method="stepped")]
TIERS_OF_BOTH = """
    policy_id, tier_lower, rebate_rate
    P1,        0,          1%
    P1,        1000000,    2%
    P1,        5000000,    3%
    P2,        0,          1%
    P2,        1000000,    2%
    P2,        5000000,    3%
"""
ALL = IncentivesPolicy(stacking="all")


def test_six_million_two_hundred_thousand_by_both_methods():
    policies = [{**each, "eligible_customers": "A"} for each in BOTH]
    sales = sold(("2026-02-03", "A", 4_000_000), ("2026-06-30", "A", 2_200_000))
    tables = {NetSales: sales, RebatePolicies: policies, RebateTiers: TIERS_OF_BOTH}
    found = reckon(tables, ALL)
    found.assert_rows(
        RebateCalc,
        """
        policy_id, customer_name, basis_value, tier, rebate_earned, rebate_final, rebate_payable
        P1,        Alpha,         6200000,     3,    186000.00,     186000.00,    186000.00
        P2,        Alpha,         6200000,     3,    126000.00,     126000.00,    126000.00
        """,
    )
    lines = found[RebateStatement]
    sections = lines[(lines["policy_id"] == "P2") & (lines["entry_type"] == "section")]
    assert list(sections["amount"]) == [10_000, 80_000, 36_000]


def test_the_cliff_at_five_million():
    sales = sold(
        ("2026-03-01", "A", "4999999.99"),
        ("2026-03-01", "B", "5000000.00"),
        ("2026-03-01", "C", "5000000.01"),
    )
    found = reckon({NetSales: sales, RebatePolicies: BOTH, RebateTiers: TIERS_OF_BOTH}, ALL)
    found.assert_rows(
        RebateCalc,
        """
        policy_id, customer_id, basis_value, tier, rebate_final
        P1,        A,           4999999.99,  2,    100000.00
        P1,        B,           5000000.00,  3,    150000.00
        P1,        C,           5000000.01,  3,    150000.00
        P2,        A,           4999999.99,  2,    90000.00
        P2,        B,           5000000.00,  3,    90000.00
        P2,        C,           5000000.01,  3,    90000.00
        """,
    )


def test_a_cent_below_the_cliff_gains_fifty_thousand():
    running = agreed(eligible_customers="A", valid_to="2026-12-31")
    found = reckon({NetSales: sold(("2026-03-01", "A", "4999999.99")), RebatePolicies: [running]})
    found.assert_rows(
        NextTier,
        """
        tier, next_tier, next_tier_lower, tier_gap, tier_gain, alert, reason_code
        2,    3,         5000000,         0.01,     50000.00,  cliff, CLIFF
        """,
    )


@pytest.mark.parametrize(
    ("method", "first_half", "second_half", "expected", "accrual"),
    [
        ("most_likely", 600, 400, "0.6,   5000000", "90000.00"),
        ("most_likely", 625, 375, "0.625, 4800000", "60000.00"),
        ("earned_to_date", 600, 400, ",   3000000", "60000.00"),
    ],
)
def test_what_is_accrued_of_three_million(method, first_half, second_half, expected, accrual):
    year_before = sold(("2025-01-15", "A", first_half), ("2025-09-15", "A", second_half))
    running = agreed(eligible_customers="A", valid_to="2026-12-31")
    found = reckon(
        {
            NetSales: [*year_before, *sold(("2026-04-01", "A", 3_000_000))],
            RebatePolicies: [running],
        },
        IncentivesPolicy(accrual_method=method),
    )
    found.assert_rows(
        RebateAccrual,
        f"""
        ytd_basis, seasonal_share, expected_basis, accrual_method, accrual,   accrual_delta
        3000000,   {expected},                     {method},       {accrual}, {accrual}
        """,
    )


def test_three_thousand_eight_hundred_pay_eleven_hundred():
    tiers = """
        policy_id, tier_lower, rebate_rate
        P1,        0,          10%
        P1,        100,        20%
        P1,        300,        30%
    """
    stepped = [agreed(rebate_method="stepped", eligible_customers="A")]
    sales = sold(("2026-03-01", "A", 3_800))
    found = reckon({NetSales: sales, RebatePolicies: stepped, RebateTiers: tiers})
    found.assert_rows(RebateCalc, "basis_value, rebate_final\n3800, 1100.00")


FORTY_CARS = """
    contest_id, period, contest_measure, place, prize_type, prize_qty, prize_unit_price, \
prize_amount, budget
    K1,         2026Q1, sales,           1,     goods,      25,        140000, ,         6000000
    K1,         2026Q1, sales,           2,     goods,      15,        140000, ,         6000000
    K1,         2026Q1, sales,           3,     cash,       ,          ,       400000,   6000000
"""
QUARTER = sold(("2026-01-10", "A", 900), ("2026-02-10", "B", 600), ("2026-03-10", "C", 400))


def test_forty_cars_and_four_hundred_thousand_in_cash_are_six_million():
    found = reckon({RebatePolicies: None, NetSales: QUARTER, Contests: FORTY_CARS})
    found.assert_rows(
        ContestRank,
        """
        place, customer_id, prize_type, prize_qty, prize_goods_value, prize_amount, prize_total
        1,     A,           goods,      25,        3500000.00,        ,             3500000.00
        2,     B,           goods,      15,        2100000.00,        ,             2100000.00
        3,     C,           cash,       ,          ,                  400000.00,    400000.00
        """,
    )
    assert sum(found[ContestRank]["prize_total"]) == 6_000_000
    assert sum(found[IncentiveTotal]["prize_sum"]) == 6_000_000
    assert "CONTEST_OVER_BUDGET" not in codes(found)


def test_prizes_a_cent_beyond_the_budget_are_an_error_and_nobody_gets_one():
    beyond = FORTY_CARS.replace("400000, ", "400000.01,")
    found = reckon({RebatePolicies: None, NetSales: QUARTER, Contests: beyond})
    assert "CONTEST_OVER_BUDGET" in codes(found)
    assert found[ContestRank]["prize_total"].isna().all()
    assert sum(found[IncentiveTotal]["prize_sum"]) == 0
