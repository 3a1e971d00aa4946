"""What the company has booked of its rebates: provisions, confirmations, what was paid and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from workbooks.agreements import (
    ANNUAL_2025,
    ANNUAL_2026,
    EARLY_PAYMENT,
    HALF_YEAR,
    OVERSEAS,
    Agreement,
)
from workbooks.customers import Customer
from workbooks.receipts import Receipt
from workbooks.sales import CENT, Line
from workbooks.words import Words, pairs

ENTRY_TYPES = pairs("计提 accrual | 确认 confirmation | 支付 payment | 抵扣 offset | 冲回 reversal")
ACCRUAL, CONFIRMATION, PAYMENT, OFFSET, REVERSAL = ENTRY_TYPES
QUARTERS_2025 = tuple(
    map(date.fromisoformat, "2025-03-31 2025-06-30 2025-09-30 2025-12-31".split())
)
MONTHS_2026 = tuple(
    map(date.fromisoformat, "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31".split())
)
END_OF_MARCH = date(2026, 3, 31)
CONFIRMED_ON = date(2026, 1, 20)
# Goods that came back in 2025, while nobody had entered it when the rebate of 2025 was confirmed.
ENTERED_LATE = "TH251230001"
STORE_MANAGER = Words("周立新", "Zhou Lixin")
REST = None
# How the confirmed rebates of 2025 were settled, by rank: day, type, amount, payee where it is not
# the customer. Rank 6 still waits for it.
Step = tuple[str, Words, str | None, Words | None]
SETTLED: dict[int, tuple[Step, ...]] = {
    1: (("2026-02-05", OFFSET, "600000", None), ("2026-02-25", PAYMENT, REST, None)),
    2: (("2026-02-25", OFFSET, REST, None),),
    4: (("2026-02-10", OFFSET, REST, None),),
    7: (("2026-02-10", OFFSET, REST, None),),
    8: (("2026-02-12", OFFSET, REST, None),),
    9: (("2026-04-16", OFFSET, REST, None),),  # six weeks late
    10: (("2026-02-12", PAYMENT, REST, None),),
    11: (
        ("2026-02-11", PAYMENT, REST, None),
        ("2026-02-13", REVERSAL, REST, None),  # sent back by the bank
        ("2026-02-26", PAYMENT, REST, None),
    ),
    16: (("2026-02-25", PAYMENT, REST, STORE_MANAGER),),
}
# For whom the annual rebate of 2026 is provided month by month.
PROVIDED = (0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 19, 21, 23, 26, 28, 29, 30, 32)
NEW_RATE = Decimal("0.01")
PLANNED_RATES = {HALF_YEAR: Decimal("0.01"), OVERSEAS: Decimal("0.015")}
OVERSEAS_RANKS = (3, 15, 31)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger; `payee` where it was paid out."""

    day: date
    customer_id: str
    customer_name: Words
    policy_id: str
    type: Words
    amount: Decimal
    currency: str
    payee: Words | None = None
    voucher: str = ""


class Net:
    """Sales less returns of each group of customers, in the currency that it pays in."""

    def __init__(self, customers: Iterable[Customer], lines: Iterable[Line]) -> None:
        heads = {customer.id: customer.parent_id or customer.id for customer in customers}
        self.lines: dict[str, list[Line]] = {}
        for line in lines:
            head = heads.get(line.customer_id, line.customer_id)
            self.lines.setdefault(head, []).append(line)

    def of(self, customer: Customer, first: date, last: date, but: str = "") -> Decimal:
        """The sum from `first` to `last`, without the document `but`."""
        return sum(
            (line.amount for line in self.lines.get(customer.id, ())
             if first <= line.day <= last and line.doc_no != but),
            Decimal(0),
        )  # fmt: skip


def make_ledger(
    customers: Sequence[Customer], lines: Iterable[Line], receipts: Sequence[Receipt]
) -> list[Entry]:
    """All entries by date, each with a voucher of its own."""
    net = Net(customers, lines)
    entries = [
        *_of_2025(customers, net),
        *_of_the_year(customers, net),
        *_of_first_quarter(customers, net),
        *_for_payments(customers, receipts),
    ]
    return list(_numbered(sorted(entries, key=lambda entry: (entry.day, entry.policy_id))))


