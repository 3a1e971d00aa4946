"""What customers with payment terms in their rebate policies have paid, tax included."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from workbooks.company import LAST_DAY
from workbooks.customers import Customer
from workbooks.sales import CENT, Line
from workbooks.words import Words
from workbooks.workdays import later_working_day

SEED = 20260701
# By rank: how many days after an invoice it is paid, from and to; how many in a hundred payments
# name their document; on which day of the month all that is due is paid, if not each on its own.
PAYERS = {
    10: (5, 24, 25, None), 11: (12, 40, 0, None), 16: (20, 52, 0, None), 18: (25, 45, 0, 25),
    27: (6, 30, 100, None), 28: (10, 36, 0, None), 30: (40, 80, 0, 20),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Receipt:
    """One payment; `doc_no` where it names the document that it pays."""

    day: date
    customer_id: str
    customer_name: Words
    amount: Decimal
    doc_no: str = ""


def make_receipts(customers: Sequence[Customer], lines: Iterable[Line]) -> list[Receipt]:
    """All payments up to the last day, by date; goods sent back are deducted from the next one."""
    documents: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        documents[line.customer_id][line.doc_no].append(line)
    receipts = [
        receipt
        for rank in PAYERS
        for receipt in _of_customer(customers[rank], documents[customers[rank].id])
    ]
    return sorted(receipts, key=lambda receipt: (receipt.day, receipt.customer_id))


def _of_customer(customer: Customer, documents: dict[str, list[Line]]) -> list[Receipt]:
    dice = random.Random(f"{SEED} {customer.id}")
    first, last, named, payday = PAYERS[customer.rank]
    paid, sent_back = [], []
    for doc_no, lines in documents.items():
        day, worth = lines[0].day, _gross(lines)
        if worth < 0:
            sent_back.append((day, -worth))
            continue
        due = day + timedelta(days=dice.randint(first, last))
        names_it = dice.randrange(100) < named
        receipt = Receipt(_payday(due, payday), customer.id, customer.name, worth)
        paid.append(replace(receipt, doc_no=doc_no) if names_it else receipt)
    together = _together(paid) if payday else sorted(paid, key=lambda receipt: receipt.day)
    return [each for each in _deducted(together, sent_back) if each.day <= LAST_DAY]


def _gross(lines: Iterable[Line]) -> Decimal:
    worth = sum((line.amount * (1 + line.tax_rate) for line in lines), Decimal(0))
    return worth.quantize(CENT, ROUND_HALF_UP)


def _payday(due: date, payday: int | None) -> date:
    """When what is due is paid: at once, or on the next day of the month for payments."""
    if payday is None:
        return later_working_day(due)
    following = (due.replace(day=1) + timedelta(days=31)).replace(day=payday)
    return later_working_day(due.replace(day=payday) if due.day <= payday else following)


def _together(receipts: Iterable[Receipt]) -> list[Receipt]:
    """One payment for all that is paid on a day."""
    by_day: dict[date, Receipt] = {}
    for each in sorted(receipts, key=lambda receipt: receipt.day):
        before = by_day.get(each.day)
        by_day[each.day] = replace(each, amount=each.amount + before.amount) if before else each
    return list(by_day.values())


def _deducted(
    receipts: Iterable[Receipt], sent_back: Iterable[tuple[date, Decimal]]
) -> list[Receipt]:
    """The payments less what was sent back before each; what is not yet used up is kept."""
    left, waiting, paid = Decimal(0), sorted(sent_back), []
    for receipt in receipts:
        while waiting and waiting[0][0] <= receipt.day:
            left += waiting.pop(0)[1]
        used = min(left, receipt.amount)
        left -= used
        if receipt.amount > used:
            paid.append(replace(receipt, amount=receipt.amount - used))
    return paid
