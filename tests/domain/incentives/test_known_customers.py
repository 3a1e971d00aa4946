"""Which customers a cell means: ids, names that one bears alone, lists of either."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.issues import IssueLog

NAMES = {
    "001": "华东百货",
    "002": "恒通工业",
    "003": "恒通工业",
    "004": "Alpha Trading Co., Ltd.",
    "005": "Beta、Gamma",
    "008": "Smith, Jones, and Sons",
    "006": "Delta",
    "007": "Delta",
}
CUSTOMERS = pd.DataFrame({"customer_id": list(NAMES), "customer_name": list(NAMES.values())})
KNOWN = KnownCustomers.of(CUSTOMERS, {"006": "001", "007": "001"}, ["X9"])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("001", {"001"}),
        ("X9", {"X9"}),
        ("华东百货", {"001"}),
        ("alpha  trading co., ltd.", {"004"}),
        ("恒通工业", {"002", "003"}),
        ("006", {"001"}),
        ("Delta", {"001"}),  # two companies of one group
        ("恒通", set()),
    ],
)
def test_a_text_is_an_id_or_a_name_of_a_head(text, meant):
    assert KNOWN.meant(text) == meant


@pytest.mark.parametrize(
    ("cell", "listed"),
    [
        ("001；００２、华东百货\n恒通工业", ["001", "002", "华东百货", "恒通工业"]),
        ("Alpha Trading Co., Ltd., 001", ["Alpha Trading Co., Ltd.", "001"]),
        ("Beta、Gamma、Zeta", ["Beta、Gamma", "Zeta"]),
        ("Zeta Co., Ltd., Eta, Inc.；Theta, 1", ["Zeta Co., Ltd.", "Eta, Inc.", "Theta", "1"]),
        ("001, Smith, Jones, and Sons, 002", ["001", "Smith, Jones, and Sons", "002"]),
        (" ; 001 ;; 001;", ["001"]),
        ("", []),
    ],
)
def test_a_list_is_parted_where_no_name_goes_on(cell, listed):
    assert KNOWN.listed(cell) == listed


separators = st.sampled_from(["；", ";", "、", "，", ", ", "\n"])


@given(st.lists(st.sampled_from([*NAMES, *NAMES.values()]), min_size=1, unique=True), separators)
def test_however_names_are_separated_each_is_found(names, separator):
    assert KNOWN.listed(separator.join(names)) == names


def test_the_nearest_is_told_as_it_is_written():
    assert KNOWN.nearest("华东百貨") == "华东百货"
    assert KNOWN.nearest("alpha trading") == "Alpha Trading Co., Ltd."
    assert KNOWN.nearest("?") == "–"


def test_strangers_are_told_once_each_and_blanks_are_nobody():
    log = IssueLog()
    KNOWN.report_strangers(pd.Series(["001", "Alhpa", None, "Alhpa"], range(2, 6)), "targets", log)
    (issue,) = log.frame().to_dict("records")
    names = ("reason_code", "table_id", "row_no", "column_name", "original_value")
    assert tuple(issue[name] for name in names) == (
        "CUSTOMER_NOT_FOUND",
        "targets",
        3,
        "customer_id",
        "Alhpa",
    )


def test_rows_of_a_name_that_several_bear_are_left_to_who_finds_ids():
    rows = pd.DataFrame(
        {
            "customer_id": ["001", None, "恒通工业", None, "002"],
            "customer_name": ["华东百货", "恒通工业", None, "Zeta", "恒通工业"],
        }
    )
    assert KNOWN.told_apart(rows).index.tolist() == [0, 3, 4]
    assert KNOWN.told_apart(rows[["customer_id"]]).index.tolist() == [0, 1, 3, 4]
