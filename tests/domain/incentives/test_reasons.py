"""Why a rebate is what it is."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from deals import dealing, policy, scale
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.reasons import REASONS, rebate_reasons
from kam_excel.domain.incentives.rebates import calculated
from kam_excel.domain.incentives.settlement import Caps

D = Decimal
GROWTH = {"method": "growth", "scale": scale({"0.05": "0.01"})}


def reasons(*deals, raw=None, unrated=False):
    rows = calculated(deals)
    sums = rows["basis_value"] if raw is None else exact(raw)
    basis = pd.DataFrame({"raw_basis": sums, "lacks_rates": unrated}, rows.index)
    found = rebate_reasons(rows, deals, basis)
    return dict(zip(rows["policy_id"] + rows["customer_id"], found, strict=True))


@pytest.mark.parametrize(
    ("terms", "account", "code"),
    [
        ({}, {"basis_value": 1000}, ""),
        (GROWTH, {"basis_value": 1000}, "GROWTH_NO_BASE"),
        (GROWTH, {"basis_value": 1000, "prior_basis_value": 900}, ""),
        ({"threshold": D(2000)}, {"basis_value": 1000}, "BELOW_THRESHOLD"),
        ({}, {"basis_value": 1000, "factor": None}, "FACTOR_UNKNOWN"),
        ({}, {"basis_value": 1000, "penalty": "0.2"}, "PENALISED"),
        ({"caps": Caps(amount=D(5))}, {"basis_value": 1000}, "CAPPED"),
    ],
)
def test_each_sign_has_its_code(terms, account, code):
    assert reasons(dealing(policy(**terms), A=account)) == {"R1A": code}
    assert not code or code in REASONS


def test_a_policy_that_another_goes_before_says_so():
    first = dealing(policy(policy_id="P1", priority=1), A=1000)
    second = dealing(policy(policy_id="P2", priority=2), A=1000)
    assert reasons(first, second) == {"P1A": "", "P2A": "OTHER_POLICY_HOLDS"}


def test_a_basis_that_lacks_what_has_no_rate_says_so():
    assert reasons(dealing(policy(), A=1000), unrated=True) == {"R1A": "BASIS_UNRATED"}
    assert "BASIS_UNRATED" in REASONS


def test_more_returns_than_sales_and_several_codes_stand_together():
    deal = dealing(policy(threshold=D(10)), A=0)
    assert reasons(deal, raw=[-5]) == {"R1A": "NEGATIVE_BASIS, BELOW_THRESHOLD"}
