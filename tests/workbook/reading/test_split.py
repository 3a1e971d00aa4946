from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.contract.frames import series_of
from kam_excel.contract.tables import Customers, Sales
from kam_excel.domain.amounts import stated_amounts
from kam_excel.domain.money import total
from kam_excel.workbook.finding.splitting import splits
from kam_excel.workbook.reading.split import join_lines


def frame(first, **columns):
    """A typed frame of Sales whose first row has the label `first`."""
    size = len(next(iter(columns.values())))
    index = pd.RangeIndex(first, first + size)
    typed = {name: series_of(Sales.columns[name].kind, c, index) for name, c in columns.items()}
    return pd.DataFrame(typed, index=index)


def documents(**columns):
    facts = {
        "doc_no": ["A1", "A2"],
        "date": [pd.Timestamp(2026, 1, 5), pd.Timestamp(2026, 1, 6)],
        "customer_id": ["C1", "C2"],
    }
    return frame(2, **{**facts, **columns})


def lines(**columns):
    facts = {"doc_no": ["A1", "A2", "A1"], "product_id": ["P1", "P2", "P3"]}
    return frame(10, **{**facts, "amount": [10, 20.5, 30], **columns})


def found(joined):
    issues = joined.log.frame()
    return [
        (row.reason_code, row.row_no, None if pd.isna(row.amount) else row.amount)
        for row in issues.itertuples()
    ]


def test_a_line_has_the_facts_of_its_document():
    joined = join_lines(Sales, documents(), lines())
    assert joined.frame.index.tolist() == [10, 11, 12]
    assert joined.frame["customer_id"].tolist() == ["C1", "C2", "C1"]
    assert joined.frame["date"].dt.day.tolist() == [5, 6, 5]
    assert joined.frame["product_id"].tolist() == ["P1", "P2", "P3"]
    assert list(joined.frame.columns) == ["doc_no", "date", "customer_id", "product_id", "amount"]
    assert {name: str(dtype) for name, dtype in joined.frame.dtypes.items()} == {
        "doc_no": "str",
        "date": "datetime64[us]",
        "customer_id": "str",
        "product_id": "str",
        "amount": "exact[1]",
    }
    assert found(joined) == []
    assert joined.orphans.empty
    assert joined.repeated.empty


def test_no_figure_of_a_document_is_given_to_its_lines():
    heads = documents(line_no=["1", "2"], qty=[4, 2], amount_gross=[40, 20.5])
    joined = join_lines(Sales, heads, lines())
    assert not {"line_no", "qty", "amount_gross"} & set(joined.frame.columns)
    assert total(stated_amounts(joined.frame)) == Decimal("60.5")


def test_a_line_keeps_its_own_value_and_takes_the_rest_from_its_document():
    heads = documents(currency=["USD", "EUR"], tax_rate=[0.13, 0.06])
    own = lines(currency=[None, "EUR", "USD"], tax_rate=[0.09, None, None])
    joined = join_lines(Sales, heads, own)
    assert joined.frame["currency"].tolist() == ["USD", "EUR", "USD"]
    rates = [Decimal("0.09"), Decimal("0.06"), Decimal("0.13")]
    assert joined.frame["tax_rate"].tolist() == rates
    assert found(joined) == []


def test_a_line_of_another_customer_or_currency_is_named():
    own = lines(customer_id=["C1", "C9", None], currency=["USD", "USD", "EUR"])
    joined = join_lines(Sales, documents(currency=["USD", "USD"]), own)
    assert joined.frame["customer_id"].tolist() == ["C1", "C9", "C1"]
    expected = [("LINE_DIFFERS", 11, Decimal("20.5")), ("LINE_DIFFERS", 12, Decimal(30))]
    assert found(joined) == expected


def test_lines_without_a_document_are_left_out_and_named():
    joined = join_lines(Sales, documents(), lines(doc_no=["A1", "A9", None]))
    assert joined.frame.index.tolist() == [10]
    assert joined.orphans.tolist() == [11, 12]
    assert found(joined)[:2] == [
        ("LINE_WITHOUT_HEADER", 11, Decimal("20.5")),
        ("LINE_WITHOUT_HEADER", 12, Decimal(30)),
    ]


