from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kam_excel.contract.policies import ReadingPolicy, RunPolicy, SalesPolicy
from kam_excel.contract.policy import (
    Count,
    Currency,
    Day,
    Factor,
    Group,
    Money,
    Policy,
    Rate,
    Share,
    setting,
    settings_of,
)


class Department(Group, zh="大客户部", en="Key account department"):
    threshold: Count = setting(20, zh="设立门槛", en="Threshold", unit="accounts")
    inclusive: bool = setting(True, zh="含门槛", en="Inclusive")


class ShopPolicy(Policy, section="shop", zh="门店", en="Shop"):
    share: Share = setting("0.20", zh="占比", en="Share")
    budget: Money | None = setting(None, zh="预算", en="Budget", unit="CNY")
    factor: Factor = setting("2.0", zh="倍数", en="Factor")
    alert: Rate = setting("-0.2", zh="降幅", en="Fall", at_most=0)
    method: Literal["sum", "mean"] = setting("sum", zh="方式", en="Method")
    opened: Day | None = setting(None, zh="开业", en="Opened")
    currency: Currency = setting("CNY", zh="币种", en="Currency")
    weights: dict[str, Share] = setting({"高": "0.5"}, zh="权重", en="Weights")
    department: Department = Department()


def shop(**values: Any) -> ShopPolicy:
    return ShopPolicy.model_validate(values)


@pytest.mark.parametrize(
    ("given_value", "exact"),
    [
        (Decimal("0.1"), Fraction(1, 10)),
        ("0.1", Fraction(1, 10)),
        ("1/3", Fraction(1, 3)),
        (Fraction(2, 7), Fraction(2, 7)),
        (1, Fraction(1)),
        (0, Fraction(0)),
    ],
)
def test_a_share_is_exact(given_value, exact):
    assert shop(share=given_value).share == exact
    assert type(shop(share=given_value).share) is Fraction


@pytest.mark.parametrize("bad", ["80%", "1/0", "4/-5", " 0.1", "1e-1", "０.１", 0.1, True, None])
def test_what_is_no_exact_share_is_refused(bad):
    with pytest.raises(ValidationError, match="share of 1"):
        shop(share=bad)


@pytest.mark.parametrize("bad", [Decimal("1.01"), "-1/3", 2])
def test_a_share_lies_between_0_and_1(bad):
    with pytest.raises(ValidationError, match="than or equal to"):
        shop(share=bad)


