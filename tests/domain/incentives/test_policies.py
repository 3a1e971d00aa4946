"""From the sheets of policies and tiers to terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from kam_excel_plugins.incentives.agreements import PaymentFactors, RebatePolicies, RebateTiers

from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.policies import PolicyRules, read_terms
from kam_excel.domain.incentives.tiers import Tier
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window
from kam_excel.testing import frame_of

D = Decimal
RULES = PolicyRules(as_of=date(2026, 6, 30))
POLICY = "policy_id, valid_from, valid_to, basis, rebate_method"
YEAR = "R1, 2026-01-01, 2026-12-31"
TIER = "policy_id, tier_lower, rebate_rate"
TIERS = """
    policy_id, tier_lower, rebate_rate
    R1,        1000,       2%
    R1,        0,          1%
"""
NO_FACTORS = "policy_id, max_days, factor"


def read(policies, tiers=TIERS, factors=NO_FACTORS, rules=RULES):
    log = IssueLog()
    frames = (
        table.frame(frame_of(table, rows))
        for table, rows in (
            (RebatePolicies, policies),
            (RebateTiers, tiers),
            (PaymentFactors, factors),
        )
    )
    terms = read_terms(*frames, rules, log)
    issues = log.frame()
    return terms, list(zip(issues["reason_code"], issues["original_value"], strict=True))


def test_a_policy_is_read_with_its_tiers_in_order():
    (terms,), issues = read(
        """
        policy_id, valid_from, valid_to,   basis, tax_included, cap_amount, priority, stackable
        R1,        2026-01-01, 2026-12-31, sales, yes,          5000,       2,        yes
        """
    )
    assert issues == []
    assert terms.window == Window(date(2026, 1, 1), date(2026, 12, 31))
    assert terms.scale.tiers == (Tier(D(0), D("0.01")), Tier(D(1000), D("0.02")))
    assert (terms.tax_included, terms.caps.amount, terms.priority, terms.stackable) == (
        True,
        D(5000),
        2,
        True,
    )


def test_lists_may_be_separated_in_any_usual_way_and_in_full_width():
    (terms,), _ = read(
        [
            {
                "policy_id": "R1",
                "valid_from": date(2026, 1, 1),
                "valid_to": date(2026, 12, 31),
                "basis": "sales",
                "eligible_customers": "001；００２、003, 004",
                "eligible_grades": "a;B",
            }
        ]
    )
    assert terms.customers == {"001", "002", "003", "004"}
    assert terms.grades == {"A", "B"}


@pytest.mark.parametrize(
    ("basis", "method"),
    [("sales", "stepped"), ("quantity", "per unit"), ("growth", "growth"), ("receipts", "stepped")],
)
def test_a_policy_without_a_method_has_that_of_its_basis_or_the_default(basis, method):
    column = "rebate_amount" if basis == "quantity" else "rebate_rate"
    (terms,), _ = read(
        f"policy_id, valid_from, valid_to, basis\n{YEAR}, {basis}",
        f"policy_id, tier_lower, {column}\nR1, 0, 0.01",
    )
    assert terms.method == method


def test_of_pieces_the_amount_is_one_per_piece():
    (terms,), _ = read(
        f"{POLICY}\n{YEAR}, quantity, stepped",
        "policy_id, tier_lower, rebate_amount\nR1, 0, 5",
    )
    assert terms.scale.tiers == (Tier(D(0), D(5), D(0)),)


FAULTS = {
    "POLICY_PERIOD_REVERSED": (f"{POLICY}\nR1, 2026-12-31, 2026-01-01, sales, stepped", TIERS),
    "POLICY_NOT_BEGUN": (f"{POLICY}\nR1, 2026-07-01, 2026-12-31, sales, stepped", TIERS),
    "POLICY_INCOMPLETE": (f"{POLICY}\nR1, , 2026-12-31, sales, stepped", TIERS),
    "POLICY_METHOD_UNFIT": (f"{POLICY}\n{YEAR}, sales, per unit", TIERS),
    "POLICY_RATE_UNFIT": (f"{POLICY}\n{YEAR}, quantity, stepped", TIERS),
    "TIER_INCOMPLETE": (f"{POLICY}\n{YEAR}, sales, stepped", f"{TIER}\nR1, , 1%"),
    "TIER_RATE_UNUSABLE": (f"{POLICY}\n{YEAR}, sales, stepped", f"{TIER}\nR1, 0, 101%"),
    "TIER_REPEATED": (f"{POLICY}\n{YEAR}, sales, stepped", f"{TIER}\nR1, 0, 1%\nR1, 0, 2%"),
    "GROWTH_BOUND_UNCLEAR": (f"{POLICY}\n{YEAR}, sales, growth", f"{TIER}\nR1, 10, 1%"),
    "TIER_AMOUNT_UNFIT": (
        f"{POLICY}\n{YEAR}, receipts, payment age",
        f"{TIER}, rebate_amount\nR1, 0, 1%, 5",
    ),
    "POLICY_CURRENCY_UNKNOWN": (f"{POLICY}, currency\n{YEAR}, sales, stepped, GOLD", TIERS),
    "POLICY_SHARE_UNUSABLE": (f"{POLICY}, cap_share\n{YEAR}, sales, stepped, 150%", TIERS),
    "POLICY_OF_STAFF": (f"{POLICY}, payee_type\n{YEAR}, sales, stepped, own staff", TIERS),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_policy_that_cannot_be_reckoned_with_is_left_out_and_said(code):
    terms, issues = read(*FAULTS[code])
    assert terms == []
    assert [found for found, _ in issues] == [code]


def test_all_mistakes_of_a_policy_are_told():
    terms, issues = read(
        f"{POLICY}, cap_share, budget\nR1, 2026-12-31, 2026-01-01, sales, per unit, 2, -1",
        "policy_id, tier_lower, rebate_rate\nR9, 0, 1%",
    )
    assert terms == []
    assert issues == [
        ("OF_NO_POLICY", "R9"),
        ("POLICY_PERIOD_REVERSED", "R1"),
        ("POLICY_METHOD_UNFIT", "per unit"),
        ("POLICY_SHARE_UNUSABLE", "2"),
        ("POLICY_AMOUNT_NEGATIVE", "-1"),
        ("POLICY_WITHOUT_TIERS", "R1"),
    ]


def test_tiers_numbered_against_their_bounds_are_told_and_the_bounds_hold():
    (terms,), issues = read(
        f"{POLICY}\n{YEAR}, sales, stepped",
        "policy_id, tier, tier_lower, rebate_rate\nR1, 2, 0, 1%\nR1, 1, 1000, 2%",
    )
    assert issues == [("TIER_ORDER", "1")]
    assert [tier.lower for tier in terms.scale.tiers] == [D(0), D(1000)]


def test_payment_factors_are_read_shortest_first_and_have_to_be_shares():
    policies = f"{POLICY}\n{YEAR}, sales, stepped"
    (terms,), _ = read(policies, factors="policy_id, max_days, factor\nR1, 30, 80%\nR1, 15, 100%")
    assert terms.factors == ((15, D(1)), (30, D("0.8")))
    terms, issues = read(policies, factors="policy_id, max_days, factor\nR1, 30, 80\nR1, 30, 1")
    assert terms == []
    assert {code for code, _ in issues} == {"POLICY_SHARE_UNUSABLE", "TIER_REPEATED"}


OPEN_TO = "policy_id, valid_from, valid_to, basis, eligible_customers"
CUSTOMERS = pd.DataFrame(
    {
        "customer_id": ["A", "A1", "B", "C", "D"],
        "customer_name": ["Alpha", "Alpha East", "Beta", "Twin", "Twin"],
    }
)
KNOWING = PolicyRules(date(2026, 6, 30), customers=KnownCustomers.of(CUSTOMERS, {"A1": "A"}))


def test_a_member_of_a_group_counts_as_its_head():
    (terms,), issues = read(f"{OPEN_TO}\n{YEAR}, sales, A1", rules=KNOWING)
    assert terms.customers == {"A"}
    assert issues == [("TAKEN_AS_HEAD", "A1")]


@pytest.mark.parametrize(
    ("named", "customers", "expected"),
    [
        ("Beta; A", {"A", "B"}, []),
        ("Alpha East", {"A"}, [("TAKEN_AS_HEAD", "Alpha East")]),
        ("Twin; A", {"A", "Twin"}, [("CUSTOMER_AMBIGUOUS", "Twin")]),
        ("Z9", {"Z9"}, [("CUSTOMER_NOT_FOUND", "Z9")]),
    ],
)
def test_customers_may_be_named_and_who_is_nobody_lets_nobody_in(named, customers, expected):
    (terms,), issues = read(f"{OPEN_TO}\n{YEAR}, sales, {named}", rules=KNOWING)
    assert terms.customers == customers
    assert issues == expected
