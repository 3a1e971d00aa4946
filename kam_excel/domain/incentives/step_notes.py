"""What a rebate is measured against: steps that add nothing to it, for whoever follows it.

| step | tier | basis_value | rate |
|---|---|---|---|
| prior | | V₀, the basis of a year before | growth (V − V₀) / V₀ |
| target | | the target of the account | V / target |
| collected | most days | what of its invoices was paid within them | their payment factor |
| uncollected | most days | what is not paid yet, and is no older | the same |

Beyond the last limit of days the tier is missing. Parts are rounded to cents; a tax that is added
to net amounts leaves less than that over.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.rebates import Deal
from kam_excel.domain.money import divide, round_half_up

NOTES = ("prior", "target", "collected", "uncollected")
PLACES = 6  # of growth and attainment


def notes(deal: Deal) -> list[pd.DataFrame]:
    """The notes of each account that earns something: rows of `steps.COLUMNS`, amount 0."""
    earning = deal.accounts[holds(deal.earned() != 0)]
    found = []
    if "growth" in (deal.terms.basis, deal.terms.method):
        prior = deal.prior.reindex(earning.index)
        prior = prior[holds(prior > 0)]
        more: Any = earning["basis_value"].reindex(prior.index) - prior
        found.append(_rows(deal, "prior", prior, divide(more, prior, PLACES)))
    if deal.terms.method == "target":
        target = earning["target"].dropna()
        target = target[holds(target > 0)]
        reached = earning["basis_value"].reindex(target.index)
        found.append(_rows(deal, "target", target, divide(reached, target, PLACES)))
    if len(deal.collected):
        lowered = earning.index[holds(earning["factor"] != 1)]
        found += _by_limit(deal, deal.collected[deal.collected["customer_id"].isin(lowered)])
    return found


def _by_limit(deal: Deal, parts: pd.DataFrame) -> list[pd.DataFrame]:
    """The parts of each account's invoices by the limit of days that they keep."""
    limits = sorted(days for days, _ in deal.terms.factors)
    places = np.searchsorted(limits, parts["days"].to_numpy(dtype=np.int64))
    ends = pd.array([*limits, None], dtype="Int64")
    keys = ["customer_id", "place"]
    found = []
    for step, is_paid in (("collected", True), ("uncollected", False)):
        own = parts.assign(place=places)[(parts["is_paid"] == is_paid).to_numpy()]
        sums = own.groupby(keys, observed=True).agg({"amount": "sum", "factor": "first"})
        sums = sums.assign(amount=round_half_up(sums["amount"])).reset_index("place")
        sums = sums[holds(sums["amount"] != 0)]
        rows = _rows(deal, step, sums["amount"], sums["factor"])
        found.append(rows.assign(tier=ends[sums["place"].to_numpy()]))
    return found


def _rows(deal: Deal, step: str, basis: pd.Series, rate: pd.Series) -> pd.DataFrame:
    nothing = exact([0] * len(basis))
    return pd.DataFrame(
        {
            "policy_id": deal.terms.policy_id,
            "customer_id": basis.index.astype("str"),
            "step": step,
            "tier": pd.array([None] * len(basis), dtype="Int64"),
            "basis_value": basis.array,
            "rate": rate.array,
            "fixed": nothing,
            "amount": nothing,
        }
    )
