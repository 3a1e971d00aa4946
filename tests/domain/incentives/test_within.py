"""What of a rebate belongs to a window."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from deals import dealing, policy
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.basis import Sources
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.movements import Movements
from kam_excel.domain.incentives.within import rebates_within
from kam_excel.domain.periods import Window

D = Decimal
RATES = pd.DataFrame(
    {
        "currency": ["USD"],
        "effective_date": pd.to_datetime(["2025-01-01"]),
        "fx_rate": exact([D(7)]),
    }
)
LINES = pd.DataFrame(
    {
        "date": pd.to_datetime(["2025-10-10", "2026-02-10", "2026-05-10"]),
        "customer_id": ["A", "A", "B"],
        "amount": exact([300, 100, 700]),
        "amount_net": exact([300, 100, 700]),
    }
)
SOURCES = Sources(Movements.of_sales(LINES), None, Exchange("CNY", RATES))
THIS_YEAR = Window(date(2026, 1, 1), date(2026, 6, 30))


def within(terms, **basis):
    deal = dealing(terms, **basis)
    amounts = pd.DataFrame(
        {
            "policy_id": terms.policy_id,
            "customer_id": list(basis),
            "amount": exact([40] * len(basis)),
        }
    )
    found = rebates_within(amounts, [deal], THIS_YEAR, SOURCES)
    return found.set_index("customer_id")["amount"].to_dict()


def test_a_policy_inside_the_window_belongs_to_it_whole():
    half = policy(window=Window(date(2026, 1, 1), date(2026, 6, 30)))
    assert within(half, A=100, B=700) == {"A": D(40), "B": D(40)}


def test_of_a_policy_across_its_start_the_part_of_the_basis_belongs():
    across = policy(window=Window(date(2025, 10, 1), date(2026, 6, 30)))
    assert within(across, A=400, B=700, C=0) == {"A": D(10), "B": D(40), "C": D(0)}


def test_a_policy_of_another_time_has_no_part():
    before = policy(window=Window(date(2025, 1, 1), date(2025, 12, 31)))
    assert within(before, A=300) == {}


def test_rebates_in_another_currency_are_converted():
    half = policy(window=Window(date(2026, 1, 1), date(2026, 6, 30)), currency="USD")
    assert within(half, A=100) == {"A": D(280)}
