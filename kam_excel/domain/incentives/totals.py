"""All that accounts are given: discounts, allowances, rebates and prizes, and of how much sales."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import add

import pandas as pd

from kam_excel.domain.columns import coalesce, exact_column, holds, text_column
from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.exact import exact
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import round_half_up, share_float
from kam_excel.domain.periods import Window
from kam_excel.domain.rates import currency_codes, known_rates
from kam_excel.domain.signs import codes_of

PROMOTIONS = "promotions"
NOT_HELD = ("planned", "cancelled")
ZERO = Decimal(0)
PARTS = {
    "discount_total": ("DISCOUNTS_UNKNOWN", "sales"),
    "allowance_total": ("PROMOTIONS_MISSING", PROMOTIONS),
    "rebate_total": ("REBATES_MISSING", "rebate_policies"),
    "prize_sum": ("CONTESTS_MISSING", "contests"),
}
REASONS = {
    "ALLOWANCE_INCOMPLETE": (
        "有促销的币种没有汇率，促销补贴不全",
        "A promotion has a currency without a rate; allowances are incomplete",
    ),
    "NO_SALES_IN_WINDOW": (
        "统计期内净销售额不大于 0，无法计算占比",
        "Net sales of the window are not above 0, so there is no share",
    ),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What accounts are given beside what the lines of sales say; None where nobody knows.

    promotions: by sheet row; promo_id, customer_id, start; optional fixed_cost,
        customer_contribution (exact), currency, status (planned, confirmed, running, finished,
        cancelled)
    rebates, prizes: customer_id, amount (exact, base currency)
    """

    promotions: pd.DataFrame | None = None
    rebates: pd.DataFrame | None = None
    prizes: pd.DataFrame | None = None


def incentive_totals(
    accounts: pd.Index,
    lines: pd.DataFrame,
    window: Window,
    given: Given,
    rates: pd.DataFrame,
    base: str,
    log: IssueLog,
) -> pd.DataFrame:
    """One row each of `accounts`, in their order; amounts exact, in `base`, each rounded half up.

    lines: net sales: date, customer_id, amount; optional discount (exact, `base`). Those of the
        window count, and the promotions that start in it and are neither planned nor cancelled,
        at the rate of their start. rebates and prizes are of the window already.
    The result: customer_id, net_sales, discount_total, allowance_total, rebate_total, prize_sum,
    incentive_total, incentive_rate (float64, missing where net sales are not above 0) and
    reason_code. A part that nobody knows is empty for all accounts, and is logged once; the total
    is that of the parts that are known, missing where none is.
    """
    own = lines[window.contains(lines["date"]) & lines["customer_id"].isin(accounts)]
    known = _known(own, accounts, window, given, rates, base, log)
    for name, (code, table_id) in PARTS.items():
        if name not in known:
            log.add_one(code, table_id, "PART_LEFT_OUT")
    places = MINOR_UNITS[base]
    sums = {name: round_half_up(summed(each, accounts), places) for name, each in known.items()}
    nothing = pd.Series(exact([None] * len(accounts)).array, index=accounts)
    total = reduce(add, sums.values()) if sums else nothing
    net = round_half_up(summed(own[["customer_id", "amount"]], accounts), places)
    return pd.DataFrame(
        {
            "customer_id": pd.Series(accounts, accounts, dtype="str"),
            "net_sales": net,
            **{name: sums.get(name, nothing) for name in PARTS},
            "incentive_total": total,
            "incentive_rate": share_float(total, net.where(holds(net > 0))),
            "reason_code": _reasons(net, known.get("allowance_total")),
        }
    ).reset_index(drop=True)


def _known(
    own: pd.DataFrame,
    accounts: pd.Index,
    window: Window,
    given: Given,
    rates: pd.DataFrame,
    base: str,
    log: IssueLog,
) -> dict[str, pd.DataFrame]:
    """The parts that somebody knows: customer_id and amount of each."""
    allowances = None
    if given.promotions is not None:
        allowances = allowed(given.promotions, accounts, window, rates, base, log)
    parts = (_discounts(own, log), allowances, given.rebates, given.prizes)
    return {name: each for name, each in zip(PARTS, parts, strict=True) if each is not None}


