"""Targets of the year and of its second quarter, for customers and for salespeople."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbooks.company import ACCOUNT_MANAGER, IN_OFFICE, Person
from workbooks.courses import Course
from workbooks.customers import Customer
from workbooks.rebates import Net
from workbooks.sales import Line

LAST_YEAR, TARGET_YEAR = 2025, 2026
TARGETED_RANKS = 36
QUARTER = "2026Q2"
QUARTER_OF_LAST_YEAR = (date(2025, 4, 1), date(2025, 6, 30))
# Who has a target for the quarter: the customers of the contest.
QUARTER_RANKS = (1, 2, 4, 7, 8, 9, 10, 11, 13, 14, 16, 18)
STEP = 10_000


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be sold in a period, by a customer or by one of the staff, in CNY."""

    customer: Customer | None
    person: Person | None
    period: str
    amount: int


def annual_targets(
    customers: Sequence[Customer], lines: Iterable[Line]
) -> list[tuple[Customer, int, Decimal]]:
    """The large domestic customers, each with its target of this year and last year's sales."""
    sold: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.day.year == LAST_YEAR:
            sold[line.customer_id] += line.amount
    return [
        (customer, _target(customer, sold[customer.id]), sold[customer.id])
        for customer in customers[:TARGETED_RANKS]
        if customer.currency == "CNY"
    ]


def make_goals(
    customers: Sequence[Customer], people: Iterable[Person], lines: Sequence[Line]
) -> list[Goal]:
    """All targets: of the year, then of the quarter."""
    net, (first, last) = Net(customers, lines), QUARTER_OF_LAST_YEAR
    sold: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if first <= line.day <= last:
            sold[line.salesperson.zh] += line.amount_cny
    return [
        *(Goal(customer, None, str(TARGET_YEAR), target)
          for customer, target, _ in annual_targets(customers, lines)),
        *(Goal(customers[rank], None, QUARTER, _asked(net.of(customers[rank], first, last)))
          for rank in QUARTER_RANKS),
        *(Goal(None, person, QUARTER, _asked(sold[person.name.zh]))
          for person in people
          if person.role == ACCOUNT_MANAGER and person.state == IN_OFFICE),
    ]  # fmt: skip


def _target(customer: Customer, last_year: Decimal) -> int:
    """Last year's sales and what is expected on top."""
    growth = {Course.NEW: "1.50", Course.FADING: "0.90"}.get(customer.course, "1.10")
    return _in_steps(last_year * Decimal(growth))


def _asked(last_year: Decimal) -> int:
    """A tenth more than in the same quarter of last year."""
    return _in_steps(last_year * Decimal("1.10"))


def _in_steps(amount: Decimal) -> int:
    return round(amount / STEP) * STEP
