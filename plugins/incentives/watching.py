"""The outputs that watch policies: next tiers, simulations, changes, execution, what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.incentives import settled
from kam_excel.domain.incentives.checking import verified
from kam_excel.domain.incentives.ledger import ACCOUNT
from kam_excel.domain.incentives.next_tier import (
    CLIFF,
    NEAR,
    NONE,
    PUSH,
    AlertRules,
    alerts,
    next_tiers,
)
from kam_excel.domain.incentives.rebates import Deal
from kam_excel.domain.incentives.scales import Scales
from kam_excel.domain.incentives.simulation import compared, simulated, summed
from kam_excel.domain.incentives.tiers import Scale
from kam_excel.domain.money import divide, total
from kam_excel.domain.signs import with_code

from .facts import Facts
from .policy import IncentivesPolicy
from .rebates import STACKING, Rebates

URGENT_FIRST = (CLIFF, PUSH, NEAR, NONE)
CODES = {CLIFF: "CLIFF", PUSH: "PERIOD_END_PUSH", NEAR: "NEAR_TIER", NONE: ""}


def next_tier_rows(found: Rebates, facts: Facts, policy: IncentivesPolicy) -> pd.DataFrame:
    """The rows of next_tier: of policies that run, and of those that ended with a push."""
    rules = AlertRules(policy.cliff_alert_ratio, policy.near_tier_pct, policy.push_alert_last_days)
    open_ = found.rebates[found.rebates["settlement_status"] == "open"]
    parts = [
        _of_deal(deal, whole, found, facts, rules, policy).assign(policy_id=deal.terms.policy_id)
        for deal, whole in zip(found.found.deals, found.expected, strict=True)
    ]
    rows = pd.concat(parts).rename_axis("customer_id").reset_index()
    rows = _told(rows.merge(open_[[*ACCOUNT, "is_held"]], "inner", ACCOUNT))
    rows = facts.named(settled.with_terms(rows, found.terms))
    left = (rows["valid_to"] - pd.Timestamp(facts.run.as_of)).dt.days
    rows = rows.assign(days_left=left.clip(lower=0))
    shown = rows[(left > 0) | (rows["alert"] == PUSH)]
    urgency = shown["alert"].map({each: place for place, each in enumerate(URGENT_FIRST)})
    return shown.assign(urgency=urgency).sort_values(["urgency", *ACCOUNT], kind="stable")


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their reasons; nothing is pointed out where another policy holds."""
    beaten = ~rows["is_held"].astype(bool)
    alert = rows["alert"].mask(beaten, NONE)
    code = with_code(alert.map(CODES), "BELOW_THRESHOLD", rows["is_below"])
    return rows.assign(alert=alert, reason_code=with_code(code, "OTHER_POLICY_HOLDS", beaten))


def _of_deal(
    deal: Deal,
    whole: Deal,
    found: Rebates,
    facts: Facts,
    rules: AlertRules,
    policy: IncentivesPolicy,
) -> pd.DataFrame:
    tiers = next_tiers(deal, policy.rounding)
    basis: Any = tiers["basis_value"]
    rest = whole.accounts["basis_value"] - basis
    before = found.found.before_push(deal.terms.policy_id)
    reachable = holds(tiers["tier_gap"] <= rest).astype("boolean")
    return tiers.assign(
        forecast_rest=rest,
        reachable=reachable.mask(tiers["tier_gap"].isna()),
        alert=alerts(deal, tiers, before, facts.run.as_of, rules),
        is_below=deal.below_threshold,
    )


