"""The cases of incentives planted in the demo are there, as direct sums over its books show."""

import runpy
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

AS_OF = date(2026, 6, 30)
TARGET_PERIODS = {"FL26-08": "2026Q2"}
WINDOW = ("valid_from", "valid_to")
CONTEST_START = {"JS26-01": date(2026, 4, 1), "JS26-02": date(2026, 1, 1)}
KINDS = ("计提", "确认", "支付", "抵扣")
PAYING = ("支付", "抵扣")


def exact(value):
    return Decimal(str(value))


def cents(value):
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def planted(root):
    return runpy.run_path(str(root / "workbooks" / "planted.py"))


@pytest.fixture(scope="module")
def policies(table):
    return {row["policy_id"]: row for row in table("rebate_policies")}


@pytest.fixture(scope="module")
def tiers(table):
    """(lower bound, rate or amount) of each policy, by table and policy."""

    def read(table_id):
        found = defaultdict(list)
        for row in table(table_id):
            pays = row["rebate_rate"] if row["rebate_amount"] == "" else row["rebate_amount"]
            found[row["policy_id"]].append((exact(row["tier_lower"]), exact(pays)))
        return found

    return {table_id: read(table_id) for table_id in ("rebate_tiers", "proposed_tiers")}


@pytest.fixture(scope="module")
def groups(customers, sales):
    """The lines of sales of each group, by the customer id of its head."""
    found = defaultdict(list)
    for row in sales:
        account = customers.get(row["customer_id"])
        found[(account or {}).get("parent_id") or row["customer_id"]].append(row)
    return found


@pytest.fixture(scope="module")
def volume(policies, groups):
    """The basis of a policy and account, a year earlier where `back` is 1, without a document."""

    def sum_up(policy_id, account, back=0, without="", last=AS_OF):
        terms = policies[policy_id]
        start, end = (terms[name].replace(year=terms[name].year - back) for name in WINDOW)
        measure = "qty" if terms["basis"] == "数量" else "amount"
        only, never = terms["eligible_products"], terms["excluded_products"]
        return sum(
            exact(row[measure])
            for row in groups[account]
            if start <= row["date"] <= min(end, last)
            and row["doc_no"] != without
            and only in ("", row["category"])
            and row["product_id"] != never
        )

    return sum_up


def reached(scale, value):
    return max((tier for tier in scale if tier[0] <= value), default=(0, Decimal(0)))[1]


def stepped(scale, value):
    """Each rate pays, on all above its bound, what it is more than the rate below it."""
    below, earned = Decimal(0), Decimal(0)
    for lower, rate in scale:
        earned += (rate - below) * max(value - lower, Decimal(0))
        below = rate
    return earned


@pytest.fixture(scope="module")
def earned(policies, tiers, volume, targets, ages):
    """What a policy earns an account, not rounded."""

    def reckon(policy_id, account, value=None):
        method, scale = policies[policy_id]["rebate_method"], tiers["rebate_tiers"][policy_id]
        if method == "回款期":
            start = policies[policy_id]["valid_from"]
            parts = [part for part in ages(account)[0] if part[1] >= start]
            return sum(amount * reached(scale, days) for _, _, amount, days in parts)
        value = volume(policy_id, account) if value is None else value
        if method == "超额分段":
            return stepped(scale, value)
        if method == "增长":
            before = volume(policy_id, account, back=1)
            return (value - before) * reached(scale, value / before - 1)
        if method == "目标":
            asked = targets[account, TARGET_PERIODS[policy_id]]
            return value * scale[0][1] if value >= asked else Decimal(0)
        return value * reached(scale, value)

    return reckon


@pytest.fixture(scope="module")
def targets(table):
    return {(row["customer_id"], row["period"]): exact(row["target"]) for row in table("targets")}


@pytest.fixture(scope="module")
def ages(groups, table):
    """Of an account: which receipts paid which invoices, oldest first, and what is still owed.

    What came back is taken off the oldest invoices; a receipt that names its document pays that.
    """
    receipts = table("receipts")

    def match(account):
        lines = [
            [row["date"], row["doc_no"], exact(row["amount"]) * (1 + exact(row["tax_rate"]))]
            for row in groups[account]
        ]
        owed = [line for line in lines if line[2] > 0]
        paid = [
            [row["date"], row["matched_doc_no"], exact(row["amount"])]
            for row in receipts
            if row["customer_id"] == account
        ]
        back = [[day, "", -amount] for day, _, amount in lines if amount < 0]
        pay(back, owed)
        parts = [part for one in paid if one[1] for part in pay([one], named(owed, one[1]))]
        return parts + pay(paid, owed), owed

    return match


