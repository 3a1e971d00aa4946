"""Reason codes of an output become words in the language of the run."""

from __future__ import annotations

import pandas as pd
import pytest

from kam_excel.codes import Text
from kam_excel.pipeline.reasons import with_reasons

DECLARED = {"LATE": Text("逾期 {days} 天", "{days} days late"), "OVER": Text("超额", "Over")}


def worded(code: str | None, text: str | None = None, language: str = "en") -> object:
    frame = pd.DataFrame(
        {"days": [31], "reason_code": [code], "reason_text": pd.Series([text], dtype="str")}
    )
    said = with_reasons(frame, DECLARED, language)["reason_text"]
    return None if said.isna()[0] else said[0]


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        ("LATE", "31 days late", "逾期 31 天"),
        ("OVER, LATE", "Over; 31 days late", "超额；逾期 31 天"),
        ("FUTURE_DATE,OVER", "The date is later than the as-of date; Over", None),
        ("NOBODYS, OVER", "Over", "超额"),
        ("NOBODYS", None, None),
        (None, None, None),
    ],
)
def test_codes_get_their_words(code, en, zh):
    assert worded(code) == en
    if zh:
        assert worded(code, language="zh") == zh


def test_what_a_strategy_says_itself_stays():
    assert worded("LATE", "since spring") == "since spring"
