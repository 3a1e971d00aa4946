"""The statement of an account: its rebates line by line, its ledger, what is payable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.ledger import balances, posted
from kam_excel.domain.incentives.rebates import NO_AGES, Deal, calculated
from kam_excel.domain.incentives.settled import with_settlement
from kam_excel.domain.incentives.settlement import Caps
from kam_excel.domain.incentives.statement import COLUMNS, statement
from kam_excel.domain.incentives.steps import COLUMNS as STEP_COLUMNS
from kam_excel.domain.incentives.steps import rebate_steps
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import scale_of
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import round_half_up, total
from kam_excel.domain.periods import Window

D = Decimal
WINDOW = Window(date(2026, 4, 1), date(2026, 9, 30))
YEAR, HALF = (Window(date(2026, 1, 1), end) for end in (date(2026, 12, 31), date(2026, 6, 30)))
STEPS = [D(0), D(1_000_000), D(5_000_000)]
RATES = [D("0.01"), D("0.02"), D("0.03")]
TERMS = [
    Terms("R1", YEAR, "sales", "stepped", scale_of(STEPS, RATES), "CNY", "年度返利"),
    Terms("R2", HALF, "sales", "retrospective", scale_of(STEPS, RATES), "CNY", payout_days=30),
    Terms("R3", YEAR, "quantity", "per unit", scale_of([D(0)], [D("2.5")]), "USD"),
    Terms("R4", YEAR, "sales", "growth", scale_of([D("0.1")], [D("0.015")]), "CNY"),
    Terms("R5", YEAR, "sales", "target", scale_of([D(500)], None, [D(80)]), "CNY"),
    Terms("R6", YEAR, "receipts", "payment age", scale_of([D(0), D(31)], RATES[:2]), "CNY"),
    Terms("R7", YEAR, "sales", "stepped", scale_of(STEPS, RATES), "CNY", caps=Caps(D(5000), None)),
]


def ledger(*rows: str) -> pd.DataFrame:
    """Entries like "01-31 A R1 accrual 100 V1" of 2026."""
    cells = [row.split() for row in rows]
    names = ["date", "customer_id", "policy_id", "entry_type", "amount", "voucher_no"]
    frame = pd.DataFrame(cells, columns=names, dtype=object)
    frame["date"] = pd.to_datetime("2026-" + frame["date"].astype("str"))
    frame = frame.assign(amount=exact([D(each) for each in frame["amount"]], scale=2))
    nothing = pd.DataFrame()
    return posted(
        frame, TERMS, WINDOW.end, KnownCustomers(frozenset("AB")), nothing, "CNY", IssueLog()
    )


def steps(*rows: str) -> pd.DataFrame:
    """Rows like "R1 A section 1 500 0.01 0 5": tier, basis, rate, fixed amount, amount."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    frame = pd.DataFrame(cells, columns=list(STEP_COLUMNS), dtype=object)
    for name in ("basis_value", "rate", "fixed", "amount"):
        frame[name] = exact([None if each is None else D(each) for each in frame[name]]).array
    return frame.astype({**dict.fromkeys(STEP_COLUMNS[:3], "str"), "tier": "Int64"})


def rebates(entries: pd.DataFrame, *rows: tuple[str, str, str]) -> pd.DataFrame:
    """(policy, customer, recomputed), settled with the entries."""
    by_id = {each.policy_id: each for each in TERMS}
    frame = pd.DataFrame(list(rows), columns=["policy_id", "customer_id", "rebate_final"])
    of_row = [by_id[each] for each in frame["policy_id"]]
    frame = frame.assign(
        rebate_final=exact([D(each) for each in frame["rebate_final"]], scale=2),
        customer_name="大海 " + frame["customer_id"],
        policy_name=[each.policy_name for each in of_row],
        valid_to=pd.to_datetime([each.window.end for each in of_row]),
        payout_days=pd.array([each.payout_days for each in of_row], dtype="Int64"),
        currency=[each.currency for each in of_row],
    )
    return with_settlement(frame, balances(entries), WINDOW.end)


