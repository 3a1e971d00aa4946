"""The memory between runs: previous is the latest entry with an earlier as_of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from kam_excel import Boolean, Key, Money, Table, column
from kam_excel.domain.exact import exact
from kam_excel.workbook.history import previous, read_history, remember


class Scores(Table, zh="分", en="Scores", key=("customer_id",), remembered=("score", "is_key")):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    score: Money = column(zh="分", en="Score")
    is_key: Boolean = column(zh="是否", en="Is key")


def scores(*rows) -> pd.DataFrame:
    ids, amounts, flags = zip(*rows, strict=True)
    return Scores.frame(
        pd.DataFrame({"customer_id": ids, "score": exact(amounts), "is_key": flags})
    )


class NoSheets:
    """A book without any sheet."""

    sheets = ()


def history(*entries) -> pd.DataFrame:
    found = read_history(NoSheets())
    for day, frame in entries:
        found = remember(found, day, [("s", Scores, frame)])
    return found


JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)


def test_the_latest_earlier_run_comes_back_exactly():
    kept = history((JUNE, scores(("A", Decimal("0.10"), True), ("B", 7, False))))
    back = previous(kept, Scores, JULY)
    assert list(back["customer_id"]) == ["A", "B"]
    assert list(back["score"]) == [Decimal("0.10"), Decimal(7)]
    assert list(back["is_key"]) == [True, False]


def test_a_run_of_the_same_day_is_no_previous_one():
    assert previous(history((JUNE, scores(("A", 1, True)))), Scores, JUNE).empty


def test_running_a_day_again_replaces_its_entry_and_keeps_the_others():
    kept = history(
        (JUNE, scores(("A", 1, True))),
        (JULY, scores(("A", 2, True), ("B", 3, True))),
        (JULY, scores(("A", 4, True))),
    )
    assert len(kept) == 2
    assert list(previous(kept, Scores, date(2026, 8, 31))["score"]) == [Decimal(4)]
    assert list(previous(kept, Scores, JULY)["score"]) == [Decimal(1)]
