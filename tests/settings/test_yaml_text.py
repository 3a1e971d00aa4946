from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.settings.yaml_loader import load
from kam_excel.settings.yaml_text import excerpt, yaml_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (Decimal("0.20"), "0.2"),
        (Decimal("20"), "20"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.00"), "0"),
        (Fraction(1, 5), "0.2"),
        (Fraction(-7, 40), "-0.175"),
        (Fraction(3), "3"),
        (Fraction(1, 3), '"1/3"'),
        (date(2026, 1, 5), '"2026-01-05"'),
        ("退货", "退货"),
        ("C", "C"),
        ("NO", '"NO"'),
        ("010", '"010"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("line\u2028end", '"line\\U00002028end"'),
        (("退货", "C"), "[退货, C]"),
        ({"高": Fraction(1, 2), "低": Decimal("0.05")}, "{高: 0.5, 低: 0.05}"),
    ],
)
def test_values_as_yaml(value, text):
    assert yaml_text(value) == text


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**29), 10**29)
        | st.decimals(-(10**9), 10**9, places=4)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner),
        max_leaves=8,
    )
)
def test_the_loader_reads_the_same_value_back(value):
    assert load(f"value: {yaml_text(value)}\n", "f").data == {"value": value}


@given(st.text())
def test_other_readers_see_the_same_text(text):
    assert yaml.safe_load(yaml_text(text)) == text


def test_a_value_without_an_exact_text_is_refused():
    with pytest.raises(TypeError, match="no YAML for float"):
        yaml_text(0.1)


def test_an_excerpt_is_short():
    assert excerpt("x" * 40) == "x" * 40
    assert excerpt("x" * 41) == "x" * 39 + "…"
