"""Columns that a table may lack, in the form in which they are reckoned with."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kam_excel.domain.exact import ExactDtype, exact


def exact_column(frame: pd.DataFrame, name: str) -> pd.Series:
    """The exact column `name`, all missing where the frame has none."""
    if name in frame:
        return frame[name]
    return exact(pd.Series(np.nan, frame.index))


def coalesce(first: pd.Series, second: pd.Series) -> pd.Series:
    """`first`, and where it is missing `second`; both exact and of one index."""
    dtype = ExactDtype(max(_scale(first), _scale(second)))
    return first.astype(dtype).where(first.notna(), second.astype(dtype))


def text_column(frame: pd.DataFrame, name: str) -> pd.Series:
    """The column `name` as trimmed text, missing where blank or where the frame has none."""
    if name not in frame:
        return pd.Series([None] * len(frame), frame.index, dtype="str")
    text = frame[name].astype("str").str.strip()
    return text.mask(text == "")


def holds(condition: pd.Series) -> pd.Series:
    """A comparison of amounts as plain bool: of a missing amount nothing holds."""
    return condition.fillna(False).astype(bool)


def _scale(values: pd.Series) -> int:
    assert isinstance(values.dtype, ExactDtype)
    return values.dtype.scale
