from __future__ import annotations

import pytest

from kam_excel.domain.currencies import MINOR_UNITS, SIGNS, currencies_of


@pytest.mark.parametrize(
    ("code", "places"),
    [("CNY", 2), ("USD", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("CLF", 4)],
)
def test_a_currency_has_the_decimals_of_iso_4217(code, places):
    assert MINOR_UNITS[code] == places


def test_every_sign_stands_for_currencies_that_there_are():
    assert all(named and named <= set(MINOR_UNITS) for named in SIGNS.values())
    assert currencies_of("EUR") == {"EUR"}
    assert currencies_of("XYZ") == frozenset()


def test_signs_are_compared_in_upper_case():
    assert [sign for sign in SIGNS if sign != sign.upper()] == []