def proposals(
    tiers: pd.DataFrame | None,
    known: Sequence[str],
    found: Rebates,
    facts: Facts,
    policy: IncentivesPolicy,
) -> dict[str, Scale]:
    """The proposed scales by policy; what is wrong with them is logged.

    tiers: with every declared column; known: the ids of all policies, those too that are not
    reckoned
    """
    if tiers is None:
        return {}
    no_factors = pd.DataFrame({"policy_id": pd.Series([], dtype="str")})
    exclusive = not policy.tier_lower_inclusive
    scales = Scales(tiers, no_factors, exclusive, facts.log, "proposed_tiers", "PROPOSAL_NOT_USED")
    scales.report_strangers(known)
    named = set(tiers["policy_id"].dropna())
    found_scales = {
        each.policy_id: scales.of(
            each.policy_id, each.method, in_pieces=not each.is_money, row=each.row
        )
        for each in found.terms
        if each.policy_id in named
    }
    return {name: scale for name, scale in found_scales.items() if scale}


def simulation_rows(
    found: Rebates, proposed: dict[str, Scale], policy: IncentivesPolicy
) -> pd.DataFrame:
    """The rows of policy_sim: every policy at volumes from 0 to beyond its last tier."""
    parts = [_simulated(deal, proposed, policy) for deal in found.found.deals]
    return pd.concat(parts, ignore_index=True)


def _simulated(
    deal: Deal,
    proposed: dict[str, Scale],
    policy: IncentivesPolicy,
    reach: Decimal = Decimal(0),
) -> pd.DataFrame:
    """What one policy pays at volumes from 0 to beyond its last tier, or to `reach`."""
    terms = deal.terms
    scale = proposed.get(terms.policy_id)
    curve = simulated(terms, _typical_prior(deal), scale, policy.rounding, reach)
    return curve.assign(policy_id=terms.policy_id, policy_name=terms.policy_name)


def _typical_prior(deal: Deal) -> Any:
    """The mean basis of the year before, of accounts that had one."""
    prior = deal.prior.dropna()
    prior = prior[holds(prior > 0)]
    return divide(total(prior), len(prior), 2) if len(prior) else None


def curve_rows(
    found: Rebates,
    curves: pd.DataFrame,
    proposed: dict[str, Scale],
    facts: Facts,
    policy: IncentivesPolicy,
) -> pd.DataFrame:
    """The rows of rebate_curve: the curve of one policy, drawn on to its largest account, then its
    accounts as points.
    """
    chosen = _drawn(found, curves, policy)
    rows = found.rebates
    points = rows[(rows["policy_id"] == chosen) & holds(rows["basis_value"] > 0)]
    reach = max([Decimal(0), *points["basis_value"]])
    drawn = [deal for deal in found.found.deals if deal.terms.policy_id == chosen]
    curve = [_simulated(deal, proposed, policy, reach) for deal in drawn]
    points = facts.named(
        points[ACCOUNT].assign(
            sim_basis=points["basis_value"], rebate_earned=points["rebate_offered"]
        )
    )
    points = points.sort_values(["sim_basis", "customer_id"], kind="stable")
    return pd.concat([*curve, points], ignore_index=True)


def _drawn(found: Rebates, curves: pd.DataFrame, policy: IncentivesPolicy) -> str:
    """The policy that the chart draws: that of the settings, else of those that are not settled the
    one that pays most.
    """
    drawn = list(curves["policy_id"].unique())
    if policy.chart_policy in drawn or not drawn:
        return policy.chart_policy
    rows = found.rebates[found.rebates["settlement_status"] == "open"]
    sums = rows.groupby("policy_id")["rebate_final"].sum()
    return str(max(sorted(drawn), key=lambda each: sums.get(each, 0)))


def impact_rows(
    found: Rebates, proposed: dict[str, Scale], facts: Facts, policy: IncentivesPolicy
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of policy_change and policy_impact, at the end of the windows by the season."""
    rows = compared(found.expected, proposed, STACKING[policy.stacking], policy.rounding, verified)
    rows = facts.named(settled.with_terms(rows, found.terms))
    changes = settled.with_terms(summed(rows), found.terms)
    size = abs(rows["rebate_change"])
    order = rows.assign(size=size).sort_values(
        ["policy_id", "size", "customer_id"], ascending=[True, False, True], kind="stable"
    )
    return changes, order
