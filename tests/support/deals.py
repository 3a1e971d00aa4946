"""Policies and what accounts bring to them, short to write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.rebates import NO_AGES, Deal
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import Scale, scale_of
from kam_excel.domain.periods import Window

Amount = str | int | Decimal
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))


def dealing(terms: Terms, ages: pd.DataFrame = NO_AGES, **accounts: Any) -> Deal:
    """`dealing(terms, A="6200000", B={"basis_value": 100, "factor": "0.8"})`."""
    rows = {
        customer: each if isinstance(each, Mapping) else {"basis_value": each}
        for customer, each in accounts.items()
    }
    usual: Mapping[str, Amount | None] = {
        "basis_value": None,
        "prior_basis_value": None,
        "target": None,
        "factor": 1,
        "penalty": 0,
    }
    frame = pd.DataFrame(
        {
            name: exact([_decimal(row.get(name, default)) for row in rows.values()]).array
            for name, default in usual.items()
        },
        index=pd.Index(list(rows), dtype="str", name="customer_id"),
    )
    return Deal(terms, frame, ages)


def scale(tiers: Mapping[Amount, Amount], **keywords: Any) -> Scale:
    """`scale({0: "0.01", 1_000_000: "0.02"})`: rates by their lower bounds."""
    return scale_of(
        [Decimal(lower) for lower in tiers], [Decimal(rate) for rate in tiers.values()], **keywords
    )


def _decimal(value: Amount | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def policy(**words: Any) -> Terms:
    """Terms of 2026 in CNY by the tiers of the worked example, or with other words."""
    usual: dict[str, Any] = {
        "policy_id": "R1",
        "window": YEAR,
        "basis": "sales",
        "method": "stepped",
        "scale": scale({0: "0.01", 1_000_000: "0.02", 5_000_000: "0.03"}),
        "currency": "CNY",
    }
    return Terms(**usual | words)
