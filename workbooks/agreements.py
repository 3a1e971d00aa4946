"""The rebate policies of the invented company, with their tiers and payment factors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbooks.company import EXPORT_REGION
from workbooks.products import AIR_CONDITIONERS
from workbooks.words import Words, pairs

BASES = pairs("销售额 sales | 回款额 receipts | 数量 quantity | 增长 growth")
SALES, RECEIPTS, QUANTITY, GROWTH = BASES
METHODS = pairs(
    "全额 retrospective | 超额分段 stepped | 目标 target | 增长 growth | 单位 per unit | "
    "回款期 payment age"
)
RETROSPECTIVE, STEPPED, TARGET, BY_GROWTH, PER_UNIT, PAYMENT_AGE = METHODS
PAYOUTS = pairs("现金 cash | 抵货款 offset | 实物 goods")
CASH, OFFSET, GOODS = PAYOUTS
PAYEES = pairs("客户 account | 我方员工 own staff | 个人 individual")
ACCOUNT, OWN_STAFF, INDIVIDUAL = PAYEES
WITHIN_TERMS = Words("账期内付清货款", "goods paid within terms")
NO_OVERDUE = Words("无逾期货款", "nothing overdue")
WITHIN_45_DAYS = Words("开票后45天内回款", "paid within 45 days of the invoice")

Tiers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One rebate policy; `ranks` names customers by size, empty for every key account.

    tiers, proposed: (lower bound, rate); of method "per unit" (lower bound, CNY a piece).
    """

    id: str
    name: Words
    start: date
    end: date
    basis: Words
    method: Words
    tiers: Tiers
    payout: Words
    payout_days: int
    stackable: bool
    priority: int
    budget: int
    ranks: tuple[int, ...] = ()
    region: Words | None = None
    products: Words | None = None
    excluded: str = ""
    with_tax: bool = False
    cap_amount: int | None = None
    cap_share: str = ""
    threshold: int | None = None
    condition: Words | None = None
    currency: str = "CNY"
    factors: tuple[tuple[int, str], ...] = ()
    proposed: Tiers = ()

    def rate_of(self, volume: Decimal) -> Decimal:
        """The rate of the tier that `volume` reaches; 0 below the first."""
        reached = [Decimal(rate) for lower, rate in self.tiers if volume >= Decimal(lower)]
        return reached[-1] if reached else Decimal(0)

    def stepped(self, volume: Decimal) -> Decimal:
        """What `volume` earns where each rate holds between its bound and the next one."""
        bounds = [Decimal(lower) for lower, _ in self.tiers]
        parts = zip(self.tiers, bounds, [*bounds[1:], volume], strict=True)
        return sum(
            (Decimal(rate) * max(Decimal(0), min(volume, upper) - lower)
             for (_, rate), lower, upper in parts),
            Decimal(0),
        )  # fmt: skip


