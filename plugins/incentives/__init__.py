"""S8: what accounts earn by rebate policies and contests, what is owed of it, what is paid."""

from __future__ import annotations

from typing import NamedTuple

from kam_excel import (
    Customers,
    DataIssues,
    Frame,
    FxRates,
    KeyAccounts,
    NetSales,
    Promotions,
    Receipts,
    Run,
    SalesPolicy,
    Staff,
    Strategy,
    Targets,
    hookimpl,
    strategy,
)

from .account_outputs import ContestRank, IncentiveTotal, RebateStatement
from .agreements import PaymentFactors, ProposedTiers, RebatePolicies, RebateTiers
from .control_outputs import (
    LiabilityTrend,
    PolicyChange,
    PolicyExecution,
    PolicyImpact,
    PolicySim,
    RebateCurve,
    RebateLiability,
)
from .facts import gathered
from .policy import IncentivesPolicy
from .reasons import REASONS
from .rebate_outputs import AccrualJournal, NextTier, RebateAccrual, RebateCalc
from .rebates import Agreements
from .records import Contests, RebateLedger, Violations
from .results import framed, rebate_outputs
from .rewards import ranked, report_payments, totals
from .wording import worded

__all__ = ["Incentives", "IncentivesPolicy", "incentives"]


class Incentives(NamedTuple):
    """What the strategy gives; what has no table to come from is left out."""

    rebate_calc: Frame[RebateCalc] | None
    rebate_accrual: Frame[RebateAccrual] | None
    accrual_journal: Frame[AccrualJournal] | None
    next_tier: Frame[NextTier] | None
    policy_sim: Frame[PolicySim] | None
    rebate_curve: Frame[RebateCurve] | None
    policy_change: Frame[PolicyChange] | None
    policy_impact: Frame[PolicyImpact] | None
    policy_execution: Frame[PolicyExecution] | None
    rebate_liability: Frame[RebateLiability] | None
    liability_trend: Frame[LiabilityTrend] | None
    rebate_statement: Frame[RebateStatement] | None
    contest_rank: Frame[ContestRank] | None
    incentive_total: Frame[IncentiveTotal]
    data_issues: Frame[DataIssues]


@strategy(
    zh="奖励政策",
    en="Reckon incentives",
    about=(
        "按返利政策计算应返、计提和待付，给出对账单和预警，模拟档次调整，并为销售竞赛排名。",
        "Reckons rebates, accruals and what is payable by the rebate policies, with statements and"
        " alerts; simulates tiers; ranks sales contests.",
    ),
    group="incentives",
    icon="AccountingFormat",
    reasons=REASONS,
    any_of=(RebatePolicies, Contests),
)
def incentives(
    net_sales: Frame[NetSales],
    key_accounts: Frame[KeyAccounts],
    policy: IncentivesPolicy,
    sales_policy: SalesPolicy,
    run: Run,
    rebate_policies: Frame[RebatePolicies] | None = None,
    rebate_tiers: Frame[RebateTiers] | None = None,
    proposed_tiers: Frame[ProposedTiers] | None = None,
    payment_factors: Frame[PaymentFactors] | None = None,
    receipts: Frame[Receipts] | None = None,
    rebate_ledger: Frame[RebateLedger] | None = None,
    violations: Frame[Violations] | None = None,
    contests: Frame[Contests] | None = None,
    targets: Frame[Targets] | None = None,
    promotions: Frame[Promotions] | None = None,
    customers: Frame[Customers] | None = None,
    staff: Frame[Staff] | None = None,
    fx_rates: Frame[FxRates] | None = None,
) -> Incentives:
    """Reckon every policy twice, and tell what is earned, owed, payable and within reach."""
    facts = gathered(
        run,
        net_sales,
        key_accounts,
        customers,
        receipts,
        fx_rates,
        targets,
        rollup=sales_policy.rollup == "parent",
        strangers=sales_policy.unknown_accounts_eligible,
    )
    agreements = Agreements(
        rebate_policies, rebate_tiers, proposed_tiers, payment_factors, rebate_ledger, violations
    )
    if rebate_ledger is not None:
        report_payments(rebate_ledger, customers, staff, facts, policy)
    found, frames = rebate_outputs(agreements, facts, policy)
    contested = None if contests is None else ranked(contests, customers, staff, facts, policy)
    given = totals(found, contested, promotions, facts, policy)
    return Incentives(
        **frames,
        contest_rank=None if contested is None else framed(ContestRank, contested.results),
        incentive_total=framed(IncentiveTotal, given),
        data_issues=DataIssues.frame(worded(facts.log.frame(), run.language)),
    )


@hookimpl
def kam_register_strategies() -> list[Strategy]:
    """Give the strategy to kam_excel."""
    return [incentives]
