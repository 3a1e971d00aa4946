"""Whether both computations of the rebates agree; where they do not, nothing is to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from kam_excel.domain.incentives import proof
from kam_excel.domain.incentives.rebates import Deal, calculated, competing
from kam_excel.domain.incentives.settlement import CENT, Stacking

Row = Mapping[str, Any]
RECKONED = ("policy_id", "customer_id", "earned", "rebate_offered")
RANKED = ("policy_id", "customer_id", "rebate_offered", "priority", "is_held")


def verified(
    deals: Sequence[Deal], rule: Stacking = "by_priority", rounding: Decimal = CENT
) -> pd.DataFrame:
    """`rebates.calculated`, believed where the second computation gives the same. Raises
    PluginError as `verify` does.
    """
    found = calculated(deals, rule, rounding)
    verify(deals, found, rule, rounding)
    return found


def verify(
    deals: Sequence[Deal],
    found: pd.DataFrame,
    rule: Stacking = "by_priority",
    rounding: Decimal = CENT,
) -> None:
    """Compute every row of `found` again, another way.

    found: as `rebates.calculated` gives it for these deals and arguments. Raises PluginError
    (REBATE_PROOF_FAILED) where what is earned, offered or held is not the same.
    """
    by_policy = {deal.terms.policy_id: deal for deal in deals}
    for policy_id, rows in found.groupby("policy_id", sort=True):
        _verify_policy(by_policy[str(policy_id)], rows, rounding)
    if rule != "all":
        pairs = competing([deal.terms for deal in deals])
        own_way = found[found["stackable"] | ~(found["rebate_offered"] > 0)]
        _verify_held(own_way, expected=True)
        by_account: dict[str, list[Row]] = {}
        for row in _rows(found.drop(own_way.index), RANKED):
            by_account.setdefault(row["customer_id"], []).append(row)
        for _, records in sorted(by_account.items()):
            _verify_rivals(records, pairs, rule)


def verify_accruals(owed: pd.DataFrame, constraint: Fraction, places: Mapping[str, int]) -> None:
    """Compute every accrual again, in fractions: R / V̂ · V · constraint.

    owed: as `accrual.accruals` gives it; places: decimals by policy. Raises PluginError
    (REBATE_PROOF_FAILED) where one is not the same.
    """
    names = ("policy_id", "customer_id", "ytd_basis", "expected_basis", "whole_rebate", "accrual")
    for row in _rows(owed, names):
        whole = Fraction(row["expected_basis"])
        share = Fraction(row["whole_rebate"]) / whole if whole else Fraction(0)
        second = proof.rounded(
            share * Fraction(row["ytd_basis"]) * constraint, places[row["policy_id"]]
        )
        if row["accrual"] != second:
            _differs(row, row["accrual"], second)


def _verify_policy(deal: Deal, rows: pd.DataFrame, rounding: Decimal) -> None:
    terms = deal.terms
    unit = max(rounding, Decimal(1).scaleb(-terms.places))
    zero_base = deal.no_base == "zero_base"
    for row, case in zip(_rows(rows, RECKONED), _cases(deal, rows), strict=True):
        first = proof.earned(terms, case, zero_base=zero_base)
        if first != row["earned"]:
            _differs(row, row["earned"], first)
        second = proof.paid(terms, case, unit, first)
        offered = None if row["rebate_offered"] is pd.NA else row["rebate_offered"]
        if offered != second:
            _differs(row, offered, second)


def _cases(deal: Deal, rows: pd.DataFrame) -> Iterator[proof.Case]:
    ages: dict[Any, list[tuple[int, Decimal]]] = {}
    if deal.terms.method == "payment age":
        columns = (deal.ages[name] for name in ("customer_id", "days", "amount"))
        for customer, days, amount in zip(*columns, strict=True):
            ages.setdefault(customer, []).append((int(days), amount))
    names = ("basis_value", "prior_basis_value", "target", "factor", "penalty")
    for customer, *values in zip(rows["customer_id"], *(rows[n] for n in names), strict=True):
        known = [None if value is pd.NA else value for value in values]
        yield proof.Case(*known, ages=ages.get(customer, ()))  # type: ignore[misc,arg-type]


def _verify_held(rows: pd.DataFrame, *, expected: bool) -> None:
    for row in _rows(rows[rows["is_held"] != expected], RANKED):
        _differs(row, row["is_held"], expected)


def _rows(frame: pd.DataFrame, names: Sequence[str]) -> Iterator[Row]:
    """The rows as mappings of some columns."""
    values = (frame[name].tolist() for name in names)
    return (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))


def _verify_rivals(records: Sequence[Row], pairs: set[frozenset[str]], rule: Stacking) -> None:
    """Of one account: a policy holds exactly where no rival that holds goes before it."""
    held = [row for row in records if row["is_held"]]
    for row in records:
        before = [
            other
            for other in held
            if frozenset({row["policy_id"], other["policy_id"]}) in pairs
            and _goes_before(other, row, rule)
        ]
        if bool(before) == bool(row["is_held"]):
            _differs(row, row["is_held"], not before)


def _goes_before(one: Row, other: Row, rule: Stacking) -> bool:
    if rule == "highest" and one["rebate_offered"] != other["rebate_offered"]:
        return bool(one["rebate_offered"] > other["rebate_offered"])
    ranks = [
        (pd.isna(each["priority"]), 0 if pd.isna(each["priority"]) else each["priority"])
        for each in (one, other)
    ]
    return (*ranks[0], one["policy_id"]) < (*ranks[1], other["policy_id"])


def _differs(row: Row, first: object, second: object) -> None:
    raise proof.failed(row["policy_id"], row["customer_id"], first, second)
