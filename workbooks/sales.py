"""Three years of sales lines of the invented company, returns among them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from workbooks.company import (
    ACCOUNT_MANAGER,
    AGENT,
    DEALER,
    EAST,
    INDUSTRY,
    LAST_DAY,
    MONTH_COUNT,
    ONLINE,
    RETURN,
    SALE,
    STORE,
    Person,
    month_start,
    usd_rate,
)
from workbooks.courses import Course, activity
from workbooks.customers import LATE_RETURN_RANKS, UNREGISTERED, Customer
from workbooks.products import (
    AIR_CONDITIONERS,
    CATEGORIES,
    ON_SALE,
    REFRIGERATORS,
    SMALL_APPLIANCES,
    WASHERS,
    Product,
    is_on_sale,
)
from workbooks.words import Words
from workbooks.workdays import later_working_day, working_day

CENT = Decimal("0.01")
# CNY a month of a customer of size 1; sets the company's turnover.
MONTHLY_BASE = 63_000
GROWTH_PER_YEAR = 1.12
RETURN_SHARE = 0.03
DOMESTIC_TAX, EXPORT_TAX = Decimal("0.13"), Decimal(0)
COUNTER_SALES = 14

SEASON = {  # January … December
    REFRIGERATORS: (0.85, 0.80, 0.95, 1.00, 1.20, 1.30, 1.15, 1.05, 0.95, 0.90, 0.95, 0.90),
    WASHERS: (0.90, 0.80, 0.95, 0.95, 1.00, 1.05, 0.95, 0.95, 1.05, 1.15, 1.20, 1.05),
    AIR_CONDITIONERS: (0.45, 0.50, 0.95, 1.30, 1.90, 2.10, 1.75, 0.95, 0.50, 0.45, 0.55, 0.60),
    SMALL_APPLIANCES: (1.05, 0.85, 0.90, 0.90, 0.95, 1.05, 0.90, 0.90, 1.00, 1.10, 1.25, 1.15),
}
# The month that Spring Festival empties, year by year, and what is left of it.
FESTIVAL = {(2024, 2): 0.50, (2025, 1): 0.72, (2025, 2): 0.70, (2026, 2): 0.45}
CATEGORY_MIX = {
    DEALER: (30, 26, 32, 12), AGENT: (28, 26, 34, 12), STORE: (26, 26, 20, 28),
    INDUSTRY: (18, 16, 58, 8), ONLINE: (20, 24, 20, 36),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sales sheet; of sales over the counter nobody knows the customer."""

    day: date
    customer_id: str
    customer_name: Words | None
    product: Product
    qty: int
    price: Decimal
    currency: str
    doc_type: Words
    salesperson: Words
    region: Words | None
    doc_no: str = ""
    line_no: int = 0
    # What the price was reduced by, in all.
    discount: Decimal = Decimal(0)

    @property
    def tax_rate(self) -> Decimal:
        """Value-added tax; exports bear none."""
        return EXPORT_TAX if self.currency == "USD" else DOMESTIC_TAX

    @property
    def amount(self) -> Decimal:
        """Quantity times price, half up to the cent, in the line's currency."""
        return (self.qty * self.price).quantize(CENT, ROUND_HALF_UP)

    @property
    def cost(self) -> Decimal:
        """Quantity times unit cost, in the line's currency."""
        return to_currency(self.qty * self.product.unit_cost, self.currency, self.day)

    @property
    def amount_cny(self) -> Decimal:
        """The amount in CNY, not rounded."""
        return self.amount * usd_rate(self.day) if self.currency == "USD" else self.amount


Order = list[Line]


def to_currency(cny: Decimal, currency: str, day: date) -> Decimal:
    """`cny` in `currency` at the rate of `day`, half up to the cent."""
    value = cny / usd_rate(day) if currency == "USD" else cny
    return value.quantize(CENT, ROUND_HALF_UP)


def make_sales(
    rng: random.Random, customers: list[Customer], products: list[Product], people: list[Person]
) -> list[Line]:
    """All lines by date and document, numbered."""
    seed = rng.getrandbits(64)
    orders: list[Order] = []
    returns = _planted_returns(rng, customers, products)
    for customer in customers:
        for index in range(MONTH_COUNT):
            # A month of a customer is the same whatever the course of others or of other months.
            dice = random.Random(f"{seed} {customer.id} {index}")
            ordered = list(_orders_of_month(dice, customer, index, products))
            orders += ordered
            returns += [back for order in ordered for back in _returned(dice, order)]
    orders += _unregistered_orders(rng, products, people)
    orders += _counter_sales(rng, products, people)
    lines = _numbered(orders, "XS") + _numbered(returns, "TH")
    return sorted(lines, key=lambda line: (line.day, line.doc_no, line.line_no))


