"""How each rebate comes about, step by step, for statements and for the detail of a row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.rebates import Deal
from kam_excel.domain.incentives.step_notes import NOTES, notes
from kam_excel.domain.incentives.tiers import Tier
from kam_excel.domain.texts import figure

COLUMNS = ("policy_id", "customer_id", "step", "tier", "basis_value", "rate", "fixed", "amount")
REDUCTIONS = ("factor", "violation", "cap", "stack", "rounding")
ORDER = ("prior", "target", "section", "collected", "uncollected", *REDUCTIONS)


def rebate_steps(deals: Sequence[Deal], calculated: pd.DataFrame) -> pd.DataFrame:
    """What adds up to each rebate: one row a step, by policy and customer in order.

    calculated: as `rebates.calculated` gives it, for these deals. The result has COLUMNS: step is
    one of `step_notes.NOTES`, "section" or one of REDUCTIONS; tier (Int64), basis_value, rate,
    fixed and amount (exact, not rounded). Sections tell the part of the basis that a tier pays on,
    its rate and its fixed amount, what they earn, be it nothing, so that the parts add up to the
    basis; a reduction tells the share that is taken off as rate, and a negative amount. The amounts
    of a policy and account add up to its rebate_final, whatever their places. Those whose rebate is
    not known have their sections only.
    """
    told = [part for deal in deals for part in notes(deal)]
    sections = [part for deal in deals for part in _sections(deal)]
    steps = pd.concat([*told, *sections, *_reductions(calculated)], ignore_index=True)
    tells = steps["step"].isin([*NOTES, "section"]) & holds(steps["basis_value"] != 0)
    adds = steps["amount"].isna() | holds(steps["amount"] != 0)
    steps = steps[tells | adds]
    order = {name: number for number, name in enumerate(ORDER)}
    steps = steps.assign(order=steps["step"].map(order)).sort_values(
        ["policy_id", "customer_id", "order", "tier"], kind="stable", ignore_index=True
    )
    return steps[list(COLUMNS)]


def _sections(deal: Deal) -> list[pd.DataFrame]:
    """What each tier of a policy pays its accounts; nothing where nothing is earned."""
    terms, earns = deal.terms, holds(deal.earned() != 0)
    if terms.method == "payment age":
        return _by_age(deal)
    found = []
    numbers, scale = deal.numbers(), terms.scale
    for number, tier in enumerate(scale.tiers, start=1):
        if terms.method == "stepped":
            reached = numbers >= number
            measured: Any = deal.measured
            above = measured - tier.lower
            base: Any = above.mask(holds(above < 0), 0)
            if number < len(scale.tiers):
                width = scale.tiers[number].lower - tier.lower
                base = base.mask(holds(base > width), width)
        else:
            reached, base = numbers == number, deal.paid_on
        found.append(_section(deal, tier, number, base[reached & earns]))
    return found


def _section(deal: Deal, tier: Tier, number: int, base: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "policy_id": deal.terms.policy_id,
            "customer_id": base.index,
            "step": "section",
            "tier": number,
            "basis_value": base.array,
            "rate": exact([tier.rate] * len(base)).array,
            "fixed": exact([tier.amount] * len(base)).array,
            "amount": (base * tier.rate + tier.amount).array,
        }
    )


def _by_age(deal: Deal) -> list[pd.DataFrame]:
    ages = deal.ages.reset_index(drop=True)
    days, scale = exact(ages["days"]), deal.terms.scale
    ends = [*(tier.lower for tier in scale.tiers[1:]), None]
    found = []
    for number, (tier, end) in enumerate(zip(scale.tiers, ends, strict=True), start=1):
        within = scale.reached(days, tier)
        if end is not None:
            within &= ~scale.reached(days, scale.tiers[number])
        own = ages[within & ages["customer_id"].isin(deal.accounts.index)]
        found.append(_section(deal, tier, number, own.groupby("customer_id")["amount"].sum()))
    return found


def _reductions(calculated: pd.DataFrame) -> list[pd.DataFrame]:
    """What is taken off what is earned, where the rebate is known."""
    known = calculated[calculated["rebate_final"].notna()]
    earned: Any = known["earned"]
    after_factor: Any = earned * known["factor"]
    due: Any = after_factor * (1 - known["penalty"])
    cap = -known["cap_reduction"]
    stack = known["rebate_final"] - known["rebate_offered"]
    amounts = {
        "factor": (after_factor - earned, 1 - known["factor"]),
        "violation": (due - after_factor, known["penalty"]),
        "cap": (cap, None),
        "stack": (stack, None),
        "rounding": (known["rebate_final"] - stack - cap - due, None),
    }
    unknown = exact([None] * len(known)).set_axis(known.index)
    return [
        pd.DataFrame(
            {
                "policy_id": known["policy_id"],
                "customer_id": known["customer_id"],
                "step": name,
                "tier": pd.NA,
                "basis_value": unknown,
                "rate": unknown if rate is None else rate,
                "fixed": unknown,
                "amount": amount,
            }
        ).astype({"tier": "Int64"})
        for name, (amount, rate) in amounts.items()
    ]


def tier_detail(steps: pd.DataFrame, in_pieces: Collection[str] = ()) -> pd.Series:
    """The sections of each policy and account as one text, by (policy_id, customer_id).

    "1,000,000.00 × 1% + 4,000,000.00 × 2% + 1,200,000.00 × 3%": figures only, in any language.
    in_pieces: the policies whose rate is an amount per piece.
    """
    sections = steps[(steps["step"] == "section") & holds(steps["amount"] != 0)]
    told = [
        _told(base, rate, fixed, per_piece=policy in in_pieces)
        for policy, base, rate, fixed in zip(
            sections["policy_id"],
            sections["basis_value"],
            sections["rate"],
            sections["fixed"],
            strict=True,
        )
    ]
    keys = ["policy_id", "customer_id"]
    together: dict[tuple[str, str], list[str]] = {}
    for policy, customer, text in zip(*(sections[key] for key in keys), told, strict=True):
        together.setdefault((policy, customer), []).append(text)
    accounts = pd.MultiIndex.from_tuples(list(together), names=keys)
    return pd.Series([" + ".join(texts) for texts in together.values()], accounts, dtype="str")


def _told(base: Decimal, rate: Decimal, fixed: Decimal, *, per_piece: bool) -> str:
    shown = figure(rate) if per_piece else f"{figure(rate * 100)}%"
    parts = [f"{figure(base, 0 if per_piece else 2)} × {shown}"] if rate else []
    return " + ".join([*parts, *([figure(fixed, 2)] if fixed else [])]) or "0"
