"""The basis of policies summed in two ways."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals import policy
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.basis import Sources, basis_table
from kam_excel.domain.incentives.basis_proof import verify_basis
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.movements import Movements
from kam_excel.domain.periods import Window
from kam_excel.errors import PluginError

D = Decimal
UNTIL = date(2026, 6, 30)
RATES = pd.DataFrame(
    {
        "currency": ["USD", "USD"],
        "effective_date": pd.to_datetime(["2026-01-10", "2026-03-01"]),
        "fx_rate": exact([D("7.1234"), D("7")]),
    }
)
ACCOUNTS = pd.DataFrame(
    {"grade": None, "region": None, "is_key_account": True, "is_known": True},
    index=pd.Index(["A", "B"], name="customer_id"),
)


def lines_of(rows: list[tuple]) -> pd.DataFrame:
    days, customers, products, categories, amounts, pieces = zip(*rows, strict=True)
    net = exact(list(amounts))
    return pd.DataFrame(
        {
            "date": pd.to_datetime([date(2026, 1, 1) + timedelta(days=each) for each in days]),
            "customer_id": pd.Series(customers, dtype="str"),
            "product_id": pd.Series(products, dtype="str"),
            "category": pd.Series(categories, dtype="str"),
            "amount": net,
            "amount_net": net,
            "amount_gross": net * D("1.13"),
            "qty": exact(list(pieces)),
        }
    )


def both(terms, lines):
    exchange = Exchange("CNY", RATES)
    sources = Sources(Movements.of_sales(lines), None, exchange)
    basis = basis_table([terms], ACCOUNTS, sources, UNTIL)
    verify_basis([terms], lines, basis, UNTIL, RATES, "CNY")
    return basis


def test_a_basis_that_differs_stops_everything():
    lines = lines_of([(5, "A", "P1", "fans", D("100.25"), 2), (9, "B", "P1", "fans", D(7), 1)])
    basis = both(policy(), lines)
    wrong = basis.assign(raw_basis=basis["raw_basis"] + exact([0, D("0.01")]))
    with pytest.raises(PluginError, match="B"):
        verify_basis([policy()], lines, wrong, UNTIL, RATES, "CNY")


cents = st.integers(-(10**6), 10**8).map(lambda each: D(each).scaleb(-2))
rows = st.lists(
    st.tuples(
        st.integers(-40, 250),
        st.sampled_from(["A", "B", "Z"]),
        st.sampled_from(["P1", "P２", "irons", None]),
        st.sampled_from(["fans", "irons", None]),
        cents,
        st.none() | st.integers(-5, 50),
    ),
    min_size=1,
    max_size=12,
)
limits = st.fixed_dictionaries(
    {},
    optional={
        "products": st.sets(st.sampled_from(["P1", "P2", "fans", "irons", "P9"])).map(frozenset),
        "excluded": st.sets(st.sampled_from(["P1", "P2", "fans", "irons", "P9"])).map(frozenset),
        "tax_included": st.booleans(),
        "currency": st.sampled_from(["CNY", "USD"]),
        "basis": st.sampled_from(["sales", "quantity"]),
        "window": st.sampled_from(
            [Window(date(2026, 2, 1), date(2026, 12, 31)), Window(date(2026, 1, 5), UNTIL)]
        ),
    },
)


@given(rows, limits)
def test_both_ways_give_the_same_basis(rows, limits):
    both(policy(**limits), lines_of(rows))