def test_documents_without_lines_are_named_with_their_amount():
    heads = frame(
        2,
        doc_no=["A1", "A2", "A3", None],
        customer_id=["C1", "C2", "C3", "C4"],
        amount=[40, 20.5, 7, 8],
    )
    joined = join_lines(Sales, heads, lines())
    assert len(joined.frame) == 3
    expected = [("HEADER_WITHOUT_LINES", 4, Decimal(7)), ("HEADER_WITHOUT_LINES", 5, Decimal(8))]
    assert found(joined) == expected


def test_a_number_that_two_documents_bear_is_refused():
    heads = documents(doc_no=["A1", "A1"])
    assert join_lines(Sales, heads, lines()).repeated.tolist() == [2, 3]


def test_the_same_document_twice_is_one():
    heads = documents(date=[pd.Timestamp(2026, 1, 5)] * 2, customer_id=["C1"] * 2)
    joined = join_lines(Sales, heads.assign(doc_no="A1"), lines())
    assert joined.repeated.empty
    assert joined.frame.index.tolist() == [10, 12]


def test_an_amount_that_is_not_the_sum_of_its_lines_is_named_by_the_difference():
    joined = join_lines(Sales, documents(amount=[41, 20.5]), lines())
    assert found(joined) == [("SPLIT_TOTAL_DIFFERS", 2, Decimal(1))]
    assert total(joined.frame["amount"]) == Decimal("60.5")


def test_amounts_of_different_meaning_are_not_compared():
    assert found(join_lines(Sales, documents(amount_gross=[1, 1]), lines())) == []


@pytest.mark.parametrize(("amount", "differs"), [(10.0, False), (10.02, True)])
def test_quantity_times_price_is_compared_within_rounding(amount, differs):
    heads = frame(2, doc_no=["A1"], customer_id=["C1"], amount=[amount])
    own = frame(10, doc_no=["A1"] * 3, qty=[1, 1, 1], price=[3.333, 3.333, 3.333])
    assert bool(found(join_lines(Sales, heads, own))) == differs


def test_the_sum_of_the_lines_is_kept_or_left_out():
    own = lines(doc_no=["A1", "A9", "A2"])
    joined = join_lines(Sales, documents(), own)
    kept, left = total(joined.frame["amount"]), total(own["amount"][joined.orphans])
    assert kept + left == total(own["amount"])


def test_sheets_without_rows_join_to_none():
    joined = join_lines(Sales, documents()[:0], lines()[:0])
    assert joined.frame.empty
    assert found(joined) == []
    assert join_lines(Sales, documents()[:0], lines()).orphans.tolist() == [10, 11, 12]


@pytest.mark.parametrize(
    ("heads", "own"),
    [
        ("doc_no date customer_id", "doc_no product_id amount"),
        ("doc_no date customer_name currency", "doc_no line_no product_id qty price"),
        ("doc_no customer_id", "doc_no date amount"),
        ("doc_no date customer_id tax_rate", "doc_no amount_net amount_gross"),
        ("doc_no date customer_id amount", "doc_no product_id amount"),
        ("doc_no date customer_id amount", "doc_no line_no qty price"),
    ],
)
def test_sheets_that_are_the_documents_and_the_lines_of_one_table(heads, own):
    assert splits(Sales, heads.split(), own.split())
    assert not splits(Sales, own.split(), heads.split())


@pytest.mark.parametrize(
    ("heads", "own"),
    [
        ("date customer_id", "product_id amount"),
        ("doc_no date", "doc_no amount"),
        ("doc_no date customer_id", "doc_no product_id qty"),
        ("doc_no date customer_id amount", "doc_no product_id qty"),
        ("doc_no date customer_id amount", "doc_no amount"),
        ("doc_no date customer_id product_id amount", "doc_no product_id amount"),
        ("doc_no date customer_id", "doc_no date customer_id amount"),
    ],
)
def test_sheets_that_are_not(heads, own):
    assert not splits(Sales, heads.split(), own.split())


def test_a_table_that_is_not_declared_as_split_is_never():
    assert not splits(Customers, ["customer_id"], ["customer_name"])
