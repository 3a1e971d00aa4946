"""The discounts on invoices: industrial customers get one on the larger lines of a project."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from workbooks.company import INDUSTRY, SALE
from workbooks.customers import Customer
from workbooks.sales import CENT, Line

SEED = 20260703
# In hundredths of the list price; the price of the line is what is left.
HUNDREDTHS = (0, 1, 2, 2, 3)
FROM_PIECES = 20


def with_discounts(customers: Sequence[Customer], lines: Iterable[Line]) -> list[Line]:
    """The lines with their discounts; nothing else of them changes."""
    dice = random.Random(SEED)
    builders = {customer.id for customer in customers if customer.type == INDUSTRY}
    return [_discounted(dice, line) if line.customer_id in builders else line for line in lines]


def _discounted(dice: random.Random, line: Line) -> Line:
    share = Decimal(dice.choice(HUNDREDTHS)) / 100
    if line.doc_type != SALE or line.qty < FROM_PIECES or not share:
        return line
    worth = line.qty * line.product.list_price * share
    return replace(line, discount=worth.quantize(CENT, ROUND_HALF_UP))
