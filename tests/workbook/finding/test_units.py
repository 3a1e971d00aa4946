from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.workbook.finding.refusal import UnclearLayout
from kam_excel.workbook.finding.units import NO_UNIT, Unit, split_unit, unit_note, unit_of


@pytest.mark.parametrize(
    ("header", "name", "factor"),
    [
        ("销售额(万元)", "销售额", 10_000),
        ("销售额（万元）", "销售额", 10_000),
        ("销售额【万元】", "销售额", 10_000),
        ("销售额［千元］", "销售额", 1_000),
        ("金额〔亿元〕", "金额", 100_000_000),
        ("金额（百万）", "金额", 1_000_000),
        ("金额（百万元）", "金额", 1_000_000),
        ("金额(元)", "金额", 1),
        ("金额/万元", "金额", 10_000),
        ("金额／元", "金额", 1),
        ("金额万元", "金额", 10_000),
        ("金额(单位:万元)", "金额(单位:万元)", 1),
        ("销售额（万元，含税）", "销售额(含税)", 10_000),
        ("销售额(含税)(万元)", "销售额(含税)", 10_000),
        ("1月(万元)销售额", "1月销售额", 10_000),
        ("单价(元/件)", "单价", 1),
        ("单价（万元/台）", "单价", 10_000),
        ("Amount (K)", "amount", 1_000),
        ("Amount (k)", "amount", 1_000),
        ("Sales (M)", "sales", 1_000_000),
        ("Sales (in thousands)", "sales", 1_000),
        ("Sales in thousands", "sales", 1_000),
        ("Sales, in millions", "sales", 1_000_000),
        ("Revenue $k", "revenue", 1_000),
        ("Sales $", "sales", 1),
        ("Amount ('000)", "amount", 1_000),
    ],
)
def test_a_unit_of_money_at_a_header_is_a_factor(header, name, factor):
    assert split_unit(header) == (name, Unit(factor))


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("Amount (USD)", "amount", Unit(1, "USD")),
        ("Amount USD", "amount", Unit(1, "USD")),
        ("Amount (K RMB)", "amount", Unit(1_000, "CNY")),
        ("Amount (RMB'000)", "amount", Unit(1_000, "CNY")),
        ("Amount (RMB’000)", "amount", Unit(1_000, "CNY")),
        ("Amount (€m)", "amount", Unit(1_000_000, "EUR")),
        ("Amount (USD in thousands)", "amount", Unit(1_000, "USD")),
        ("Amount (in thousands of USD)", "amount", Unit(1_000, "USD")),
        ("金额(美元)", "金额", Unit(1, "USD")),
        ("金额(万美元)", "金额", Unit(10_000, "USD")),
        ("金额(人民币万元)", "金额", Unit(10_000, "CNY")),
        ("金额(万元人民币)", "金额", Unit(10_000, "CNY")),
        ("金额(港币千元)", "金额", Unit(1_000, "HKD")),
        ("税率(%)", "税率", Unit(is_percent=True)),
        ("Margin ( % )", "margin", Unit(is_percent=True)),
    ],
)
def test_a_unit_may_name_a_currency_or_percent(header, name, unit):
    assert split_unit(header) == (name, unit)


@pytest.mark.parametrize(
    "header",
    [
        "数量(吨)",
        "数量(万件)",
        "金额(含税)",
        "金额",
        "账期(天)",
        "万元",
        "(万元)",
        "product m",
        "death rate per 1,000",
        "sales below $900,000",
        "sales 000",
        "size-m",
        "amount (all)",
        "金额(万元)(千元)",
        "单价(元/千件)",
        "price (usd/100)",
        "amount (usd eur)",
        "每万元",
        "",
    ],
)
def test_what_is_no_known_unit_stays_in_the_header(header):
    name, unit = split_unit(header)
    assert unit == NO_UNIT or not name
    assert name in (header, "")


@given(
    name=st.text("销售额成交含税 amount", min_size=1).map(str.strip).filter(bool),
    unit=st.sampled_from(["万元", "千元", "k", "USD", "in thousands", "RMB'000", "%", "亿美元"]),
    brackets=st.sampled_from(["()", "（）", "[]", "【】", "〔〕"]),
)
def test_a_name_comes_back_from_its_header_with_a_unit(name, unit, brackets):
    header = f"{name}{brackets[0]}{unit}{brackets[1]}"
    assert split_unit(header) == (" ".join(name.split()), unit_of(unit))


@pytest.mark.parametrize(
    ("note", "unit"),
    [
        ("单位：万元", Unit(10_000)),
        ("单位:元", Unit(1)),
        ("单位 : 千元", Unit(1_000)),
        ("(单位：千元)", Unit(1_000)),
        ("（金额单位：人民币万元）", Unit(10_000, "CNY")),
        ("货币单位：美元", Unit(1, "USD")),
        ("单位：万元 币种：人民币", Unit(10_000, "CNY")),
        ("单位：人民币元", Unit(1, "CNY")),
        ("编制单位：东方贸易有限公司  单位：万元", Unit(10_000)),
        ("单位：万元、吨", Unit(10_000)),
        ("币种：人民币", Unit(1, "CNY")),
        ("Unit: RMB 10,000", Unit(10_000, "CNY")),
        ("Unit: K USD", Unit(1_000, "USD")),
        ("Amounts in thousands", Unit(1_000)),
        ("All amounts are in thousands of EUR", Unit(1_000, "EUR")),
        ("(in thousands, except per share data)", Unit(1_000)),
        ("in USD thousands", Unit(1_000, "USD")),
        ("in millions", Unit(1_000_000)),
        ("Currency: USD", Unit(1, "USD")),
        ("（万元）", Unit(10_000)),
        ("RMB'000", Unit(1_000, "CNY")),
        ("USD in millions", Unit(1_000_000, "USD")),
        ("(Amounts in thousands of U.S. dollars)", Unit(1_000)),
        ("单位：人民币 万元", Unit(10_000, "CNY")),
    ],
)
def test_a_note_states_the_unit_of_all_money(note, unit):
    assert unit_note(["2025年合作伙伴订单", note, "部门：华东"]) == unit


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["单位：件"],
        ["编制单位：万元商贸"],
        ["计量单位：吨"],
        ["Unit: pcs"],
        ["Sales in Europe"],
        ["1,000"],
        ["k"],
        ["USD", "RMB"],
        ["客户销售额一览"],
        ["in"],
    ],
)
def test_other_texts_state_no_unit_of_money(texts):
    assert unit_note(texts) is None


def test_the_currency_may_stand_in_a_note_of_its_own():
    assert unit_note(["单位：万元", "币种：美元"]) == Unit(10_000, "USD")


def test_the_same_note_twice_is_one():
    assert unit_note(["单位：万元", "单位:万元"]) == Unit(10_000)


@pytest.mark.parametrize(
    "texts",
    [["单位：万元", "单位：元"], ["Currency: USD", "Currency: EUR"], ["单位：元 单位：千元"]],
)
def test_notes_that_contradict_each_other_are_refused(texts):
    with pytest.raises(UnclearLayout, match="UNIT_NOTES_DIFFER"):
        unit_note(texts)


def test_a_text_that_is_more_than_a_unit_is_none():
    assert unit_of("万元以上") is None
    assert unit_of("") is None
