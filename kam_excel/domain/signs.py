"""Reason codes of rows: several of them stand in one text, separated by ", "."""

from __future__ import annotations

from itertools import compress

import pandas as pd

BETWEEN = ", "


def codes_of(signs: pd.DataFrame) -> pd.Series:
    """The names of the columns (bool) that hold in each row, as one text; "" without any."""
    rows = list(signs.astype(bool).itertuples(index=False, name=None))
    told = {row: BETWEEN.join(compress(signs.columns, row)) for row in set(rows)}
    return pd.Series([told[row] for row in rows], signs.index, dtype="str")


def joined(codes: pd.Series, more: pd.Series) -> pd.Series:
    """Two columns of codes, each of which may be missing or "", as one; "" without any."""
    both = codes.fillna("").astype("str") + BETWEEN + more.fillna("").astype("str")
    trimmed: pd.Series = both.str.strip(BETWEEN)
    return trimmed


def with_code(codes: pd.Series, code: str, where: pd.Series) -> pd.Series:
    """`codes`, with one more in the rows of `where` (bool)."""
    return codes.mask(where, joined(codes, pd.Series(code, codes.index)))
