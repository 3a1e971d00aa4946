"""Targets of customers and salespeople, and what they come to for a window.

A target holds for the period that it is given for. A longer window has one where the periods of
targets tile it: a year by its quarters or months. For a part of a period nothing is made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import pandas as pd

from kam_excel.domain.columns import text_column
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.spans import read_periods, text_of
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import ONE_DAY, Window
from kam_excel.domain.rates import currency_codes, known_rates

TABLE = "targets"
SUBJECT = ["customer_id", "staff_id"]
By = Literal["customer_id", "staff_id"]


@dataclass(frozen=True, slots=True)
class Part:
    """A period with its target."""

    window: Window
    target: Decimal


class _Way(NamedTuple):
    """How far from the start of a window its parts reach: how many they are, and their sum."""

    parts: int
    target: Decimal | None


def read_targets(
    targets: pd.DataFrame,
    rates: pd.DataFrame,
    base: str,
    log: IssueLog,
    heads: pd.Series | None = None,
) -> pd.DataFrame:
    """The targets that can be used: index row; customer_id, staff_id, window, target.

    targets: customer_id or staff_id, period (text), target (exact); optional currency
    rates: as `usable_rates` gives them; a target in another currency than `base` is converted at
        the start of its period, and left out without a rate
    heads: the head of the group of each customer_id; targets of companies of a group add up
    The result: window (Window objects), target (exact, `base`). What cannot be read, is given
    twice, contradicts or overlaps another period of the same customer and salesperson is logged.
    """
    ids = {name: text_column(targets, name) for name in SUBJECT}
    windows = read_periods(targets, TABLE, log)
    nobody = ids["customer_id"].isna() & ids["staff_id"].isna()
    lacking = targets["target"].isna() | nobody
    log.add("TARGET_MISSING", TABLE, targets.index[lacking], "ROW_EXCLUDED", column="target")
    codes = currency_codes(targets, base)
    starts = windows.map(lambda window: window.start, na_action="ignore")
    fx = known_rates(codes, pd.to_datetime(starts), rates, base)
    unrated = fx.isna() & windows.notna() & ~lacking
    log.add(
        "FX_MISSING",
        TABLE,
        targets.index[unrated],
        "ROW_EXCLUDED",
        column="currency",
        values=codes,
        amounts=targets["target"],
    )
    read = pd.DataFrame({**ids, "window": windows, "target": targets["target"] * fx})
    read = _once(read[windows.notna() & ~lacking & ~unrated], log)
    _report_overlaps(read, log)
    _report_differences(read, log)
    return read if heads is None else read.assign(customer_id=heads.reindex(read.index))


def target_of(targets: pd.DataFrame, window: Window, by: By = "customer_id") -> pd.Series:
    """The target for `window` of each customer (or salesperson) that has any: exact, by id.

    targets: as `read_targets` gives them. The fewest periods that tile the window count; missing
    where none do. A row that names both a customer and a salesperson counts for either, for one
    that has no rows of its own (without the other) the sum over them.
    """
    other = SUBJECT[by == "customer_id"]
    whole = targets[targets[by].notna()]
    inside = [window.start <= each.start and each.end <= window.end for each in whole["window"]]
    named = whole[pd.Series(inside, whole.index, dtype=bool)]
    alone = named[other].isna()
    with_own = named[by].isin(named[by][alone])
    parts = _parts(named[alone | ~with_own], by)
    found = {each: tiled(parts.get(each, ()), window) for each in sorted(whole[by].unique())}
    values: list[Any] = list(found.values())
    index = pd.Index(list(found), dtype="str", name=by)
    return pd.Series(exact(values).array, index=index, name="target")


def tiled(parts: Iterable[Part], window: Window) -> Decimal | None:
    """The sum of the fewest `parts` that follow each other from the first day of `window` to its
    last; None where there are none, or where as few come to another sum.
    """
    reached = {window.start: _Way(0, Decimal(0))}
    for part in sorted(parts, key=lambda each: each.window.start):
        before = reached.get(part.window.start)
        if before is None or part.window.end > window.end:
            continue
        sum_ = None if before.target is None else before.target + part.target
        _keep(reached, part.window.end + ONE_DAY, _Way(before.parts + 1, sum_))
    whole = reached.get(window.end + ONE_DAY)
    return whole.target if whole else None


def _keep(reached: dict[date, _Way], day: date, way: _Way) -> None:
    """Remember the shorter way to a day; equally short ones have to agree."""
    known = reached.get(day)
    if known is None or way.parts < known.parts:
        reached[day] = way
    elif way.parts == known.parts and way.target != known.target:
        reached[day] = _Way(way.parts, None)


def _parts(targets: pd.DataFrame, by: By) -> dict[str, list[Part]]:
    """The parts of each subject; several rows for one period add up."""
    sums: dict[tuple[str, Window], Decimal] = defaultdict(Decimal)
    for subject, window, target in zip(
        targets[by], targets["window"], targets["target"], strict=True
    ):
        sums[subject, window] += target
    parts = defaultdict(list)
    for (subject, window), target in sums.items():
        parts[subject].append(Part(window, target))
    return parts


def _once(read: pd.DataFrame, log: IssueLog) -> pd.DataFrame:
    """The rows, one for each period of a subject; none where they contradict each other."""
    key = [*SUBJECT, "window"]
    again = read.duplicated(key)
    same = read.duplicated([*key, "target"])
    torn = _rows_like(read, read[again & ~same], key)
    told = _told(read)
    for code, where, handling in (
        ("TARGET_REPEATED", same & ~torn, "ROW_EXCLUDED"),
        ("TARGETS_CONTRADICT", torn, "NO_TARGET_TAKEN"),
    ):
        rows, values = read.index[where], read["target"]
        log.add(code, TABLE, rows, handling, column="target", values=values, taken=told)
    return read[~(same | torn)]


def _rows_like(read: pd.DataFrame, some: pd.DataFrame, key: list[str]) -> pd.Series:
    """Which rows have a key that `some` have (bool Series)."""
    keys = set(some[key].fillna("").itertuples(index=False, name=None))
    own = read[key].fillna("").itertuples(index=False, name=None)
    return pd.Series([each in keys for each in own], read.index, dtype=bool)


def _told(read: pd.DataFrame) -> pd.Series:
    """Which customer each row is about, and when; salespeople stay unnamed outside their sheet."""
    told = read["customer_id"].fillna("") + " " + read["window"].map(text_of).astype("str")
    return told.str.strip()


def _subjects(read: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of each subject, by the start of their periods, the longer first."""
    if read.empty:
        return
    starts, ends = zip(*((each.start, each.end) for each in read["window"]), strict=True)
    ordered = read.assign(start=starts, end=ends).sort_values(
        ["start", "end"], ascending=[True, False], kind="stable"
    )
    for _, rows in ordered.groupby(SUBJECT, dropna=False, sort=False):
        if len(rows) > 1:
            yield rows


