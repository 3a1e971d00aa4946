"""Reason codes of rows as one text."""

from __future__ import annotations

import pandas as pd

from kam_excel.domain.signs import codes_of, joined, with_code


def texts(*values):
    return pd.Series(list(values), dtype="str")


def test_signs_that_hold_stand_in_the_order_of_their_columns():
    signs = pd.DataFrame({"LATE": [True, True, False], "CAPPED": [True, False, False]})
    assert codes_of(signs).tolist() == ["LATE, CAPPED", "LATE", ""]


def test_codes_are_joined_whichever_are_missing():
    assert joined(texts("A", "A", None, ""), texts("B", None, "B", "")).tolist() == [
        "A, B",
        "A",
        "B",
        "",
    ]


def test_a_code_is_added_where_it_holds():
    codes, where = texts("A", None, "A"), pd.Series([True, True, False])
    assert with_code(codes, "B", where).tolist() == ["A, B", "B", "A"]
