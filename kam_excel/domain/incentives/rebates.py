"""What accounts earn under a policy, whatever its method, and what of it is paid.

Methods differ in what the tiers are measured by and what their rate is paid on:

| method | measured by | paid on | tiers begin at |
|---|---|---|---|
| retrospective, per unit | V | V | their lower bounds |
| stepped | V | its slices | their lower bounds |
| target | V | V | the account's target, or the lower bounds |
| growth | V | V; of basis growth V − V₀ | V₀ · (1 + lower bound) |
| payment age | | each receipt by its age in days | |

V is the basis, V₀ that of a year before. With basis growth and another method than growth V is the
increment V − V₀. Nothing is rounded before `settlement.settle`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives import tiers
from kam_excel.domain.incentives.collection import earned_by_age
from kam_excel.domain.incentives.settlement import CENT, Stacking, holding, settle
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.money import share_float

NoBase = Literal["skip", "zero_base"]
NO_AGES = pd.DataFrame({"customer_id": [], "days": [], "amount": exact([])})
NO_PARTS = NO_AGES.assign(is_paid=[], factor=exact([]))


@dataclass(frozen=True, slots=True)
class Deal:
    """A policy and what its accounts bring to it.

    accounts: index customer_id; basis_value, prior_basis_value, target, factor, penalty (exact;
        prior_basis_value and target missing where there is none, factor where it is not known)
    ages: customer_id, days, amount (exact): receipts by their age, of "payment age"
    no_base: what growth over nothing is
    collected: customer_id, days, is_paid, amount, factor (exact): parts of the invoices of a policy
        with payment factors
    """

    terms: Terms
    accounts: pd.DataFrame
    ages: pd.DataFrame
    no_base: NoBase = "skip"
    collected: pd.DataFrame = field(default_factory=NO_PARTS.copy)

    def at(self, volumes: pd.Series) -> Deal:
        """The same with other volumes (exact, by customer_id)."""
        return replace(self, accounts=self.accounts.assign(basis_value=volumes))

    def under(self, terms: Terms) -> Deal:
        """The same under other terms."""
        return replace(self, terms=terms)

    @property
    def prior(self) -> pd.Series:
        """V₀ by account; missing where growth over it is not reckoned."""
        prior: pd.Series = self.accounts["prior_basis_value"]
        is_base = holds(prior > 0)
        return prior.where(is_base) if self.no_base == "skip" else prior.mask(~is_base, 0)

    @property
    def increment(self) -> pd.Series:
        """V − V₀, at least 0; missing where V₀ is."""
        more: pd.Series = self.accounts["basis_value"] - self.prior
        return more.mask(holds(more < 0), 0)

    @property
    def measured(self) -> pd.Series:
        """What tiers are measured by."""
        is_increment = self.terms.basis == "growth" and self.terms.method != "growth"
        return self.increment if is_increment else self.accounts["basis_value"]

    @property
    def bounds(self) -> list[pd.Series]:
        """Where each tier begins, in the unit of what is measured; none for "payment age"."""
        scale, measured = self.terms.scale, self.measured
        if self.terms.method == "payment age":
            return []
        if self.terms.method == "growth":
            return [self.prior * (1 + tier.lower) for tier in scale.tiers]
        common = tiers.bounds_of(measured, scale)
        if self.terms.method == "target":
            target = self.accounts["target"]
            common[0] = target.astype(common[0].dtype).where(target.notna(), common[0])
        return common

    @property
    def below_threshold(self) -> pd.Series:
        """Which accounts (bool) have less than the least basis that earns something."""
        basis, threshold = self.accounts["basis_value"], self.terms.threshold
        if threshold is None:
            return pd.Series(False, basis.index)
        return ~holds(basis >= threshold)

    def numbers(self) -> pd.Series:
        """The tier that each account has reached, from 1; 0 below the first."""
        return tiers.numbers_at(self.measured, self.bounds, self.terms.scale)

    def earned(self) -> pd.Series:
        """R by account, before factors: exact, not rounded."""
        terms, measured = self.terms, self.measured
        if terms.method == "payment age":
            earned = self._by_age()
        elif terms.method == "stepped":
            earned = tiers.stepped(measured, terms.scale)
        else:
            earned = tiers.retrospective(measured, terms.scale, self.paid_on, self.bounds)
        basis = self.accounts["basis_value"]
        counts = earned.notna() & holds(basis > 0) & ~self.below_threshold
        return earned.where(counts, 0)

    @property
    def paid_on(self) -> pd.Series:
        """What a rate is applied to."""
        is_increment = self.terms.basis == "growth" and self.terms.method == "growth"
        return self.increment if is_increment else self.measured

    def _by_age(self) -> pd.Series:
        sums = earned_by_age(self.ages, self.terms.scale).reindex(self.accounts.index)
        return sums.mask(sums.isna(), 0)


def offered(deal: Deal, rounding: Decimal = CENT) -> pd.DataFrame:
    """What a policy would pay each account if it were the only one.

    The result: index customer_id; the columns of the deal's accounts, earned (exact, not
    rounded), growth_rate (float64), tier (int), rebate_earned, cap_reduction and rebate_final
    (exact, rounded half up to `rounding`, or to the smallest unit of the currency).
    """
    accounts, earned = deal.accounts, deal.earned()
    basis, prior = accounts["basis_value"], accounts["prior_basis_value"]
    unit = max(rounding, Decimal(1).scaleb(-deal.terms.places))
    settled = settle(accounts.assign(basis=basis, earned=earned), deal.terms.caps, unit)
    return accounts.assign(
        earned=earned,
        growth_rate=share_float(basis - prior, prior.where(holds(prior > 0))),
        tier=deal.numbers(),
        **settled,
    )


def calculated(
    deals: Sequence[Deal], rule: Stacking = "by_priority", rounding: Decimal = CENT
) -> pd.DataFrame:
    """What each policy pays each of its accounts, where several compete for them.

    One row a policy and account, by both: policy_id, customer_id, the columns of `offered`,
    rebate_offered (what it would pay if it were the only one), rebate_final (0 where another
    policy goes before it) and `is_held` (bool).
    """
    parts = [
        offered(deal, rounding)
        .rename_axis("customer_id")
        .reset_index()
        .assign(
            policy_id=deal.terms.policy_id,
            stackable=deal.terms.stackable,
            priority=deal.terms.priority,
        )
        for deal in deals
    ]
    offers = pd.concat(parts, ignore_index=True)
    offers = offers.astype({"priority": "Int64", "stackable": bool})
    offers = offers.sort_values(["policy_id", "customer_id"], ignore_index=True)
    pairs = competing([deal.terms for deal in deals])
    is_held = holding(offers.assign(amount=offers["rebate_final"]), pairs, rule)
    return offers.assign(
        rebate_offered=offers["rebate_final"],
        rebate_final=offers["rebate_final"].where(is_held, 0),
        is_held=is_held,
    )


def competing(terms: Sequence[Terms]) -> set[frozenset[str]]:
    """The pairs of policies that reward the same sales: days and products of both overlap."""
    return {
        frozenset({one.policy_id, other.policy_id})
        for number, one in enumerate(terms)
        for other in terms[number + 1 :]
        if one.window.start <= other.window.end
        and other.window.start <= one.window.end
        and (not one.covers or not other.covers or one.covers & other.covers)
    }
