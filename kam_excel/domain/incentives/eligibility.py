"""Who may earn by a policy."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.texts import plain


def eligible(terms: Terms, accounts: pd.DataFrame) -> pd.Index:
    """The customer ids that a policy is open to, in the order of `accounts`.

    accounts: index customer_id, unique; grade and region (text, may be missing), is_key_account
        and is_known (bool)
    All that the policy is limited to has to hold. One that names neither customers nor grades is
    for key accounts. Nobody who is not known is eligible.
    """
    fits = accounts["is_known"].astype(bool)
    if terms.customers:
        fits &= accounts.index.isin(terms.customers)
    for names, column in ((terms.grades, "grade"), (terms.regions, "region")):
        if names:
            fits &= _are_among(accounts[column], names)
    if not terms.customers and not terms.grades:
        fits &= accounts["is_key_account"].astype(bool)
    return accounts.index[fits]


def _are_among(texts: pd.Series, names: Iterable[str]) -> pd.Series:
    """Which texts are one of the names, whatever their width and spaces (bool Series)."""
    wanted = {plain(name) for name in names}
    fitting = [text for text in texts.dropna().unique() if plain(str(text)) in wanted]
    return texts.isin(fitting)