def _of_2025(customers: Sequence[Customer], net: Net) -> Iterator[Entry]:
    """Provided by quarter at the rate of the year before, then confirmed and settled."""
    terms = ANNUAL_2025
    for rank in terms.ranks:
        customer = customers[rank]
        planned = terms.rate_of(net.of(customer, date(2024, 1, 1), date(2024, 12, 31)))
        provided = Decimal(0)
        for day in QUARTERS_2025:
            amount = _cents(net.of(customer, _quarter_start(day), day) * planned)
            provided += amount
            yield _entry(day, customer, terms, ACCRUAL, amount)
        volume = net.of(customer, terms.start, terms.end, but=ENTERED_LATE)
        confirmed = _cents(volume * terms.rate_of(volume))
        yield _entry(CONFIRMED_ON, customer, terms, REVERSAL, -provided)
        yield _entry(CONFIRMED_ON, customer, terms, CONFIRMATION, confirmed)
        yield from _settled(customer, confirmed)


def _settled(customer: Customer, confirmed: Decimal) -> Iterator[Entry]:
    left = confirmed
    for day, kind, text, payee in SETTLED.get(customer.rank, ()):
        amount = left if text is REST else Decimal(text)
        if kind == REVERSAL:
            amount = confirmed - left
        left += amount if kind == REVERSAL else -amount
        receiver = (payee or customer.name) if kind == PAYMENT else None
        entry = _entry(date.fromisoformat(day), customer, ANNUAL_2025, kind, amount)
        yield replace(entry, payee=receiver)


def _of_the_year(customers: Sequence[Customer], net: Net) -> Iterator[Entry]:
    """Provided by month at the rate that the volume of 2025 would have earned."""
    terms = ANNUAL_2026
    for rank in PROVIDED:
        customer = customers[rank]
        volume = net.of(customer, date(2025, 1, 1), date(2025, 12, 31))
        rate = round(terms.stepped(volume) / volume, 4) if volume > 0 else NEW_RATE
        for day in MONTHS_2026:
            amount = _cents(net.of(customer, day.replace(day=1), day) * rate)
            if amount > 0:
                yield _entry(day, customer, terms, ACCRUAL, amount)


def _of_first_quarter(customers: Sequence[Customer], net: Net) -> Iterator[Entry]:
    for terms, rate in PLANNED_RATES.items():
        for rank in terms.ranks or OVERSEAS_RANKS:
            customer = customers[rank]
            amount = _cents(net.of(customer, date(2026, 1, 1), END_OF_MARCH) * rate)
            yield _entry(END_OF_MARCH, customer, terms, ACCRUAL, amount)


def _for_payments(customers: Sequence[Customer], receipts: Iterable[Receipt]) -> Iterator[Entry]:
    """One in a hundred of what was paid in the first quarter, set off against the next invoices."""
    paid = dict.fromkeys((customers[rank].id for rank in EARLY_PAYMENT.ranks), Decimal(0))
    for receipt in receipts:
        if receipt.customer_id in paid and date(2026, 1, 1) <= receipt.day <= END_OF_MARCH:
            paid[receipt.customer_id] += receipt.amount
    for rank in EARLY_PAYMENT.ranks:
        customer, amount = customers[rank], _cents(paid[customers[rank].id] / 100)
        yield _entry(END_OF_MARCH, customer, EARLY_PAYMENT, ACCRUAL, amount)
        yield _entry(date(2026, 4, 22), customer, EARLY_PAYMENT, OFFSET, amount)


def _entry(day: date, customer: Customer, terms: Agreement, kind: Words, amount: Decimal) -> Entry:
    return Entry(day, customer.id, customer.name, terms.id, kind, amount, terms.currency)


def _numbered(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries with vouchers, one series a month."""
    serials: dict[str, int] = {}
    for entry in entries:
        month = f"{entry.day:%y%m}"
        serials[month] = serials.get(month, 0) + 1
        yield replace(entry, voucher=f"FL{month}-{serials[month]:03d}")


def _quarter_start(end: date) -> date:
    return end.replace(month=end.month - 2, day=1)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
