"""Which lines of sales are of the products of a policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.texts import plain
from kam_excel.errors import nearest

Mask = NDArray[np.bool_]
KINDS = ("product_id", "category")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The lines that count for a policy, and those of which nobody can say."""

    counted: Mask
    doubtful: Mask


def chosen(lines: pd.DataFrame, terms: Terms) -> Chosen:
    """Which lines of sales (as of Movements) are of the products of a policy.

    Names are those of products or of categories. Where a line lacks what it is to be known by, and
    what it has does not decide, it is doubtful and does not count, be it limited or excluded.
    """
    everything = np.ones(len(lines), dtype=bool)
    counted, doubtful = everything, ~everything
    if terms.products:
        counted, doubtful = _named(lines, terms.products)
    if terms.excluded:
        out, unclear = _named(lines, terms.excluded)
        doubtful = (doubtful & ~out) | (counted & unclear)
        counted = counted & ~out & ~unclear
    return Chosen(counted, doubtful)


def counted_lines(lines: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """The lines that count for a policy."""
    if not terms.products and not terms.excluded:
        return lines
    return lines[chosen(lines, terms).counted]


def covered(lines: pd.DataFrame, terms: Terms) -> frozenset[str]:
    """The products that a policy rewards, by id (or category where a line has none); empty where it
    is not limited.

    lines: as of Movements.
    """
    if not terms.products and not terms.excluded:
        return frozenset()
    pairs = lines.loc[:, list(KINDS)].drop_duplicates()
    counted = pairs[chosen(pairs, terms).counted].astype("str")
    return frozenset(counted["product_id"].fillna(counted["category"]).dropna())


def report_names(policies: Iterable[Terms], lines: pd.DataFrame, log: IssueLog) -> None:
    """Log the products that policies name and no line has, with the nearest name that one has."""
    known = {name for kind in KINDS for name in lines[kind].cat.categories}
    for terms in policies:
        for column, names in (
            ("eligible_products", terms.products),
            ("excluded_products", terms.excluded),
        ):
            for name in sorted(plain(name) for name in names):
                if name not in known:
                    log.add_one(
                        "POLICY_PRODUCT_UNKNOWN",
                        "rebate_policies",
                        "POLICY_KEPT",
                        terms.row,
                        column,
                        name,
                        taken=nearest(name, known) or "–",
                    )


def _named(lines: pd.DataFrame, names: Iterable[str]) -> tuple[Mask, Mask]:
    """Which lines are of the names, and of which it cannot be said."""
    wanted = {plain(name) for name in names}
    of_kind = {kind: wanted & set(lines[kind].cat.categories) for kind in KINDS}
    hit = np.zeros(len(lines), dtype=bool)
    unclear = np.zeros(len(lines), dtype=bool)
    for kind, own in of_kind.items():
        hit |= lines[kind].isin(own).to_numpy()
        # A name that no line has is taken for a product: categories are few and known.
        if own or (kind == "product_id" and len(wanted) > sum(map(len, of_kind.values()))):
            unclear |= lines[kind].isna().to_numpy()
    return hit, unclear & ~hit
