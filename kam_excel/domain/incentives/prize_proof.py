"""What the winners of a contest are given, added up once more against what its places offer."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from kam_excel.domain.incentives.contest_terms import Contest, Prize
from kam_excel.errors import PluginError, problem


def verify_prizes(contest: Contest, won: pd.DataFrame) -> None:
    """Add up money and goods. Raises PluginError (PRIZE_PROOF_FAILED) where a sum differs.

    won: as `contest_prizes.award` gives it. With n entrants the places 1 to n are taken, however
    they are tied: what is given is what these places offer, or nothing beyond the budget.
    """
    entrants = int(won["place"].notna().sum())
    prizes = [] if contest.over_budget else contest.prizes
    taken = [prize for prize in prizes if prize.place <= entrants]
    for name, offered in _offered(taken).items():
        given = sum((Fraction(each) for each in won[name].dropna()), Fraction(0))
        if given != offered:
            raise PluginError(
                problem(
                    "PRIZE_PROOF_FAILED",
                    contest=contest.contest_id,
                    first=str(float(given)),
                    second=str(float(offered)),
                )
            )


def _offered(prizes: list[Prize]) -> dict[str, Fraction]:
    return {
        "prize_amount": sum((Fraction(each.money) for each in prizes), Fraction(0)),
        "prize_qty": sum((Fraction(each.goods) for each in prizes), Fraction(0)),
    }
