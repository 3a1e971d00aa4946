"""How far the requirements of accounts are met, and by how much they are missed.

What an account asks for is a number with a bound, or words (`requirements_text`). Where no
comparator says which way is better, the item does (`requirements_rules`). What it got was
entered, or is computed from deliveries and sales (`requirements_actuals`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from kam_excel.domain.accounts import with_unassigned
from kam_excel.domain.columns import holds, text_column
from kam_excel.domain.periods import Window
from kam_excel.domain.requirements_actuals import computed_actuals
from kam_excel.domain.requirements_rules import ITEMS, usual_unit
from kam_excel.domain.requirements_text import Unclear, read_quantity
from kam_excel.domain.requirements_units import Unit, unit_of
from kam_excel.domain.requirements_verdicts import Stated, Verdict, judge
from kam_excel.domain.texts import folded

REASONS = {
    "NO_EXPECTED": ("未填写期望", "It does not say what is expected"),
    "NO_ACTUAL": (
        "没有填写实际，也无法由交货或销售算出",
        "No actual value, and deliveries and sales give none",
    ),
    "EXPECTED_UNREADABLE": (
        "期望不是数字，请在“实际”栏填写是否满足",
        "The expectation is no number: enter in Actual whether it is met",
    ),
    "ACTUAL_UNREADABLE": (
        "实际既不是数字，也看不出是否满足",
        "The actual value is no number and does not say whether it is met",
    ),
    "WORDS_UNCLEAR": (
        "由文字看不出是否满足，请填“是”或“否”",
        "The words do not say whether it is met: enter yes or no",
    ),
    "UNIT_UNCLEAR": (
        "单位与项目或数值不符，请写明单位",
        "The unit fits neither the item nor the value: state the unit",
    ),
    "PERCENT_UNCLEAR": (
        "单位为 % 而数值不大于 1，请写成 95% 这样的形式",
        "A number up to 1 in a unit of % can be read in two ways: write 95%",
    ),
    "DIRECTION_UNCLEAR": (
        "看不出越大越好还是越小越好，请写明 ≥ 或 ≤",
        "Is more better, or less? Write ≥ or ≤",
    ),
    "UNIT_ASSUMED": (
        "未写单位：时间按天，批量按件，批次按每月，价格按本位币每件",
        "No unit: taken as days, pieces, per month or base currency a piece",
    ),
    "ORDER_DATE_DOUBTFUL": (
        "部分交货早于其销售日期，未计入平均天数",
        "Deliveries before the date of their sale are not in the mean",
    ),
    "STATED_TWICE": (
        "同一天有不同的说法，只取其一，请核对",
        "Stated differently on one day; one of the rows counts: check",
    ),
    "ITEM_UNKNOWN": ("项目不在清单内，归入“其他”", "The item is unknown and counts as other"),
}
UNDATED = pd.Timestamp(1900, 1, 1)  # the day of a requirement without a date: before all others
# The columns of the result and their dtypes.
COLUMNS = {
    "customer_id": "str",
    "item": "str",
    "unit": "str",
    "expected": "str",
    "actual": "str",
    "value_basis": "str",
    "met": "boolean",
    "gap": "float64",
    "gap_rank": "Int64",
    "agreed": "boolean",
    "service_share_met": "float64",
    "reason_code": "str",
}


def requirement_fit(
    requirements: pd.DataFrame,
    deliveries: pd.DataFrame | None,
    lines: pd.DataFrame,
    window: Window,
    as_of: date,
    currency: str = "CNY",
) -> pd.DataFrame:
    """One row a requirement that holds at `as_of`, by customer_id, item (as in ITEMS) and unit.

    requirements, deliveries: tables of those names; lines: net sales in `currency`, with
    customer ids of the same level as the other two.

    Of what an account states several times about an item and unit the latest counts, of one day
    what was agreed; those that are `other` are told apart by their text. An `actual` that was
    entered wins over a computed one.

    Columns: customer_id, item, unit, expected, actual (text), value_basis (entered, deliveries,
    sales), met (boolean), gap (float, positive where short, in the unit; percentage points for
    %), gap_rank (Int64; 1 is the greatest gap in proportion to what is expected; a requirement in
    words is missed as a whole), agreed, service_share_met (float), reason_code (of REASONS).
    """
    base = _kind(unit_of(currency))
    stated = _holding(_read(requirements), as_of, base)
    ids = {each.customer_id for each in stated}
    actuals = computed_actuals(
        None if deliveries is None else deliveries[deliveries["customer_id"].isin(ids)],
        lines[lines["customer_id"].isin(ids)],
        window,
        as_of,
        base,
    )
    fit = _frame(sorted(((each, judge(each, actuals, base)) for each in stated), key=_order))
    return fit.assign(service_share_met=fit["customer_id"].map(share_met(fit))).astype(COLUMNS)


def share_met(fit: pd.DataFrame) -> pd.Series:
    """The share of its decided requirements that is met, by customer_id; NaN where none is."""
    decided = fit[fit["met"].notna()]
    shares = decided["met"].astype("float64").groupby(decided["customer_id"]).mean()
    accounts = pd.Index(sorted(fit["customer_id"].unique()), dtype="str", name="customer_id")
    return shares.reindex(accounts).rename("service_share_met")


def worst_gaps(fit: pd.DataFrame, n: int = 3) -> pd.DataFrame:
    """The rows of the `n` worst gaps of each account, worst first."""
    worst = fit[holds(fit["gap_rank"] <= n)]
    return worst.sort_values(["customer_id", "gap_rank"], kind="stable")


def _read(requirements: pd.DataFrame) -> Iterator[Stated]:
    undated = pd.Series(pd.NaT, requirements.index, dtype="datetime64[us]")
    unasked = pd.Series(pd.NA, requirements.index, dtype="boolean")
    columns = (
        with_unassigned(requirements["customer_id"]),
        *(text_column(requirements, name) for name in ("item", "expected", "unit", "actual")),
        requirements.get("date", undated).dt.normalize(),
        requirements.get("agreed", unasked),
    )
    for values in zip(*columns, strict=True):
        known = (None if pd.isna(value) else value for value in values)
        customer, item, expected, unit, actual, day, agreed = known
        is_known = item in ITEMS
        yield Stated(
            customer_id=str(customer),
            item=str(item) if is_known else "other",
            name="" if is_known else str(item or ""),
            expected=expected,
            unit=unit,
            actual=actual,
            day=UNDATED if day is None else day,
            agreed=None if agreed is None else bool(agreed),
            note="" if is_known else "ITEM_UNKNOWN",
        )


def _holding(rows: Iterable[Stated], as_of: date, base: str) -> list[Stated]:
    """The row of each requirement that holds at as_of."""
    groups: dict[tuple[str, str, str], list[Stated]] = {}
    for row in rows:
        if row.day <= pd.Timestamp(as_of):
            key = (row.customer_id, row.item, _subject(row, base))
            groups.setdefault(key, []).append(row)
    return [_latest(group) for group in groups.values()]


def _latest(rows: Sequence[Stated]) -> Stated:
    """The latest row, of one day an agreed one; where they differ even so it is noted."""
    latest = max(rows, key=lambda row: (*_standing(row), _content(row), row.agreed is False))
    rivals = {_content(row) for row in rows if _standing(row) == _standing(latest)}
    return replace(latest, note="STATED_TWICE") if len(rivals) > 1 else latest


def _standing(row: Stated) -> tuple[pd.Timestamp, bool]:
    return row.day, row.agreed is True


def _content(row: Stated) -> tuple[str, ...]:
    return tuple(text or "" for text in (row.expected, row.actual, row.unit))


def _subject(row: Stated, base: str) -> str:
    """What tells the requirements of one item apart: what their unit measures.

    Those that are `other` are told apart by their item's own name, else by their text.
    """
    if row.item == "other":
        return folded(row.name or row.expected or "")
    unit = unit_of(row.unit)
    try:
        quantity = read_quantity(row.expected or "", unit)
    except Unclear:
        quantity = None
    return _kind(quantity.unit if quantity else unit) or usual_unit(row.item, base)


def _kind(unit: Unit | None) -> str:
    return unit.kind if unit else ""


def _order(judged: tuple[Stated, Verdict]) -> tuple[Any, ...]:
    stated, verdict = judged
    position = ITEMS.index(stated.item)
    return stated.customer_id, position, verdict.unit or "", _content(stated), stated.name


def _frame(judged: Sequence[tuple[Stated, Verdict]]) -> pd.DataFrame:
    ranks = _gap_ranks(judged)
    rows = [
        {
            "customer_id": stated.customer_id,
            "item": stated.item,
            "unit": verdict.unit,
            "expected": stated.expected,
            "actual": verdict.actual,
            "value_basis": verdict.basis,
            "met": verdict.met,
            "gap": verdict.gap,
            "gap_rank": ranks.get(i),
            "agreed": stated.agreed,
            "reason_code": _code(stated, verdict),
        }
        for i, (stated, verdict) in enumerate(judged)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _gap_ranks(judged: Sequence[tuple[Stated, Verdict]]) -> dict[int, int]:
    """The rank of each missed requirement within its account, by position; 1 is the worst."""
    missed = [i for i, (_, verdict) in enumerate(judged) if verdict.met is False]
    missed.sort(key=lambda i: judged[i][1].shortfall, reverse=True)
    ranks: dict[int, int] = {}
    counts: Counter[str] = Counter()
    for i in missed:
        account = judged[i][0].customer_id
        counts[account] += 1
        ranks[i] = counts[account]
    return ranks


def _code(stated: Stated, verdict: Verdict) -> str | None:
    """Why it is undecided; where it is decided, what is doubtful about the row or the figures."""
    if verdict.met is None:
        return verdict.code
    return stated.note or verdict.code or None
