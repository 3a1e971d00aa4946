"""The frames of all rebate outputs."""

from __future__ import annotations

from typing import Any, TypeVar

import pandas as pd

from kam_excel import Frame, Table
from kam_excel.codes import Text
from kam_excel.domain.columns import holds, text_column
from kam_excel.domain.incentives.execution import execution
from kam_excel.domain.incentives.journal import accrual_journal
from kam_excel.domain.incentives.liability import liability, liability_trend
from kam_excel.domain.incentives.statement import statement
from kam_excel.domain.periods import Window, shift_months
from kam_excel.domain.signs import with_code

from .account_outputs import RebateStatement
from .agreements import ProposedTiers
from .control_outputs import (
    LiabilityTrend,
    PolicyChange,
    PolicyExecution,
    PolicyImpact,
    PolicySim,
    RebateCurve,
    RebateLiability,
)
from .facts import Facts
from .policy import IncentivesPolicy
from .rebate_outputs import AccrualJournal, NextTier, RebateAccrual, RebateCalc
from .rebates import Agreements, Rebates, all_columns, reckon
from .watching import (
    curve_rows,
    impact_rows,
    next_tier_rows,
    proposals,
    simulation_rows,
)

T = TypeVar("T", bound=Table)
Frames = dict[str, Any]
ALWAYS: tuple[type[Table], ...] = (
    RebateCalc,
    RebateAccrual,
    AccrualJournal,
    NextTier,
    PolicySim,
    RebateCurve,
    PolicyExecution,
    RebateStatement,
)
WITH_LEDGER: tuple[type[Table], ...] = (RebateLiability, LiabilityTrend)
WITH_PROPOSAL: tuple[type[Table], ...] = (PolicyChange, PolicyImpact)
DEBIT = Text("主营业务收入—返利", "Revenue: rebates")
CREDIT = Text("其他应付款—应付返利", "Other payables: rebates")


def rebate_outputs(
    given: Agreements, facts: Facts, policy: IncentivesPolicy
) -> tuple[Rebates | None, Frames]:
    """What was reckoned, and the frame of each rebate output by its id.

    None is a table that comes from one which the workbook lacks. Where no policy can be reckoned
    the frames are empty, and the issues say why.
    """
    found = reckon(given, facts, policy)
    tables = [
        *(ALWAYS if given.policies is not None else ()),
        *(WITH_LEDGER if given.policies is not None and given.ledger is not None else ()),
        *(WITH_PROPOSAL if given.policies is not None and given.proposed is not None else ()),
    ]
    rows = {} if found is None else _rows(found, given, facts, policy)
    frames: Frames = dict.fromkeys(each.id for each in (*ALWAYS, *WITH_LEDGER, *WITH_PROPOSAL))
    for table in tables:
        frames[table.id] = framed(
            table, rows.get(table.id, pd.DataFrame(columns=list(table.columns)))
        )
    return found, frames


def framed(table: type[T], rows: pd.DataFrame) -> Frame[T]:
    """The rows as a frame of `table`, without columns that it does not have; no code is missing."""
    known = [name for name in table.columns if name in rows]
    rows = rows[known].reset_index(drop=True)
    if "reason_code" in rows:
        rows["reason_code"] = rows["reason_code"].mask(rows["reason_code"] == "")
    return table.frame(rows)


