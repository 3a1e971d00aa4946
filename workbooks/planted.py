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