def shown(lines: pd.DataFrame) -> list[str]:
    """One text a line: number, kind, description, amount, balance."""
    facts = lines[["line_no", "entry_type", "item", "amount", "balance"]]
    return [
        " | ".join("" if pd.isna(cell) else str(cell) for cell in row)
        for row in facts.itertuples(index=False)
    ]


STEPPED = [
    "R1 A section 1 1000000 0.01 0 10000",
    "R1 A section 2 4000000 0.02 0 80000",
    "R1 A section 3 1200000 0.03 0 36000",
    "R1 A factor - - 0.2 - -25200",
    "R1 A violation - - 0.1 - -10080",
]


def test_a_block_goes_from_the_basis_to_what_is_payable():
    entries = ledger(
        "03-31 A R1 accrual 30000 记-7",
        "06-30 A R1 accrual 40000 记-15",
        "07-15 A R1 payment 25000 记-21",
        "09-30 A R1 accrual 9000 记-33",
    )
    given_ = rebates(entries, ("R1", "A", "90720"))
    lines = statement(given_, entries, steps(*STEPPED), TERMS, WINDOW, "zh")
    assert tuple(lines.columns) == COLUMNS
    assert shown(lines) == [
        "1 | account | 大海 A（A），CNY |  | ",
        "2 | section | 第 1 档（0.00 至 1,000,000.00）：1,000,000.00 × 1% | 10000.00 | ",
        "3 | section | 第 2 档（1,000,000.00 至 5,000,000.00）：4,000,000.00 × 2% | 80000.00 | ",
        "4 | section | 第 3 档（5,000,000.00 起）：1,200,000.00 × 3% | 36000.00 | ",
        "5 | deduction | 回款系数 80%：扣减 126,000.00 × 20% | -25200.00 | ",
        "6 | deduction | 违规：扣减 100,800.00 × 10% | -10080.00 | ",
        "7 | rebate | 实返合计 | 90720.00 | ",
        "8 | opening | 期初余额 |  | 30000.00",
        "9 | accrual | 计提返利 | 40000.00 | 70000.00",
        "10 | payment | 支付返利 | -25000.00 | 45000.00",
        "11 | accrual | 计提返利 | 9000.00 | 54000.00",
        "12 | closing | 期末余额 |  | 54000.00",
        "13 | payable | 尚未结算的返利：90,720.00 − 已付 25,000.00 | 65720.00 | ",
        "14 | total | 待付合计 | 65720.00 | ",
        "15 | difference | 待付合计高于台账余额：尚未入账 | 11720.00 | ",
    ]
    assert lines["voucher_no"].tolist()[8:11] == ["记-15", "记-21", "记-33"]
    assert set(lines["customer_name"]) == {"大海 A"}
    assert lines["policy_name"].tolist()[1:7] == ["年度返利"] * 6
    assert lines["date"].tolist()[7] == pd.Timestamp("2026-04-01")


def test_a_settled_period_that_is_recomputed_shows_both_and_what_is_carried():
    entries = ledger("07-10 A R2 confirmation 900 V1", "07-20 A R2 payment 600 V2")
    given_ = rebates(entries, ("R2", "A", "760"))
    computed = steps("R2 A section 1 76000 0.01 0 760")
    lines = statement(given_, entries, computed, TERMS, WINDOW, "en")
    kept = lines["entry_type"].isin(["section", "rebate", "payable", "total", "difference"])
    assert [each.split(" | ", 2)[2] for each in shown(lines[kept])] == [
        "Tier 1 (from 0.00): 76,000.00 × 1% | 760.00 | ",
        "Final rebate, recomputed (900.00 settled, -140.00 corrected) | 760.00 | ",
        "Settled, 62 days overdue: 900.00 less 600.00 paid | 300.00 | ",
        "Correction, carried to what is paid next | -140.00 | ",
        "Payable in total, of which due by now 300.00 | 160.00 | ",
        "Payable below the balance: booked in excess | -140.00 | ",
    ]


