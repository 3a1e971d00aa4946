"""The words behind reason codes: every output that has a code gets its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd

from kam_excel.codes import REGISTRY, Language, Text

_BETWEEN = Text("；", "; ")


def with_reasons(
    frame: pd.DataFrame, declared: Mapping[str, Text], language: Language
) -> pd.DataFrame:
    """`frame` with reason_text filled from reason_code where it is empty.

    `declared` are the reasons of the strategy; other codes are looked up in the registry. A
    row may have several codes, separated by commas; a text may mention the columns of its row.
    A code that nobody declared stays without a text.
    """
    if "reason_text" not in frame or "reason_code" not in frame:
        return frame
    open_ = (frame["reason_text"].isna() & frame["reason_code"].notna()).to_numpy()
    own = frame["reason_code"][open_].astype("str")
    patterns = {codes: _patterns(codes, declared, language) for codes in own.unique()}
    # Most texts are the same in every row: they are put together once.
    fixed = {codes: _joined(each, {}, language) for codes, each in patterns.items() if _same(each)}
    texts = frame["reason_text"].astype("str").to_numpy(object, copy=True)
    for place, codes in zip(np.flatnonzero(open_), own, strict=True):
        if codes in fixed:
            text = fixed[codes]
        else:
            text = _joined(patterns[codes], frame.iloc[place].to_dict(), language)
        texts[place] = text or texts[place]
    return frame.assign(reason_text=pd.array(texts, dtype="str"))


def _patterns(codes: str, declared: Mapping[str, Text], language: Language) -> list[str]:
    """The texts of codes that are separated by commas, of those that have one."""
    each = [code.strip() for code in codes.split(",")]
    found = [declared.get(code) or _registered(code) for code in each]
    return [text.in_(language) for text in found if text]


def _same(patterns: Sequence[str]) -> bool:
    """Whether no pattern mentions a column."""
    return all(name is None for each in patterns for _, name, _, _ in Formatter().parse(each))


def _joined(patterns: Sequence[str], row: Mapping[Any, Any], language: Language) -> str:
    """The patterns filled in and put together; "" for none."""
    said = [each.format(**row) for each in patterns]
    return _BETWEEN.in_(language).join([*(one.rstrip(".。") for one in said[:-1]), *said[-1:]])


def _registered(code: str) -> Text | None:
    return REGISTRY[code].what if code in REGISTRY else None
