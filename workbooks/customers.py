"""The invented customers, in order of size, the largest first.

What makes one of them a case worth showing (new, fading, ended, returns only …) is its `course`.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from statistics import NormalDist

from workbooks.company import CITIES, EXPORT_REGION, PLACE_OF_CITY, Person, month_start

CUSTOMER_COUNT = 160
# Spread of the log-normal sizes; 1.62 puts about four fifths of the sales on one fifth of them.
SIZE_SPREAD = 1.62
# How many customers each region has, in the order of CITIES.
REGION_WEIGHTS = (34, 21, 15, 13, 9, 4, 4)
# Sold to, and never entered in the customer file.
UNREGISTERED = ("209901", "临沂沐阳家电商行")

NAME_FIRST = "锦恒瑞嘉启泰佳宏博润盛鼎安卓远睿凌朗沐云景辰澜岚"
NAME_SECOND = "程达丰禾源川越诚凯信和祥腾华晟捷航乐宁川汇铭森"
NAME_ENDINGS = {
    "经销商": ("家电有限公司", "电器销售有限公司", "商贸有限公司"),
    "代理商": ("家电代理有限公司", "电器营销有限公司"),
    "商场": ("百货大楼", "购物中心", "商业广场"),
    "工业": ("人才公寓管理有限公司", "酒店工程有限公司", "置业有限公司"),
    "电商": ("电子商务有限公司", "网络科技有限公司"),
}
EXPORT_AGENTS = (
    ("越南", "胡志明市", "Saigon Lotus Home Trading"),
    ("阿联酋", "迪拜", "Gulf Palm Appliances FZE"),
    ("智利", "圣地亚哥", "Andes Hogar Importadora"),
    ("波兰", "格但斯克", "Baltic Domo Sp. z o.o."),
    ("肯尼亚", "内罗毕", "Savanna Home Supplies"),
    ("马来西亚", "槟城", "Pulau Electrical Trading"),
)
EXPORT_RANKS = (3, 15, 31, 58, 92, 131)
# The largest accounts are set, so that the list of key accounts reads like a real one.
LEADING = (
    ("电商", "杭州"), ("代理商", "广州"), ("商场", "南京"), ("代理商", ""), ("经销商", "郑州"),
    ("工业", "上海"), ("经销商", "济南"), ("电商", "北京"), ("商场", "武汉"), ("代理商", "成都"),
    ("经销商", "沈阳"), ("经销商", "苏州"),
)  # fmt: skip
TYPE_WEIGHTS = {"经销商": 88, "商场": 26, "代理商": 18, "工业": 20, "电商": 8}


class Course(Enum):
    """How a customer's business went over the three years."""

    STEADY = "steady"
    NEW = "new"
    FADING = "fading"
    ENDED = "ended"
    SILENT = "never ordered"
    RETURNS_ONLY = "returns only"


COURSE_BY_RANK = {
    **dict.fromkeys((12, 27, 44, 73, 101, 118, 140, 152), Course.NEW),
    **dict.fromkeys((6, 17, 39, 66, 95, 127), Course.FADING),
    **dict.fromkeys((53, 88, 110), Course.ENDED),
    **dict.fromkeys((149, 156, 158), Course.SILENT),
    121: Course.RETURNS_ONLY,
}
# Groups: the head's rank; two smaller customers of its type belong to it.
GROUP_HEADS = (2, 4)
# Ended customers that still sent goods back in the last twelve months.
LATE_RETURN_RANKS = (88,)


@dataclass(frozen=True, slots=True)
class Customer:
    """One line of the customer file and, below the line, what drives its sales."""

    id: str
    name: str
    parent_id: str
    type: str
    region: str
    province: str
    city: str
    manager: Person
    currency: str
    since: date
    founded: date
    strategic: bool
    credit_limit: int
    payment_days: int
    state: str
    # --- not in the workbook ---
    rank: int
    size: float
    course: Course


def make_customers(rng: random.Random, people: list[Person]) -> list[Customer]:
    """The customer file, largest first; the heads of groups are customers themselves."""
    names = _Names(rng)
    ids = rng.sample(range(1001, 9999), CUSTOMER_COUNT)
    agents = dict(zip(EXPORT_RANKS, EXPORT_AGENTS, strict=True))
    customers = []
    for rank in range(CUSTOMER_COUNT):
        since = _since(rng, rank)
        if rank in agents:
            customer_type, region = "代理商", EXPORT_REGION
            province, city, name = agents[rank]
        else:
            customer_type = _type_of(rng, rank)
            region, province, city = _place(rng, rank)
            name = names.make(city, customer_type)
        quantile = NormalDist().inv_cdf(1 - (rank + 0.5) / CUSTOMER_COUNT)
        managers = [p for p in people if p.region == region and p.role == "客户经理"]
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
                course=COURSE_BY_RANK.get(rank, Course.STEADY),
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
            name = f"{head.name}（{member.city}）"
            members[member.rank] = replace(member, name=name, parent_id=head.id)
    return [members.get(customer.rank, customer) for customer in customers]


class _Names:
    """Company names, none of them twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.used: set[str] = set()

    def make(self, city: str, customer_type: str) -> str:
        """A name that is usual for a `customer_type` of `city`."""
        while True:
            brand = self.rng.choice(NAME_FIRST) + self.rng.choice(NAME_SECOND)
            if brand not in self.used:
                self.used.add(brand)
                return f"{city}{brand}{self.rng.choice(NAME_ENDINGS[customer_type])}"


def _type_of(rng: random.Random, rank: int) -> str:
    if rank < len(LEADING):
        return LEADING[rank][0]
    return rng.choices(tuple(TYPE_WEIGHTS), tuple(TYPE_WEIGHTS.values()))[0]


def _place(rng: random.Random, rank: int) -> tuple[str, str, str]:
    """Region, province and city."""
    if rank < len(LEADING):
        return PLACE_OF_CITY[LEADING[rank][1]]
    region = rng.choices(tuple(CITIES), REGION_WEIGHTS)[0]
    province, cities = rng.choice(CITIES[region])
    return region, province, rng.choice(cities.split())


def _since(rng: random.Random, rank: int) -> date:
    day = rng.randint(1, 28)
    if COURSE_BY_RANK.get(rank) is Course.NEW:
        return first_order_month(rank).replace(day=1)
    return date(rng.randint(2009, 2022), rng.randint(1, 12), day)


def first_order_month(rank: int) -> date:
    """When a new customer begins: between February 2025 and January 2026."""
    return month_start(19 + rank % 12)


def _credit_limit(rank: int) -> int:
    """CNY, in steps of the finance department."""
    steps = ((8, 10_000_000), (32, 3_000_000), (80, 800_000), (CUSTOMER_COUNT, 200_000))
    return next(limit for bound, limit in steps if rank < bound)


def _state(rank: int) -> str:
    course = COURSE_BY_RANK.get(rank, Course.STEADY)
    if course is Course.ENDED:
        return "终止"
    return "暂停" if course is Course.RETURNS_ONLY else "合作"
