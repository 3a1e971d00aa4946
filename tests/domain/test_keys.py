import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.keys import one_row_a_key
from kam_excel.domain.reconciliation import Reconciliation


def kept(frame, key):
    """The labels that are left, the issues, and the reconciliation by reason."""
    log, flow = IssueLog(), Reconciliation("t").opened(len(frame), None)
    left = one_row_a_key(frame, key, "t", log, flow)
    account = flow.closed(len(left), None).set_index("reason_code")["rows"]
    issues = log.frame()[["reason_code", "row_no", "original_value"]]
    return left.index.tolist(), issues.to_numpy().tolist(), account.iloc[1:-1].to_dict()


def test_the_first_row_of_a_key_holds():
    frame = pd.DataFrame(
        {
            "customer_id": pd.Series(["A", "B", "A", "A", None, "B"], dtype="str"),
            "customer_name": pd.Series(["x", "y", "x", "z", "w", "y"], dtype="str"),
        }
    ).set_axis(range(2, 8))
    assert kept(frame, ("customer_id",)) == (
        [2, 3],
        [
            ["KEY_EMPTY", 6, ""],
            ["KEY_REPEATED", 5, "A"],
            ["ROW_REPEATED", 4, "A"],
            ["ROW_REPEATED", 7, "B"],
        ],
        {"KEY_EMPTY": -1, "KEY_REPEATED": -1, "ROW_REPEATED": -2},
    )


def test_a_key_of_several_columns_is_told_whole():
    frame = pd.DataFrame(
        {
            "currency": pd.Series(["USD", "USD", "USD"], dtype="str"),
            "effective_date": pd.to_datetime(["2026-01-01", "2026-01-01", "2026-02-01"]),
            "fx_rate": exact([7, 8, 8]),
        }
    )
    assert kept(frame, ("currency", "effective_date")) == (
        [0, 2],
        [["KEY_REPEATED", 1, "USD 2026-01-01"]],
        {"KEY_REPEATED": -1},
    )


def test_a_table_without_its_key_stays_as_it_is():
    frame = pd.DataFrame({"customer_name": ["x", "x"]})
    assert kept(frame, ("customer_id",)) == ([0, 1], [], {})
