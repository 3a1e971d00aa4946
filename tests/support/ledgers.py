"""A small ledger of rebates, and an account that it has settled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.settled import with_settlement

D = Decimal
AS_OF = date(2026, 9, 30)
OWED = pd.DataFrame({"policy_id": ["P"], "customer_id": ["open"], "is_held": [True]}).assign(
    accrual=exact([D(500)])
)
LOWERING = ("payment", "offset")
Entry = tuple[str, str]


def entries(*typed: Entry, customer: str = "A") -> pd.DataFrame:
    """(type, amount) of 2026-07-01, as the ledger posts them."""
    amounts = [D(amount) for _, amount in typed]
    effects = [
        -amount if kind in LOWERING else amount
        for (kind, _), amount in zip(typed, amounts, strict=True)
    ]
    return pd.DataFrame(
        {
            "date": pd.to_datetime(["2026-07-01"] * len(typed)),
            "policy_id": "P",
            "customer_id": customer,
            "entry_type": [kind for kind, _ in typed],
            "amount": exact(amounts, scale=2),
            "effect": exact(effects, scale=2),
        }
    )


def settled_at(recomputed: str, standing: pd.DataFrame) -> pd.DataFrame:
    """The rows of an account whose period ended on the last of June."""
    rows = pd.DataFrame(
        {
            "policy_id": ["P"],
            "customer_id": ["A"],
            "valid_to": pd.to_datetime(["2026-06-30"]),
            "payout_days": pd.array([30], dtype="Int64"),
            "rebate_final": exact([D(recomputed)], scale=2),
        }
    )
    return with_settlement(rows, standing, AS_OF)
