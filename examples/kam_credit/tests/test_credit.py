"""Limit against exposure, by worked examples: the strategy alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam_credit import CreditPolicy, CreditStatus, OpenItems, credit
from kam_excel import Customers, DataIssues, FxRates, KeyAccounts, SalesPolicy
from kam_excel.testing import Outputs, run_strategy

AS_OF = date(2026, 6, 30)
ACCOUNTS = """
    customer_id, customer_name, net_sales, is_key_account
    A,           Alder Stores,  900,       yes
    B,           Birch & Sons,  500,       yes
    C,           Cedar Trade,   20,        no
"""
CUSTOMERS = """
    customer_id, customer_name, credit_limit, payment_days
    A,           Alder Stores,  1000,         30
    B,           Birch & Sons,  ,
    C,           Cedar Trade,   10,           30
"""


def check(items: str, *policies, customers: str | None = CUSTOMERS, **more: str) -> Outputs:
    tables = {KeyAccounts: more.get("accounts", ACCOUNTS), OpenItems: items}
    if customers is not None:
        tables[Customers] = customers
    if "rates" in more:
        tables[FxRates] = more["rates"]
    return run_strategy(credit, tables, *policies, as_of=AS_OF)


def row(found: Outputs, account: str) -> dict[str, object]:
    return found[CreditStatus].set_index("customer_id").loc[account].to_dict()


def reasons(found: Outputs, account: str) -> list[str]:
    codes = row(found, account)["reason_code"]
    return codes.split(", ") if isinstance(codes, str) else []


def issues(found: Outputs) -> dict[str, object]:
    listed = found[DataIssues]
    return dict(zip(listed["reason_code"], listed["amount"], strict=True))


def test_the_worked_example():
    """Invoices of 400 (31 days late), 300 (due today) and 250, less a credit of 50: 900 of 1000."""
    found = check("""
        customer_id, doc_no, date,       due_date,   amount
        A,           R1,     2026-05-01, 2026-05-30, 400
        A,           R2,     2026-05-31, 2026-06-30, 300
        A,           R3,     2026-06-20, 2026-07-20, 250
        A,           G1,     2026-04-01, 2026-05-01, -50
    """)
    found.assert_rows(
        CreditStatus,
        """
        customer_id, verdict, exposure, credit_limit, headroom, utilisation, credits, overdue
        A,           stop,    900,      1000,         100,      0.9,         50,      400
        B,           watch,   0,        ,             ,         ,            0,       0
        """,
    )
    assert row(found, "A")["overdue_days"] == 31
    assert reasons(found, "A") == ["LONG_OVERDUE", "NEAR_LIMIT"]
    words = "An invoice is overdue for 31 days; 90.0% of the limit is used"
    assert row(found, "A")["reason_text"] == words


@pytest.mark.parametrize(
    ("amount", "verdict", "codes"),
    [
        ("899.99", "clear", []),
        ("900", "watch", ["NEAR_LIMIT"]),
        ("1000", "watch", ["NEAR_LIMIT"]),
        ("1000.01", "stop", ["OVER_LIMIT"]),
    ],
)
def test_thresholds_hold_to_the_cent(amount, verdict, codes):
    found = check(f"customer_id, due_date, amount\nA, 2026-07-31, {amount}")
    assert (row(found, "A")["verdict"], reasons(found, "A")) == (verdict, codes)
    assert row(found, "A")["headroom"] == 1000 - Decimal(amount)


@pytest.mark.parametrize(
    ("due", "verdict"),
    [
        ("2026-06-30", "clear"),
        ("2026-06-29", "watch"),
        ("2026-06-01", "watch"),
        ("2026-05-31", "stop"),
    ],
)
def test_what_is_overdue_is_watched_and_deliveries_stop_at_30_days(due, verdict):
    found = check(f"customer_id, due_date, amount\nA, {due}, 1")
    assert row(found, "A")["verdict"] == verdict


def test_the_policy_decides():
    items = "customer_id, due_date, amount\nA, 2026-06-20, 500"
    found = check(items, CreditPolicy(near_limit="0.5", overdue_days=10))
    assert reasons(found, "A") == ["LONG_OVERDUE", "NEAR_LIMIT"]


def test_a_customer_without_a_limit_is_told_and_not_taken_for_one_with_0():
    found = check("customer_id, due_date, amount\nB, 2026-07-31, 70")
    account = row(found, "B")
    assert reasons(found, "B") == ["NO_LIMIT"]
    assert account["exposure"] == 70
    assert found[CreditStatus][["credit_limit", "headroom", "utilisation"]].iloc[0].isna().all()
    without_sheet = check("customer_id, due_date, amount\nA, 2026-07-31, 70", customers=None)
    assert reasons(without_sheet, "A") == ["NO_LIMIT"]


def test_a_limit_of_0_allows_nothing():
    customers = "customer_id, customer_name, credit_limit\nA, Alder Stores, 0"
    owing = check("customer_id, due_date, amount\nA, 2026-07-31, 0.01", customers=customers)
    assert reasons(owing, "A") == ["OVER_LIMIT"]
    even = check("customer_id, due_date, amount\nB, 2026-07-31, 1", customers=customers)
    assert row(even, "A")["verdict"] == "clear"


def test_an_account_without_open_items_owes_nothing():
    account = row(check("customer_id, due_date, amount\nB, 2026-07-31, 1"), "A")
    assert (account["exposure"], account["headroom"], account["overdue"]) == (0, 1000, 0)
    assert account["verdict"] == "clear"


def test_more_credits_than_invoices_are_a_negative_exposure():
    found = check("""
        customer_id, due_date,   amount
        A,           2026-05-01, -300
        A,           2026-07-31, 100
    """)
    account = row(found, "A")
    assert (account["exposure"], account["headroom"], account["credits"]) == (-200, 1200, 300)
    assert account["verdict"] == "clear"


def test_items_of_other_customers_are_left_out_and_told():
    found = check("""
        customer_id, due_date,   amount
        A,           2026-07-31, 10
        C,           2026-07-31, 20
        ,            2026-07-31, 0.50
    """)
    assert list(found[CreditStatus]["customer_id"]) == ["B", "A"]
    assert issues(found) == {"OPEN_ITEMS_OF_OTHERS": Decimal("20.5")}


def test_a_due_date_follows_from_the_terms_of_the_customer():
    found = check("""
        customer_id, date,       due_date, amount
        A,           2026-04-01, ,         10
        B,           2026-04-01, ,         20
    """)
    assert (row(found, "A")["overdue"], row(found, "A")["overdue_days"]) == (10, 60)
    assert row(found, "B")["overdue"] == 0
    assert issues(found) == {"DUE_DATE_UNKNOWN": 20}


def test_documents_of_the_future_do_not_count_yet():
    found = check("""
        customer_id, date,       due_date,   amount
        A,           2026-06-30, 2026-07-30, 10
        A,           2026-07-01, 2026-07-31, 5000
    """)
    assert row(found, "A")["exposure"] == 10
    assert issues(found) == {"FUTURE_DATE": 5000}


def test_foreign_items_count_at_the_rate_of_as_of():
    found = check(
        """
        customer_id, date,       due_date,   amount, currency
        A,           2026-01-05, 2026-07-31, 100,    USD
        A,           2026-01-05, 2026-07-31, 10,     CNY
        """,
        rates="""
        currency, effective_date, fx_rate
        USD,      2026-01-01,     7.1000
        USD,      2026-06-01,     7.2345
        USD,      2026-07-01,     9
        """,
    )
    assert row(found, "A")["exposure"] == Decimal("733.45")


def test_a_limit_is_in_the_currency_of_the_customer():
    customers = "customer_id, customer_name, credit_limit, currency\nA, Alder, 100, USD"
    rates = "currency, effective_date, fx_rate\nUSD, 2026-01-01, 7"
    items = "customer_id, due_date, amount\nA, 2026-07-31, 650"
    found = check(items, customers=customers, rates=rates)
    assert (row(found, "A")["credit_limit"], row(found, "A")["headroom"]) == (700, 50)
    assert reasons(check(items, customers=customers), "A") == ["LIMIT_NOT_VALUED"]


def test_without_a_rate_nothing_is_said_of_the_account_and_all_of_the_others():
    found = check("""
        customer_id, due_date,   amount, currency
        A,           2026-07-31, 100,    USD
        A,           2026-07-31, 10,     CNY
        B,           2026-07-31, 30,     CNY
    """)
    sums = ["exposure", "headroom", "utilisation", "credits", "overdue"]
    assert found[CreditStatus].set_index("customer_id").loc["A", sums].isna().all()
    assert reasons(found, "A") == ["AMOUNT_UNKNOWN"]
    assert row(found, "B")["exposure"] == 30
    assert issues(found) == {"OPEN_ITEM_NOT_VALUED": 100}


GROUP = """
    customer_id, customer_name, parent_id, credit_limit
    A,           Alder Stores,  ,          1000
    A1,          Alder North,   A,         400
    A2,          Alder South,   A,
