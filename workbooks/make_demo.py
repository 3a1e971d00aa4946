"""Make demo_zh.xlsx and demo_en.xlsx, the workbook of an invented maker of household appliances.

    python -m workbooks.make_demo [FOLDER]

The same bytes come out of every run: one seed, fixed dates, no clock. Both workbooks hold the same
company; only its words differ.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from workbooks.agreement_sheets import (
    write_factors,
    write_policies,
    write_proposed_tiers,
    write_tiers,
)
from workbooks.choices import write_parameters
from workbooks.company import Person, make_people
from workbooks.cover import write_cover
from workbooks.customers import Customer, make_customers
from workbooks.deliveries import Delivery, make_deliveries
from workbooks.discounts import with_discounts
from workbooks.incentive_sheets import (
    write_contests,
    write_ledger,
    write_promotions,
    write_receipts,
    write_targets,
    write_violations,
)
from workbooks.layout import Demo
from workbooks.pivot import add_pivot
from workbooks.products import Product, make_products
from workbooks.rebates import Entry, make_ledger
from workbooks.receipts import Receipt, make_receipts
from workbooks.registers import (
    write_customers,
    write_people,
    write_products,
    write_rates,
    write_sales,
)
from workbooks.reports import write_months, write_regions, write_target_report
from workbooks.requirements import REQUIREMENTS
from workbooks.sales import Line, make_sales
from workbooks.service_sheets import write_deliveries, write_requirements
from workbooks.targets import Goal, make_goals
from workbooks.words import Language

SEED = 20260630
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Books:
    """All that the company has on its books."""

    people: list[Person]
    products: list[Product]
    customers: list[Customer]
    lines: list[Line]
    deliveries: list[Delivery]
    receipts: list[Receipt]
    ledger: list[Entry]
    goals: list[Goal]


def make_books() -> Books:
    """The books; the same at every call."""
    rng = random.Random(SEED)
    people, products = make_people(), make_products()
    customers = make_customers(rng, people)
    lines = make_sales(rng, customers, products, people)
    deliveries = make_deliveries(rng, customers, lines)
    # From here on every book has dice of its own: what was there before stays as it is.
    lines = with_discounts(customers, lines)
    receipts = make_receipts(customers, lines)
    ledger = make_ledger(customers, lines, receipts)
    goals = make_goals(customers, people, lines)
    return Books(people, products, customers, lines, deliveries, receipts, ledger, goals)


def make_demo(books: Books, language: Language) -> bytes:
    """The workbook in `language`."""
    demo = Demo(language)
    write_cover(demo)
    write_customers(demo, books.customers)
    write_sales(demo, books.lines)
    write_products(demo, books.products)
    write_rates(demo)
    write_people(demo, books.people)
    write_requirements(demo, books.customers, REQUIREMENTS)
    write_deliveries(demo, books.deliveries)
    write_policies(demo, books.customers)
    write_tiers(demo)
    write_proposed_tiers(demo)
    write_factors(demo)
    write_receipts(demo, books.receipts)
    write_ledger(demo, books.ledger)
    write_violations(demo, books.customers)
    write_contests(demo)
    write_targets(demo, books.goals)
    write_promotions(demo, books.customers)
    write_months(demo, books.lines)
    pivot = write_regions(demo, books.lines)
    write_target_report(demo, books.customers, books.lines)
    write_parameters(demo)
    return add_pivot(demo.close(), pivot)


def main(folder: Path) -> None:
    """Write both workbooks into `folder`."""
    books = make_books()
    for language in get_args(Language):
        (folder / f"demo_{language}.xlsx").write_bytes(make_demo(books, language))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
