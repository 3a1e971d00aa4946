"""Small tables become typed frames, and what a table cannot have is refused by its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from kam_excel import Customers, KeyAccounts, Money, Sales, Table, column
from kam_excel.domain.exact import exact
from kam_excel.testing import frame_of, text_of
from kam_excel.testing.rows import part_of


def test_a_text_is_typed_by_the_declaration():
    frame = frame_of(
        Customers,
        """
        customer_id, customer_name,   strategic, credit_limit, payment_days, start_date
        007,         "Birch, & Sons", yes,       1000.50,      30,           2020-01-05
        8,           Alder,           ,          ,             ,
        """,
    )
    assert frame.dtypes.astype(str).to_dict() == {
        "customer_id": "str",
        "customer_name": "str",
        "start_date": "datetime64[us]",
        "strategic": "boolean",
        "credit_limit": "exact[2]",
        "payment_days": "Int64",
    }
    assert list(frame["customer_id"]) == ["007", "8"]
    assert frame["customer_name"][0] == "Birch, & Sons"
    assert frame["credit_limit"][0] == Decimal("1000.50")
    assert frame.drop(columns=["customer_id", "customer_name"]).loc[1].isna().all()


def test_mappings_and_frames_say_the_same_as_a_text():
    day = date(2026, 3, 5)
    rows = [{"customer_id": "A", "date": day, "amount": 2.675}, {"customer_id": "B", "date": day}]
    from_rows = frame_of(Sales, rows)
    from_frame = frame_of(Sales, pd.DataFrame(rows).assign(amount=exact([2.675, None])))
    text = "date, customer_id, amount\n2026-03-05, A, 2.675\n2026-03-05, B,"
    assert text_of(from_rows) == text_of(from_frame) == text_of(frame_of(Sales, text))


def test_a_column_that_nobody_names_is_not_there_as_on_a_sheet():
    assert list(frame_of(Sales, "customer_id\nA")) == ["customer_id"]


def test_what_strategies_give_has_every_column():
    text = "customer_id, net_sales, is_key_account\nA, 1, yes"
    assert list(frame_of(KeyAccounts, text)) == list(KeyAccounts.columns)


def test_no_rows_are_a_frame_without_rows():
    assert frame_of(Sales, "date, customer_id").shape == (0, 2)
    assert frame_of(Sales, []).shape == (0, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("amnt\n1", "Sales has no column 'amnt', did you mean amount?"),
        ("amount\n1\nmany", "Sales.amount, row 2: 'many' is no money"),
        ("date\n2026-02-30", "Sales.date, row 1: '2026-02-30' is no date"),
        ("doc_type\nsold", "Sales.doc_type, row 1: 'sold' is no enum"),
        ("date, amount\n2026-02-03", "Sales, row 1 has 1 fields, its header 2"),
    ],
)
def test_what_the_table_cannot_have_is_refused(text, said):
    with pytest.raises(ValueError, match=r".") as refused:
        frame_of(Sales, text)
    assert str(refused.value) == said


def test_memory_has_its_key_and_what_is_remembered_and_nothing_else():
    frame = part_of(KeyAccounts, ["customer_id", "years_as_key"], "customer_id\nA")
    assert list(frame) == ["customer_id", "years_as_key"]
    with pytest.raises(ValueError, match="net_sales: only customer_id are asked for"):
        part_of(KeyAccounts, ["customer_id"], "customer_id, net_sales\nA, 1")


class Amounts(Table, zh="金额", en="Amounts"):
    amount: Money = column(zh="金额", en="Amount")


def test_a_row_reads_the_same_whatever_its_neighbours_hold():
    alone = text_of(frame_of(Amounts, "amount\n1200.50"))
    beside = text_of(frame_of(Amounts, "amount\n1200.50\n0.0001"))
    assert beside == alone + "0.0001\n"
    assert alone == "amount\n1200.5\n"


def test_a_text_tells_apart_what_looks_alike():
    frame = pd.DataFrame(
        {
            "text": ["", None, " a", 'say "x"', "a,b", "c"],
            "share": [0.1 + 0.2, float("nan"), 1.0, 1 / 3, 1e20, -0.5],
            "flag": pd.array([True, None, False, True, True, True], dtype="boolean"),
            "day": pd.to_datetime(["2026-03-05 00:00", None, *["2026-03-05 14:30"] * 4]),
        }
    )
    assert text_of(frame).splitlines() == [
        "text,share,flag,day",
        '"",0.3,True,2026-03-05',
        ",,,",
        '" a",1,False,2026-03-05 14:30:00',
        '"say ""x""",0.333333333333,True,2026-03-05 14:30:00',
        '"a,b",1e+20,True,2026-03-05 14:30:00',
        "c,-0.5,True,2026-03-05 14:30:00",
    ]


def test_a_large_amount_has_no_exponent():
    frame = pd.DataFrame({"amount": exact([Decimal("123456789012345678.90"), 1000])})
    assert text_of(frame) == "amount\n123456789012345678.9\n1000\n"