def _rows(
    found: Rebates, given: Agreements, facts: Facts, policy: IncentivesPolicy
) -> dict[str, pd.DataFrame]:
    """The rows of every output, by its id; they may have further columns."""
    run, language = facts.run, facts.run.language
    known = [] if given.policies is None else list(given.policies["policy_id"].dropna())
    tiers = None if given.proposed is None else all_columns(ProposedTiers, given.proposed)
    proposed = proposals(tiers, known, found, facts, policy)
    curves = _without_rates(simulation_rows(found, proposed, policy), found)
    changes, impacts = impact_rows(found, proposed, facts, policy)
    owed = _without_rates(facts.named(found.accruals), found)
    ledger = pd.DataFrame() if given.ledger is None else given.ledger
    used = list(text_column(ledger, "voucher_no").dropna())
    debit = policy.debit_account or DEBIT.in_(language)
    credit = policy.credit_account or CREDIT.in_(language)
    start = shift_months(run.as_of.replace(day=1), 1 - policy.statement_months)
    window = Window(start, run.as_of)
    carried_out = execution(found.rebates, found.entries, found.terms, run.as_of)
    rebates = _stopped(found.rebates, carried_out, policy)
    _report_budgets(carried_out, found, facts)
    rates, base = facts.exchange.rates, facts.exchange.base
    tables = {
        "rebate_calc": rebates,
        "rebate_accrual": owed,
        "accrual_journal": accrual_journal(owed, used, run.as_of, debit, credit, language),
        "next_tier": next_tier_rows(found, facts, policy),
        "policy_sim": curves,
        "rebate_curve": curve_rows(found, curves, proposed, facts, policy),
        "policy_change": changes,
        "policy_impact": impacts,
        "policy_execution": carried_out,
        "rebate_liability": liability(found.entries, found.every, run.as_of),
        "liability_trend": liability_trend(found.entries, rates, base, run.as_of),
        "rebate_statement": statement(
            rebates, found.entries, found.steps, found.every, window, language
        ),
    }
    return {name: _with_units(rows, found) for name, rows in tables.items()}


def _with_units(rows: pd.DataFrame, found: Rebates) -> pd.DataFrame:
    """The rows; those of a policy say what its basis counts."""
    if "policy_id" not in rows:
        return rows
    units = {each.policy_id: "money" if each.is_money else "pieces" for each in found.every}
    return rows.assign(basis_unit=rows["policy_id"].map(units).astype("str"))


def _without_rates(rows: pd.DataFrame, found: Rebates) -> pd.DataFrame:
    """The rows; what a piece earns is no rate in per cent."""
    pieces = [each.policy_id for each in found.every if not each.is_money]
    by_piece = rows["policy_id"].isin(pieces)
    rates = {
        name: rows[name].mask(by_piece)
        for name in ("effective_rate", "marginal_rate")
        if name in rows
    }
    told = with_code(text_column(rows, "reason_code"), "RATE_BY_PIECE", by_piece)
    return rows.assign(**rates, reason_code=told)


def _report_budgets(carried_out: pd.DataFrame, found: Rebates, facts: Facts) -> None:
    """Log the policies whose final rebates exceed their budget, with what is beyond it."""
    by_id = {each.policy_id: each for each in found.terms}
    over = carried_out[carried_out["budget_used"] > 1]
    finals = found.rebates.groupby("policy_id")["rebate_final"].sum()
    for policy_id, budget in zip(over["policy_id"], over["budget"], strict=True):
        facts.log.add_one(
            "REBATES_OVER_BUDGET",
            "rebate_policies",
            "POLICY_KEPT",
            by_id[policy_id].row,
            "budget",
            policy_id,
            finals[policy_id] - budget,
            budget,
        )


def _stopped(
    rebates: pd.DataFrame, carried_out: pd.DataFrame, policy: IncentivesPolicy
) -> pd.DataFrame:
    """The rebates; nothing is payable of a policy beyond its budget, if that is the rule."""
    if policy.budget_overrun == "warn":
        return rebates
    beyond = carried_out["policy_id"][carried_out["budget_used"] > 1]
    stopped = rebates["policy_id"].isin(list(beyond)) & holds(rebates["rebate_payable"] > 0)
    return rebates.assign(
        rebate_payable=rebates["rebate_payable"].mask(stopped),
        overdue_days=rebates["overdue_days"].mask(stopped),
        reason_code=with_code(rebates["reason_code"], "BUDGET_STOP", stopped),
    )
