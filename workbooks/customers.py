"""The invented customers, in order of size, the largest first."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from datetime import date
from statistics import NormalDist

from workbooks.company import (
    ACCOUNT_MANAGER,
    ACTIVE,
    AGENT,
    CITIES,
    DEALER,
    EXPORT_REGION,
    INDUSTRY,
    ONLINE,
    PLACE_OF_CITY,
    STORE,
    SUSPENDED,
    TERMINATED,
    Person,
)
from workbooks.courses import Course, course_of, first_order_month
from workbooks.names import Names
from workbooks.words import Words

CUSTOMER_COUNT = 160
# Spread of the log-normal sizes; 1.62 puts about four fifths of the sales on one fifth of them.
SIZE_SPREAD = 1.62
# How many customers each region has, in the order of CITIES.
REGION_WEIGHTS = (34, 21, 15, 13, 9, 4, 4)
# Sold to, and never entered in the customer file.
UNREGISTERED = ("209901", Words("临沂沐阳家电商行", "Linyi Muyang Appliance Shop"))

EXPORT_AGENTS = {  # by rank
    3: ("越南 Vietnam", "胡志明市 Ho Chi Minh City", "Saigon Lotus Home Trading"),
    15: ("阿联酋 United Arab Emirates", "迪拜 Dubai", "Gulf Palm Appliances FZE"),
    31: ("智利 Chile", "圣地亚哥 Santiago", "Andes Hogar Importadora"),
    58: ("波兰 Poland", "格但斯克 Gdansk", "Baltic Domo Sp. z o.o."),
    92: ("肯尼亚 Kenya", "内罗毕 Nairobi", "Savanna Home Supplies"),
    131: ("马来西亚 Malaysia", "槟城 Penang", "Pulau Electrical Trading"),
}
# The largest accounts are set, so that the list of key accounts reads like a real one.
LEADING = (
    (ONLINE, "杭州"), (AGENT, "广州"), (STORE, "南京"), (AGENT, ""), (DEALER, "郑州"),
    (INDUSTRY, "上海"), (DEALER, "济南"), (ONLINE, "北京"), (STORE, "武汉"), (AGENT, "成都"),
    (DEALER, "沈阳"), (DEALER, "苏州"),
)  # fmt: skip
TYPE_WEIGHTS = {DEALER: 88, STORE: 26, AGENT: 18, INDUSTRY: 20, ONLINE: 8}
# Groups: the head's rank; two smaller customers of its type belong to it.
GROUP_HEADS = (2, 4)
# Ended customers that still sent goods back in the last twelve months.
LATE_RETURN_RANKS = (88,)


@dataclass(frozen=True, slots=True)
class Customer:
    """One line of the customer file and, below the line, what drives its sales."""

    id: str
    name: Words
    parent_id: str
    type: Words
    region: Words
    province: Words
    city: Words
    manager: Person
    currency: str
    since: date
    founded: date
    strategic: bool
    credit_limit: int
    payment_days: int
    state: Words
    # --- not in the workbook ---
    rank: int
    size: float
    course: Course


def make_customers(rng: random.Random, people: list[Person]) -> list[Customer]:
    """The customer file, largest first; the heads of groups are customers themselves."""
    names = Names(rng)
    ids = rng.sample(range(1001, 9999), CUSTOMER_COUNT)
    customers = []
    for rank in range(CUSTOMER_COUNT):
        since = _since(rng, rank)
        if rank in EXPORT_AGENTS:
            country, town, company = EXPORT_AGENTS[rank]
            customer_type, region, name = AGENT, EXPORT_REGION, Words.same(company)
            province, city = Words(*country.split(" ", 1)), Words(*town.split(" ", 1))
        else:
            customer_type = _type_of(rng, rank)
            region, province, city = _place(rng, rank)
            name = names.make(city, customer_type)
        quantile = NormalDist().inv_cdf(1 - (rank + 0.5) / CUSTOMER_COUNT)
        managers = [p for p in people if p.region == region and p.role == ACCOUNT_MANAGER]
        customers.append(
            Customer(
                # The old system numbered with leading zeros, the present one starts with 2.
                id=f"{'00' if since.year < 2010 else '20'}{ids[rank]}",
                name=name,
                parent_id="",
                type=customer_type,
                region=region,
                province=province,
                city=city,
                manager=managers[rank % len(managers)],
                currency="USD" if region == EXPORT_REGION else "CNY",
                since=since,
                founded=date(since.year - rng.randint(1, 9), rng.randint(1, 12), 18),
                strategic=rank < 8,
                credit_limit=_credit_limit(rank),
                payment_days=rng.choice((30, 45, 60, 90)) if rank < 100 else 30,
                state=_state(rank),
                rank=rank,
                size=math.exp(SIZE_SPREAD * quantile),
                course=course_of(rank),
            )
        )
    return _grouped(customers)


def _grouped(customers: list[Customer]) -> list[Customer]:
    members: dict[int, Customer] = {}
    for rank in GROUP_HEADS:
        head = customers[rank]
        alike = [
            c
            for c in customers[20:]
            if c.type == head.type and c.currency == "CNY" and c.course is Course.STEADY
        ]
        for member in alike[:2]:
            name = Words(
                f"{head.name.zh}（{member.city.zh}）", f"{head.name.en} ({member.city.en})"
            )
            members[member.rank] = replace(member, name=name, parent_id=head.id)
    return [members.get(customer.rank, customer) for customer in customers]


def _type_of(rng: random.Random, rank: int) -> Words:
    if rank < len(LEADING):
        return LEADING[rank][0]
    return rng.choices(tuple(TYPE_WEIGHTS), tuple(TYPE_WEIGHTS.values()))[0]


def _place(rng: random.Random, rank: int) -> tuple[Words, Words, Words]:
    """Region, province and city."""
    if rank < len(LEADING):
        return PLACE_OF_CITY[LEADING[rank][1]]
    region = rng.choices(tuple(CITIES), REGION_WEIGHTS)[0]
    province, cities = rng.choice(tuple(CITIES[region].items()))
    return region, province, rng.choice(cities)


def _since(rng: random.Random, rank: int) -> date:
    day = rng.randint(1, 28)
    if course_of(rank) is Course.NEW:
        return first_order_month(rank).replace(day=1)
    return date(rng.randint(2009, 2022), rng.randint(1, 12), day)


def _credit_limit(rank: int) -> int:
    """CNY, in steps of the finance department."""
    steps = ((8, 10_000_000), (32, 3_000_000), (80, 800_000), (CUSTOMER_COUNT, 200_000))
    return next(limit for bound, limit in steps if rank < bound)


def _state(rank: int) -> Words:
    course = course_of(rank)
    if course is Course.ENDED:
        return TERMINATED
    return SUSPENDED if course is Course.RETURNS_ONLY else ACTIVE
