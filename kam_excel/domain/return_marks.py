"""Returns among the lines of sales: how they are recognised, and their signs put right."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from functools import reduce

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.netting_rules import NettingRules


def marked_as_return(
    lines: pd.DataFrame, rules: NettingRules, log: IssueLog
) -> dict[str, pd.Series]:
    """Which lines are returns by doc_type, and by doc_no (bool Series by column).

    lines: columns doc_no, doc_type, amount. A prefix that most positive amounts bear is no mark:
    then it is how the company numbers its sales.
    """
    by_type = _names_return(lines["doc_type"], rules)
    numbers = lines["doc_no"].str.upper()
    positive = holds(lines["amount"] > 0) & ~by_type & numbers.notna()
    marked = pd.Series(False, lines.index)
    for prefix in rules.return_prefixes:
        by_number = _numbered_with(numbers, prefix.upper())
        if 2 * (positive & by_number).sum() > positive.sum():
            log.add_one("RETURN_PREFIX_IGNORED", "sales", "ROW_KEPT", column="doc_no", value=prefix)
        else:
            marked = marked | by_number
    return {"doc_type": by_type, "doc_no": marked}


def _names_return(types: pd.Series, rules: NettingRules) -> pd.Series:
    """Whose type is that of a return, or has a Chinese word for one in it: 退货入库.

    In English a word is not enough: a credit sale is a sale.
    """
    words = [word for word in rules.return_types if not word.isascii()]
    named = [
        each
        for each in types.dropna().unique()
        if each.lower() in rules.return_types or any(word in each for word in words)
    ]
    return types.isin(named)


def _numbered_with(numbers: pd.Series, prefix: str) -> pd.Series:
    """Whose number is the prefix and then a digit (bool Series)."""
    next_one = numbers.str.slice(len(prefix), len(prefix) + 1)
    return numbers.str.startswith(prefix, na=False) & next_one.str.isdigit().fillna(False)


def with_signs(lines: pd.DataFrame, marks: Mapping[str, pd.Series], log: IssueLog) -> pd.DataFrame:
    """The lines with is_return, and with the amounts and quantities of returns negative.

    A negative amount or quantity makes a return too. A positive amount is negated once, with its
    profit; a positive quantity is negated where the line is marked as a return. Costs have the
    sign of their amount.
    """
    signs = {name: holds(lines[name] < 0) for name in ("qty", "amount")}
    marked = reduce(operator.or_, marks.values())
    is_return = reduce(operator.or_, signs.values(), marked)
    wrong = is_return & holds(lines["amount"] > 0)
    log.add(
        "RETURN_SIGN_FIXED",
        "sales",
        lines.index[wrong],
        "SIGN_TURNED",
        column="amount",
        values=lines["amount"],
        amounts=lines["amount"],
    )
    amount = _negated(lines["amount"], wrong)
    for column, where in {**marks, **signs}.items():
        if where.any():
            found = int(where.sum()), amount[where].sum()
            log.add_one("RETURNS_FOUND", "sales", "TAKEN_OFF", pd.NA, column, *found)
    return lines.assign(
        is_return=is_return,
        amount=amount,
        profit=_negated(lines["profit"], wrong),
        qty=_negated(lines["qty"], (wrong | marked) & holds(lines["qty"] > 0)),
        cost=_negated(lines["cost"], holds(amount < 0) & holds(lines["cost"] > 0)),
    )


def beside_amounts(lines: pd.DataFrame, other: str) -> pd.DataFrame:
    """The lines of `with_signs`, the amounts of the column `other` (of the other tax basis) and the
    discounts of returns negative like their amounts.

    Where the other amount of a sale is below 0 and its own is not, neither is to be believed: it
    is missing.
    """
    contradicts = ~lines["is_return"] & holds(lines[other] < 0) & holds(lines["amount"] > 0)
    signed = {
        name: _negated(lines[name], lines["is_return"] & holds(lines[name] > 0))
        for name in (other, "discount")
    }
    return lines.assign(**signed | {other: signed[other].mask(contradicts)})


def _negated(values: pd.Series, where: pd.Series) -> pd.Series:
    return values.mask(where, -values)
