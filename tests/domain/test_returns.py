from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.domain.exact import exact
from kam_excel.domain.netting import net_sales
from kam_excel.domain.netting_rules import NettingRules

RULES = NettingRules(as_of=date(2026, 6, 30))
BY_DOCUMENT = NettingRules(as_of=date(2026, 6, 30), returns_match="doc_no")


@pytest.fixture
def sales():
    """Documents 1 (A, two lines), 2 (A and B share it), 3 (B)."""
    return pd.DataFrame(
        {
            "date": pd.to_datetime(["2026-01-05"] * 2 + ["2026-02-05"] * 2 + ["2026-03-05"]),
            "doc_no": ["1", "1", "2", "2", "3"],
            "customer_id": ["A", "A", "A", "B", "B"],
            "product_id": ["x", "y", "x", "x", "y"],
            "qty": exact([2, 1, 4, 4, 3]),
            "amount": exact([Decimal("20.00"), 5, 40, 44, 10]),
            "profit": exact([4, 1, 8, 8, 5]),
        }
    ).set_axis(range(2, 7))


def sheet(**columns):
    """A returns sheet with rows from 2 on."""
    frame = pd.DataFrame(columns)
    for name in {"qty", "amount"} & columns.keys():
        frame[name] = exact(columns[name])
    if "date" in columns:
        frame["date"] = pd.to_datetime(frame["date"])
    return frame.set_axis(range(2, len(frame) + 2))


def issues(result):
    columns = ["reason_code", "row_no", "original_value", "handling"]
    return [tuple(row) for row in result.issues[columns].to_numpy()]


def added(result):
    return result.lines[result.lines["table_id"] == "returns"]


def test_a_document_number_returns_the_whole_document(sales):
    result = net_sales(sales, RULES, returns=sheet(doc_no=["1"]))
    assert result.lines.index.tolist() == [4, 5, 6]
    assert issues(result) == [("RETURN_DOCUMENT", 2, "1", "DOCUMENT_CANCELLED")]
    assert result.issues["amount"].tolist() == [25]


def test_only_rows_that_say_returned_count(sales):
    returns = sheet(doc_no=["1", "2", "3"], status=[" Returned", "pending", None])
    result = net_sales(sales, RULES, returns=returns)
    assert result.lines.index.tolist() == [4, 5, 6]
    assert issues(result)[:2] == [
        ("RETURN_STATUS_OTHER", 3, "pending", "NOT_APPLIED"),
        ("RETURN_STATUS_OTHER", 4, "", "NOT_APPLIED"),
    ]


def test_a_shared_document_is_not_returned_unless_it_is_told(sales):
    returns = sheet(doc_no=["2"])
    result = net_sales(sales, RULES, returns=returns)
    assert result.lines["amount"].sum() == 119
    assert issues(result) == [("RETURN_AMBIGUOUS", 2, "2", "NOT_APPLIED")]
    assert net_sales(sales, BY_DOCUMENT, returns=returns).lines.index.tolist() == [2, 3, 6]


def test_the_customer_makes_a_shared_document_clear(sales):
    returns = sheet(doc_no=["2"], customer_id=["B"])
    assert net_sales(sales, RULES, returns=returns).lines.index.tolist() == [2, 3, 4, 6]


def test_unmatched_returns_are_counted_in_one_issue(sales):
    returns = sheet(doc_no=[str(i) for i in range(100, 1700)])
    result = net_sales(sales, RULES, returns=returns)
    assert len(result.lines) == 5
    assert issues(result) == [("RETURN_UNMATCHED", pd.NA, "1600", "NOT_APPLIED")]


def test_an_amount_becomes_a_negative_line(sales):
    returns = sheet(
        doc_no=["1", "3"], date=["2026-04-01", None], amount=[Decimal("12.5"), Decimal(-10)]
    )
    result = net_sales(sales, RULES, returns=returns)
    found = added(result)
    assert found["amount"].tolist() == [Decimal("-12.5"), -10]
    assert found["customer_id"].tolist() == ["A", "B"]
    assert found["date"].tolist() == [pd.Timestamp("2026-04-01"), pd.Timestamp("2026-03-05")]
    assert found["profit"].tolist() == [Decimal("-2.5"), -5]
    assert found["is_return"].all()
    assert found.index.tolist() == [2, 3]
    assert result.issues.empty


def test_a_quantity_is_worth_its_part_of_the_sale(sales):
    returns = sheet(doc_no=["3", "1"], product_id=["y", "x"], qty=[1, 2])
    found = added(net_sales(sales, RULES, returns=returns))
    assert found["amount"].tolist() == [Decimal("-3.333333"), -20]
    assert found["qty"].tolist() == [-1, -2]
    assert found["product_id"].tolist() == ["y", "x"]


def test_without_a_document_customer_product_and_date_match(sales):
    returns = sheet(
        customer_id=["A", "B"], product_id=["x", "x"], date=["2026-01-20", "2026-02-05"], qty=[1, 4]
    )
    found = added(net_sales(sales, RULES, returns=returns))
    assert found["amount"].tolist() == [-10, -44]
    whole = sheet(customer_id=["B"], product_id=["y"], date=["2026-03-05"])
    assert net_sales(sales, RULES, returns=whole).lines.index.tolist() == [2, 3, 4, 5]


