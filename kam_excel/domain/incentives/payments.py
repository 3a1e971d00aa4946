"""Which receipt paid which invoice, and after how many days.

A receipt that names its document pays that one; the rest pays the oldest open invoices first
(first in, first out), as dealers' contracts and ledgers do it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from kam_excel.domain.exact import exact

COLUMNS = ("receipt", "invoice", "amount", "days")


@dataclass(slots=True)
class _Open:
    """An invoice, or a receipt, with what is left of it."""

    row: int
    date: pd.Timestamp
    doc_no: str | None
    left: Decimal


def matched(invoices: pd.DataFrame, receipts: pd.DataFrame) -> pd.DataFrame:
    """One row for each part of a receipt that pays a part of an invoice of the same customer.

    invoices: index row; customer_id, date, doc_no (may be missing), amount (exact, above 0)
    receipts: the same with matched_doc_no; also what is paid in advance
    The result: receipt and invoice (rows), amount (exact), days from the invoice to the receipt,
    0 for advance payments. Nothing is paid twice; what finds no invoice is left out.
    """
    owed = dict(iter(invoices.groupby("customer_id")))
    found = [
        part
        for customer, paid in receipts.groupby("customer_id", sort=True)
        for part in _of_one(owed.get(customer, invoices[:0]), paid)
    ]
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    return frame.assign(amount=exact(frame["amount"]))


def _of_one(invoices: pd.DataFrame, receipts: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """The parts of the receipts of one customer: those that name a document first."""
    owed, paid = _opened(invoices, "doc_no"), _opened(receipts, "matched_doc_no")
    by_document: dict[str, list[_Open]] = {}
    for invoice in owed:
        if invoice.doc_no is not None:
            by_document.setdefault(invoice.doc_no, []).append(invoice)
    for receipt in paid:
        if receipt.doc_no is not None:
            yield from _pay(receipt, deque(by_document.get(receipt.doc_no, ())))
    queue = deque(owed)
    for receipt in paid:
        yield from _pay(receipt, queue)


def _pay(receipt: _Open, queue: deque[_Open]) -> Iterator[tuple[object, ...]]:
    while receipt.left > 0 and queue:
        invoice = queue[0]
        part = min(receipt.left, invoice.left)
        if part > 0:
            days = max((receipt.date.normalize() - invoice.date.normalize()).days, 0)
            yield receipt.row, invoice.row, part, days
        receipt.left -= part
        invoice.left -= part
        if invoice.left == 0:
            queue.popleft()


def _opened(rows: pd.DataFrame, document: str) -> list[_Open]:
    """The rows in the order of their dates, then of the sheet."""
    ordered = rows.sort_values("date", kind="stable")
    documents = ordered[document] if document in ordered else [None] * len(ordered)
    return [
        _Open(row, date, None if pd.isna(doc) else str(doc), amount)
        for row, date, doc, amount in zip(
            ordered.index, ordered["date"], documents, ordered["amount"], strict=True
        )
    ]
