"""The sheets of what is agreed on rebates: policies, tiers, payment factors, what might change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from workbooks.agreements import (
    ACCOUNT,
    AGREEMENTS,
    BASES,
    BY_GROWTH,
    METHODS,
    PAYEES,
    PAYOUTS,
    PER_UNIT,
    Agreement,
    Tiers,
)
from workbooks.choices import choose, dated
from workbooks.company import CURRENCIES
from workbooks.customers import Customer
from workbooks.layout import LINE_HEIGHT, Column, Demo, position
from workbooks.registers import INPUT_TAB
from workbooks.words import NO, YES, Words

TOP = 3
IDS_A_LINE = 5
POLICIES_TITLE = Words("返利协议一览", "Agreements on Rebates")
POLICIES_NOTE = Words(
    "适用客户与区域均为空的政策适用于全部大客户；不可叠加的政策按优先级取一。",
    "Without customers and regions: all key accounts. Of those not stackable, the first counts.",
)
TIERS_TITLE = Words("各政策的起点与返利率", "Where Each Rate Begins")
TIERS_NOTE = Words(
    "达到下限（含）即适用该档，直至下一档；单台返利填金额，其余填返利率。",
    "A rate holds from its bound, inclusive, to the next one; rebates per piece are amounts.",
)
PROPOSED_TITLE = Words("下半年拟调整的返利率", "Rates That Might Change")
PROPOSED_NOTE = Words("仅供测算，未经批准。", "For calculation only; not approved.")
FACTORS_TITLE = Words("按回款天数兑付的比例", "Share Paid by Days until Payment")
FACTORS_NOTE = Words(
    "自开票日起算；超过最后一档的不兑付。",
    "From the date of the invoice; beyond the last line nothing is paid.",
)

POLICY_COLUMNS = (
    Column("policy_id", "text", 10, 10), Column("policy_name", "plain", 26, 38),
    Column("eligible_customers", "list", 42, 42), Column("eligible_regions", "short", 9, 12),
    Column("eligible_products", "short", 10, 18), Column("excluded_products", "short", 10, 11),
    Column("valid_from", "date", 12, 12), Column("valid_to", "date", 12, 12),
    Column("basis", "short", 9, 10), Column("tax_included", "short", 7, 10),
    Column("rebate_method", "short", 10, 14), Column("cap_amount", "yuan", 11, 11),
    Column("cap_share", "share", 9, 9), Column("min_threshold", "yuan", 11, 12),
    Column("payout_method", "short", 9, 10), Column("payout_days", "whole", 11, 12),
    Column("stackable", "short", 8, 10), Column("priority", "whole", 8, 9),
    Column("budget", "yuan", 12, 12), Column("payment_condition", "short", 22, 33),
    Column("currency", "short", 7, 10), Column("payee_type", "short", 9, 10),
)  # fmt: skip
TIER_COLUMNS = (
    Column("policy_id", "text", 12, 12), Column("tier", "whole", 8, 8),
    Column("tier_lower", "yuan", 16, 16), Column("rebate_rate", "share", 11, 12),
    Column("rebate_amount", "yuan", 12, 14),
)  # fmt: skip
FACTOR_COLUMNS = (
    Column("policy_id", "text", 12, 12), Column("max_days", "whole", 12, 12),
    Column("factor", "tax", 10, 10),
)  # fmt: skip


def titled(
    demo: Demo, sheet_id: str, title: Words, note: Words, *, landscape: bool = False
) -> Worksheet:
    """A sheet with a title and a note above its table, which begins at row TOP."""
    sheet = demo.sheet(sheet_id, tab=INPUT_TAB, landscape=landscape)
    sheet.write(0, 0, demo.say(title), demo.formats["title"])
    sheet.write(1, 0, demo.say(note), demo.formats["note"])
    return sheet


def write_policies(demo: Demo, customers: Sequence[Customer]) -> None:
    """One row a policy, with lists to choose from."""
    sheet = titled(demo, "rebate_policies", POLICIES_TITLE, POLICIES_NOTE, landscape=True)
    rows = [_policy_row(each, customers) for each in AGREEMENTS]
    last = demo.table(sheet, "rebate_policies", POLICY_COLUMNS, rows, top=TOP)
    for number, each in enumerate(AGREEMENTS, start=TOP + 1):
        lines = -(-len(each.ranks) // IDS_A_LINE)
        sheet.set_row(number, LINE_HEIGHT * max(1, lines))
    body = (TOP + 1, last)
    for column_id, choices in (
        ("basis", BASES),
        ("tax_included", (YES, NO)),
        ("rebate_method", METHODS),
        ("payout_method", PAYOUTS),
        ("stackable", (YES, NO)),
        ("currency", CURRENCIES),
        ("payee_type", PAYEES),
    ):
        choose(demo, sheet, body, position(POLICY_COLUMNS, column_id), choices)
    for column_id in ("valid_from", "valid_to"):
        dated(demo, sheet, body, position(POLICY_COLUMNS, column_id))
    sheet.ignore_errors({"number_stored_as_text": f"C{TOP + 2}:C{last + 1}"})


def _policy_row(each: Agreement, customers: Sequence[Customer]) -> list[Any]:
    return [
        each.id, each.name, "; ".join(customers[rank].id for rank in each.ranks) or None,
        each.region, each.products, each.excluded or None, each.start, each.end, each.basis,
        _yes(each.with_tax), each.method, each.cap_amount,
        Decimal(each.cap_share) if each.cap_share else None, each.threshold, each.payout,
        each.payout_days, _yes(each.stackable), each.priority, each.budget, each.condition,
        each.currency, ACCOUNT,
    ]  # fmt: skip


def _yes(is_so: bool) -> Words:
    return YES if is_so else NO


def write_tiers(demo: Demo) -> None:
    """The tiers that hold."""
    sheet = titled(demo, "rebate_tiers", TIERS_TITLE, TIERS_NOTE)
    _write_tiers(demo, sheet, "rebate_tiers", [(each, each.tiers) for each in AGREEMENTS])


def write_proposed_tiers(demo: Demo) -> None:
    """Tiers of some policies as they might be."""
    sheet = titled(demo, "proposed_tiers", PROPOSED_TITLE, PROPOSED_NOTE)
    proposed = [(each, each.proposed) for each in AGREEMENTS if each.proposed]
    _write_tiers(demo, sheet, "proposed_tiers", proposed)


def _write_tiers(
    demo: Demo, sheet: Worksheet, table_id: str, scales: Sequence[tuple[Agreement, Tiers]]
) -> None:
    steps = [(each, *tier) for each, tiers in scales for tier in enumerate(tiers, start=1)]
    rows = [_tier_row(each, number, *tier) for each, number, tier in steps]
    demo.table(sheet, table_id, TIER_COLUMNS, rows, top=TOP)
    lower = position(TIER_COLUMNS, "tier_lower")
    for number, (row, (each, *_)) in enumerate(zip(rows, steps, strict=True), start=TOP + 1):
        if each.method == BY_GROWTH:  # its bounds are growth rates
            sheet.write_number(number, lower, row[lower], demo.formats["percent"])


def _tier_row(each: Agreement, number: int, lower: str, rate: str) -> list[Any]:
    pays = Decimal(rate)
    of_money, a_piece = (None, pays) if each.method == PER_UNIT else (pays, None)
    return [each.id, number, Decimal(lower), of_money, a_piece]


def write_factors(demo: Demo) -> None:
    """What is paid by how soon the goods were paid."""
    sheet = titled(demo, "payment_factors", FACTORS_TITLE, FACTORS_NOTE)
    rows = list(_factor_rows())
    demo.table(sheet, "payment_factors", FACTOR_COLUMNS, rows, top=TOP)


def _factor_rows() -> Iterator[list[Any]]:
    for each in AGREEMENTS:
        for days, factor in each.factors:
            yield [each.id, days, Decimal(factor)]
