from __future__ import annotations

from typing import Annotated

import pytest

from kam_excel.contract.column import Choice, Date, Integer, Key, Kind, Text, column, optional
from kam_excel.contract.policy import Money
from kam_excel.contract.table import Table, column_of
from kam_excel.contract.tables import Sales

REGION = column(zh="区域", en="Region", aliases="大区; Area ;; ")


class SalesOrders(
    Table,
    zh="销售订单",
    en="Sales Orders",
    aliases=("订单",),
    key=("order_no",),
    one_of=(("amount",), ("qty", "price")),
    remembered=("amount",),
):
    """Orders as they were placed."""

    order_no: Key = column(zh="订单号", en="Order No.")
    date: Date = column(zh="日期", en="Date")
    amount: Money = column(zh="金额", en="Amount", unit="currency")
    qty: Integer = column(zh="数量", en="Quantity")
    price: Money = column(zh="单价", en="Price")
    region: Text = optional(REGION)
    state: Choice = column(zh="状态", en="State", optional=True, choices={"open": "未结"})


def test_the_id_is_the_class_in_snake_case():
    assert SalesOrders.id == "sales_orders"


def test_columns_take_id_and_kind_from_their_attribute():
    kinds = {name: (declared.id, declared.kind) for name, declared in SalesOrders.columns.items()}
    assert kinds == {
        "order_no": ("order_no", Kind.KEY),
        "date": ("date", Kind.DATE),
        "amount": ("amount", Kind.MONEY),
        "qty": ("qty", Kind.INTEGER),
        "price": ("price", Kind.MONEY),
        "region": ("region", Kind.TEXT),
        "state": ("state", Kind.CHOICE),
    }


def test_alternatives_and_optional_columns_are_not_required():
    assert SalesOrders.required() == ("order_no", "date")


def test_a_table_is_found_under_every_name_and_shown_in_one_language():
    assert SalesOrders.names() == ("销售订单", "Sales Orders", "sales_orders", "订单")
    assert SalesOrders.title("zh") == "销售订单"
    assert SalesOrders.title("en") == "Sales Orders"


def test_aliases_are_separated_by_semicolons_and_blank_ones_dropped():
    assert REGION.headers() == ("区域", "Region", "大区", "Area")
    assert REGION.header("zh") == "区域"
    assert REGION.header("en") == "Region"


def test_an_optional_column_may_be_decisive_in_one_table_alone():
    assert optional(REGION, decisive=True).decisive
    assert not optional(REGION).decisive
    assert not SalesOrders.columns["region"].decisive


def test_optional_leaves_the_shared_declaration_alone():
    assert SalesOrders.columns["region"].optional
    assert not REGION.optional


@pytest.mark.parametrize(
    ("language", "choice", "shown"),
    [("zh", "open", "未结"), ("en", "open", "open"), ("zh", "lost", "lost")],
)
def test_a_choice_is_shown_in_words(language, choice, shown):
    assert SalesOrders.columns["state"].shown(choice, language) == shown


def test_only_money_percent_and_numbers_are_exact():
    assert {kind for kind in Kind if kind.is_exact} == {Kind.MONEY, Kind.PERCENT, Kind.NUMBER}


@pytest.mark.parametrize(
    "keywords", [{"key": ("nr",)}, {"remembered": ("nr",)}, {"one_of": (("code",), ("nr",))}]
)
def test_a_keyword_that_names_no_column_is_refused(keywords):
    with pytest.raises(TypeError, match=r"Wrong has no column \['nr'\]"):

        class Wrong(Table, zh="错", en="Wrong", **keywords):
            code: Key = column(zh="编码", en="Code")


def test_an_annotation_that_is_no_column_type_is_refused():
    with pytest.raises(TypeError, match=r"Wrong\.size: .* is no column type; they are Key, "):

        class Wrong(Table, zh="错", en="Wrong"):
            size: Annotated[int, "inches"] = column(zh="尺寸", en="Size")


def test_a_column_may_not_hide_what_every_table_has():
    with pytest.raises(TypeError, match=r"Wrong\.id: every table has id"):

        class Wrong(Table, zh="错", en="Wrong"):
            id: Key = column(zh="编码", en="ID")

    with pytest.raises(TypeError, match=r"Worse\.title: every table has title"):

        class Worse(Table, zh="错", en="Worse"):
            title: Text = column(zh="标题", en="Title")


def test_a_table_has_a_name_in_both_languages():
    with pytest.raises(TypeError, match="'en'"):

        class Wrong(Table, zh="错"):
            pass


LONG = {f"the answer of number {i}": f"第{i}个" for i in range(20)}


@pytest.mark.parametrize("choices", [LONG, {"small, or tiny": "小"}, {"small": "小;很小"}])
def test_choices_that_no_drop_down_list_can_offer_are_not_filled_in_by_hand(choices):
    assert column(zh="规模", en="Size", choices=choices).choices == choices
    with pytest.raises(TypeError, match="Size: the choices of a manual column"):
        column(zh="规模", en="Size", choices=choices, manual=True)


SIZES = {"small": "小", "large": "大"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"tiny": ("袖珍",)}, "'tiny'"),
        ({"small": ("L", "ｌ")}, "'l'"),
        ({"small": ("mini",), "large": ("MINI",)}, "'mini'"),
        ({"small": ("大",)}, "'大'"),
        ({"small": (" ",)}, "''"),
        ({"small": "mini"}, "tuple"),
    ],
)
def test_a_further_word_is_for_exactly_one_choice(words, told):
    with pytest.raises(TypeError, match=f"Size: .*{told}"):
        column(zh="规模", en="Size", choices=SIZES, words=words)


def test_choices_are_offered_without_further_words_the_nearest_first():
    declared = column(zh="规模", en="Size", choices=SIZES, words={"large": ("巨型", "Huge")})
    assert declared.offered("zh") == "小、大"
    assert declared.offered("zh", "巨大型") == "大、小"
    assert declared.offered("en", "hug") == "large, small"


def test_a_column_can_be_declared_as_another_table_has_it():
    class Visits(Table, zh="拜访", en="Visits"):
        customer: Key = column_of(Sales, "customer_id")

    assert Visits.columns["customer"].headers() == Sales.columns["customer_id"].headers()
    assert Visits.columns["customer"].id == "customer"
    with pytest.raises(KeyError):
        column_of(Sales, "customer")


@pytest.mark.parametrize("name", ["x" * 32, "a/b", "销售[明细]", "why?"])
def test_a_name_that_no_sheet_can_have_is_refused(name):
    with pytest.raises(TypeError, match="names a sheet"):
        type("Named", (Table,), {}, zh="名", en=name)