def named(owed, doc_no):
    return [invoice for invoice in owed if invoice[1] == doc_no]


def pay(paid, owed):
    """(day of the invoice, day of the payment, amount, days between) of each part."""
    parts = []
    for one in paid:
        for invoice in owed:
            part = min(one[2], invoice[2])
            if part > 0:
                parts.append((invoice[0], one[0], part, max((one[0] - invoice[0]).days, 0)))
                one[2] -= part
                invoice[2] -= part
    return parts


@pytest.fixture(scope="module")
def booked(table):
    """The entries of the ledger of a policy and account, by type, in their order."""
    found = defaultdict(lambda: defaultdict(list))
    for row in table("rebate_ledger"):
        found[row["policy_id"], row["customer_id"]][row["entry_type"]].append(row)
    return found


def test_policies_earn_what_is_said(planted, policies, earned):
    expected = planted["EXPECTED_REBATES"]
    found = {key: str(cents(earned(*key))) for key in expected}
    assert found == expected
    assert {policy for policy, _ in expected} == set(policies)


def test_accounts_stand_in_every_tier_of_the_annual_policy(policies, tiers, groups, volume):
    scale = tiers["rebate_tiers"]["FL26-01"]
    numbers = {
        sum(lower <= volume("FL26-01", account) for lower, _ in scale)
        for account in groups
        if volume("FL26-01", account) > 0
    }
    assert numbers == {1, 2, 3, 4, 5}


def test_invoices_are_paid_as_soon_as_is_said(planted, policies, table, ages):
    limits = [(row["max_days"], exact(row["factor"])) for row in table("payment_factors")]
    start = policies["FL26-06"]["valid_from"]

    def factor_of(account):
        parts, owed = ages(account)
        rated = [(amount, days) for day, _, amount, days in parts if day >= start]
        rated += [(left, (AS_OF - day).days) for day, _, left in owed if day >= start]
        paid = sum(
            amount * next((factor for most, factor in limits if days <= most), Decimal(0))
            for amount, days in rated
        )
        return str((paid / sum(amount for amount, _ in rated)).quantize(Decimal("1e-6")))

    expected = planted["EXPECTED_FACTORS"]
    assert {account: factor_of(account) for account in expected} == expected


def test_caps_hold_some_rebates_back(planted, policies, earned, table):
    paid = defaultdict(Decimal)
    for row in table("receipts"):
        if row["date"].year == 2026:
            paid[row["customer_id"]] += exact(row["amount"])
    for (policy_id, account), left in planted["CAPPED"].items():
        terms = policies[policy_id]
        most = terms["cap_amount"] or exact(terms["cap_share"]) * paid[account]
        assert cents(exact(most)) == Decimal(left) < earned(policy_id, account)


def test_growth_costs_more_than_its_budget_and_one_account_has_no_base(
    planted, policies, volume, earned
):
    policy_id, without = planted["WITHOUT_BASE"]
    assert policy_id == planted["OVER_BUDGET"]
    terms = policies[policy_id]
    accounts = terms["eligible_customers"].split("; ")
    assert [a for a in accounts if volume(policy_id, a, back=1) <= 0] == [without]
    costs = [earned(policy_id, account) for account in accounts if account != without]
    assert sum(min(cost, exact(terms["cap_amount"])) for cost in costs) > terms["budget"]


def test_an_account_is_just_below_a_tier(planted, tiers, volume):
    policy_id, account, bound, gap = planted["NEAR_TIER"]
    bound = Decimal(bound)
    assert bound in dict(tiers["rebate_tiers"][policy_id])
    assert bound - volume(policy_id, account) == Decimal(gap) <= bound / 10


