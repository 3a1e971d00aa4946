from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.codes import REGISTRY
from kam_excel.domain.amounts import stated_amounts
from kam_excel.domain.exact import exact
from kam_excel.domain.money import total
from kam_excel.domain.netting import net_sales
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.domain.reconciliation import Reconciliation
from kam_excel.errors import KamError

MONEY = st.none() | st.decimals(-(10**25), 10**25, places=2) | st.integers(-50, 50).map(Decimal)
DAYS = st.none() | st.sampled_from(["2025-11-30", "2026-01-05", "2026-06-30", "2026-07-01"])
CUSTOMERS = st.sampled_from([None, "", "A", "B", "C"])
DOCUMENTS = st.sampled_from([None, "1", "2", "3", "C4", "C5"])
CURRENCIES = st.sampled_from([None, "CNY", "USD", "EUR", "?"])
SALES = {
    "date": DAYS,
    "customer_id": CUSTOMERS,
    "customer_name": st.sampled_from([None, "Aa", "Bb", "Zz"]),
    "doc_no": DOCUMENTS,
    "line_no": st.sampled_from([None, "1", "2"]),
    "product_id": st.sampled_from([None, "x", "y"]),
    "doc_type": st.sampled_from([None, "sale", "return", "reversal"]),
    "qty": MONEY,
    "price": MONEY,
    "amount": MONEY,
    "amount_net": MONEY,
    "amount_gross": MONEY,
    "tax_rate": st.none() | st.decimals(0, 1, places=2),
    "cost": MONEY,
    "profit": MONEY,
    "currency": CURRENCIES,
}
RETURNS = {
    "line_no": st.sampled_from([None, "1", "2"]),
    "doc_no": DOCUMENTS,
    "customer_id": CUSTOMERS,
    "product_id": st.sampled_from([None, "x", "y"]),
    "date": DAYS,
    "qty": MONEY,
    "amount": MONEY,
    "currency": CURRENCIES,
    "status": st.sampled_from([None, "returned", "pending"]),
}
RATES = {
    "currency": CURRENCIES,
    "effective_date": DAYS,
    "fx_rate": st.none() | st.decimals(-1, 9, places=4),
}
ACCOUNTS = {
    "customer_id": st.sampled_from(["A", "B", "Q"]),
    "customer_name": st.sampled_from([None, "Aa", "Bb", "Zz"]),
    "parent_id": st.sampled_from([None, "A", "B", "Q", "?"]),
}
EXACT = {
    name for name, values in {**SALES, **RATES}.items() if values is MONEY or "rate" in name
} | {"amount", "qty"}


def series(name, values):
    if name in EXACT:
        return exact(pd.Series(values, dtype=object))
    if "date" in name:
        return pd.to_datetime(pd.Series(values, dtype="str")).astype("datetime64[us]")
    return pd.Series(values, dtype="str")


@st.composite
def frames(draw, columns, needed, most=8):
    """A typed frame with the columns `needed` and some of the others, rows from 2 on."""
    names = [name for name in columns if name in needed or draw(st.booleans())]
    rows = draw(st.lists(st.tuples(*(columns[name] for name in names)), max_size=most))
    values = [[row[i] for row in rows] for i in range(len(names))]
    frame = pd.DataFrame({n: series(n, v) for n, v in zip(names, values, strict=True)})
    return frame.set_axis(range(2, len(rows) + 2))


RULES = st.builds(
    NettingRules,
    as_of=st.just(date(2026, 6, 30)),
    tax_basis=st.sampled_from(["net", "gross"]),
    report_basis=st.sampled_from([None, "net", "gross"]),
    default_tax_rate=st.just(Decimal("0.13")),
    single_currency_only=st.just(True),
    returns_match=st.sampled_from(["customer", "doc_no"]),
    rollup=st.sampled_from(["self", "parent"]),
)


@settings(max_examples=40)
@given(
    frames(SALES, {"date", "customer_id", "amount"}),
    RULES,
    st.none() | frames(RETURNS, {"doc_no"}),
    st.none() | frames(RATES, set(RATES), 4),
    st.none() | frames(ACCOUNTS, set(ACCOUNTS), 4),
)
def test_opening_and_changes_lead_to_the_net_sales(sales, rules, returns, fx_rates, customers):
    result = net_sales(sales, rules, returns=returns, fx_rates=fx_rates, customers=customers)
    account = result.reconciliation
    opening, changes, closing = account.iloc[0], account.iloc[1:-1], account.iloc[-1]
    assert (opening["reason_code"], closing["reason_code"]) == ("ROWS_READ", "NET_SALES")
    assert (opening["rows"], opening["amount"]) == (len(sales), total(stated_amounts(sales)))
    assert closing["rows"] == len(result.lines) == opening["rows"] + changes["rows"].sum()
    assert closing["amount"] == total(result.lines["amount"])
    assert closing["amount"] == total(account["amount"].iloc[:-1])
    assert set(account["table_id"]) == {"net_sales"}
    assert set(account["reason_code"]) <= set(REGISTRY)


