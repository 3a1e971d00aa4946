"""Who is a key account in the end: rule, then strategy, then hysteresis, then people."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.membership import Circumstances, decide
from kam_excel.domain.ranking import SelectionRule, rank_accounts, select

# Two of ten: the cut-off is B's 250, and 90 % of it 225.
NETS = {"A": 400, "B": 250, "C": 230, "D": 220, "E": 60, "F": 40, "G": 30, "H": 20, "I": 10, "J": 5}


def decided(*, before=None, eligible=(), strategic=(), **adjustments):
    nets = pd.Series(exact(list(NETS.values())).array, list(NETS))
    ranking = rank_accounts(nets)
    chosen = select(ranking, SelectionRule())
    able = pd.Series(True, ranking.index)
    able[list(eligible)] = False
    given = Circumstances(
        able,
        strategic,
        before,
        Decimal("0.10"),
        pd.Series(adjustments, dtype="str"),
    )
    return decide(ranking, chosen, given)


def key_accounts(found: pd.DataFrame) -> dict[str, str]:
    return dict(found.loc[found["is_key_account"], "selection_method"])


def test_the_rule_alone_without_a_previous_list():
    found = decided()
    assert key_accounts(found) == {"A": "top_percent", "B": "top_percent"}
    assert found["was_key_account"].isna().all()
    assert found["change"].isna().all()


def test_who_was_key_stays_down_to_nine_tenths_of_the_cut_off():
    found = decided(before=["A", "C", "D"])
    assert key_accounts(found) == {"A": "top_percent", "B": "top_percent", "C": "hysteresis"}
    assert dict(found["change"].dropna()) == {
        "A": "kept",
        "B": "new",
        "C": "buffered",
        "D": "dropped",
    }


def test_people_win_over_the_rule_and_over_hysteresis():
    found = decided(before=["A", "C"], A="remove", C="remove", J="add")
    assert key_accounts(found) == {"B": "top_percent", "J": "manual"}
    assert dict(found["change"].dropna()) == {
        "A": "dropped",
        "B": "new",
        "C": "dropped",
        "J": "new",
    }
    assert dict(found["reason_code"].dropna()) == {"A": "REMOVED_BY_HAND", "C": "REMOVED_BY_HAND"}


def test_an_unknown_account_is_not_key_until_people_add_it_and_its_place_stays_empty():
    assert key_accounts(decided(eligible=["A"])) == {"B": "top_percent"}
    assert decided(eligible=["A"]).loc["A", "reason_code"] == "UNKNOWN_ACCOUNT"
    assert key_accounts(decided(eligible=["A"], A="add"))["A"] == "manual"


def test_strategic_accounts_are_key_whatever_they_buy():
    assert key_accounts(decided(strategic=["J", "A"])) == {
        "A": "top_percent",
        "B": "top_percent",
        "J": "strategic",
    }
