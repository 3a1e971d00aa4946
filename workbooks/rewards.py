"""Sales contests with their prizes, promotions with customers, and who broke the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workbooks.agreements import ACCOUNT, HALF_YEAR, INDIVIDUAL, OWN_STAFF
from workbooks.products import AIR_CONDITIONERS, REFRIGERATORS, SMALL_APPLIANCES, WASHERS
from workbooks.words import Words, pairs

MEASURES = pairs("额 sales | 量 quantity | 增长率 growth | 达成率 attainment")
BY_SALES, BY_QUANTITY, BY_GROWTH, BY_ATTAINMENT = MEASURES
PRIZE_TYPES = pairs("现金 cash | 实物 goods")
MONEY, IN_KIND = PRIZE_TYPES
VIOLATION_TYPES = pairs("窜货 cross-territory selling | 低价 underpricing")
CROSS_TERRITORY, UNDERPRICING = VIOLATION_TYPES
MECHANISMS = pairs(
    "折扣 discount | 买赠 buy and get | 堆头 display | 返券 coupon | 联合广告 joint advertising | "
    "抽奖 lottery"
)
DISCOUNT, BUY_AND_GET, DISPLAY, COUPON, ADVERTISING, LOTTERY = MECHANISMS
PROMOTION_STATES = pairs(
    "计划 planned | 已确认 confirmed | 进行中 running | 结束 finished | 取消 cancelled"
)
PLANNED, CONFIRMED, RUNNING, FINISHED, CANCELLED = PROMOTION_STATES
AWARDS = pairs("一等奖 First Prize | 二等奖 Second Prize | 三等奖 Third Prize | 优胜奖 Merit Award")
GRAND, SECOND, THIRD, MERIT = AWARDS


@dataclass(frozen=True, slots=True)
class Violation:
    """What the customer of that rank did, and the share of its rebate that it costs."""

    rank: int
    day: date
    type: Words
    penalty: str
    policy_id: str = ""


@dataclass(frozen=True, slots=True)
class Prize:
    """What a place wins: money, or `qty` pieces worth `unit_price` each."""

    award: Words
    place: int
    money: int | None = None
    qty: int | None = None
    unit_price: int | None = None

    @property
    def worth(self) -> int:
        """In CNY."""
        return self.money or (self.qty or 0) * (self.unit_price or 0)


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest of sales; what holds for all places stands in the row of the first one."""

    id: str
    name: Words
    period: str
    measure: Words
    budget: int
    threshold: int | None
    payee: Words
    prizes: tuple[Prize, ...]


@dataclass(frozen=True, slots=True)
class Promotion:
    """A promotion with one customer, of a product or of a category."""

    id: str
    rank: int
    product_id: str
    category: Words | None
    start: date
    end: date
    mechanism: Words
    unit_discount: int | None
    fixed_cost: int | None
    contribution: int | None
    uplift: int | None
    state: Words
    buyer: Words | None


VIOLATIONS = (
    Violation(13, date(2026, 5, 18), CROSS_TERRITORY, "0.2", HALF_YEAR.id),
    Violation(18, date(2026, 4, 9), UNDERPRICING, "0.1"),
)
CONTESTS = (
    Contest(
        "JS26-01", Words("2026旺季冲刺竞赛", "Summer Sprint 2026"), "2026Q2", BY_ATTAINMENT,
        450_000, 1_500_000, ACCOUNT,
        (Prize(GRAND, 1, qty=2, unit_price=128_000),  # vans
         Prize(SECOND, 2, qty=30, unit_price=2_899),  # air conditioners for the shop
         Prize(THIRD, 3, 50_000), Prize(MERIT, 4, 30_000), Prize(MERIT, 5, 20_000)),
    ),
    Contest(
        "JS26-02", Words("2026上半年增长竞赛", "Growth Contest, First Half of 2026"),
        "2026-01-01~2026-06-30", BY_GROWTH, 160_000, 1_000_000, ACCOUNT,
        (Prize(GRAND, 1, 80_000), Prize(SECOND, 2, 50_000), Prize(THIRD, 3, 30_000)),
    ),
    Contest(
        "JS26-03", Words("2026二季度业务员竞赛", "Salespeople, Second Quarter of 2026"), "2026Q2",
        BY_ATTAINMENT, 20_000, None, OWN_STAFF,
        (Prize(GRAND, 1, 10_000), Prize(SECOND, 2, 6_000), Prize(THIRD, 3, 4_000)),
    ),
    Contest(
        "JS26-04", Words("2026二季度店长竞赛", "Store Managers, Second Quarter of 2026"), "2026Q2",
        BY_SALES, 13_000, 1_000_000, INDIVIDUAL,
        (Prize(GRAND, 1, 8_000), Prize(SECOND, 2, 5_000)),
    ),
)  # fmt: skip
PROMOTIONS = tuple(
    Promotion(
        number, rank, product_id, category, date.fromisoformat(start), date.fromisoformat(end),
        mechanism, *figures, state, buyer,
    )
    for number, rank, product_id, category, start, end, mechanism, figures, state, buyer in (
        ("CX25-18", 2, "", REFRIGERATORS, "2025-10-01", "2025-10-07", DISPLAY,
         (None, 90_000, 30_000, 300), FINISHED, Words("钱汝霖", "Qian Rulin")),
        ("CX26-01", 4, "", AIR_CONDITIONERS, "2026-04-18", "2026-05-10", ADVERTISING,
         (None, 200_000, 100_000, 600), FINISHED, Words("郝建安", "Hao Jian'an")),
        ("CX26-02", 2, "KT05", None, "2026-05-01", "2026-05-07", DISPLAY,
         (None, 85_000, 30_000, 120), FINISHED, Words("钱汝霖", "Qian Rulin")),
        ("CX26-03", 8, "BX07", None, "2026-05-16", "2026-06-16", BUY_AND_GET,
         (150, 40_000, 20_000, 80), FINISHED, Words("段文婷", "Duan Wenting")),
        ("CX26-04", 0, "", SMALL_APPLIANCES, "2026-06-01", "2026-06-20", DISCOUNT,
         (20, 120_000, 60_000, 4_000), FINISHED, Words("费一鸣", "Fei Yiming")),
        ("CX26-05", 7, "", SMALL_APPLIANCES, "2026-06-01", "2026-06-20", COUPON,
         (None, 60_000, 60_000, 1_500), FINISHED, Words("谷雨桐", "Gu Yutong")),
        ("CX26-06", 1, "", AIR_CONDITIONERS, "2026-06-15", "2026-07-15", LOTTERY,
         (None, 50_000, None, 400), RUNNING, Words("龙志恒", "Long Zhiheng")),
        ("CX26-07", 11, "XY05", None, "2026-06-05", "2026-06-12", DISPLAY,
         (None, 30_000, 15_000, 60), CANCELLED, None),
        ("CX26-08", 10, "", WASHERS, "2026-08-01", "2026-08-31", DISCOUNT,
         (50, 45_000, 20_000, 700), PLANNED, None),
    )
)  # fmt: skip
