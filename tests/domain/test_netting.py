from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.exact import exact
from kam_excel.domain.issues import texts
from kam_excel.domain.netting import net_sales
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.errors import WorkbookError

EXACT = set("qty price amount amount_net amount_gross tax_rate discount cost profit".split())
RULES = NettingRules(as_of=date(2026, 6, 30))


def table(columns, *rows):
    """A typed frame as the reader gives it, its index the sheet rows from 2 on."""
    names = columns.split()
    frame = {}
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        if name in EXACT | {"fx_rate"}:
            frame[name] = exact([None if each is None else Decimal(each) for each in values])
        elif "date" in name:
            frame[name] = pd.to_datetime(pd.Series(values), format="ISO8601")
        else:
            frame[name] = pd.Series(values, dtype="str")
    return pd.DataFrame(frame).set_axis(range(2, len(rows) + 2))


def codes(result):
    return result.issues["reason_code"].tolist()


def amounts(result):
    return [None if pd.isna(each) else each for each in result.lines["amount"]]


def rules(**changes):
    return NettingRules(**{"as_of": date(2026, 6, 30), **changes})


def test_plain_amounts_are_taken_as_they_are():
    sales = table("date customer_id amount", ("2026-01-05", "A", "10.50"), ("2026-01-06", "B", 3))
    result = net_sales(sales, RULES)
    assert amounts(result) == [Decimal("10.50"), 3]
    assert result.lines.index.tolist() == [2, 3]
    assert result.lines["is_return"].tolist() == [False, False]
    assert result.issues.empty


def test_quantity_times_price_where_there_is_no_amount():
    sales = table(
        "date customer_id qty price amount",
        ("2026-01-05", "A", 3, "0.1", None),
        ("2026-01-05", "A", 3, "0.1", "0.25"),
        ("2026-01-05", "A", None, "0.1", None),
    )
    result = net_sales(sales, RULES)
    assert amounts(result) == [Decimal("0.3"), Decimal("0.25")]
    assert codes(result) == ["AMOUNT_MISSING"]
    assert result.issues["row_no"].tolist() == [4]


def test_a_sheet_without_amounts_is_refused():
    with pytest.raises(WorkbookError, match="AMOUNT_COLUMN_MISSING"):
        net_sales(table("date customer_id qty", ("2026-01-05", "A", 3)), RULES)


def test_gross_amounts_are_converted_by_their_tax_rate():
    sales = table(
        "date customer_id amount_gross tax_rate amount_net",
        ("2026-01-05", "A", "113.00", "0.13", None),
        ("2026-01-05", "A", "113.00", "0.13", "99.99"),
    )
    assert amounts(net_sales(sales, RULES)) == [100, Decimal("99.99")]
    gross = net_sales(sales, rules(report_basis="gross"))
    assert amounts(gross) == [113, 113]


def test_a_plain_amount_is_of_the_tax_basis():
    sales = table("date customer_id amount", ("2026-01-05", "A", "113.00"))
    thirteen = Decimal("0.13")
    assert amounts(net_sales(sales, rules(tax_basis="gross"))) == [113]
    to_net = rules(tax_basis="gross", report_basis="net", default_tax_rate=thirteen)
    assert amounts(net_sales(sales, to_net)) == [100]
    to_gross = rules(report_basis="gross", default_tax_rate=thirteen)
    assert amounts(net_sales(sales, to_gross)) == [Decimal("127.69")]


def test_the_other_basis_without_a_rate_is_refused():
    sales = table("date customer_id amount_gross", ("2026-01-05", "A", "113.00"))
    with pytest.raises(WorkbookError) as caught:
        net_sales(sales, RULES)
    (found,) = caught.value.problems
    assert found.code.name == "TAX_RATE_MISSING"
    assert "第 2 行" in found.what("zh")


