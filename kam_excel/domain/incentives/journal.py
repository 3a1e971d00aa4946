"""Accruals as entries of a journal, for finance to post."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import count

import pandas as pd

from kam_excel.codes import Language, Text
from kam_excel.domain.columns import holds, text_column
from kam_excel.domain.texts import folded

COLUMNS = (
    "date",
    "voucher_no",
    "policy_id",
    "customer_id",
    "customer_name",
    "account_debit",
    "account_credit",
    "debit_amount",
    "credit_amount",
    "currency",
    "summary",
    "reason_code",
)
MORE = Text(
    "计提返利 {month}：{policy}，{customer}", "Rebate accrued {month}: {policy}, {customer}"
)
LESS = Text(
    "冲减返利 {month}：{policy}，{customer}", "Rebate released {month}: {policy}, {customer}"
)
REASONS = {
    "ACCRUAL_RELEASED": (
        "多计提的部分冲减，借贷科目对调；登记台账时类型为冲回，金额为负",
        "Too much was accrued: the accounts are turned around; enter it in the ledger as a"
        " reversal with a negative amount",
    ),
    "ACCRUAL_BELOW_ZERO": (
        "少于已确认的部分，借贷科目对调；登记台账时类型为计提，金额为负（登记为冲回会减少已确认的金额）",
        "Less than was confirmed: the accounts are turned around; enter it in the ledger as an"
        " accrual with a negative amount, for a reversal would take back what was confirmed",
    ),
}


def accrual_journal(
    accruals: pd.DataFrame,
    used: Collection[str],
    as_of: date,
    debit: str,
    credit: str,
    language: Language,
) -> pd.DataFrame:
    """One row for each accrual that changes, by policy and customer: COLUMNS.

    accruals: policy_id, customer_id, accrual, accrual_delta (exact), currency; optional
        policy_name, customer_name
    used: the voucher numbers of the whole ledger; none of them is proposed again
    debit, credit: the accounts of an accrual. Where less is to be accrued they change places, so
        that no amount is negative.
    """
    rows = accruals[holds(accruals["accrual_delta"] != 0)]
    rows = rows.sort_values(["policy_id", "customer_id"], kind="stable", ignore_index=True)
    released = holds(rows["accrual_delta"] < 0)
    amount = abs(rows["accrual_delta"])
    numbers = _free_numbers(as_of, used)
    debits = pd.Series(debit, rows.index, dtype="str")
    credits_ = pd.Series(credit, rows.index, dtype="str")
    whole = rows.assign(
        date=pd.Series(pd.Timestamp(as_of), rows.index, dtype="datetime64[us]"),
        voucher_no=pd.Series([next(numbers) for _ in rows.index], rows.index, dtype="str"),
        customer_name=text_column(rows, "customer_name"),
        account_debit=debits.mask(released, credit),
        account_credit=credits_.mask(released, debit),
        debit_amount=amount,
        credit_amount=amount,
        summary=_summaries(rows, released, as_of, language),
        reason_code=_reasons(rows, released),
    )
    return whole[list(COLUMNS)]


def _reasons(rows: pd.DataFrame, released: pd.Series) -> pd.Series:
    """How the entries of what is released are entered in the ledger."""
    below = released & holds(rows["accrual"] < 0)
    code = released.map({True: "ACCRUAL_RELEASED", False: ""}).astype("str")
    return code.mask(below, "ACCRUAL_BELOW_ZERO")


def _free_numbers(as_of: date, used: Collection[str]) -> Iterator[str]:
    """ACR-20260630-0001 and so on, those left out that are in use."""
    taken = {folded(each) for each in used}
    proposed = (f"ACR-{as_of:%Y%m%d}-{number:04}" for number in count(1))
    return (each for each in proposed if folded(each) not in taken)


def _summaries(
    rows: pd.DataFrame, released: pd.Series, as_of: date, language: Language
) -> pd.Series:
    policies = _named(rows, "policy_name", "policy_id")
    customers = _named(rows, "customer_name", "customer_id")
    texts = [
        (LESS if is_less else MORE)
        .in_(language)
        .format(month=f"{as_of:%Y-%m}", policy=policy, customer=customer)
        for is_less, policy, customer in zip(released, policies, customers, strict=True)
    ]
    return pd.Series(texts, rows.index, dtype="str")


def _named(rows: pd.DataFrame, name: str, key: str) -> pd.Series:
    """The name with the id, or the id alone where there is no name."""
    names, ids = text_column(rows, name), rows[key].astype("str")
    named: pd.Series = (names + " (" + ids + ")").fillna(ids)
    return named
