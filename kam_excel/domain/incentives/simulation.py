"""What a scale pays at any volume, and what another scale in its place would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.accrual import Reckoning
from kam_excel.domain.incentives.rebates import NO_AGES, Deal, calculated, offered
from kam_excel.domain.incentives.settlement import CENT, Stacking
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import Scale
from kam_excel.domain.money import share_float

STEPS, BEYOND = 48, Decimal("1.2")  # of a simulation, and how far beyond the last tier it goes


def simulated_volumes(
    bounds: Sequence[Decimal], places: int = 2, reach: Decimal = Decimal(0)
) -> list[Decimal]:
    """The volumes that show a scale as a curve: from 0 to 1.2 times the last bound, with each bound
    and what lies one unit of the last place below it, and on to `reach` where that is more.
    """
    last = max(*bounds, Decimal(1)) if bounds else Decimal(1)
    unit = Decimal(1).scaleb(-places)
    end = last * BEYOND
    rest = max(reach - end, Decimal(0))
    grid = {(end * step / STEPS).quantize(unit) for step in range(STEPS + 1)}
    further = {(end + rest * step / STEPS).quantize(unit) for step in range(STEPS + 1)}
    below = {bound - unit for bound in bounds}
    return sorted(each for each in grid | further | set(bounds) | below if each >= 0)


def simulated(
    terms: Terms,
    prior: Decimal | None = None,
    proposed: Scale | None = None,
    rounding: Decimal = CENT,
    reach: Decimal = Decimal(0),
) -> pd.DataFrame:
    """What a policy pays at volumes from 0 to 1.2 times its last bound, or to `reach`, to an
    account that pays in time and has no violations: sim_basis, tier, sim_rebate (exact),
    effective_rate (float64, missing at 0), marginal_rate (float64: of what was added since the
    row above), reason_code, and proposed_rebate (exact) where another scale is proposed. Money
    that is only a unit more than in the row above has no marginal rate, for its rebate is rounded;
    where it earns at least itself, with the reason TIER_JUMP.

    prior: the basis of the year before, which growth needs. Empty for policies by the age of
    receipts, whose rebate does not follow from a volume.
    """
    if terms.method == "payment age":
        return _curve(_model(terms, [], prior), rounding)
    scales = [terms.scale, *([proposed] if proposed else [])]
    bounds = {bound for scale in scales for bound in _bounds(replace(terms, scale=scale), prior)}
    places = terms.places if terms.is_money else 0
    model = _model(terms, simulated_volumes(sorted(bounds), places, reach), prior)
    curve = _curve(model, rounding)
    if proposed:
        other = offered(model.under(replace(terms, scale=proposed)), rounding)
        curve["proposed_rebate"] = other["rebate_final"].array
    return curve


def compared(
    deals: Sequence[Deal],
    proposed: Mapping[str, Scale],
    rule: Stacking = "by_priority",
    rounding: Decimal = CENT,
    reckon: Reckoning = calculated,
) -> pd.DataFrame:
    """What each policy would pay its accounts if the `proposed` scales (by policy) held.

    reckon: `rebates.calculated`, or what does the same.
    One row a policy and account, those whose rebate changes and all of the policies that change
    themselves: policy_id, customer_id, basis_value, rebate_now, proposed_rebate, rebate_change
    (exact) and impact ("gains", "loses", "unchanged"). Where policies compete, one may take the
    place of another. A payment factor that is not known counts as 1.
    """
    changed = [
        deal.under(replace(deal.terms, scale=proposed.get(deal.terms.policy_id, deal.terms.scale)))
        for deal in deals
    ]
    now, then = (reckon(each, rule, rounding) for each in (deals, changed))
    change: Any = then["rebate_final"] - now["rebate_final"]
    impact = pd.Series("unchanged", now.index, dtype="str")
    impact = impact.mask(holds(change > 0), "gains").mask(holds(change < 0), "loses")
    rows = now[["policy_id", "customer_id", "basis_value"]].assign(
        rebate_now=now["rebate_final"],
        proposed_rebate=then["rebate_final"],
        rebate_change=change,
        impact=impact,
    )
    return rows[rows["policy_id"].isin(list(proposed)) | (impact != "unchanged")]


def summed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `compared` by policy: sums of amounts, n_gaining, n_losing, n_unchanged."""
    names = ["rebate_now", "proposed_rebate", "rebate_change"]
    sums = rows.groupby("policy_id")[names].sum()
    for name, impact in (("gaining", "gains"), ("losing", "loses"), ("unchanged", "unchanged")):
        sums[f"n_{name}"] = (rows["impact"] == impact).groupby(rows["policy_id"]).sum()
    return sums.reset_index()


def _model(terms: Terms, volumes: Sequence[Decimal], prior: Decimal | None) -> Deal:
    """An account at each of the volumes."""
    count = len(volumes)
    accounts = pd.DataFrame(
        {
            "basis_value": exact(volumes),
            "prior_basis_value": exact([prior] * count),
            "target": exact([None] * count),
            "factor": exact([1] * count),
            "penalty": exact([0] * count),
        }
    )
    return Deal(terms, accounts, NO_AGES)


def _bounds(terms: Terms, prior: Decimal | None) -> list[Decimal]:
    """The volumes at which the tiers of the model begin."""
    model = _model(terms, [Decimal(0)], prior)
    offset = prior or 0 if terms.basis == "growth" and terms.method != "growth" else 0
    return [bound.iloc[0] + offset for bound in model.bounds if pd.notna(bound.iloc[0])]


def _curve(model: Deal, rounding: Decimal) -> pd.DataFrame:
    found = offered(model, rounding)
    basis, paid = found["basis_value"], found["rebate_final"]
    added: Any = basis - basis.shift()
    marginal = share_float(paid - paid.shift(), added)
    is_money = pd.Series(model.terms.is_money, basis.index)
    is_unit = holds(added <= Decimal(1).scaleb(-model.terms.places)) & is_money
    jumps = (marginal >= 1) & is_money
    return pd.DataFrame(
        {
            "sim_basis": basis,
            "tier": found["tier"],
            "sim_rebate": paid,
            "effective_rate": share_float(paid, basis),
            "marginal_rate": marginal.mask(jumps | is_unit),
            "reason_code": jumps.map({True: "TIER_JUMP", False: ""}).astype("str"),
        }
    )
