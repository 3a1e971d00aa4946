from datetime import datetime
from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.domain.exact import exact
from kam_excel.domain.issues import IssueLog, as_text, in_words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (pd.NaT, ""),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (1001.0, "1001"),
        (1e20, "100000000000000000000"),
        (Decimal("1E+3"), "1000"),
        (Decimal("10.50"), "10.5"),
        (datetime(2026, 1, 5), "2026-01-05"),
        (pd.Timestamp("2026-01-05 12:30"), "2026-01-05 12:30:00"),
        (True, "True"),
        ("=1+1", "=1+1"),
        ("x" * 120, "x" * 120),
        ("x" * 32_767, "x" * 119 + "…"),
    ],
)
def test_a_value_is_told_as_its_cell_shows_it(value, text):
    assert as_text(value) == text


def test_what_a_value_was_read_as_stands_in_the_handling():
    log = IssueLog()
    log.add(
        "AMOUNT_MISSING",
        "sales",
        pd.Index([2, 3]),
        "READ_AS",
        column="amount",
        values=pd.Series(["1,234.50", "{taken}"], [2, 3]),
        amounts=exact([Decimal("1234.5"), 7]).set_axis([2, 3]),
        taken=exact([Decimal("1234.5"), 7]).set_axis([2, 3]),
    )
    told = in_words(log.frame(), "en")
    assert told["handling"].tolist() == ["Read as 1234.5", "Read as 7"]
    assert told["original_value"].tolist() == ["1,234.50", "{taken}"]
    assert "taken" not in told
