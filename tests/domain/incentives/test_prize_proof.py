"""What is given in a contest, added up once more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.contest_prizes import award
from kam_excel.domain.incentives.contest_terms import Contest, Prize
from kam_excel.domain.incentives.contests import places
from kam_excel.domain.incentives.prize_proof import verify_prizes
from kam_excel.domain.periods import Window
from kam_excel.errors import PluginError

D = Decimal
QUARTER = Window(date(2026, 7, 1), date(2026, 9, 30))
PRIZES = (
    Prize(1, money=D(100)),
    Prize(2, money=D("50.01")),
    Prize(3, goods=D(2), goods_value=D(10)),
    Prize(4, money=D(5)),
)


def won(contest: Contest, *measures: int) -> pd.DataFrame:
    measured = pd.Series(exact([D(each) for each in measures]).array, list("ABCD")[: len(measures)])
    return award(contest, places(measured), places(measured, measured), measured)


@pytest.mark.parametrize("measures", [(9, 8, 7), (9, 9, 7), (9, 8, 8), (9,), (5, 5, 5, 5), ()])
@pytest.mark.parametrize("budget", [None, 1])
def test_what_is_given_is_what_the_taken_places_offer(measures, budget):
    contest = Contest("C1", QUARTER, PRIZES, "CNY", budget=None if budget is None else D(budget))
    verify_prizes(contest, won(contest, *measures))


@pytest.mark.parametrize("column", ["prize_amount", "prize_qty"])
def test_one_more_or_less_is_found(column):
    contest = Contest("C1", QUARTER, PRIZES, "CNY")
    found = won(contest, 9, 8, 7)
    wrong = found.assign(**{column: found[column] + exact([D(1)] * 3).array})
    with pytest.raises(PluginError) as caught:
        verify_prizes(contest, wrong)
    assert caught.value.problems[0].code.name == "PRIZE_PROOF_FAILED"