def test_returns_are_recognised_by_sign_type_and_number():
    sales = table(
        "date customer_id doc_no doc_type qty amount",
        ("2026-01-05", "A", "1001", "sale", 5, 100),
        ("2026-01-05", "A", "1002", "sale", -1, -20),
        ("2026-01-05", "A", "1003", "return", 1, 20),
        ("2026-01-05", "A", "C1004", "sale", 1, 20),
        ("2026-01-05", "A", "1005", "sale", -1, 20),
        ("2026-01-05", "A", "1006", "red invoice", 1, -20),
        ("2026-01-05", "A", "CK1007", "sale", 5, 100),
    )
    result = net_sales(sales, RULES)
    assert amounts(result) == [100, -20, -20, -20, -20, -20, 100]
    assert result.lines["qty"].tolist() == [5, -1, -1, -1, -1, -1, 5]
    assert result.lines["is_return"].tolist() == [False] + [True] * 5 + [False]
    assert codes(result) == ["RETURN_SIGN_FIXED"] * 3 + ["RETURNS_FOUND"] * 4
    assert result.issues["row_no"].tolist()[:3] == [4, 5, 6]
    found = result.issues[["column_name", "original_value", "amount"]].to_numpy().tolist()
    assert found[3:] == [
        ["doc_type", "2", -40],
        ["doc_no", "1", -20],
        ["qty", "2", -40],
        ["amount", "2", -40],
    ]


def test_a_type_with_a_chinese_word_for_return_in_it_is_one():
    sales = table(
        "date customer_id doc_type amount",
        ("2026-01-05", "A", "退货入库", 20),
        ("2026-01-05", "A", "销售出库", 50),
        ("2026-01-05", "A", "Credit sale", 30),
    )
    types = rules(return_types=frozenset({"退货", "credit"}))
    assert amounts(net_sales(sales, types)) == [-20, 50, 30]


def test_a_discount_on_a_computed_amount_is_told():
    sales = table(
        "date customer_id qty price amount discount",
        ("2026-01-05", "A", 2, 10, None, 3),
        ("2026-01-05", "A", 2, 10, 17, 3),
        ("2026-01-05", "A", 2, 10, None, 0),
    )
    result = net_sales(sales, RULES)
    assert amounts(result) == [20, 17, 20]
    assert codes(result) == ["DISCOUNT_NOT_TAKEN_OFF"]


def test_a_prefix_of_most_sales_marks_no_return():
    rows = [("2026-01-05", "A", f"C{i}", 10) for i in range(3)]
    result = net_sales(table("date customer_id doc_no amount", *rows), RULES)
    assert amounts(result) == [10, 10, 10]
    assert codes(result) == ["RETURN_PREFIX_IGNORED"]


def test_the_prefix_can_be_set_and_switched_off():
    sales = table(
        "date customer_id doc_no amount",
        ("2026-01-05", "A", "1", 10),
        ("2026-01-05", "A", "th-9", 10),
        ("2026-01-05", "A", "C2", 10),
    )
    assert amounts(net_sales(sales, rules(return_prefixes=("TH-",)))) == [10, -10, 10]
    assert amounts(net_sales(sales, rules(return_prefixes=()))) == [10, 10, 10]


def test_profit_is_given_or_amount_less_cost():
    sales = table(
        "date customer_id doc_type amount profit cost",
        ("2026-01-05", "A", "sale", 100, 30, None),
        ("2026-01-05", "A", "sale", 100, None, 80),
        ("2026-01-05", "A", "return", 100, None, 80),
        ("2026-01-05", "A", "sale", 100, None, None),
    )
    result = net_sales(sales, RULES)
    assert result.lines["profit"].tolist() == [30, 20, -20, pd.NA]
    assert (
        net_sales(sales, rules(tax_basis="gross")).lines["profit"].isna().tolist()[1:] == [True] * 3
    )


def test_the_first_of_equal_document_and_line_numbers_counts():
    sales = table(
        "date customer_id doc_no line_no amount",
        ("2026-01-05", "A", "1", "1", 10),
        ("2026-01-05", "A", "1", "2", 10),
        ("2026-01-05", "A", "1", "1", 11),
        ("2026-01-05", "A", "1", "1", -10),
        ("2026-01-05", "A", None, "1", 10),
        ("2026-01-05", "A", None, "1", 10),
    )
    result = net_sales(sales, RULES)
    assert result.lines.index.tolist() == [2, 3, 5, 6, 7]
    assert codes(result) == ["RETURNS_FOUND", "DUPLICATE"]
    assert result.issues.loc[1, ["row_no", "amount", "handling"]].tolist() == [
        4,
        11,
        "ROW_EXCLUDED",
    ]


