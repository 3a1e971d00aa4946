"""What is payable and booked, added up once more; a difference is an error of the program."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.booking import to_book
from kam_excel.domain.incentives.ledger import balances
from kam_excel.domain.incentives.ledger_proof import verify_ledger
from kam_excel.errors import PluginError
from ledgers import OWED, entries, settled_at

D = Decimal
ENTRIES = entries(
    ("accrual", "500"), ("reversal", "-500"), ("confirmation", "900"), ("payment", "300")
)


def tables(recomputed: str = "760"):
    """calculated, entries, rebates, accruals of an account that was settled with 900."""
    standing = balances(ENTRIES)
    rebates = settled_at(recomputed, standing)
    calculated = rebates.iloc[:1].assign(rebate_final=exact([D(recomputed)]))
    return [calculated, ENTRIES, rebates, to_book(OWED, rebates, standing)]


@pytest.mark.parametrize("recomputed", ["760", "900", "1000.01"])
def test_what_is_settled_corrected_paid_and_accrued_adds_up(recomputed):
    verify_ledger(*tables(recomputed))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (0, "rebate_final"),
        (1, "effect"),
        (2, "rebate_final"),
        (2, "rebate_payable"),
        (3, "accrual_delta"),
    ],
)
def test_a_cent_anywhere_is_found(table, column):
    given = tables()
    frame = given[table].copy()
    frame[column] = frame[column] + exact([D(0)] * (len(frame) - 1) + [D("0.01")])
    given[table] = frame
    with pytest.raises(PluginError) as caught:
        verify_ledger(*given)
    assert caught.value.problems[0].code.name == "REBATE_PROOF_FAILED"