@settings(max_examples=25)
@given(frames(SALES, {"date", "customer_id", "amount"}, 30), RULES)
def test_issues_account_for_the_rows_that_are_left_out(sales, rules):
    result = net_sales(sales, rules)
    account = result.reconciliation
    for code in ("DATE_MISSING", "FUTURE_DATE", "AMOUNT_MISSING", "CURRENCY_SKIPPED", "DUPLICATE"):
        found = result.issues[result.issues["reason_code"] == code]
        others = found.loc[found["handling"] == "MORE_ROWS", "original_value"].astype("int64")
        change = account[account["reason_code"] == code]
        assert found["row_no"].notna().sum() + others.sum() == -change["rows"].sum()
        assert total(found["amount"]) == total(-change["amount"])


def test_each_step_has_its_reason():
    sales = pd.DataFrame(
        {
            "date": series("date", ["2026-01-05"] * 4 + ["2026-07-01", None, "2026-01-05"]),
            "customer_id": series("customer_id", ["A"] * 7),
            "doc_no": series("doc_no", ["1", "2", "2", "3", "4", "5", "6"]),
            "line_no": series("line_no", ["1"] * 7),
            "doc_type": series("doc_type", ["sale"] * 3 + ["return"] + ["sale"] * 3),
            "amount_gross": series("amount", [Decimal("113.00"), 226, 339, 113, 1, 2, 4]),
            "tax_rate": series("tax_rate", [Decimal("0.13")] * 7),
            "currency": series("currency", ["USD", None, None, None, None, None, "EUR"]),
        }
    ).set_axis(range(2, 9))
    fx = pd.DataFrame(
        {
            "currency": series("currency", ["USD"]),
            "effective_date": series("date", ["2026-01-01"]),
            "fx_rate": exact([7]),
        }
    )
    returns = pd.DataFrame(
        {"doc_no": series("doc_no", ["1", "2"]), "amount": series("amount", [None, Decimal(50)])}
    )
    returns["amount"] = exact(returns["amount"])
    result = net_sales(
        sales,
        NettingRules(as_of=date(2026, 6, 30)),
        returns=returns,
        fx_rates=fx,
    )
    assert result.reconciliation.drop(columns="table_id").to_numpy().tolist() == [
        ["ROWS_READ", 7, 798],
        ["DATE_MISSING", -1, -2],
        ["FUTURE_DATE", -1, -1],
        ["FX_MISSING", -1, -4],
        ["TAX_CONVERTED", 0, -91],
        ["FX_CONVERTED", 0, 600],
        ["RETURN_SIGN_FIXED", 0, -200],
        ["DUPLICATE", -1, -300],
        ["RETURN_DOCUMENT", -1, -700],
        ["RETURNS_ADDED", 1, -50],
        ["NET_SALES", 3, 50],
    ]


def test_a_table_without_amounts_reconciles_its_rows():
    account = Reconciliation("customers").opened(5, None).changed("BLANK_ROW", -2, None)
    frame = account.changed("TOTAL_ROW_DROPPED", 0, None).closed(3, None)
    assert frame["reason_code"].tolist() == ["ROWS_READ", "BLANK_ROW", "ROWS_USED"]
    assert frame["rows"].tolist() == [5, -2, 3]
    assert frame["amount"].isna().all()


def test_changes_of_one_reason_are_one():
    account = Reconciliation("sales").opened(2, Decimal(5)).opened(3, Decimal("0.5"))
    account.changed("BLANK_ROW", -1, None).left_out("DATE_MISSING", exact([2]))
    frame = account.left_out("DATE_MISSING", exact([Decimal("1.5")])).closed(2, Decimal(2))
    assert frame.drop(columns="table_id").to_numpy().tolist() == [
        ["ROWS_READ", 5, Decimal("5.5")],
        ["BLANK_ROW", -1, pd.NA],
        ["DATE_MISSING", -2, Decimal("-3.5")],
        ["ROWS_USED", 2, 2],
    ]


@pytest.mark.parametrize(("rows", "amount"), [(1, "10.01"), (2, "10"), (1, "10.000001")])
def test_what_does_not_reconcile_is_a_problem(rows, amount):
    account = Reconciliation("sales").opened(2, exact([Decimal("10"), 5]))
    account.left_out("DATE_MISSING", exact([5]))
    with pytest.raises(KamError, match="RECONCILIATION_BROKEN sales"):
        account.closed(rows, Decimal(amount))


def test_an_account_is_closed_anew_with_what_became_of_its_rows():
    closed = Reconciliation("sales").opened(3, Decimal(6)).changed("BLANK_ROW", -1, None)
    closed = closed.closed(2, Decimal(6))
    again = Reconciliation.reopened(closed).became("PLUGIN_CHANGED", 5, Decimal("5.5"))
    assert again.closed(5, Decimal("5.5")).drop(columns="table_id").to_numpy().tolist() == [
        ["ROWS_READ", 3, 6],
        ["BLANK_ROW", -1, pd.NA],
        ["PLUGIN_CHANGED", 3, Decimal("-0.5")],
        ["ROWS_USED", 5, Decimal("5.5")],
    ]
    same = Reconciliation.reopened(closed).became("PLUGIN_CHANGED", 2, Decimal(6))
    assert same.closed(2, Decimal(6)).equals(closed)


def test_sums_have_all_their_digits():
    large, small = Decimal(10**30), Decimal("0.000001")
    account = Reconciliation("sales").opened(1, large).changed("RETURNS_ADDED", 1, small)
    frame = account.closed(2, exact([large, small]))
    assert frame["amount"].iloc[-1] == Decimal("1" + "0" * 30 + ".000001")