def test_identical_rows_without_line_numbers_are_flagged_only():
    row = ("2026-01-05", "A", "1", 10)
    result = net_sales(table("date customer_id doc_no amount", row, row), RULES)
    assert amounts(result) == [10, 10]
    assert codes(result) == ["DUPLICATE_SUSPECTED"]
    assert result.issues["amount"].tolist() == [10]


def test_future_and_undated_rows_are_left_out():
    sales = table(
        "date customer_id amount",
        ("2026-06-30 23:59", "A", 1),
        ("2026-07-01", "A", 2),
        (None, "A", 4),
    )
    result = net_sales(sales, RULES)
    assert amounts(result) == [1]
    found = result.issues.set_index("reason_code")
    assert found.loc["FUTURE_DATE", ["row_no", "original_value", "amount"]].tolist() == [
        3,
        "2026-07-01",
        2,
    ]
    assert found.loc["DATE_MISSING", "row_no"] == 4


def test_the_rate_is_the_latest_up_to_the_date_of_the_document():
    sales = table(
        "date customer_id currency amount",
        ("2026-02-01", "A", "USD", "10.00"),
        ("2026-01-31 12:00", "A", "usd", "10.00"),
        ("2026-01-01", "A", "RMB", "10.00"),
        ("2026-01-01", "A", None, "10.00"),
        ("2025-12-31", "A", "USD", "10.00"),
        ("2026-02-01", "A", "EUR", "10.00"),
    )
    fx = table(
        "currency effective_date fx_rate",
        ("USD", "2026-02-01", "7.1"),
        ("USD", "2026-01-01", "7.0335"),
    )
    result = net_sales(sales, RULES, fx_rates=fx)
    assert amounts(result) == [71, Decimal("70.335"), 10, 10]
    assert codes(result) == ["FX_MISSING", "FX_MISSING"]
    assert result.issues["original_value"].tolist() == ["USD", "EUR"]
    assert result.issues["amount"].tolist() == [10, 10]  # in their own currency


def test_several_currencies_without_rates_are_refused():
    sales = table(
        "date customer_id currency amount",
        ("2026-02-01", "A", "USD", 10),
        ("2026-02-01", "A", "CNY", 7),
    )
    with pytest.raises(WorkbookError, match=r"CURRENCY_WITHOUT_RATES.*USD"):
        net_sales(sales, RULES)
    result = net_sales(sales, rules(single_currency_only=True))
    assert amounts(result) == [7]
    assert codes(result) == ["CURRENCY_SKIPPED"]
    sales_in_dollars = sales.iloc[:1]
    assert amounts(net_sales(sales_in_dollars, rules(base_currency="USD"))) == [10]


def test_a_currency_goes_by_its_code_its_name_or_its_sign():
    written = ["CNY", "人民币", "￥", "元", "本位币", "USD", "us$", "美元", "$", "金币"]
    sales = table(
        "date customer_id currency amount", *(("2026-01-05", "A", each, 1) for each in written)
    )
    fx = table("currency effective_date fx_rate", ("美元", "2026-01-01", "7"))
    result = net_sales(sales, RULES, fx_rates=fx)
    assert amounts(result) == [1] * 5 + [7] * 3
    assert codes(result) == ["CURRENCY_UNKNOWN"] * 2
    assert result.issues["original_value"].tolist() == ["$", "金币"]
    in_dollars = net_sales(sales, rules(base_currency="USD", single_currency_only=True))
    assert in_dollars.lines.index.tolist() == [6, 7, 8, 9, 10]


def test_a_name_that_the_rates_have_is_known():
    sales = table("date customer_id currency amount", ("2026-01-05", "A", "金币", 2))
    fx = table("currency effective_date fx_rate", ("金币", "2026-01-01", "3"))
    assert amounts(net_sales(sales, RULES, fx_rates=fx)) == [6]