def test_an_amount_needs_a_customer_and_a_date_only(sales):
    returns = sheet(customer_id=["A", "A"], date=["2026-04-01", None], amount=[1, 2])
    result = net_sales(sales, RULES, returns=returns)
    assert added(result)["amount"].tolist() == [-1]
    assert issues(result) == [("RETURN_UNMATCHED", pd.NA, "1", "NOT_APPLIED")]
    assert result.issues["amount"].tolist() == [2]


def test_a_return_that_the_sales_hold_is_not_counted_twice(sales):
    sales.loc[6, "amount"] = Decimal(-10)
    result = net_sales(sales, RULES, returns=sheet(doc_no=["3"]))
    assert result.lines["amount"].sum() == 99
    assert issues(result) == [
        ("RETURNS_FOUND", pd.NA, "1", "TAKEN_OFF"),
        ("RETURN_ALREADY_BOOKED", 2, "3", "NOT_APPLIED"),
    ]


def test_a_document_is_cancelled_once(sales):
    returns = sheet(doc_no=["1", "1", "1"], amount=[Decimal(5), None, None])
    result = net_sales(sales, RULES, returns=returns)
    assert result.lines["amount"].sum() == 94
    assert sorted(issues(result)) == [
        ("RETURN_ALREADY_BOOKED", 2, "1", "NOT_APPLIED"),
        ("RETURN_ALREADY_BOOKED", 4, "1", "NOT_APPLIED"),
        ("RETURN_DOCUMENT", 3, "1", "DOCUMENT_CANCELLED"),
    ]


def test_returns_after_the_as_of_date_wait(sales):
    result = net_sales(sales, RULES, returns=sheet(doc_no=["1"], date=["2026-07-01"]))
    assert len(result.lines) == 5
    assert issues(result) == [("FUTURE_DATE", 2, "2026-07-01", "ROW_EXCLUDED")]


def test_a_returned_amount_has_the_rate_of_its_sale(sales):
    sales["currency"] = pd.Series(["USD", "USD", "CNY", "CNY", "CNY"], sales.index, dtype="str")
    fx = pd.DataFrame(
        {
            "currency": ["USD"],
            "effective_date": pd.to_datetime(["2026-01-01"]),
            "fx_rate": exact([7]),
        }
    )
    returns = sheet(doc_no=["1", "1", "3"], amount=[1, 1, 1], currency=[None, "CNY", "USD"])
    result = net_sales(sales, RULES, returns=returns, fx_rates=fx)
    assert added(result)["amount"].tolist() == [-7, -1]
    assert issues(result) == [("FX_MISSING", 4, "3", "NOT_APPLIED")]


def test_a_line_number_returns_the_line(sales):
    sales["line_no"] = pd.Series(["1", "2", "1", "1", "1"], sales.index, dtype="str")
    result = net_sales(sales, RULES, returns=sheet(doc_no=["1", "2"], line_no=["2", "7"]))
    assert result.lines.index.tolist() == [2, 4, 6]
    assert issues(result) == [
        ("DUPLICATE", 5, "1", "ROW_EXCLUDED"),
        ("RETURN_LINES", 2, "1", "LINES_CANCELLED"),
        ("RETURN_LINE_UNKNOWN", 3, "2", "NOT_APPLIED"),
    ]
    account = result.reconciliation.set_index("reason_code")["amount"]
    assert account["RETURN_LINES"] == -5


def test_numbers_that_only_count_the_rows_name_no_lines(sales):
    sales["line_no"] = pd.Series(["1", "2", "1", "2", "1"], sales.index, dtype="str")
    result = net_sales(sales, RULES, returns=sheet(doc_no=["1", "3"], line_no=["1", "2"]))
    assert result.lines.index.tolist() == [4, 5]


def test_a_product_of_a_document_may_be_returned_whole(sales):
    result = net_sales(sales, RULES, returns=sheet(doc_no=["1"], product_id=["y"]))
    assert result.lines.index.tolist() == [2, 4, 5, 6]
    assert issues(result) == [("RETURN_LINES", 2, "1", "LINES_CANCELLED")]


def test_a_returned_amount_has_the_rate_of_its_own_date(sales):
    fx = pd.DataFrame(
        {
            "currency": ["USD"],
            "effective_date": pd.to_datetime(["2026-01-01"]),
            "fx_rate": exact([7]),
        }
    )
    returns = sheet(doc_no=["3"], amount=[1], currency=["美元"], date=["2026-04-01"])
    assert added(net_sales(sales, RULES, returns=returns, fx_rates=fx))["amount"].tolist() == [-7]


def test_equal_returns_are_flagged_and_count(sales):
    returns = sheet(doc_no=["3", "3"], amount=[2, 2])
    result = net_sales(sales, RULES, returns=returns)
    assert added(result)["amount"].tolist() == [-2, -2]
    assert issues(result) == [("DUPLICATE_SUSPECTED", 3, "", "ROW_KEPT")]
    assert result.issues["amount"].tolist() == [2]
