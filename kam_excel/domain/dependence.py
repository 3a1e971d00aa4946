"""How far a company depends on its key accounts, in one row of figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd

from kam_excel.domain import concentration
from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.standing import loss_scenarios


def dependence(net: pd.Series, is_key: pd.Series) -> dict[str, Any]:
    """Sales, shares and concentration of a company.

    net: net sales by account, exact, with UNASSIGNED where there are sales without a customer.
    is_key: bool by account. Shares are of the positive nets with the unassigned ones (as share_i
    of the ranking is), key_share_ranked without them; None where nothing is positive. Amounts
    are exact.
    """
    accounts = net[net.index != UNASSIGNED]
    whole = sum(concentration.positives(net), Fraction(0))
    ranked = sum(concentration.positives(accounts), Fraction(0))
    key = net[is_key.reindex(net.index).fillna(False).astype(bool)].sum()
    without = loss_scenarios(net)
    return {
        "total_net_sales": net.sum(),
        "key_net_sales": key,
        "key_share": _ratio(key, whole),
        "key_share_ranked": _ratio(key, ranked),
        "sales_without_top1": without[1],
        "sales_without_top3": without[3],
        **{f"cr{n}": concentration.cr(accounts, n, whole) for n in (1, 3, 5, 10)},
        "hhi": concentration.hhi(accounts),
        "gini": concentration.gini(accounts),
        "effective_number": concentration.effective_number(accounts),
        "net_return_amount": accounts[accounts < 0].sum(),
        "unassigned_share": _ratio(net.reindex([UNASSIGNED]).sum(), whole),
    }


def _ratio(part: Any, whole: Fraction) -> float | None:
    return float(Fraction(part) / whole) if whole else None