def test_rates_that_cannot_be_used_are_told():
    sales = table("date customer_id currency amount", ("2026-03-05", "A", "USD", 1))
    fx = table(
        "currency effective_date fx_rate",
        ("USD", "2026-01-01", "7"),
        ("美元", "2026-01-01", "7.5"),
        ("usd", "2026-01-01", "7.00"),
        ("USD", "2026-02-01", "0"),
        ("USD", "2026-03-01", None),
    )
    result = net_sales(sales, RULES, fx_rates=fx)
    assert amounts(result) == [7]
    assert result.issues[
        ["reason_code", "row_no", "original_value", "taken"]
    ].to_numpy().tolist() == [
        ["FX_RATE_UNUSABLE", 5, "0", "USD 2026-02-01"],
        ["FX_RATE_UNUSABLE", 6, "", "USD 2026-03-01"],
        ["FX_RATE_CONTRADICTS", 3, "7.5", "USD 2026-01-01"],
    ]


def test_sales_of_a_foreign_customer_that_name_no_currency_are_of_the_base():
    sales = table(
        "date customer_id currency amount",
        ("2026-01-05", "A", None, 10),
        ("2026-01-05", "A", "USD", 1),
        ("2026-01-05", "B", None, 5),
        ("2026-01-05", "A", None, 7),
    )
    fx = table("currency effective_date fx_rate", ("USD", "2026-01-01", "7"))
    customers = table("customer_id currency", ("A", "美元"), ("B", "RMB"))
    result = net_sales(sales, RULES, fx_rates=fx, customers=customers)
    assert amounts(result) == [10, 7, 5, 7]
    assert codes(result) == ["CURRENCY_ASSUMED"]
    told = result.issues.loc[0, ["row_no", "original_value", "taken", "amount"]]
    assert told.tolist() == [2, "A", "USD", 17]


@pytest.mark.parametrize("rate", ["-0.01", "1.01", "13"])
def test_a_tax_rate_that_none_can_be_is_refused_where_it_is_needed(rate):
    sales = table(
        "date customer_id amount_gross tax_rate amount_net",
        ("2026-01-05", "A", "113.00", rate, 100),
        ("2026-01-05", "A", "113.00", "0.13", None),
    )
    assert amounts(net_sales(sales, RULES)) == [100, 100]
    sales.loc[2, "amount_net"] = pd.NA
    with pytest.raises(WorkbookError, match=f"TAX_RATE_UNUSABLE.*row 2: {rate}"):
        net_sales(sales, RULES)


def test_months_without_sales_are_told():
    days = ["2025-11-30", "2026-01-01", "2026-05-31", "2026-06-30"]
    sales = table("date customer_id amount", *((day, "A", 1) for day in days))
    issues = net_sales(sales, RULES).issues
    assert issues["reason_code"].tolist() == ["MISSING_MONTH"] * 2
    assert issues["original_value"].tolist() == ["2025-12", "2026-02 – 2026-04"]


def test_what_windows_leave_out_is_told():
    sales = table(
        "date customer_id amount",
        ("2026-05-31", "A", 1),
        ("2026-06-01", "A", 2),
        ("2026-06-29", "A", 4),
        ("2026-06-30", "A", 8),
    )
    issues = net_sales(sales, rules(as_of=date(2026, 6, 29))).issues
    assert issues["reason_code"].tolist() == ["FUTURE_DATE", "INCOMPLETE_MONTH"]
    assert issues.loc[1, ["original_value", "amount"]].tolist() == ["2026-06", 6]
    partial = rules(as_of=date(2026, 6, 29), include_partial_month=True)
    assert codes(net_sales(sales, partial)) == ["FUTURE_DATE"]
    assert codes(net_sales(sales, RULES)) == []


def test_sales_may_lack_the_column_of_customers():
    result = net_sales(table("date amount", ("2026-01-05", 3)), RULES)
    assert result.lines["customer_id"].tolist() == [UNASSIGNED]
    assert codes(result) == ["CUSTOMER_MISSING"]