@pytest.mark.parametrize(
    ("step", "zh", "en"),
    [
        (
            "R3 A section 1 120 2.5 0 300",
            "第 1 档（0件 起）：120件 × 2.5",
            "Tier 1 (from 0 pieces): 120 pieces × 2.5",
        ),
        (
            "R4 A section 1 20000 0.015 0 300",
            "第 1 档（10% 起）：20,000.00 × 1.5%",
            "Tier 1 (from 10%): 20,000.00 × 1.5%",
        ),
        (
            "R5 A section 1 9000 0 300 300",
            "第 1 档（完成目标）：定额 300.00",
            "Tier 1 (target met): fixed amount 300.00",
        ),
        (
            "R2 A section 2 9000 0.02 120 300",
            "第 2 档（1,000,000.00 起）：9,000.00 × 2% + 120.00",
            "Tier 2 (from 1,000,000.00): 9,000.00 × 2% + 120.00",
        ),
        (
            "R6 A section 1 30000 0.01 0 300",
            "第 1 档（0天 至 31天）：30,000.00 × 1%",
            "Tier 1 (0 days to 31 days): 30,000.00 × 1%",
        ),
        (
            "R6 A section 2 700 0 0 300",
            "第 2 档（31天 起）：700.00 × 0%",
            "Tier 2 (from 31 days): 700.00 × 0%",
        ),
        (
            "R7 A cap - - - - 300",
            "超过上限的部分（上限 5,000.00）",
            "What exceeds the cap (5,000.00 at most)",
        ),
        (
            "R7 A stack - - - - 300",
            "与其他政策不可叠加，不计入本政策",
            "Not stackable: another policy holds in its place",
        ),
        (
            "R7 A factor - - 0.333333333333 - 300",
            "回款系数 约 66.666667%：扣减 0.00 × 约 33.333333%",
            "Payment factor about 66.666667%: less 0.00 × about 33.333333%",
        ),
    ],
)
def test_each_method_tells_what_it_multiplies(step, zh, en):
    entries = ledger()
    given_ = rebates(entries, (step[:2], "A", "300"))
    for language, told in (("zh", zh), ("en", en)):
        lines = statement(given_, entries, steps(step), TERMS, WINDOW, language)
        assert lines["item"].iloc[1] == told


def test_each_currency_of_a_customer_has_a_block_and_lines_of_its_own():
    entries = ledger("05-01 B R3 accrual 7 V1")
    given_ = rebates(
        entries, ("R1", "A", "0"), ("R2", "A", "0"), ("R3", "A", "5"), ("R2", "B", "9")
    )
    computed = steps("R3 A section 1 2 2.5 0 5", "R2 B section 1 900 0.01 0 9")
    lines = statement(given_, entries, computed, TERMS, WINDOW, "en")
    blocks = lines.groupby(["customer_id", "currency"])["line_no"].agg(list)
    assert blocks.to_dict() == {
        ("A", "USD"): [1, 2, 3, 4, 5, 6, 7, 8],
        ("B", "CNY"): [1, 2, 3, 4, 5, 6, 7, 8],
        ("B", "USD"): [1, 2, 3, 4, 5, 6],
    }


def test_what_rounding_the_lines_leaves_is_a_line():
    entries = ledger()
    thirds = [f"R1 A section {each} 0.5 0.01 0 0.005" for each in (1, 2, 3)]
    computed = steps(*thirds, "R1 A rounding - - - - 0.005")
    lines = statement(rebates(entries, ("R1", "A", "0.02")), entries, computed, TERMS, WINDOW, "zh")
    assert lines["amount"].tolist()[1:6] == [
        D(each) for each in ("0.01", "0.01", "0.01", "-0.01", "0.02")
    ]
    assert lines["item"].iloc[4] == "四舍五入"


