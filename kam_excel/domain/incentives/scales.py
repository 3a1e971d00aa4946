"""The tiers and payment factors of each policy, from their sheets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.incentives.terms import Method
from kam_excel.domain.incentives.tiers import Scale, scale_of
from kam_excel.domain.issues import IssueLog
from kam_excel.errors import nearest

GREATEST_GROWTH = 2  # a bound above it is more likely a percentage without its sign
ZERO = Decimal(0)


class Scales:
    """Tiers and factors by policy; what is wrong with them is logged, once a row."""

    def __init__(
        self,
        tiers: pd.DataFrame,
        factors: pd.DataFrame,
        exclusive: bool,
        log: IssueLog,
        table_id: str = "rebate_tiers",
        handling: str = "POLICY_NOT_RECKONED",
    ) -> None:
        """tiers: policy_id, tier, tier_lower, rebate_rate, rebate_amount, of the table `table_id`;
        factors: policy_id, max_days, factor; by sheet row, with their declared types.
        `exclusive`: a volume at a bound is still in the tier below. `handling`: the code of what
        is done about a mistake.
        """
        self._tiers, self._factors = tiers, factors
        self._exclusive, self._log, self._table_id = exclusive, log, table_id
        self._handling = handling

    def report_strangers(self, known: Sequence[str]) -> None:
        """List tiers and factors of policies that are not `known`, or of none."""
        for table, frame in ((self._table_id, self._tiers), ("payment_factors", self._factors)):
            ids = frame["policy_id"]
            nameless = frame.index[ids.isna()]
            self._log.add("KEY_EMPTY", table, nameless, "ROW_EXCLUDED", column="policy_id")
            strange = ids[~ids.isin(list(known))].dropna()
            near = strange.map(lambda each: nearest(each, known))
            self._log.add_each(
                "OF_NO_POLICY", table, strange, "TIER_NOT_USED", "policy_id", taken=near
            )

    def of(self, policy_id: str, method: Method, *, in_pieces: bool, row: Any) -> Scale | None:
        """The scale of a policy, None where it has a mistake.

        in_pieces: the basis is a number of pieces, so that an amount is one per piece.
        """
        own = self._tiers[self._tiers["policy_id"] == policy_id]
        faults = self._faults(own, method, policy_id, row, in_pieces=in_pieces)
        if own.empty:
            self._say("POLICY_WITHOUT_TIERS", "rebate_policies", row, "policy_id", policy_id)
        if own.empty or faults:
            return None
        self._report_order(own.sort_values("tier_lower", kind="stable"))
        rates, amounts = (
            [ZERO if pd.isna(each) else Decimal(each) for each in own[name]]
            for name in ("rebate_rate", "rebate_amount")
        )
        lowers = list(own["tier_lower"])
        if in_pieces:  # an amount is one per piece, and so a rate
            return scale_of(lowers, amounts, exclusive=self._exclusive)
        return scale_of(lowers, rates, amounts, self._exclusive)

    def factors_of(self, policy_id: str) -> tuple[tuple[int, Decimal], ...] | None:
        """(most days, factor) of a policy, shortest first; None where one cannot be used."""
        own = self._factors[self._factors["policy_id"] == policy_id]
        unusable = ~holds(own["factor"] >= 0) | ~holds(own["factor"] <= 1) | own["max_days"].isna()
        faults = (
            ("POLICY_SHARE_UNUSABLE", unusable, "factor"),
            ("TIER_REPEATED", own["max_days"].duplicated() & ~unusable, "max_days"),
        )
        for code, where, column in faults:
            self._log.add(
                code,
                "payment_factors",
                own.index[where],
                "POLICY_NOT_RECKONED",
                column=column,
                values=own[column],
            )
        if any(where.any() for _, where, _ in faults):
            return None
        pairs = zip(own["max_days"], own["factor"], strict=True)
        return tuple(sorted((int(days), Decimal(factor)) for days, factor in pairs))

    def _faults(
        self, own: pd.DataFrame, method: Method, policy_id: str, row: Any, *, in_pieces: bool
    ) -> int:
        lower, rate, amount = own["tier_lower"], own["rebate_rate"], own["rebate_amount"]
        incomplete = lower.isna() | (rate.isna() & amount.isna())
        unusable = holds(rate < 0) | holds(rate > 1) | holds(amount < 0)
        unclear = holds(lower > GREATEST_GROWTH) & (method == "growth")
        repeated = lower.duplicated() & ~incomplete
        below = holds(lower < 0) & (method != "growth")
        fixed = holds(amount > 0) & (method == "payment age")
        found = (
            ("TIER_INCOMPLETE", incomplete, "tier_lower", lower),
            ("TIER_RATE_UNUSABLE", unusable, "rebate_rate", rate.astype(object).fillna(amount)),
            ("GROWTH_BOUND_UNCLEAR", unclear, "tier_lower", lower),
            ("TIER_REPEATED", repeated, "tier_lower", lower),
            ("POLICY_AMOUNT_NEGATIVE", below, "tier_lower", lower),
            ("TIER_AMOUNT_UNFIT", fixed, "rebate_amount", amount),
        )
        for code, where, column, values in found:
            rows = own.index[where]
            self._log.add(code, self._table_id, rows, self._handling, column=column, values=values)
        unfit = in_pieces and bool(rate.notna().any())
        if unfit:
            self._say("POLICY_RATE_UNFIT", "rebate_policies", row, "basis", policy_id)
        return unfit + sum(int(where.sum()) for _, where, _, _ in found)

    def _report_order(self, ordered: pd.DataFrame) -> None:
        numbers = ordered["tier"].dropna()
        falling = numbers.index[numbers.diff() <= 0]
        self._log.add(
            "TIER_ORDER", self._table_id, falling, "ROW_KEPT", column="tier", values=numbers
        )

    def _say(self, code: str, table: str, row: Any, column: str, value: Any) -> None:
        self._log.add_one(code, table, self._handling, row, column, value)