def test_sales_without_a_customer_stay_in_the_total():
    sales = table("date customer_id amount", ("2026-02-01", " ", 10), ("2026-02-01", None, 7))
    result = net_sales(sales, RULES)
    assert result.lines["customer_id"].tolist() == [UNASSIGNED] * 2
    assert codes(result) == ["CUSTOMER_MISSING"] * 2
    assert result.issues["amount"].sum() == 17


def test_an_unknown_account_is_one_issue_with_its_total():
    sales = table(
        "date customer_id amount",
        ("2026-02-01", "A", 1),
        ("2026-02-01", "X", 10),
        ("2026-02-01", "X", 7),
        ("2026-02-01", None, 7),
    )
    result = net_sales(sales, RULES, customers=table("customer_id", ("A",)))
    unknown = result.issues[result.issues["reason_code"] == "UNKNOWN_ACCOUNT"]
    assert unknown[["row_no", "original_value", "amount"]].to_numpy().tolist() == [[3, "X", 17]]
    assert result.lines["customer_id"].tolist() == ["A", "X", "X", UNASSIGNED]


def test_customers_that_none_of_the_sales_name_are_told():
    sales = table("date customer_id amount", ("2026-02-01", "X", 10), ("2026-02-01", None, 7))
    result = net_sales(sales, RULES, customers=table("customer_id", ("A",)))
    assert codes(result) == ["CUSTOMER_MISSING", "CUSTOMERS_MATCH_NONE", "UNKNOWN_ACCOUNT"]
    assert result.issues.loc[1, "amount"] == 10


def test_accounts_roll_up_to_the_head_of_their_group():
    sales = table("date customer_id amount", *(("2026-02-01", each, 1) for each in "ABCPQ"))
    customers = table(
        "customer_id parent_id",
        ("A", "B"),
        ("B", "C"),
        ("C", None),
        ("P", "Q"),
        ("Q", "P"),
    )
    result = net_sales(sales, RULES, customers=customers)
    assert result.lines["customer_id"].tolist() == ["C", "C", "C", "P", "Q"]
    assert codes(result) == ["PARENT_CYCLE"] * 2
    assert result.issues["row_no"].tolist() == [5, 6]
    single = net_sales(sales, rules(rollup="self"), customers=customers)
    assert single.lines["customer_id"].tolist() == ["A", "B", "C", "P", "Q"]


def test_an_unknown_parent_keeps_its_accounts():
    sales = table("date customer_id amount", ("2026-02-01", "A", 3), ("2026-02-01", "B", 4))
    customers = table("customer_id parent_id", ("A", "G"), ("B", "B"), ("Z", "G"))
    result = net_sales(sales, RULES, customers=customers)
    assert result.lines["customer_id"].tolist() == ["G", "B"]
    assert codes(result) == ["PARENT_UNKNOWN"] * 2
    told = result.issues[["row_no", "original_value", "amount"]].to_numpy().tolist()
    assert told == [[2, "G", 3], [4, "G", pd.NA]]


def test_many_equal_issues_end_in_a_summary():
    rows = [("2026-07-01", "A", i) for i in range(1, 24)]
    issues = net_sales(table("date customer_id amount", *rows), RULES).issues
    assert len(issues) == 21
    last = issues.iloc[-1]
    assert (last["original_value"], last["amount"], last["handling"]) == ("3", 66, "MORE_ROWS")
    assert pd.isna(last["row_no"])
    assert texts(issues, "zh")["handling"].tolist()[-2:] == ["该行未计入", "另有 3 行，处理相同"]


def test_exactly_twenty_issues_need_no_summary():
    rows = [("2026-07-01", "A", i) for i in range(20)]
    issues = net_sales(table("date customer_id amount", *rows), RULES).issues
    assert issues["handling"].unique().tolist() == ["ROW_EXCLUDED"]


def test_a_sheet_without_rows_has_no_lines():
    sales = table("date customer_id amount", ("2026-02-01", "A", 1)).iloc[:0]
    result = net_sales(sales, RULES, returns=table("doc_no", ("1",)))
    assert result.lines.empty
    assert codes(result) == ["RETURN_UNMATCHED"]
