"""Sales contests: places by a measure, and prizes of places that are tied.

Money prizes of tied places are pooled and shared equally; what does not divide goes, cent by cent,
to the lower codes. Goods are never split: a second measure decides, and then the lower code.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from kam_excel.domain.exact import exact


def places(measures: pd.Series, second: pd.Series | None = None) -> pd.Series:
    """The place of each entrant, from 1, the greatest measure first; equal ones share a place.

    measures: exact or float, by code; without the missing, who have no place. With `second`
    (by code, the missing last) nobody shares one: it decides between equals, then the lower code.
    """
    there = measures.dropna()
    if second is None:
        return there.rank(method="min", ascending=False).astype("Int64").reindex(measures.index)
    order = pd.DataFrame({"measure": there, "second": second.reindex(there.index)})
    order = order.sort_index(kind="stable").sort_values(
        ["measure", "second"], ascending=False, kind="stable", na_position="last"
    )
    numbers = pd.Series(range(1, len(order) + 1), order.index, dtype="Int64")
    return numbers.reindex(measures.index)


def shared_prizes(placed: pd.Series, prizes: Mapping[int, Decimal], decimals: int = 2) -> pd.Series:
    """What each entrant gets in money: exact[decimals], by code; 0 without a prize or a place.

    placed: as `places` gives them, equals sharing one. prizes: by place, in whole cents (for
    another number of decimals, whole units of the last one); raises ValueError for others. The
    sum of what is given is the sum of the prizes of the places that are taken.
    """
    cent = Decimal(1).scaleb(-decimals)
    if any(prize != prize.quantize(cent) for prize in prizes.values()):
        raise ValueError("prizes are amounts of whole cents")
    given = {code: Decimal(0) for code in placed.index}
    for place, group in placed.dropna().sort_index().groupby(placed):
        taken = range(int(place), int(place) + len(group))
        pool = sum((prizes.get(number, Decimal(0)) for number in taken), Decimal(0))
        each, left = divmod(int(pool / cent), len(group))
        for number, code in enumerate(group.index):
            given[code] = (each + (number < left)) * cent
    return pd.Series(exact(list(given.values()), scale=decimals).array, index=placed.index)