"""
OF_A_GROUP = """
    customer_id, due_date,   amount
    A1,          2026-07-31, 700
    A2,          2026-07-31, 400
"""


def test_a_group_owes_together_and_has_the_limit_of_its_head():
    found = check(OF_A_GROUP, customers=GROUP)
    assert (row(found, "A")["exposure"], row(found, "A")["headroom"]) == (1100, -100)
    assert reasons(found, "A") == ["OVER_LIMIT"]


def test_the_limits_of_all_members_add_up_where_the_policy_says_so():
    found = check(OF_A_GROUP, CreditPolicy(group_limit="members"), customers=GROUP)
    assert (row(found, "A")["credit_limit"], row(found, "A")["headroom"]) == (1400, 300)


def test_accounts_stand_alone_where_sales_do():
    accounts = "customer_id, net_sales, is_key_account\nA, 9, yes\nA1, 8, yes"
    found = check(OF_A_GROUP, SalesPolicy(rollup="self"), customers=GROUP, accounts=accounts)
    exposures = found[CreditStatus].set_index("customer_id")["exposure"]
    assert exposures.to_dict() == {"A1": 700, "A": 0}


def test_the_most_urgent_come_first_and_otherwise_the_largest():
    accounts = "customer_id, net_sales, is_key_account\n" + "".join(
        f"{name}, {100 - n}, yes\n" for n, name in enumerate("VWXYZ")
    )
    customers = "customer_id, customer_name, credit_limit\n" + "".join(
        f"{name}, {name}, 100\n" for name in "VWXYZ"
    )
    found = check(
        """
        customer_id, due_date,   amount
        V,           2026-07-31, 10
        W,           2026-07-31, 95
        X,           2026-07-31, 101
        Y,           2026-01-31, 1
        """,
        customers=customers,
        accounts=accounts,
    )
    found.assert_rows(
        CreditStatus,
        """
        customer_id, verdict, reason_code
        X,           stop,    OVER_LIMIT
        Y,           stop,    LONG_OVERDUE
        W,           watch,   NEAR_LIMIT
        V,           clear,
        Z,           clear,
        """,
    )


def test_without_key_accounts_the_list_is_empty():
    found = check(
        "customer_id, due_date, amount\nA, 2026-07-31, 1",
        accounts="customer_id, net_sales, is_key_account\nA, 1, no",
    )
    assert len(found[CreditStatus]) == 0
    assert issues(found) == {"OPEN_ITEMS_OF_OTHERS": 1}