def test_one_gap_costs_less_than_it_gains_and_another_a_little_more(planted, volume, earned):
    for name, is_cliff in (("CLIFF", True), ("NEARLY_A_CLIFF", False)):
        policy_id, account, bound, gap, gain = planted[name]
        more = cents(earned(policy_id, account, Decimal(bound)) - earned(policy_id, account))
        assert Decimal(bound) - volume(policy_id, account) == Decimal(gap)
        assert more == Decimal(gain)
        assert (more >= Decimal(gap)) is is_cliff


def test_the_largest_order_of_the_half_year_reaches_a_tier_in_its_last_ten_days(
    planted, policies, groups, volume
):
    policy_id, account, bound, doc_no, before = planted["PUSHED"]
    start, end = (policies[policy_id][name] for name in WINDOW)
    orders, days = defaultdict(Decimal), {}
    for row in groups[account]:
        if start <= row["date"] <= end and row["qty"] > 0:
            orders[row["doc_no"]] += exact(row["amount"])
            days[row["doc_no"]] = row["date"]
    assert days[doc_no] > end - timedelta(days=10)
    others = sorted(orders.values())[:-1]
    assert orders[doc_no] > others[-1] * Decimal("1.4")
    assert volume(policy_id, account, without=doc_no) == Decimal(before) < Decimal(bound)
    assert volume(policy_id, account, last=end - timedelta(days=10)) < Decimal(bound)
    assert volume(policy_id, account) >= Decimal(bound)


def test_goods_came_back_after_the_rebate_was_confirmed(planted, sales, volume, earned, booked):
    policy_id, account, doc_no, confirmed, due = planted["RETURNED_AFTER_SETTLEMENT"]
    (confirmation,) = booked[policy_id, account]["确认"]
    assert exact(confirmation["amount"]) == Decimal(confirmed)
    known = volume(policy_id, account, without=doc_no)
    assert cents(earned(policy_id, account, known)) == Decimal(confirmed)
    assert cents(earned(policy_id, account)) == Decimal(due) < Decimal(confirmed)
    assert {row["doc_type"] for row in sales if row["doc_no"] == doc_no} == {"退货"}


def test_all_else_of_2025_was_confirmed_as_it_is_reckoned_now(planted, policies, earned, booked):
    returned = planted["RETURNED_AFTER_SETTLEMENT"][1]
    accounts = set(policies["FL25-01"]["eligible_customers"].split("; "))
    for account in accounts - {returned}:
        (confirmation,) = booked["FL25-01", account]["确认"]
        assert exact(confirmation["amount"]) == cents(earned("FL25-01", account))
        assert confirmation["date"] > policies["FL25-01"]["valid_to"]


def test_what_was_confirmed_is_paid_but_late_to_one_and_not_at_all_to_another(
    planted, policies, booked
):
    terms, by = policies["FL25-01"], planted["PAYABLE_BY"]
    assert terms["valid_to"] + timedelta(days=int(terms["payout_days"])) == by
    left, last = {}, {}
    for account in terms["eligible_customers"].split("; "):
        entries = booked["FL25-01", account]
        sums = {kind: sum(exact(row["amount"]) for row in entries[kind]) for kind in KINDS}
        assert (
            sums["计提"] + sum(exact(r["amount"]) for r in entries["冲回"] if r["amount"] < 0) == 0
        )
        back = sum(exact(row["amount"]) for row in entries["冲回"] if row["amount"] > 0)
        left[account] = sums["确认"] - sums["支付"] - sums["抵扣"] + back
        last[account] = max((row["date"] for k in PAYING for row in entries[k]), default=None)
    _, unpaid, owed = planted["UNPAID"]
    _, late, paid_on = planted["PAID_LATE"]
    assert {account: amount for account, amount in left.items() if amount} == {
        unpaid: Decimal(owed)
    }
    assert {account: day for account, day in last.items() if day and day > by} == {late: paid_on}


def test_a_payment_was_sent_back_and_made_again(planted, booked):
    policy_id, account, amount = planted["SENT_BACK"]
    entries = booked[policy_id, account]
    steps = [row for kind in ("支付", "冲回") for row in entries[kind] if row["amount"] > 0]
    steps = [(row["entry_type"], exact(row["amount"])) for row in sorted(steps, key=_by_day)]
    assert steps == [(kind, Decimal(amount)) for kind in ("支付", "冲回", "支付")]


def _by_day(row):
    return row["date"]


