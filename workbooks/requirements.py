"""What twelve large accounts ask of the company: delivery, price, service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workbooks.words import Words, pairs

ITEMS = pairs(
    "交货时间 delivery time | 交货批量 delivery batch | 批次 number of batches | 周期 cycle | "
    "价格 price | 代培推销员 training of salespeople | 市场调查 market research | 其他 other"
)
TIME, BATCH, BATCHES, CYCLE, PRICE, TRAINING, RESEARCH, OTHER = ITEMS
DAYS, PIECES, A_MONTH, A_YEAR, A_PIECE, PERSONS = pairs(
    "天 days | 台 pcs | 批/月 batches/month | 次/年 times/year | 元/台 CNY/pcs | 人 persons"
)
PERCENT = Words.same("%")
ON_TIME_95, ON_TIME_90 = Words.same("95%"), Words("不低于90%", "at least 90%")
FORTNIGHT, TWO_WEEKS = Words("≤14天", "≤14 days"), Words("2周", "2 weeks")
EIGHT_BATCHES = Words("每月8批", "8 batches/month")
RANGE = Words.same("200-400")
AT_MOST_700 = Words("不超过700元/台", "no more than 700 CNY/pcs")
SALES_DATA = Words("每月提供终端销售数据", "sell-out figures every month")
SERVICE_CONTACT = Words("售后由专人对接", "one contact for all service matters")
NEW_SAMPLES = Words("样机每季度更换", "new display models every quarter")
NEW_MANAGER = Words("更换客户经理", "another account manager")
SURVEY = Words("每年一次区域需求调查", "a survey of regional demand every year")
YES, DONE, NOT_DONE = pairs("是 yes | 已完成 done | 未完成 not done")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A wish of the account that is number `rank` by size.

    `actual` is None where it is to be worked out from deliveries or sales, or nobody knows.
    """

    rank: int
    item: Words
    expected: Words | int
    unit: Words | None
    actual: Words | int | None
    day: date
    agreed: bool


REQUIREMENTS = tuple(
    Requirement(rank, item, expected, unit, actual, date.fromisoformat(day), agreed)
    for rank, item, expected, unit, actual, day, agreed in (
        (0, CYCLE, 7, DAYS, None, "2025-11-06", True),
        (0, PRICE, 420, A_PIECE, None, "2026-01-15", True),
        (0, RESEARCH, SALES_DATA, None, DONE, "2025-11-06", True),
        (0, OTHER, SERVICE_CONTACT, None, YES, "2025-11-06", True),
        (1, TIME, 18, DAYS, None, "2025-09-10", True),
        (1, TIME, ON_TIME_95, PERCENT, None, "2025-09-10", True),
        (1, PRICE, 1200, A_PIECE, None, "2026-03-18", False),
        (1, TRAINING, 6, PERSONS, 8, "2025-09-10", True),
        (2, TIME, FORTNIGHT, None, None, "2025-10-22", True),
        (2, BATCH, 500, PIECES, None, "2025-10-22", True),
        (2, BATCHES, EIGHT_BATCHES, None, None, "2026-02-05", False),
        (2, TRAINING, 10, PERSONS, 6, "2025-10-22", True),
        (2, OTHER, NEW_SAMPLES, None, NOT_DONE, "2026-02-05", True),
        (4, TIME, 20, DAYS, None, "2025-08-14", True),
        (4, TIME, 15, DAYS, None, "2026-03-26", True),  # the same wish again, stricter
        (4, TIME, ON_TIME_90, PERCENT, None, "2026-03-26", True),
        (4, PRICE, 1250, A_PIECE, None, "2025-08-14", True),
        (4, RESEARCH, 2, A_YEAR, 1, "2025-08-14", True),
        (5, TIME, 20, DAYS, None, "2025-12-03", True),
        (5, BATCH, RANGE, PIECES, None, "2025-12-03", True),
        (5, PRICE, 900, A_PIECE, None, "2026-04-09", False),
        (6, CYCLE, 15, DAYS, None, "2025-07-24", True),
        (6, PRICE, AT_MOST_700, None, None, "2025-12-17", False),
        (6, OTHER, NEW_MANAGER, None, None, "2026-02-11", False),
        (8, TIME, 12, DAYS, 11, "2025-10-30", True),
        (8, PRICE, 480, A_PIECE, None, "2026-01-22", True),
        (8, TRAINING, 8, PERSONS, 8, "2025-10-30", True),
        (9, TIME, 14, DAYS, None, "2025-11-20", True),
        (9, TIME, ON_TIME_90, PERCENT, None, "2025-11-20", True),
        (9, BATCHES, 4, A_MONTH, None, "2025-11-20", True),
        (10, TIME, 17, DAYS, None, "2025-09-25", True),
        (10, TIME, ON_TIME_95, PERCENT, None, "2025-09-25", True),
        (11, TIME, 16, DAYS, None, "2026-01-08", True),
        (11, CYCLE, 7, DAYS, None, "2026-01-08", True),
        (11, TRAINING, 4, PERSONS, None, "2026-04-16", False),
        (13, TIME, TWO_WEEKS, None, None, "2025-08-28", True),
        (13, PRICE, 1000, A_PIECE, None, "2026-05-13", False),
        (16, TIME, 10, DAYS, None, "2026-05-27", False),
        (16, RESEARCH, SURVEY, None, None, "2026-05-27", False),
    )
)
