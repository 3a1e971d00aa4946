"""How far sales depend on a few accounts: shares, CR-n, Herfindahl index, Gini, Lorenz curve.

Values are the net sales of accounts; only positive ones count. Ratios are computed as exact
fractions and become floats once, at the end; where nothing is positive they are None.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pandas as pd

Alert = Literal["normal", "top1", "top5", "both"]
Proportion = Decimal | Fraction | int


def exact_fraction(proportion: Proportion) -> Fraction:
    """`proportion` as a fraction; raises TypeError for a float, which is not what was written.

    ceil(0.07 * 100) is 8 in floats: 0.07 is a little more than seven hundredths there.
    """
    if isinstance(proportion, float):
        raise TypeError(f"{proportion!r} is a float; write Decimal({str(proportion)!r})")
    return Fraction(proportion)


def positives(values: pd.Series) -> list[Fraction]:
    """The positive values, in their order, as fractions."""
    return [Fraction(value) for value in values.dropna() if value > 0]


def shares(values: pd.Series) -> pd.Series:
    """The share of each positive value in their sum, as fractions; they sum to exactly 1."""
    positive = values.dropna()
    positive = positive[positive > 0]
    fractions = positives(positive)
    total = sum(fractions)
    return pd.Series([each / total for each in fractions], index=positive.index, dtype=object)


def cr(values: pd.Series, n: int, base: Proportion | None = None) -> float | None:
    """The share of the `n` largest values, from 0 to 1, in `base`.

    `base` is the sum of the positive values unless another total is given, such as one that
    includes sales without a customer.
    """
    ratio = _top_share(values, n, base)
    return None if ratio is None else float(ratio)


def hhi(values: pd.Series) -> float | None:
    """Herfindahl-Hirschman index in points: the sum of squared percent shares, up to 10,000."""
    squares = _squared_shares(values)
    return float(squares * 10_000) if squares else None


def effective_number(values: pd.Series) -> float | None:
    """How many equal accounts would be as concentrated: 1 / sum of squared shares."""
    squares = _squared_shares(values)
    return float(1 / squares) if squares else None


def gini(values: pd.Series) -> float | None:
    """Gini coefficient, from 0 (all equal) to below 1.

    2 * sum(i * x_i) / (n * sum(x)) - (n + 1) / n with x ascending and i from 1.
    """
    ascending = sorted(positives(values))
    if not ascending:
        return None
    n = len(ascending)
    weighted = sum(i * x for i, x in enumerate(ascending, start=1))
    return float(2 * weighted / (n * sum(ascending)) - Fraction(n + 1, n))


def lorenz(values: pd.Series) -> pd.DataFrame:
    """The Lorenz curve, from the smallest account to the largest, starting in the origin.

    Columns: rank (0 for the origin), cum_customer_share and cum_share, both from 0 to 1. Without
    a positive value the frame has no rows.
    """
    ascending = sorted(positives(values))
    n, total = len(ascending), sum(ascending)
    running, sums = Fraction(0), [Fraction(0)]
    for x in ascending:
        running += x
        sums.append(running)
    ranks = range(n + 1) if n else range(0)
    return pd.DataFrame(
        {
            "rank": pd.Series(list(ranks), dtype="int64"),
            "cum_customer_share": pd.Series([i / n for i in ranks], dtype="float64"),
            "cum_share": pd.Series([float(sums[i] / total) for i in ranks], dtype="float64"),
        }
    )


def thinned(curve: pd.DataFrame, points: int) -> pd.DataFrame:
    """At most `points` rows of a curve for a chart, evenly spaced, its first and last among them.

    curve: rows in the order of their ranks, such as `lorenz` gives. The rows that are kept are
    numbered anew from 0. Raises ValueError for less than the two ends.
    """
    if points < 2:
        raise ValueError(f"a curve has two ends, {points} points cannot show it")
    last, steps = len(curve) - 1, points - 1
    if last <= steps:
        return curve.reset_index(drop=True)
    # Halves are rounded up: as last > steps, no row comes twice.
    kept = [(2 * last * i + steps) // (2 * steps) for i in range(points)]
    return curve.iloc[kept].reset_index(drop=True)


def alert(
    values: pd.Series,
    top1: Proportion = Decimal("0.20"),
    top5: Proportion = Decimal("0.50"),
    base: Proportion | None = None,
) -> Alert:
    """Whether the first account, or the first five, reach their alert level (inclusive)."""
    first, five = _top_share(values, 1, base), _top_share(values, 5, base)
    if first is None or five is None:
        return "normal"
    by_first, by_five = first >= exact_fraction(top1), five >= exact_fraction(top5)
    if by_first and by_five:
        return "both"
    return "top1" if by_first else "top5" if by_five else "normal"


def _top_share(values: pd.Series, n: int, base: Proportion | None) -> Fraction | None:
    descending = sorted(positives(values), reverse=True)
    total = sum(descending, Fraction(0)) if base is None else exact_fraction(base)
    return sum(descending[:n], Fraction(0)) / total if total > 0 else None


def _squared_shares(values: pd.Series) -> Fraction:
    fractions = positives(values)
    total = sum(fractions, Fraction(0))
    return sum((x * x for x in fractions), Fraction(0)) / (total * total or 1)
