"""How punctually the company delivered to the large accounts whose deliveries it records."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbooks.company import LAST_DAY, SALE
from workbooks.customers import Customer
from workbooks.sales import Line
from workbooks.workdays import later_working_day

RECORDED_FROM = date(2025, 7, 1)
# The accounts by rank, and the share of what they ordered that arrives late.
LATE_SHARES = {1: 0.06, 2: 0.10, 4: 0.30, 5: 0.12, 9: 0.22, 10: 0.04, 11: 0.08, 13: 0.15}
DAYS_EARLY = (3, 2, 1, 1, 0, 0)
DAYS_LATE = (3, 25)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the delivery records; no `actual` while the goods are on their way."""

    doc_no: str
    customer_id: str
    product_id: str
    promised: date
    actual: date | None
    qty: int


def make_deliveries(
    rng: random.Random, customers: Sequence[Customer], lines: Iterable[Line]
) -> list[Delivery]:
    """The delivery of each sales line of the recorded accounts, in the order of the lines."""
    late_shares = {customers[rank].id: share for rank, share in LATE_SHARES.items()}
    return [
        _delivery(rng, line, late_shares[line.customer_id])
        for line in lines
        if line.customer_id in late_shares and line.doc_type == SALE and line.day >= RECORDED_FROM
    ]


def _delivery(rng: random.Random, line: Line, late_share: float) -> Delivery:
    promised = later_working_day(line.day + timedelta(days=line.product.lead_time_days))
    is_late = rng.random() < late_share
    delay = rng.randint(*DAYS_LATE) if is_late else -rng.choice(DAYS_EARLY)
    arrived = later_working_day(promised + timedelta(days=delay))
    return Delivery(
        doc_no=line.doc_no,
        customer_id=line.customer_id,
        product_id=line.product.id,
        promised=promised,
        actual=arrived if arrived <= LAST_DAY else None,
        qty=line.qty,
    )
