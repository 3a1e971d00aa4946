"""Accruals: the rebate that is owed by now, while its period still runs.

IFRS 15.53: the amount is estimated as the most likely one, or as the expected one, and brought up
to date cumulatively (87): what is accrued now is the whole, what is booked is the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.rebates import Deal, calculated
from kam_excel.domain.incentives.settlement import CENT, Stacking
from kam_excel.domain.money import divide, round_half_up, share_float, times

Reckoning = Callable[[Sequence[Deal], Stacking, Decimal], pd.DataFrame]
AccrualMethod = Literal["most_likely", "earned_to_date", "expected"]


@dataclass(frozen=True, slots=True)
class AccrualRules:
    """How a company accrues.

    constraint: the part that is certain enough to be recognised (0 to 1)
    spread, weight: of the method "expected", how far the low and the high case lie from the
        forecast, and the probability of each; both are assumptions
    """

    method: AccrualMethod = "most_likely"
    constraint: Fraction = Fraction(1)
    spread: Fraction = Fraction(1, 10)
    weight: Fraction = Fraction(1, 4)

    def cases(self) -> list[tuple[Fraction, Fraction]]:
        """(multiple of the forecast, probability) of each case."""
        if self.method != "expected":
            return [(Fraction(1), Fraction(1))]
        outer = [(1 - self.spread, self.weight), (1 + self.spread, self.weight)]
        return [outer[0], (Fraction(1), 1 - 2 * self.weight), outer[1]]


def expected_basis(to_date: pd.Series, share: pd.Series | Fraction, places: int = 2) -> pd.Series:
    """V̂: the basis of the whole period, from that to date and the share of it to be expected by
    now. Missing where the share is 0 or missing. `to_date` and the result: exact.
    """
    if isinstance(share, Fraction) and not share:
        return exact([None] * len(to_date)).set_axis(to_date.index)
    return divide(to_date, share, places)


def accrued(
    to_date: pd.Series,
    expected: pd.Series,
    whole: pd.Series,
    constraint: Fraction = Fraction(1),
    places: int = 2,
) -> pd.Series:
    """What is owed by now: R / V̂ · V_to_date, the rate that the whole period is expected to earn
    on what was sold; exact[places].

    whole: R at V̂ (exact). Where V̂ is 0 nothing is owed. `constraint` is the part of it that is
    recognised.
    """
    product: Any = whole * to_date
    divisor: Any = expected * constraint.denominator
    owed: pd.Series = divide(product * constraint.numerator, divisor, places)
    return owed.mask((expected == 0).fillna(False).astype(bool), 0)


def forecast(deal: Deal, share: Fraction) -> Deal:
    """The deal at the end of its period, if the rest of it goes by the season.

    Receipts by their age are taken as they are: nobody knows when the others will be paid. A
    payment factor that is not known counts as 1, so that no liability is missed.
    """
    accounts = deal.accounts
    unknown = accounts["factor"].isna()
    sure = deal.accounts.assign(factor=accounts["factor"].mask(unknown, 1))
    whole = Deal(deal.terms, sure, deal.ages, deal.no_base)
    if deal.terms.method == "payment age":
        return whole
    places = deal.terms.places if deal.terms.is_money else 2
    expected = expected_basis(accounts["basis_value"], share, places)
    return whole.at(expected.mask(expected.isna(), 0))


def accruals(
    deals: Sequence[Deal],
    shares: Mapping[str, Fraction],
    rules: AccrualRules,
    rule: Stacking = "by_priority",
    rounding: Decimal = CENT,
    reckon: Reckoning = calculated,
) -> pd.DataFrame:
    """What is to be accrued of each policy and account, by both.

    shares: of each policy, what part of its basis is expected by now. reckon: `rebates.calculated`,
    or what does the same. The result has policy_id, customer_id, is_held (bool: whether no other
    policy is expected to hold in its place), ytd_basis, seasonal_share (float64), expected_basis,
    expected_rebate, whole_rebate (the same before it is rounded), accrual (exact) and
    effective_rate (float64). "earned_to_date" is what would be earned if the period ended now,
    whatever the season.
    """
    by_now = rules.method == "earned_to_date"
    shares = {
        deal.terms.policy_id: Fraction(1) if by_now else shares[deal.terms.policy_id]
        for deal in deals
    }
    whole = [forecast(deal, shares[deal.terms.policy_id]) for deal in deals]
    expected = reckon(whole, rule, rounding)
    rebate = _over_cases(whole, expected["rebate_final"], rules, rule, rounding, reckon)
    to_date = _to_date(deals, expected)
    basis = expected["basis_value"]
    rows = expected.groupby("policy_id").groups
    owed = [
        accrued(to_date[own], basis[own], rebate[own], rules.constraint, deal.terms.places)
        for deal in deals
        if (own := rows.get(deal.terms.policy_id)) is not None
    ]
    return expected[["policy_id", "customer_id", "is_held"]].assign(
        ytd_basis=to_date,
        seasonal_share=expected["policy_id"].map(
            {name: float("nan") if by_now else float(each) for name, each in shares.items()}
        ),
        expected_basis=basis,
        expected_rebate=round_half_up(rebate),
        whole_rebate=rebate,
        effective_rate=share_float(rebate, basis),
        accrual=pd.concat(owed) if owed else exact([]),
    )


def _to_date(deals: Sequence[Deal], rows: pd.DataFrame) -> pd.Series:
    """The basis of each of the rows as it is by now."""
    by_policy = {deal.terms.policy_id: deal.accounts["basis_value"] for deal in deals}
    whole = pd.concat(by_policy, names=["policy_id"])
    accounts = pd.MultiIndex.from_frame(rows[["policy_id", "customer_id"]])
    found: pd.Series = whole.reindex(accounts).set_axis(rows.index)
    return found


def _over_cases(
    whole: Sequence[Deal],
    middle: pd.Series,
    rules: AccrualRules,
    rule: Stacking,
    rounding: Decimal,
    reckon: Reckoning,
) -> pd.Series:
    """Σ probability · R over the cases of the forecast: exact, to six places; middle: R at V̂."""
    parts = []
    for multiple, probability in rules.cases():
        final = middle
        if multiple != 1:
            moved = [deal.at(times(deal.accounts["basis_value"], multiple, 2)) for deal in whole]
            final = reckon(moved, rule, rounding)["rebate_final"]
        parts.append(times(final, probability, 6))
    found: Any = parts[0]
    for part in parts[1:]:
        found = found + part
    return found  # type: ignore[no-any-return]
