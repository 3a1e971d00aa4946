"""Reason codes of the outputs, with their texts."""

from __future__ import annotations

from kam_excel.domain.incentives import (
    contest_results,
    execution,
    journal,
    ledger_gaps,
    reasons,
    settled,
    totals,
)

REASONS = {
    **reasons.REASONS,
    **settled.REASONS,
    **ledger_gaps.REASONS,
    **execution.REASONS,
    **journal.REASONS,
    **contest_results.REASONS,
    **totals.REASONS,
    "SETTLED_RELEASED": (
        "已结算，原计提应冲回",
        "Settled: what was accrued is to be taken back",
    ),
    "CORRECTION_ACCRUED": (
        "结算后重算的差异，在未结期间计提；少于已确认的为负数",
        "What is recomputed differs from what was settled: accrued in the open period, below 0"
        " where it is less",
    ),
    "BUDGET_STOP": (
        "返利合计超出预算，暂不列待付",
        "The rebates exceed the budget: nothing is listed as payable",
    ),
    "NEAR_TIER": (
        "距下一档 {tier_gap:,.2f}，达到后多得 {tier_gain:,.2f}",
        "{tier_gap:,.2f} to the next tier, where {tier_gain:,.2f} more is paid",
    ),
    "CLIFF": (
        "再增 {tier_gap:,.2f} 即多得 {tier_gain:,.2f}，多得的不少于增加的",
        "{tier_gap:,.2f} more gains {tier_gain:,.2f}: the customer earns what he spends",
    ),
    "TIER_JUMP": (
        "返利在此下限处跳升",
        "The rebate jumps at this bound",
    ),
    "RATE_BY_PIECE": (
        "按数量计返，没有百分比返利率",
        "Paid by the piece: there is no rate in per cent",
    ),
    "PERIOD_END_PUSH": (
        "靠期末几天的进货才达到该档，请核实库存",
        "The tier was reached by what was bought in the last days: check the stock",
    ),
}
