"""What is to be found in the demo workbooks, by customer id; tests hold the workbooks to it.

Key accounts are those of the default policy: the largest fifth by number, net sales of the last
twelve full months, runs at the ends of April, May and June 2026 one after the other.
"""

from __future__ import annotations

from datetime import date

RUNS = (date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30))
# All accounts whose standing differs from "key before, key now"; the first run has no before.
# A buffered account is still a key account, and was one for the run after it.
EXPECTED_CHANGES: dict[date, dict[str, frozenset[str]]] = {
    date(2026, 5, 31): {
        "new": frozenset({"209407"}),
        "dropped": frozenset({"204949"}),
        "buffered": frozenset({"205873"}),
    },
    date(2026, 6, 30): {
        "new": frozenset({"008648", "203010"}),
        "dropped": frozenset({"205168"}),
        "buffered": frozenset({"205873", "205489"}),
    },
}
# Key accounts at the end of June 2026 and why they may be lost.
EXPECTED_RISKS = {
    "high, no orders for more than three usual gaps": "202131",
    "high, April to June 40 % or more below last year, orders as often as usual": "209329",
    "medium, April to June 20 to 40 % below last year": "201431",
}

# --- incentives, as of the last run; V is the basis of a policy ---
# What policies earn accounts before factors, penalties and caps, rounded half up to the cent.
EXPECTED_REBATES = {
    ("FL25-01", "208460"): "1012114.06",  # 40,484,562.28 at 2.5 %
    ("FL26-01", "207016"): "851002.51",  # 20,000 + 45,000 + 200,000 + 375,000 + 211,002.51
    ("FL26-01", "204232"): "19268.61",
    ("FL26-02", "204274"): "54431.46",  # 5,443,145.89 at 1 %
    ("FL26-02", "001797"): "448129.47",  # 17,925,178.78 at 2.5 %
    ("FL26-03", "204305"): "164646.19",  # 6,243,656.88 less 3,499,553.77: 78.4 % more, at 6 %
    ("FL26-03", "201974"): "18435.76",  # 17.1 % more, 921,788.21 at 2 %
    ("FL26-04", "206727"): "26490.00",  # 883 pieces at 30
    ("FL26-04", "001797"): "78480.00",  # 1,962 pieces at 40
    ("FL26-05", "209618"): "24353.16",
    ("FL26-05", "208316"): "19881.06",
    ("FL26-06", "206727"): "44308.72",
    ("FL26-06", "204891"): "34267.35",
    ("FL26-07", "207145"): "29095.34",  # USD: 5,000 + 15,000 + 2 % of 454,767.08
    ("FL26-07", "204377"): "3060.80",  # USD
    ("FL26-08", "203498"): "32989.48",  # 4,123,685.28 of a target of 3,890,000, at 0.8 %
    ("FL26-08", "206789"): "0.00",  # 4,257,885.78 of a target of 5,440,000
}
# Payment factors, to six places: how soon the invoices of the second quarter were paid.
EXPECTED_FACTORS = {"206727": "0.935320", "204891": "0.859007", "208566": "0.716410"}
# Caps: policy, account, what is left.
CAPPED = {
    ("FL26-02", "001797"): "400000.00",
    ("FL26-03", "204305"): "160000.00",
    ("FL26-04", "001797"): "75000.00",
    ("FL26-05", "208316"): "19612.49",  # 1.2 % of 1,634,373.76
}
OVER_BUDGET = "FL26-03"
WITHOUT_BASE = ("FL26-03", "204641")
# Just below a tier: policy, account, its bound, what is missing.
NEAR_TIER = ("FL26-01", "204232", "2000000", "73138.81")
# A cliff: what is missing costs less than it gains; of the other account it costs a little more.
CLIFF = ("FL26-02", "204891", "5500000", "49444.51", "55494.45")
NEARLY_A_CLIFF = ("FL26-02", "204274", "5500000", "56854.11", "55568.54")
# Stock pushed at the end of a period: the bound, the order that reaches it, V without it.
PUSHED = ("FL26-02", "209407", "2000000", "XS260622002", "1714307.58")
# Goods that came back in 2025, entered after the confirmation: what was confirmed and what is due.
RETURNED_AFTER_SETTLEMENT = ("FL25-01", "203498", "TH251230001", "176300.31", "174744.10")
# Rebates of 2025 were to be paid by that day; one came late, one has not come at all.
PAYABLE_BY = date(2026, 3, 1)
PAID_LATE = ("FL25-01", "206789", date(2026, 4, 16))
UNPAID = ("FL25-01", "202131", "185026.79")
# A rebate went to a person who is none of the staff; a contest rewards such persons.
PAID_TO_A_PERSON = ("FL25-01", "208566")
CONTEST_FOR_PERSONS = "JS26-04"
# A payment that the bank sent back, made again.
SENT_BACK = ("FL25-01", "204891", "153266.30")
# Who wins the prizes of the contests of accounts, first place first.
WINNERS = {
    "JS26-01": ("206419", "206727", "204274", "001797", "203498"),  # by their targets
    "JS26-02": ("008648", "209407", "203010"),  # by growth
}
# The first prize of a contest is two vans.
PRIZE_IN_GOODS = ("JS26-01", 1, 2, 128_000)
VIOLATION = ("FL26-02", "201431", "0.2", "21715.37")  # of 27,144.22
# Proposed tiers: who gains, who loses, and what they cost more on the sales to date.
PROPOSED = ("FL26-01", "207016", "204232", "115176.97")