def _orders_of_month(
    rng: random.Random, customer: Customer, index: int, products: list[Product]
) -> Iterator[Order]:
    level = activity(customer.rank, index)
    if level <= 0:
        return
    frequency = min(5.5, max(0.33, 0.54 * customer.size**0.42))
    wanted = frequency * (0.4 + 0.6 * level)
    count = int(wanted) + (rng.random() < wanted % 1)
    typical_lines = 1 + (customer.size > 0.3) + (customer.size > 2)
    month = month_start(index)
    worth = MONTHLY_BASE * customer.size * level * GROWTH_PER_YEAR ** (index / 12)
    for _ in range(count):
        day = working_day(rng, month)
        lines = max(1, typical_lines + rng.choice((-1, 0, 0, 1)))
        value = worth / frequency / typical_lines
        yield [_line(rng, customer, day, value, products) for _ in range(lines)]


def _line(
    rng: random.Random, customer: Customer, day: date, value: float, products: list[Product]
) -> Line:
    """A sale of about `value` CNY, moved by the season of its category."""
    category = rng.choices(CATEGORIES, CATEGORY_MIX[customer.type])[0]
    on_sale = [p for p in products if p.category == category and is_on_sale(p, day)]
    product = rng.choice(on_sale)
    season = SEASON[category][day.month - 1] * FESTIVAL.get((day.year, day.month), 1.0)
    rebate = Decimal(78 + min(12, customer.rank // 8) + rng.randint(-1, 3)) / 100
    price = to_currency(product.list_price * rebate, customer.currency, day)
    pieces = value * season * rng.uniform(0.55, 1.45) / float(product.list_price * rebate)
    packs = max(1, round(pieces / product.pack_size))
    return Line(
        day=day,
        customer_id=customer.id,
        customer_name=customer.name,
        product=product,
        qty=packs * product.pack_size,
        price=price,
        currency=customer.currency,
        doc_type=SALE,
        salesperson=customer.manager.name,
        region=customer.region,
    )


def _unregistered_orders(
    rng: random.Random, products: list[Product], people: list[Person]
) -> Iterator[Order]:
    """Sales to a customer whom nobody entered in the customer file."""
    customer_id, name = UNREGISTERED
    seller = next(person for person in people if person.region == EAST)
    for index in (24, 26, 28, 31, 33, 35):
        line = _retail(rng, products, seller, working_day(rng, month_start(index)), 60)
        yield [replace(line, customer_id=customer_id, customer_name=name)]


def _counter_sales(
    rng: random.Random, products: list[Product], people: list[Person]
) -> Iterator[Order]:
    """Sales over the counter: nobody wrote a customer down."""
    sellers = [person for person in people if person.role == ACCOUNT_MANAGER][:3]
    for number in range(COUNTER_SALES):
        day = working_day(rng, month_start(1 + number * MONTH_COUNT // (COUNTER_SALES + 1)))
        yield [_retail(rng, products, sellers[number % 3], day, 3)]


def _retail(
    rng: random.Random, products: list[Product], seller: Person, day: date, pieces: int
) -> Line:
    product = rng.choice([p for p in products if p.state == ON_SALE and p.launched <= day])
    return Line(
        day=day,
        customer_id="",
        customer_name=None,
        product=product,
        qty=rng.randint(1, pieces),
        price=product.list_price.quantize(CENT),
        currency="CNY",
        doc_type=SALE,
        salesperson=seller.name,
        region=seller.region,
    )


def _returned(rng: random.Random, order: Order) -> Iterator[Order]:
    """What comes back of an order some weeks later; never after the last day of the workbook."""
    for line in order:
        if rng.random() < RETURN_SHARE:
            day = later_working_day(line.day + timedelta(days=rng.randint(8, 45)))
            qty = max(1, round(line.qty * rng.uniform(0.05, 0.35)))
            if day <= LAST_DAY:
                yield [replace(line, day=day, qty=-qty, doc_type=RETURN)]


def _planted_returns(
    rng: random.Random, customers: list[Customer], products: list[Product]
) -> list[Order]:
    """Returns of goods sold before the workbook begins, or after the business has ended."""
    returns = []
    for customer in customers:
        late = customer.rank in LATE_RETURN_RANKS
        if not late and customer.course is not Course.RETURNS_ONLY:
            continue
        days = (25, 26, 27) if late else (5, 11, 27)
        for index in days:
            line = _line(rng, customer, working_day(rng, month_start(index)), 20_000, products)
            returns.append([replace(line, qty=-line.qty, doc_type=RETURN)])
    return returns


def _numbered(orders: list[Order], prefix: str) -> list[Line]:
    """The lines by date with document numbers (one series a day) and line numbers."""
    numbered = []
    serial, today = 0, date.min
    for order in sorted(orders, key=lambda order: order[0].day):
        day = order[0].day
        serial = serial + 1 if day == today else 1
        today = day
        doc_no = f"{prefix}{day:%y%m%d}{serial:03d}"
        numbered += [
            replace(line, doc_no=doc_no, line_no=number)
            for number, line in enumerate(order, start=1)
        ]
    return numbered
