"""Why a rebate is what it is: the reason codes of each policy and account."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.incentives.rebates import Deal
from kam_excel.domain.signs import codes_of

REASONS = {
    "NEGATIVE_BASIS": (
        "退货多于销售，基数按 0 计",
        "More came back than was sold: the basis counts as 0",
    ),
    "BASIS_UNRATED": (
        "部分业务在其日期没有该币种的汇率，未计入，基数偏低",
        "For some of what was sold or paid there is no rate of its day: the basis is too low",
    ),
    "GROWTH_NO_BASE": (
        "上年同期没有销售，增长返利不计",
        "No sales a year before, so that growth earns nothing",
    ),
    "BELOW_THRESHOLD": ("未达到最低门槛", "Below the minimum threshold"),
    "FACTOR_UNKNOWN": (
        "没有可用的回款明细，回款系数未知，实返和待付留空",
        "Without receipts that can be used the payment factor is not known: final and payable stay"
        " empty",
    ),
    "CAPPED": ("达到上限", "Capped"),
    "PENALISED": ("因违规扣减", "Lowered by a violation"),
    "OTHER_POLICY_HOLDS": (
        "与其他政策不可叠加，由其他政策支付",
        "Not stackable: another policy holds in its place",
    ),
}


def rebate_reasons(
    calculated: pd.DataFrame, deals: Sequence[Deal], basis: pd.DataFrame
) -> pd.Series:
    """The codes of each row of `rebates.calculated`, separated by ", "; "" without any.

    basis: raw_basis and lacks_rates, as of `basis.basis_table`, by the index of `calculated`.
    """
    earned = pd.concat(
        [_of_deal(deal, rows) for deal, rows in _by_deal(calculated, deals)]
    ).reindex(calculated.index)
    signs = pd.DataFrame(
        {
            "NEGATIVE_BASIS": holds(basis["raw_basis"] < 0),
            "BASIS_UNRATED": basis["lacks_rates"],
            **earned,
            "FACTOR_UNKNOWN": calculated["factor"].isna(),
            "PENALISED": holds(calculated["penalty"] > 0) & holds(calculated["rebate_earned"] > 0),
            "CAPPED": holds(calculated["cap_reduction"] > 0),
            "OTHER_POLICY_HOLDS": ~calculated["is_held"],
        }
    )
    return codes_of(signs)


def _by_deal(calculated: pd.DataFrame, deals: Sequence[Deal]) -> list[tuple[Deal, pd.DataFrame]]:
    return [(deal, calculated[calculated["policy_id"] == deal.terms.policy_id]) for deal in deals]


def _of_deal(deal: Deal, rows: pd.DataFrame) -> pd.DataFrame:
    """What the terms of a policy say of its rows."""
    compares = "growth" in (deal.terms.basis, deal.terms.method)
    no_base = rows["prior_basis_value"].isna() | ~holds(rows["prior_basis_value"] > 0)
    below = deal.below_threshold.reindex(rows["customer_id"]).set_axis(rows.index)
    skipped = no_base & (deal.no_base == "skip") & compares
    return pd.DataFrame({"GROWTH_NO_BASE": skipped, "BELOW_THRESHOLD": below})
