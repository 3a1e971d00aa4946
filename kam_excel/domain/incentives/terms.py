"""The terms of a rebate policy, in the form in which they are reckoned with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.incentives.settlement import NO_CAPS, Caps
from kam_excel.domain.incentives.tiers import Scale
from kam_excel.domain.periods import Window

Basis = Literal["sales", "receipts", "quantity", "growth"]
Method = Literal["retrospective", "stepped", "target", "growth", "per unit", "payment age"]
Payout = Literal["cash", "offset", "goods"]

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """What one policy promises, and to whom.

    customers, grades, regions, products, excluded: what it is limited to, empty where it is not;
        customers are heads of their groups where accounts are
    covers: the products that come of these limits, once sales are known; empty for all
    window: the days whose basis counts
    basis: what is measured; "growth" is what sales exceed those of a year before by
    tax_included: whether amounts of the basis include tax
    scale: tiers by the unit of the basis; of method "growth" by the growth rate (0.1 is 10 %), of
        "payment age" by days
    threshold: a basis below it earns nothing
    factors: (most days until payment, share that is paid then)
    payout_days: days from the end of the window until it is to be paid
    condition: what has to be fulfilled before it is paid, in the words of the policy
    row: the row of its sheet
    """

    policy_id: str
    window: Window
    basis: Basis
    method: Method
    scale: Scale
    currency: str
    policy_name: str = ""
    tax_included: bool = False
    customers: frozenset[str] = NOBODY
    grades: frozenset[str] = NOBODY
    regions: frozenset[str] = NOBODY
    products: frozenset[str] = NOBODY
    excluded: frozenset[str] = NOBODY
    covers: frozenset[str] = NOBODY
    threshold: Decimal | None = None
    caps: Caps = NO_CAPS
    factors: tuple[tuple[int, Decimal], ...] = ()
    payout: Payout | None = None
    payout_days: int | None = None
    stackable: bool = False
    priority: int | None = None
    budget: Decimal | None = None
    condition: str = ""
    row: int | None = None

    @property
    def places(self) -> int:
        """Decimals of its amounts."""
        return MINOR_UNITS[self.currency]

    @property
    def is_money(self) -> bool:
        """Whether the basis is an amount of its currency, and no number of pieces."""
        return self.basis != "quantity"
