"""The sheets of what was done: receipts, rebate ledger, violations, contests, promotions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbooks.agreement_sheets import TOP, titled
from workbooks.agreements import PAYEES
from workbooks.choices import choose, dated
from workbooks.company import CURRENCIES
from workbooks.customers import Customer
from workbooks.layout import Column, Demo, position
from workbooks.products import CATEGORIES
from workbooks.rebates import ENTRY_TYPES, Entry
from workbooks.receipts import Receipt
from workbooks.rewards import (
    AWARDS,
    CONTESTS,
    IN_KIND,
    MEASURES,
    MECHANISMS,
    MONEY,
    PRIZE_TYPES,
    PROMOTION_STATES,
    PROMOTIONS,
    VIOLATION_TYPES,
    VIOLATIONS,
    Contest,
    Prize,
)
from workbooks.targets import Goal
from workbooks.words import NO, YES, Words

RECEIPTS_TITLE = Words("客户货款到账登记", "Payments by Customers")
RECEIPTS_NOTE = Words(
    "含税金额；未注明单据的冲销最早的未付单据。仅登记返利与回款挂钩的客户。",
    "Tax included. Without a document the oldest is paid. Only of customers whose rebates ask.",
)
LEDGER_TITLE = Words("返利计提与兑付", "Rebates Provided and Paid")
LEDGER_NOTE = Words(
    "冲回计提或确认时金额为负，冲回支付时金额为正。",
    "A reversal of an accrual or a confirmation is negative, one of a payment positive.",
)
VIOLATIONS_TITLE = Words("市场秩序检查", "Market Inspections")
VIOLATIONS_NOTE = Words("政策编号为空时适用于全部政策。", "Without a policy it counts for all.")
CONTESTS_TITLE = Words("竞赛方案与奖项", "Contests and Their Prizes")
CONTESTS_NOTE = Words(
    "同一竞赛的共同内容只填在第一行。", "What holds for a whole contest stands in its first row."
)
TARGETS_TITLE = Words("年度与季度目标分解", "Targets of the Year and the Quarter")
TARGETS_NOTE = Words(
    "不含税人民币金额；客户或业务员二者填一。",
    "In CNY, net of tax; of a customer or a salesperson.",
)
PROMOTIONS_TITLE = Words("联合促销安排", "Promotions with Customers")
PROMOTIONS_NOTE = Words("费用以人民币元计。", "Costs are in CNY.")

RECEIPT_COLUMNS = (
    Column("date", "date", 13, 13), Column("customer_id", "text", 12, 13),
    Column("customer_name", "plain", 32, 44), Column("amount", "money", 16, 16),
    Column("currency", "short", 8, 11), Column("matched_doc_no", "text", 15, 18),
)  # fmt: skip
LEDGER_COLUMNS = (
    Column("date", "date", 13, 13), Column("customer_id", "text", 12, 13),
    Column("customer_name", "plain", 32, 44), Column("policy_id", "text", 11, 11),
    Column("entry_type", "short", 9, 14), Column("amount", "money", 16, 16),
    Column("currency", "short", 8, 11), Column("voucher_no", "text", 13, 13),
    Column("payee", "plain", 32, 44),
)  # fmt: skip
VIOLATION_COLUMNS = (
    Column("date", "date", 13, 13), Column("customer_id", "text", 12, 13),
    Column("customer_name", "plain", 32, 44), Column("violation_type", "short", 10, 24),
    Column("penalty_share", "tax", 11, 11), Column("policy_id", "text", 11, 11),
)  # fmt: skip
CONTEST_COLUMNS = (
    Column("contest_id", "text", 11, 11), Column("contest_name", "plain", 26, 36),
    Column("period", "text", 24, 24), Column("contest_measure", "short", 9, 12),
    Column("award", "short", 10, 14), Column("place", "whole", 7, 7),
    Column("prize_amount", "yuan", 11, 11), Column("prize_type", "short", 10, 10),
    Column("prize_qty", "whole", 8, 9), Column("prize_unit_price", "yuan", 11, 11),
    Column("budget", "yuan", 11, 11), Column("entry_threshold", "yuan", 12, 12),
    Column("payee_type", "short", 10, 11),
)  # fmt: skip
TARGET_COLUMNS = (
    Column("customer_id", "text", 12, 13), Column("customer_name", "plain", 32, 44),
    Column("rep_id", "text", 12, 12), Column("period", "text", 10, 10),
    Column("target", "yuan", 15, 15), Column("currency", "short", 8, 11),
)  # fmt: skip
PROMOTION_COLUMNS = (
    Column("promo_id", "text", 11, 12), Column("customer_id", "text", 12, 12),
    Column("customer_name", "plain", 30, 40), Column("product_id", "text", 10, 10),
    Column("category", "short", 9, 18), Column("start", "date", 12, 12),
    Column("end", "date", 12, 12), Column("mechanism", "short", 10, 17),
    Column("unit_discount", "yuan", 10, 10), Column("fixed_cost", "yuan", 11, 11),
    Column("customer_contribution", "yuan", 11, 13), Column("target_uplift", "yuan", 10, 10),
    Column("currency", "short", 8, 11), Column("status", "short", 9, 11),
    Column("confirmed", "short", 10, 11), Column("confirmed_by", "plain", 10, 16),
)  # fmt: skip


def write_receipts(demo: Demo, receipts: Sequence[Receipt]) -> None:
    """One row a payment."""
    sheet = titled(demo, "receipts", RECEIPTS_TITLE, RECEIPTS_NOTE)
    rows = [
        [each.day, each.customer_id, each.customer_name, each.amount, "CNY", each.doc_no or None]
        for each in receipts
    ]
    last = demo.table(sheet, "receipts", RECEIPT_COLUMNS, rows, top=TOP)
    body = (TOP + 1, last)
    dated(demo, sheet, body, position(RECEIPT_COLUMNS, "date"))
    choose(demo, sheet, body, position(RECEIPT_COLUMNS, "currency"), CURRENCIES)
    sheet.ignore_errors({"number_stored_as_text": f"B{TOP + 2}:B{last + 1}"})


def write_ledger(demo: Demo, entries: Sequence[Entry]) -> None:
    """One row an entry."""
    sheet = titled(demo, "rebate_ledger", LEDGER_TITLE, LEDGER_NOTE, landscape=True)
    rows = [
        [
            each.day, each.customer_id, each.customer_name, each.policy_id, each.type, each.amount,
            each.currency, each.voucher, each.payee,
        ]
        for each in entries
    ]  # fmt: skip
    last = demo.table(sheet, "rebate_ledger", LEDGER_COLUMNS, rows, top=TOP)
    body = (TOP + 1, last)
    dated(demo, sheet, body, position(LEDGER_COLUMNS, "date"))
    choose(demo, sheet, body, position(LEDGER_COLUMNS, "entry_type"), ENTRY_TYPES)
    choose(demo, sheet, body, position(LEDGER_COLUMNS, "currency"), CURRENCIES)
    sheet.ignore_errors({"number_stored_as_text": f"B{TOP + 2}:B{last + 1}"})


def write_violations(demo: Demo, customers: Sequence[Customer]) -> None:
    """One row a violation."""
    sheet = titled(demo, "violations", VIOLATIONS_TITLE, VIOLATIONS_NOTE)
    rows = [
        [
            each.day, customers[each.rank].id, customers[each.rank].name, each.type,
            float(each.penalty), each.policy_id or None,
        ]
        for each in VIOLATIONS
    ]  # fmt: skip
    last = demo.table(sheet, "violations", VIOLATION_COLUMNS, rows, top=TOP)
    body = (TOP + 1, last)
    dated(demo, sheet, body, position(VIOLATION_COLUMNS, "date"))
    choose(demo, sheet, body, position(VIOLATION_COLUMNS, "violation_type"), VIOLATION_TYPES)
    sheet.ignore_errors({"number_stored_as_text": f"B{TOP + 2}:B{last + 1}"})


def write_contests(demo: Demo) -> None:
    """One row a prize; what holds for all places of a contest in the first of them."""
    sheet = titled(demo, "contests", CONTESTS_TITLE, CONTESTS_NOTE, landscape=True)
    rows = [_prize_row(contest, prize) for contest in CONTESTS for prize in contest.prizes]
    last = demo.table(sheet, "contests", CONTEST_COLUMNS, rows, top=TOP)
    for column_id, choices in (
        ("contest_measure", MEASURES),
        ("award", AWARDS),
        ("prize_type", PRIZE_TYPES),
        ("payee_type", PAYEES),
    ):
        choose(demo, sheet, (TOP + 1, last), position(CONTEST_COLUMNS, column_id), choices)


def _prize_row(contest: Contest, prize: Prize) -> list[Any]:
    is_first = prize is contest.prizes[0]
    name, period, measure, budget, threshold, payee = (
        (contest.name, contest.period, contest.measure, contest.budget, contest.threshold,
         contest.payee)
        if is_first
        else (None,) * 6
    )  # fmt: skip
    return [
        contest.id, name, period, measure, prize.award, prize.place, prize.money,
        IN_KIND if prize.qty else MONEY, prize.qty, prize.unit_price, budget, threshold, payee,
    ]  # fmt: skip


def write_targets(demo: Demo, goals: Sequence[Goal]) -> None:
    """One row a target."""
    sheet = titled(demo, "targets", TARGETS_TITLE, TARGETS_NOTE)
    rows = [_target_row(goal) for goal in goals]
    last = demo.table(sheet, "targets", TARGET_COLUMNS, rows, top=TOP)
    choose(demo, sheet, (TOP + 1, last), position(TARGET_COLUMNS, "currency"), CURRENCIES)
    sheet.ignore_errors({"number_stored_as_text": f"A{TOP + 2}:D{last + 1}"})


def _target_row(goal: Goal) -> list[Any]:
    of_customer = (goal.customer.id, goal.customer.name) if goal.customer else (None, None)
    return [*of_customer, goal.person and goal.person.id, goal.period, goal.amount, "CNY"]


def write_promotions(demo: Demo, customers: Sequence[Customer]) -> None:
    """One row a promotion."""
    sheet = titled(demo, "promotions", PROMOTIONS_TITLE, PROMOTIONS_NOTE, landscape=True)
    rows = [
        [
            each.id, customers[each.rank].id, customers[each.rank].name, each.product_id or None,
            each.category, each.start, each.end, each.mechanism, each.unit_discount,
            each.fixed_cost, each.contribution, each.uplift, "CNY", each.state,
            YES if each.buyer else NO, each.buyer,
        ]
        for each in PROMOTIONS
    ]  # fmt: skip
    last = demo.table(sheet, "promotions", PROMOTION_COLUMNS, rows, top=TOP)
    body = (TOP + 1, last)
    for column_id in ("start", "end"):
        dated(demo, sheet, body, position(PROMOTION_COLUMNS, column_id))
    for column_id, choices in (
        ("category", CATEGORIES),
        ("mechanism", MECHANISMS),
        ("currency", CURRENCIES),
        ("status", PROMOTION_STATES),
        ("confirmed", (YES, NO)),
    ):
        choose(demo, sheet, body, position(PROMOTION_COLUMNS, column_id), choices)
    sheet.ignore_errors({"number_stored_as_text": f"B{TOP + 2}:B{last + 1}"})