def _report_overlaps(read: pd.DataFrame, log: IssueLog) -> None:
    """Log the periods that begin within an earlier one of their subject and end after it."""
    crossing: dict[Any, Window] = {}
    for rows in _subjects(read):
        open_: list[Window] = []
        for row, window in rows["window"].items():
            open_ = [each for each in open_ if each.end >= window.start]
            crossed = [each for each in open_ if each.end < window.end]
            if crossed:
                crossing[row] = crossed[0]
            open_.append(window)
    rows = pd.Index(list(crossing))
    said = read["window"].map(text_of)
    taken = pd.Series({row: text_of(window) for row, window in crossing.items()}, dtype=object)
    log.add(
        "TARGETS_OVERLAP", TABLE, rows, "STATED_COUNTS", column="period", values=said, taken=taken
    )


def _report_differences(read: pd.DataFrame, log: IssueLog) -> None:
    """Log the targets that are not the sum of those of shorter periods that tile theirs."""
    sums: dict[Any, Decimal] = {}
    for rows in _subjects(read):
        parts = [Part(*each) for each in zip(rows["window"], rows["target"], strict=True)]
        for row, whole in zip(rows.index, parts, strict=True):
            finer = tiled((part for part in parts if part.window != whole.window), whole.window)
            if finer is not None and finer != whole.target:
                sums[row] = finer
    rows = pd.Index(list(sums))
    said = read["window"].map(text_of)
    log.add(
        "TARGETS_DIFFER",
        TABLE,
        rows,
        "STATED_COUNTS",
        column="target",
        values=said,
        amounts=read["target"],
        taken=pd.Series(sums, dtype=object),
    )
