"""The words behind reason codes: every output that has a code gets its text."""

from __future__ import annotations

from collections.abc import Mapping

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
    open_ = frame["reason_text"].isna() & frame["reason_code"].notna()
    texts = frame["reason_text"].astype("str")
    for label in frame.index[open_]:
        row = frame.loc[label]
        codes = [code.strip() for code in str(row["reason_code"]).split(",")]
        found = [declared.get(code) or _registered(code) for code in codes]
        said = [text.in_(language).format(**row.to_dict()) for text in found if text]
        if said:
            *others, last = said
            texts[label] = _BETWEEN.in_(language).join([*(o.rstrip(".。") for o in others), last])
    return frame.assign(reason_text=texts)


def _registered(code: str) -> Text | None:
    return REGISTRY[code].what if code in REGISTRY else None