@given(st.integers(1, 5000), st.integers(0, 100))
def test_a_count_from_a_share_has_no_rounding_noise(accounts, percent):
    share = shop(share=Decimal(percent).scaleb(-2)).share
    assert math.ceil(share * accounts) == -(-percent * accounts // 100)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_money_keeps_every_digit(amount):
    budget = shop(budget=amount).budget
    assert budget is not None
    assert budget.as_tuple() == amount.as_tuple()


@pytest.mark.parametrize("bad", [0.1, Decimal("NaN"), Decimal("Infinity"), True, "1,000", "1/3"])
def test_money_refuses_what_is_not_exact(bad):
    with pytest.raises(ValidationError, match="exact number"):
        shop(budget=bad)


def test_a_default_is_as_exact_as_a_value():
    assert shop().share == Fraction(1, 5)
    assert shop().factor == Decimal("2.0")
    assert shop().weights == {"高": Fraction(1, 2)}


def test_the_bounds_of_a_setting_hold():
    assert shop(alert="-1/3").alert == Fraction(-1, 3)
    with pytest.raises(ValidationError, match="less than or equal to 0"):
        shop(alert="0.1")
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        shop(factor=-1)
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        shop(department={"threshold": -1})


def test_a_day_is_a_real_day_written_in_full():
    assert shop(opened="2026-01-05").opened == date(2026, 1, 5)
    assert shop(opened=date(2026, 1, 5)).opened == date(2026, 1, 5)
    for bad in ("2026-02-30", "2026-1-5", "20260105", datetime(2026, 1, 5), 20260105):
        with pytest.raises(ValidationError, match="date like"):
            shop(opened=bad)


@pytest.mark.parametrize("bad", ["cny", "RMB¥", "", 156])
def test_a_currency_is_an_iso_code(bad):
    with pytest.raises(ValidationError, match="currency code"):
        shop(currency=bad)


def test_a_policy_is_strict_closed_and_frozen():
    for bad in ({"method": "median"}, {"department": {"threshold": "20"}}, {"shrae": 1}):
        with pytest.raises(ValidationError):
            shop(**bad)
    with pytest.raises(ValidationError, match="frozen"):
        shop().share = Fraction(1)


def test_leaf_settings_are_listed_with_dotted_paths_in_order():
    leaves = {leaf.path: leaf for leaf in settings_of(ShopPolicy)}
    assert list(leaves)[-3:] == ["weights", "department.threshold", "department.inclusive"]
    threshold = leaves["department.threshold"]
    assert (threshold.default, threshold.zh, threshold.en) == (20, "设立门槛", "Threshold")
    assert threshold.unit == "accounts"
    assert threshold.label.zh == "大客户部：设立门槛"
    assert threshold.label.en == "Key account department: Threshold"
    assert leaves["share"].label.en == "Share"
    assert get_args(threshold.annotation)[0] is int
    assert leaves["method"].choices == ("sum", "mean")
    assert leaves["share"].choices == ()
    assert leaves["share"].default == Fraction(1, 5)


def test_a_policy_knows_its_section_and_label():
    assert ShopPolicy.section == "shop"
    assert (ShopPolicy.label.zh, ShopPolicy.label.en) == ("门店", "Shop")
    assert (Department.label.zh, Department.label.en) == ("大客户部", "Key account department")


def test_a_setting_without_a_default_is_refused():
    with pytest.raises(TypeError, match=r"Broken\.rate needs a default"):

        class Broken(Policy, section="broken", zh="坏", en="Broken"):
            rate: Share


def test_a_setting_without_labels_is_refused():
    with pytest.raises(TypeError, match=r"Broken\.days needs its labels"):

        class Broken(Policy, section="broken", zh="坏", en="Broken"):
            days: Count = 3


def test_a_list_is_refused_in_a_frozen_policy():
    with pytest.raises(TypeError, match="declare tuple"):

        class Broken(Policy, section="broken", zh="坏", en="Broken"):
            names: list[str] = setting([], zh="名称", en="Names")


def test_a_default_outside_its_own_bounds_is_refused():
    with pytest.raises(TypeError, match="a default of Broken breaks its own rule"):

        class Broken(Policy, section="broken", zh="坏", en="Broken"):
            share: Share = setting("1.5", zh="占比", en="Share")


def test_reserved_names_are_refused():
    with pytest.raises(TypeError, match="section plugins is reserved"):

        class Plugins(Policy, section="plugins", zh="插件", en="Plugins"):
            pass

    with pytest.raises(TypeError, match="name locked is reserved"):

        class Locked(Policy, section="broken", zh="坏", en="Broken"):
            locked: bool = setting(False, zh="锁定", en="Locked")


def test_defaults_that_hold_for_every_strategy():
    run = RunPolicy()
    assert (run.language, run.as_of, run.base_currency) == ("auto", None, "CNY")
    assert (run.tax_basis, run.tie_policy) == ("net", "include")
    assert run.include_partial_month is False
    sales = SalesPolicy()
    assert sales.returns.types == ("退货", "红字", "冲销", "return", "credit")
    assert sales.returns.invoice_prefixes == ("C",)
    assert (sales.returns.match, sales.rollup) == ("unique", "parent")
    assert not sales.single_currency_only
    assert not sales.unknown_accounts_eligible


def test_by_default_cells_are_read_only_where_they_have_one_meaning():
    reading = ReadingPolicy()
    assert reading.date_order == "none"
    assert (reading.parentheses, reading.trailing_minus) == ("refuse", "refuse")
    assert (reading.dash, reading.merged_keys) == ("refuse", "refuse")
    assert not reading.decimal_comma
    assert not reading.chinese_units
