"""What of the rebates belongs to a window: by the basis that lies in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.basis import Sources, volumes
from kam_excel.domain.incentives.rebates import Deal
from kam_excel.domain.money import divide
from kam_excel.domain.periods import Window
from kam_excel.domain.rates import known_rates

PLACES = 6  # of an amount before it is added up: rounded only far below a cent


def rebates_within(
    amounts: pd.DataFrame, deals: Sequence[Deal], window: Window, sources: Sources
) -> pd.DataFrame:
    """The part of each rebate that was earned in `window`: customer_id, amount.

    amounts: policy_id, customer_id, amount (exact, in the currency of the policy): the rebate of
    the whole basis of a deal. Its part is that of the basis which lies in the window (which ends
    by the day of the reckoning), 0 to all of it. The result is exact, in the base currency at the
    rate of the last day of the window; missing without one.
    """
    found = [_of_deal(amounts, deal, window, sources) for deal in deals]
    if not found:
        return pd.DataFrame({"customer_id": [], "amount": exact([])})
    return pd.concat(found, ignore_index=True)


def _of_deal(amounts: pd.DataFrame, deal: Deal, window: Window, sources: Sources) -> pd.DataFrame:
    terms = deal.terms
    own = amounts[amounts["policy_id"] == terms.policy_id].set_index("customer_id")["amount"]
    start, end = max(terms.window.start, window.start), min(terms.window.end, window.end)
    if start > end:
        return pd.DataFrame({"customer_id": [], "amount": exact([])})
    if (start, end) != (terms.window.start, terms.window.end):
        own = _share(own, replace(terms, window=Window(start, end)), deal, sources)
    code = pd.Series(terms.currency, own.index, dtype="str")
    day = pd.Series(pd.Timestamp(window.end), own.index)
    fx: Any = known_rates(code, day, sources.exchange.rates, sources.exchange.base)
    worth: pd.Series = own * fx
    return worth.rename("amount").rename_axis("customer_id").reset_index()


def _share(own: Any, clipped: Any, deal: Deal, sources: Sources) -> Any:
    source = sources.of(clipped)
    assert source is not None, "policies without their source are not reckoned"
    inside: Any = volumes(clipped, source, clipped.window.end, sources.exchange).reindex(own.index)
    whole = deal.accounts["basis_value"].reindex(own.index)
    inside = inside.mask(inside.isna() | holds(inside < 0), 0)
    inside = inside.mask(holds(inside > whole), whole)
    part = divide(own * inside, whole, PLACES)
    return part.mask(holds(whole == 0), 0)