def allowed(
    promotions: pd.DataFrame,
    accounts: pd.Index,
    window: Window,
    rates: pd.DataFrame,
    base: str,
    log: IssueLog,
) -> pd.DataFrame:
    """What promotions with `accounts` cost us: customer_id, amount (exact, `base`), by sheet row.

    That is the fixed cost less what the customer bears, at least 0, of the promotions that start
    in `window` and are held; missing where their currency has no rate at the start. Price cuts
    are in the sales already.
    """
    with_them = promotions["customer_id"].isin(accounts)
    held = with_them & ~text_column(promotions, "status").isin(NOT_HELD)
    undated = promotions.index[held & promotions["start"].isna()]
    log.add("PROMOTION_UNDATED", PROMOTIONS, undated, "ROW_EXCLUDED", column="start")
    rows = promotions[held & window.contains(promotions["start"])]
    zero = pd.Series(exact([ZERO]).array.take([0] * len(rows)), rows.index)
    cost = coalesce(exact_column(rows, "fixed_cost"), zero)
    net = cost - coalesce(exact_column(rows, "customer_contribution"), zero)
    below = holds(net < 0)
    _report_costs(rows, cost, below, log)
    codes = currency_codes(rows, base)
    fx = known_rates(codes, rows["start"], rates, base)
    net = net.mask(below, ZERO)
    unrated = fx.isna() & holds(net > 0)
    log.add(
        "FX_MISSING",
        PROMOTIONS,
        rows.index[unrated],
        "ROW_EXCLUDED",
        column="currency",
        values=codes,
        amounts=net,
    )
    found = pd.DataFrame({"customer_id": rows["customer_id"], "amount": net * fx})
    return found[unrated | fx.notna()]


def summed(amounts: pd.DataFrame, accounts: pd.Index) -> pd.Series:
    """Σ amount of each account (exact), 0 for one without rows; missing amounts left out."""
    found = amounts["amount"].groupby(amounts["customer_id"]).sum().reindex(accounts)
    return found.mask(found.isna(), ZERO)


def _discounts(own: pd.DataFrame, log: IssueLog) -> pd.DataFrame | None:
    """The discounts of the lines, None where no line says any."""
    discounts = exact_column(own, "discount")
    unsaid = discounts.isna()
    if len(own) and unsaid.all():
        return None
    if unsaid.any():
        log.add_one(
            "DISCOUNTS_INCOMPLETE",
            "sales",
            "ROW_KEPT",
            column="discount",
            value=int(unsaid.sum()),
            amount=own["amount"][unsaid].sum(),
        )
    return own[["customer_id"]].assign(amount=discounts)


def _report_costs(rows: pd.DataFrame, cost: pd.Series, below: pd.Series, log: IssueLog) -> None:
    """Log costs that may be there twice, and contributions that are more than the cost."""
    again = rows.assign(cost=cost).duplicated(["promo_id", "customer_id", "cost"])
    for code, where, column, taken in (
        ("PROMOTION_COST_REPEATED", again & holds(cost > 0), "fixed_cost", None),
        ("CONTRIBUTION_EXCEEDS_COST", below, "customer_contribution", cost),
    ):
        values, found = exact_column(rows, column), rows.index[where]
        log.add(code, PROMOTIONS, found, "ROW_KEPT", column=column, values=values, taken=taken)


def _reasons(net: pd.Series, allowances: pd.DataFrame | None) -> pd.Series:
    """The codes of each account, missing where there are none."""
    gaps = (
        [] if allowances is None else list(allowances["customer_id"][allowances["amount"].isna()])
    )
    signs = {"ALLOWANCE_INCOMPLETE": net.index.isin(gaps), "NO_SALES_IN_WINDOW": holds(net <= 0)}
    found = codes_of(pd.DataFrame(signs, index=net.index))
    return found.mask(found == "")
