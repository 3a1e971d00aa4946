"""How each rebate comes about, step by step, for statements and for the detail of a row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.rebates import Deal
from kam_excel.domain.incentives.tiers import Tier

COLUMNS = ("policy_id", "customer_id", "step", "tier", "basis_value", "rate", "amount")
REDUCTIONS = ("factor", "violation", "cap", "stack", "rounding")


def rebate_steps(deals: Sequence[Deal], calculated: pd.DataFrame) -> pd.DataFrame:
    """What adds up to each rebate: one row a step, by policy and customer in order.

    calculated: as `rebates.calculated` gives it, for these deals. The result has COLUMNS: step is
    "section" or one of REDUCTIONS; tier (Int64), basis_value, rate and amount (exact, not
    rounded). A section tells the part of the basis that a tier pays on, its rate and what that
    earns; a fixed amount is a section without rate. Of a reduction the rate is the payment
    factor, or the share of a penalty, the amount negative. The amounts of a policy and account
    add up to its rebate_final, to the last digit. Where a rebate is not known there are its
    sections only.
    """
    sections = [part for deal in deals for part in _sections(deal)]
    reductions = _reductions(calculated)
    steps = pd.concat([*sections, *reductions], ignore_index=True)
    steps = steps[steps["amount"].isna() | holds(steps["amount"] != 0)]
    order = {name: number for number, name in enumerate(("section", *REDUCTIONS))}
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
        found += _section(deal, tier, number, base[reached & earns])
    return found


def _section(deal: Deal, tier: Tier, number: int, base: Any) -> list[pd.DataFrame]:
    """What a tier pays on the parts `base` of the basis, by customer."""
    parts = []
    if tier.rate:
        rates = exact([tier.rate] * len(base))
        parts.append((base.array, rates.array, (base * tier.rate).array))
    if tier.amount:
        unknown = exact([None] * len(base)).array
        parts.append((unknown, unknown, exact([tier.amount] * len(base)).array))
    return [
        pd.DataFrame(
            {
                "policy_id": deal.terms.policy_id,
                "customer_id": base.index,
                "step": "section",
                "tier": number,
                "basis_value": basis_value,
                "rate": rate,
                "amount": amount,
            }
        )
        for basis_value, rate, amount in parts
    ]


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
        found += _section(deal, tier, number, own.groupby("customer_id")["amount"].sum())
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
        "factor": (after_factor - earned, known["factor"]),
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
    sections = steps[steps["step"] == "section"]
    told = [
        _told(basis, rate, amount, per_piece=policy in in_pieces)
        for policy, basis, rate, amount in zip(
            *(sections[name] for name in ("policy_id", "basis_value", "rate", "amount")),
            strict=True,
        )
    ]
    keys = [sections["policy_id"], sections["customer_id"]]
    return pd.Series(told, sections.index, dtype="str").groupby(keys).agg(" + ".join)


def _told(basis: Any, rate: Any, amount: Decimal, *, per_piece: bool) -> str:
    if pd.isna(rate):
        return f"{amount:,f}"
    return f"{basis:,f} × {_plain(rate) if per_piece else _plain(rate * 100) + '%'}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
