"""What follows from limit and exposure, and why."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.money import share_float

REASONS = {
    "OVER_LIMIT": ("超出信用额度", "Over the credit limit"),
    "LONG_OVERDUE": (
        "有发票逾期 {overdue_days} 天",
        "An invoice is overdue for {overdue_days} days",
    ),
    "AMOUNT_UNKNOWN": (
        "有未清项目缺少金额或汇率，信用占用无法计算",
        "An open item lacks its amount or exchange rate, the exposure cannot be told",
    ),
    "LIMIT_NOT_VALUED": (
        "信用额度的币种没有汇率",
        "There is no exchange rate of the currency of the limit",
    ),
    "NO_LIMIT": ("客户档案中没有信用额度", "The customer sheet gives no credit limit"),
    "OVERDUE": ("有发票逾期 {overdue_days} 天", "An invoice is overdue for {overdue_days} days"),
    "NEAR_LIMIT": ("额度已使用 {utilisation:.1%}", "{utilisation:.1%} of the limit is used"),
}
STOP = ("OVER_LIMIT", "LONG_OVERDUE")


def judged(accounts: pd.DataFrame, near_limit: Fraction, overdue_days: int) -> pd.DataFrame:
    """`accounts` with headroom, utilisation, verdict and reason_code, the most urgent first.

    accounts: exposure and credit_limit (exact), overdue_days, limit_not_valued. A limit that is
    reached is not exceeded; both thresholds are inclusive.
    """
    exposure, limit = accounts["exposure"], accounts["credit_limit"]
    over = holds(exposure > limit)
    near = holds(exposure * near_limit.denominator >= limit * near_limit.numerator)
    is_late = holds(accounts["overdue_days"] > 0)
    signs = pd.DataFrame(
        {
            "OVER_LIMIT": over,
            "LONG_OVERDUE": is_late & holds(accounts["overdue_days"] >= overdue_days),
            "AMOUNT_UNKNOWN": exposure.isna(),
            "LIMIT_NOT_VALUED": accounts["limit_not_valued"],
            "NO_LIMIT": limit.isna() & ~accounts["limit_not_valued"],
            "OVERDUE": is_late & holds(accounts["overdue_days"] < overdue_days),
            "NEAR_LIMIT": near & ~over & holds(limit > 0),
        }
    )
    codes = [", ".join(signs.columns[row]) or None for row in signs.to_numpy(bool)]
    stop, watch = signs[list(STOP)].any(axis=1), signs.any(axis=1)
    urgency = pd.Series(2, accounts.index).mask(watch, 1).mask(stop, 0)
    found = accounts.drop(columns="limit_not_valued").assign(
        headroom=limit - exposure,
        utilisation=share_float(exposure, limit),
        verdict=urgency.map({0: "stop", 1: "watch", 2: "clear"}),
        reason_code=pd.Series(codes, accounts.index, dtype="str"),
    )
    return found.loc[urgency.sort_values(kind="stable").index]
