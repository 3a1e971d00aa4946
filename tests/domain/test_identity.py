from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.directory import loose
from kam_excel.domain.exact import exact
from kam_excel.domain.identity import with_accounts
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.texts import folded, plain

CUSTOMERS = [("C1", "Acme 公司"), ("C2", "Beta"), ("C3", "Beta"), ("0004", "Delta")]


def customers(*rows):
    return of("customer_id customer_name", *rows)


def of(columns, *rows):
    """A typed frame, rows from 2 on; the column amount is exact, the others are text."""
    frame = pd.DataFrame(list(rows), columns=columns.split(), dtype=object)
    types = {name: "str" for name in frame if name != "amount"}
    frame = frame.astype(types).set_axis(range(2, len(rows) + 2))
    return frame.assign(amount=exact(frame["amount"])) if "amount" in frame else frame


def identify(**frames):
    """The frames with their accounts, and each issue as code, table, row, value, taken, amount."""
    log = IssueLog()
    done = with_accounts(frames, log)
    issues = log.frame()
    columns = ["reason_code", "table_id", "row_no", "original_value", "taken", "amount"]
    told = [
        tuple(None if pd.isna(each) else each for each in row)
        for row in issues[columns].to_numpy(object)
    ]
    return done, told


def ids(frame):
    return [None if pd.isna(each) else each for each in frame["customer_id"]]


def test_ids_that_the_customers_have_stay():
    sales = of("customer_id amount", ("C1", 1), ("0004", 2), (None, 3), ("X9", 4))
    done, issues = identify(sales=sales, customers=customers(*CUSTOMERS))
    assert ids(done["sales"]) == ["C1", "0004", None, "X9"]
    assert issues == []


def test_a_missing_id_is_found_by_a_name_that_one_customer_bears():
    sales = of(
        "customer_id customer_name amount",
        (None, " ＡＣＭＥ  公司", 10),
        ("C2", "Acme 公司", 20),
        (None, "acme 公司", 30),
        (None, "beta", 40),
    )
    done, issues = identify(sales=sales, customers=customers(*CUSTOMERS))
    assert ids(done["sales"]) == ["C1", "C2", "C1", None]
    assert issues == [
        ("CUSTOMER_BY_NAME", "sales", 2, "ＡＣＭＥ  公司", "C1", 10),
        ("CUSTOMER_BY_NAME", "sales", 4, "acme 公司", "C1", 30),
        ("CUSTOMER_AMBIGUOUS", "sales", 5, "beta", "", 40),
    ]


def test_a_table_that_has_names_only_gets_ids():
    sales = of("customer_name amount", ("Delta", 10), ("Delta", 5), ("Nobody", 7), (None, 1))
    done, issues = identify(sales=sales, customers=customers(*CUSTOMERS))
    assert ids(done["sales"]) == ["0004", "0004", "Nobody", None]
    assert issues == [
        ("CUSTOMER_BY_NAME", "sales", 2, "Delta", "0004", 15),
        ("NAME_AS_ACCOUNT", "sales", None, "1", "", 7),
    ]


def test_an_id_column_that_holds_names_is_looked_up():
    sales = of("customer_id amount", ("acme 公司", 10), ("Beta", 5), ("C2", 1))
    done, issues = identify(sales=sales, customers=customers(*CUSTOMERS))
    assert ids(done["sales"]) == ["C1", "Beta", "C2"]
    assert issues == [
        ("CUSTOMER_BY_NAME", "sales", 2, "acme 公司", "C1", 10),
        ("CUSTOMER_AMBIGUOUS", "sales", 3, "Beta", "", 5),
    ]


def test_without_customers_a_name_is_the_account():
    sales = of(
        "customer_id customer_name amount",
        ("7", "Acme", 1),
        (None, "ACME", 2),
        (None, "Beta  Ltd", 4),
        (None, "BETA LTD", 8),
    )
    returns = of("customer_name amount", ("beta ltd", 3), ("acme", 5))
    done, issues = identify(sales=sales, returns=returns)
    assert ids(done["sales"]) == ["7", "7", "Beta Ltd", "Beta Ltd"]
    assert ids(done["returns"]) == ["Beta Ltd", "7"]
    assert issues == [
        ("CUSTOMER_BY_NAME", "sales", 3, "ACME", "7", 2),
        ("NAME_AS_ACCOUNT", "sales", None, "2", "", 12),
        ("CUSTOMER_BY_NAME", "returns", 3, "acme", "7", 5),
        ("NAME_AS_ACCOUNT", "returns", None, "1", "", 3),
    ]


def test_ids_that_look_alike_are_told_and_not_joined():
    sales = of("customer_id amount", ("c1", 10), ("4", 5), ("4", 6), ("C1", 1))
    done, issues = identify(sales=sales, customers=customers(*CUSTOMERS))
    assert ids(done["sales"]) == ["c1", "4", "4", "C1"]
    assert issues == [
        ("ID_LOOKS_ALIKE", "sales", 2, "c1", "C1", 10),
        ("ID_LOOKS_ALIKE", "sales", 3, "4", "0004", 11),
    ]
    done, issues = identify(sales=sales)
    assert issues == [("ID_LOOKS_ALIKE", "sales", 5, "C1", "c1", 1)]


def test_parents_may_be_named():
    frame = of(
        "customer_id customer_name parent_id",
        ("A", "Alpha", None),
        ("B", "Beta", "alpha"),
        ("C", "Gamma", "A"),
        ("D", "Delta", "Nobody"),
    )
    done, issues = identify(customers=frame)
    parents = done["customers"]["parent_id"]
    assert parents.tolist()[1:] == ["A", "A", "Nobody"]
    assert pd.isna(parents[2])
    assert issues == [("CUSTOMER_BY_NAME", "customers", 3, "alpha", "A", None)]


def test_other_tables_stay_as_they_are():
    rates = of("currency fx_rate", ("USD", "7"))
    done, issues = identify(fx_rates=rates)
    assert done["fx_rates"] is rates
    assert issues == []


@given(st.text())
def test_names_are_compared_in_a_normal_form(text):
    for normal in (plain, folded, loose):
        assert normal(normal(text)) == normal(text)


TEXTS = st.sampled_from([None, "", "A", "a", "B", "Alpha", "ALPHA", "Beta", "01", "1", "1.0"])
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=6)


@settings(max_examples=40)
@given(PAIRS, st.none() | PAIRS)
def test_no_row_is_lost_and_a_known_id_never_changes(sales, master):
    frames = {"sales": of("customer_id customer_name amount", *((*each, 1) for each in sales))}
    if master is not None:
        frames["customers"] = customers(*master)
    done, _ = identify(**frames)
    frame = done["sales"]
    assert frame.index.equals(frames["sales"].index)
    assert frame["amount"].sum() == Decimal(len(sales))
    known = {account for account, _ in (sales if master is None else master) if account}
    for before, after in zip(sales, ids(frame), strict=True):
        assert after == before[0] or before[0] not in known
        assert after is not None or not before[0]
