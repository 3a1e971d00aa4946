"""The lines of a statement that tell how rebates come about: sections, deductions, totals."""

from __future__ import annotations

import pandas as pd

from kam_excel.domain.columns import coalesce, exact_column, holds, text_column
from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.incentives.ledger import ACCOUNT
from kam_excel.domain.incentives.statement_texts import Wording
from kam_excel.domain.incentives.step_notes import NOTES
from kam_excel.domain.money import round_half_up

ROUNDING, TOTAL = 10**8, 10**9  # positions after all other lines of a rebate


def rebate_lines(rebates: pd.DataFrame, steps: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    """Notes, sections and deductions of each rebate in units of its currency, and its total.

    rebates, steps: as of `statement`; steps of other rebates are passed over. The result:
    policy_id, customer_id, currency, entry_type, item, basis_value, amount, reason_code and the
    position of the line in its rebate. Raises ValueError where steps do not add up.
    """
    totals = _totals(rebates, wording)
    whole = totals.set_index(ACCOUNT)["amount"]
    steps = steps[_accounts(steps).isin(whole.index)].reset_index(drop=True)
    _check_sums(steps, whole)
    currency = totals.set_index(ACCOUNT)["currency"].reindex(_accounts(steps))
    steps = steps.assign(currency=currency.to_numpy())
    lines = _in_whole_units(steps[steps["step"] != "rounding"], totals)
    so_far = lines.groupby(ACCOUNT)["amount"].cumsum() - lines["amount"]
    is_section, is_note = lines["step"] == "section", lines["step"].isin(NOTES)
    base = coalesce(lines["basis_value"].where(is_section | is_note), so_far)
    names = ("policy_id", "step", "tier", "rate", "fixed")
    facts = (*(lines[name] for name in names), base)
    lines = lines.assign(
        entry_type=lines["step"].where(is_section, "deduction").mask(is_note, "note"),
        basis_value=lines["basis_value"].mask(is_note),
        amount=lines["amount"].mask(is_note),
        item=[wording.step(*each) for each in zip(*facts, strict=True)],
    )
    return pd.concat([lines, totals], ignore_index=True)


def _totals(rebates: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    """The total of each rebate: what is settled, and what corrects it, together."""
    rebates = rebates.assign(basis_value=exact_column(rebates, "basis_value"))
    is_correction = rebates["settlement_status"] == "correction"
    firsts = rebates[~is_correction].reset_index(drop=True)
    accounts = _accounts(firsts)
    later = rebates[is_correction].set_index(ACCOUNT).reindex(accounts).set_axis(firsts.index)
    settled = firsts["rebate_final"].where(firsts["settlement_status"] == "settled")
    correction, places = later["rebate_final"], firsts["currency"].map(MINOR_UNITS)
    return firsts[[*ACCOUNT, "currency"]].assign(
        step="rebate",
        entry_type="rebate",
        item=[wording.final(*each) for each in zip(settled, correction, places, strict=True)],
        basis_value=coalesce(firsts["basis_value"], later["basis_value"]),
        amount=firsts["rebate_final"] + correction.mask(correction.isna(), 0),
        reason_code=text_column(firsts, "reason_code"),
        position=TOTAL,
    )


def _check_sums(steps: pd.DataFrame, totals: pd.Series) -> None:
    sums = steps.groupby(ACCOUNT)["amount"].sum().reindex(totals.index)
    wrong = totals.index[holds(sums.mask(sums.isna(), 0) != totals)]
    if len(wrong):
        raise ValueError(f"the steps of the rebate {wrong[0]} do not add up to it")


def _in_whole_units(steps: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The steps rounded to units of their currency, and a step for what that leaves."""
    parts = [
        round_half_up(part, MINOR_UNITS[str(currency)])
        for currency, part in steps.groupby("currency")["amount"]
    ]
    rounded = pd.concat(parts).reindex(steps.index) if parts else steps["amount"]
    steps = steps.assign(amount=rounded, position=range(len(steps)))
    sums = steps.groupby(ACCOUNT)["amount"].sum()
    of_totals = totals.set_index(ACCOUNT).reindex(sums.index)
    left = (of_totals["amount"] - sums).to_frame("amount").assign(currency=of_totals["currency"])
    rest = left[holds(left["amount"] != 0)].reset_index()
    return pd.concat([steps, rest.assign(step="rounding", position=ROUNDING)], ignore_index=True)


def _accounts(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[ACCOUNT])