@pytest.mark.parametrize("computed", [STEPPED[:2], []])
def test_steps_that_do_not_add_up_are_an_error(computed):
    entries = ledger()
    with pytest.raises(ValueError, match="do not add up"):
        statement(
            rebates(entries, ("R1", "A", "126000")), entries, steps(*computed), TERMS, WINDOW, "zh"
        )


def test_without_rebates_and_entries():
    entries = ledger()
    given_ = rebates(entries, ("R1", "A", "0"))
    lines = statement(given_, entries, steps(), TERMS, WINDOW, "zh")
    assert lines.empty
    assert tuple(lines.columns) == COLUMNS


pieces = st.integers(-(10**7), 10**7).map(lambda each: D(each).scaleb(-4))
bookings = st.builds(
    lambda month, kind, cents: f"{month:02}-15 A R1 {kind} {D(cents).scaleb(-2)} -",
    st.integers(1, 10),
    st.sampled_from(["accrual", "confirmation", "payment", "offset", "reversal"]),
    st.integers(-(10**6), 10**6),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=6), st.lists(bookings, max_size=8))
def test_lines_add_up_to_the_rebate_and_entries_to_the_balance(amounts, booked):
    final = round_half_up(sum(amounts, D(0)))
    parts = [f"R1 A section 1 1 0.01 0 {each}" for each in amounts]
    rest = f"R1 A rounding - - - - {final - sum(amounts)}"
    entries = ledger(*booked)
    given_ = rebates(entries, ("R1", "A", str(final)))
    lines = statement(given_, entries, steps(*parts, rest), TERMS, WINDOW, "zh")
    of_kind = lines.groupby("entry_type")["amount"].sum()
    assert of_kind["section"] + of_kind.get("deduction", D(0)) == of_kind["rebate"] == final
    for name in ("section", "deduction"):
        each = lines["amount"][lines["entry_type"] == name]
        assert (each == round_half_up(each)).all()
    balance = lines["balance"].dropna()
    listed = lines["amount"][lines["balance"].notna()]
    assert total(listed) == balance.iloc[-1] - balance.iloc[0]
    assert balance.iloc[-1] == total(entries["effect"])
    whole = of_kind["total"]
    assert of_kind.get("difference", D(0)) == whole - balance.iloc[-1]
    assert whole == final - total(balances(entries)["settled_amount"])


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(0, 10**9), min_size=2, max_size=2),
    st.sampled_from(["0.8", "0.333333333333", "1"]),
    st.sampled_from(["0", "0.1", "1"]),
)
def test_every_computed_rebate_can_be_followed_to_the_cent(cents, factor, penalty):
    accounts = pd.DataFrame(
        {
            "basis_value": exact([D(each).scaleb(-2) for each in cents]),
            "prior_basis_value": exact([D(1000), None]),
            "target": exact([D(500), None]),
            "factor": exact([D(factor)] * 2),
            "penalty": exact([D(penalty)] * 2),
        }
    ).set_axis(pd.Index(["A", "B"], name="customer_id"))
    deals = [Deal(each, accounts, NO_AGES) for each in TERMS if each.method != "payment age"]
    computed = calculated(deals)
    entries = ledger()
    finals = computed[["policy_id", "customer_id", "rebate_final"]].astype("str")
    given_ = rebates(entries, *finals.itertuples(index=False, name=None))
    lines = statement(given_, entries, rebate_steps(deals, computed), TERMS, WINDOW, "zh")
    account = ["policy_id", "customer_id"]
    parts = lines[lines["entry_type"].isin(["section", "deduction"])]
    sums = parts.groupby(account)["amount"].sum()
    wholes = lines[lines["entry_type"] == "rebate"].set_index(account)["amount"]
    assert (sums == wholes.reindex(sums.index)).all()
    assert total(wholes) == total(computed["rebate_final"])
