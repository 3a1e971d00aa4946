"""Make demo_zh.xlsx, the workbook of an invented maker of household appliances.

    python -m workbooks.make_demo [TARGET]

The same bytes come out of every run: one seed, fixed dates, no clock.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from workbooks.company import make_people, make_products
from workbooks.cover import write_cover
from workbooks.customers import make_customers
from workbooks.layout import Demo
from workbooks.pivot import add_pivot
from workbooks.registers import (
    write_customers,
    write_parameters,
    write_people,
    write_products,
    write_rates,
    write_sales,
)
from workbooks.reports import write_months, write_regions, write_targets
from workbooks.sales import make_sales

SEED = 20260630
TARGET = Path(__file__).with_name("demo_zh.xlsx")


def make_demo() -> bytes:
    """The workbook as it stands beside this script."""
    rng = random.Random(SEED)
    people = make_people()
    products = make_products()
    customers = make_customers(rng, people)
    lines = make_sales(rng, customers, products, people)
    demo = Demo()
    write_cover(demo)
    write_customers(demo, customers)
    write_sales(demo, lines)
    write_products(demo, products)
    write_rates(demo)
    write_people(demo, people)
    write_months(demo, lines)
    pivot = write_regions(demo, lines)
    write_targets(demo, customers, lines)
    write_parameters(demo)
    return add_pivot(demo.close(), pivot)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_bytes(make_demo())