def test_one_payment_went_to_a_person_who_is_none_of_the_staff(planted, table, customers):
    names = {row["customer_name"] for row in customers.values()}
    staff = {row["staff_name"] for row in table("staff")}
    strange = [row for row in table("rebate_ledger") if row["payee"] and row["payee"] not in names]
    assert [(row["policy_id"], row["customer_id"]) for row in strange] == [
        planted["PAID_TO_A_PERSON"]
    ]
    assert strange[0]["payee"] not in staff


def test_every_entry_has_a_voucher_of_its_own(table):
    vouchers = [row["voucher_no"] for row in table("rebate_ledger")]
    assert all(vouchers)
    assert len(set(vouchers)) == len(vouchers)


def test_a_contest_gives_goods_and_another_rewards_persons(planted, table):
    contest_id, place, pieces, price = planted["PRIZE_IN_GOODS"]
    prizes = {(row["contest_id"], row["place"]): row for row in table("contests")}
    won = prizes[contest_id, place]
    assert (won["prize_type"], won["prize_qty"], won["prize_unit_price"]) == ("实物", pieces, price)
    heads = {contest: row for (contest, place), row in prizes.items() if place == 1}
    rewarded = {contest: row["payee_type"] for contest, row in heads.items()}
    assert [c for c, payee in rewarded.items() if payee == "个人"] == [
        planted["CONTEST_FOR_PERSONS"]
    ]
    for contest_id, row in heads.items():
        worth = [
            prize["prize_amount"] or prize["prize_qty"] * prize["prize_unit_price"]
            for (contest, _), prize in prizes.items()
            if contest == contest_id
        ]
        assert sum(worth) <= row["budget"]


def test_a_violation_costs_a_fifth_of_a_rebate(planted, table, earned):
    policy_id, account, penalty, left = planted["VIOLATION"]
    (row,) = [row for row in table("violations") if row["customer_id"] == account]
    assert (row["policy_id"], row["violation_type"]) == (policy_id, "窜货")
    assert exact(row["penalty_share"]) == Decimal(penalty)
    assert cents(earned(policy_id, account) * (1 - Decimal(penalty))) == Decimal(left)


@pytest.fixture(scope="module")
def key_accounts(groups, customers):
    """The largest fifth in the last twelve months, the largest first."""
    since = date(2025, 7, 1)
    net = {
        account: sum(row["CNY"] for row in rows if row["date"] >= since)
        for account, rows in groups.items()
        if account in customers
    }
    ranked = sorted((a for a in net if net[a] > 0), key=net.get, reverse=True)
    return ranked[: -(-len(ranked) // 5)]


def test_the_winners_of_contests_are_those_said(planted, table, groups, key_accounts, targets):
    def net(account, first, last):
        return sum(row["CNY"] for row in groups[account] if first <= row["date"] <= last)

    def attainment(account):
        target = targets.get((account, "2026Q2"))
        return net(account, date(2026, 4, 1), AS_OF) / target if target else None

    def growth(account):
        before = net(account, date(2025, 1, 1), date(2025, 6, 30))
        return net(account, date(2026, 1, 1), AS_OF) / before if before > 0 else None

    for contest_id, measure in (("JS26-01", attainment), ("JS26-02", growth)):
        measured = {account: measure(account) for account in key_accounts}
        ranked = sorted((a for a in measured if measured[a]), key=measured.get, reverse=True)
        prizes = [row for row in table("contests") if row["contest_id"] == contest_id]
        start, threshold = CONTEST_START[contest_id], prizes[0]["entry_threshold"]
        winners = tuple(ranked[: len(prizes)])
        assert winners == planted["WINNERS"][contest_id]
        assert all(net(account, start, AS_OF) >= threshold for account in winners)


def test_proposed_tiers_cost_more_and_let_some_lose(
    planted, tiers, customers, key_accounts, volume
):
    policy_id, gains, loses, more = planted["PROPOSED"]
    change = {}
    domestic = [a for a in key_accounts if customers[a]["currency"] == "CNY"]
    for account in domestic:
        value = volume(policy_id, account)
        now, then = (cents(stepped(tiers[t][policy_id], value)) for t in tiers)
        change[account] = then - now
    assert change[gains] > 0 > change[loses]
    assert sum(change.values()) == Decimal(more)