ANNUAL_2025 = Agreement(
    id="FL25-01",
    name=Words("2025年度销售返利", "Annual Rebate 2025"),
    start=date(2025, 1, 1),
    end=date(2025, 12, 31),
    basis=SALES,
    method=RETROSPECTIVE,
    tiers=(
        ("5000000", "0.01"), ("10000000", "0.015"), ("20000000", "0.02"), ("35000000", "0.025"),
    ),
    payout=OFFSET,
    payout_days=60,
    stackable=False,
    priority=1,
    budget=4_000_000,
    ranks=(1, 2, 4, 6, 7, 8, 9, 10, 11, 16),
    condition=NO_OVERDUE,
)  # fmt: skip
ANNUAL_2026 = Agreement(
    id="FL26-01",
    name=Words("2026年度大客户阶梯返利", "Key Account Rebate 2026"),
    start=date(2026, 1, 1),
    end=date(2026, 12, 31),
    basis=SALES,
    method=STEPPED,
    tiers=(
        ("0", "0.01"), ("2000000", "0.015"), ("5000000", "0.02"), ("15000000", "0.025"),
        ("30000000", "0.03"),
    ),
    payout=OFFSET,
    payout_days=60,
    stackable=False,
    priority=3,
    budget=8_000_000,
    condition=NO_OVERDUE,
    proposed=(
        ("0", "0.008"), ("2000000", "0.015"), ("5000000", "0.022"), ("15000000", "0.028"),
        ("30000000", "0.035"),
    ),
)  # fmt: skip
HALF_YEAR = Agreement(
    id="FL26-02",
    name=Words("2026上半年全额返利", "First-Half Volume Rebate 2026"),
    start=date(2026, 1, 1),
    end=date(2026, 6, 30),
    basis=SALES,
    method=RETROSPECTIVE,
    tiers=(("2000000", "0.01"), ("5500000", "0.02"), ("12000000", "0.025")),
    payout=OFFSET,
    payout_days=45,
    stackable=True,
    priority=5,
    budget=1_200_000,
    ranks=(4, 7, 8, 9, 11, 13, 14, 30, 32),
    cap_amount=400_000,
    condition=NO_OVERDUE,
    proposed=(("2000000", "0.01"), ("4000000", "0.015"), ("8000000", "0.02")),
)
GROWTH_2026 = Agreement(
    id="FL26-03",
    name=Words("2026上半年增长返利", "First-Half Growth Rebate 2026"),
    start=date(2026, 1, 1),
    end=date(2026, 6, 30),
    basis=GROWTH,
    method=BY_GROWTH,
    tiers=(("0.1", "0.02"), ("0.25", "0.04"), ("0.5", "0.06")),
    payout=CASH,
    payout_days=45,
    stackable=True,
    priority=5,
    budget=400_000,
    ranks=(8, 10, 12, 13, 14, 43, 44),
    cap_amount=160_000,
)
SUMMER_UNITS = Agreement(
    id="FL26-04",
    name=Words("2026旺季空调单台返利", "Summer Rebate per Air Conditioner 2026"),
    start=date(2026, 4, 1),
    end=date(2026, 8, 31),
    basis=QUANTITY,
    method=PER_UNIT,
    tiers=(("0", "20"), ("500", "30"), ("1000", "40")),
    payout=GOODS,
    payout_days=30,
    stackable=True,
    priority=5,
    budget=500_000,
    ranks=(1, 2, 4, 10, 14, 18, 29),
    products=AIR_CONDITIONERS,
    excluded="KT08",
    cap_amount=75_000,
)
EARLY_PAYMENT = Agreement(
    id="FL26-05",
    name=Words("2026年回款返利", "Early Payment Rebate 2026"),
    start=date(2026, 1, 1),
    end=date(2026, 12, 31),
    basis=RECEIPTS,
    method=PAYMENT_AGE,
    tiers=(("0", "0.015"), ("16", "0.01"), ("31", "0.005"), ("61", "0")),
    payout=OFFSET,
    payout_days=30,
    stackable=True,
    priority=5,
    budget=300_000,
    ranks=(18, 27, 28, 30),
    with_tax=True,
    cap_share="0.012",
    condition=WITHIN_TERMS,
)
SECOND_QUARTER = Agreement(
    id="FL26-06",
    name=Words("2026年二季度回款系数返利", "Second-Quarter Rebate by Payment 2026"),
    start=date(2026, 4, 1),
    end=date(2026, 6, 30),
    basis=SALES,
    method=STEPPED,
    tiers=(("0", "0.005"), ("1000000", "0.008"), ("3000000", "0.012")),
    payout=OFFSET,
    payout_days=60,
    stackable=True,
    priority=5,
    budget=150_000,
    ranks=(10, 11, 16),
    condition=WITHIN_45_DAYS,
    factors=((15, "1"), (30, "0.8"), (45, "0.5")),
)
OVERSEAS = Agreement(
    id="FL26-07",
    name=Words("2026海外代理商返利", "Overseas Agents 2026"),
    start=date(2026, 1, 1),
    end=date(2026, 12, 31),
    basis=SALES,
    method=STEPPED,
    tiers=(("0", "0.01"), ("500000", "0.015"), ("1500000", "0.02")),
    payout=OFFSET,
    payout_days=90,
    stackable=False,
    priority=1,
    budget=120_000,
    region=EXPORT_REGION,
    threshold=50_000,
    condition=WITHIN_TERMS,
    currency="USD",
)
TASK = Agreement(
    id="FL26-08",
    name=Words("2026年二季度任务返利", "Second-Quarter Target Rebate 2026"),
    start=date(2026, 4, 1),
    end=date(2026, 6, 30),
    basis=SALES,
    method=TARGET,
    tiers=(("3000000", "0.008"),),  # where an account has no target of its own
    payout=CASH,
    payout_days=45,
    stackable=True,
    priority=5,
    budget=100_000,
    ranks=(7, 9, 14),
)
AGREEMENTS = (
    ANNUAL_2025, ANNUAL_2026, HALF_YEAR, GROWTH_2026, SUMMER_UNITS, EARLY_PAYMENT, SECOND_QUARTER,
    OVERSEAS, TASK,
)  # fmt: skip
