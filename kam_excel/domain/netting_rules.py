"""What a company has to say before its sales can be netted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

TaxBasis = Literal["net", "gross"]

RETURN_TYPES = frozenset(
    {
        "return",
        "red invoice",
        "reversal",
        "credit",
        "credit memo",
        "credit note",
        "sales return",
        "refund",
    }
)


@dataclass(frozen=True, slots=True)
class NettingRules:
    """How lines of sales become net sales.

    as_of: later rows are left out
    base_currency: the currency of the result, and of a row that names none
    tax_basis: what a plain amount or a unit price includes: net of tax, or gross
    report_basis: the basis of the result; that of tax_basis if None
    default_tax_rate: for rows without a tax rate (0.13 is 13 %); None where none may be assumed
    single_currency_only: without exchange rates, leave out other currencies instead of refusing
    return_types: document types that are returns
    return_prefixes: documents whose number is one of these and then a digit are returns
    returned_statuses: what the status of a returns row says when it counts, in lower case
    returns_match: how a returns row of a document that several customers share is applied: not
        at all unless it names the customer (customer), or to all of them (doc_no)
    include_partial_month: whether windows reach into the month of as_of that is not over
    rollup: to the account itself, or to the head of its group
    """

    as_of: date
    base_currency: str = "CNY"
    tax_basis: TaxBasis = "net"
    report_basis: TaxBasis | None = None
    default_tax_rate: Decimal | None = None
    single_currency_only: bool = False
    return_types: frozenset[str] = RETURN_TYPES
    return_prefixes: tuple[str, ...] = ("C",)
    returned_statuses: frozenset[str] = frozenset(
        {"returned", "return", "yes", "y", "true", "已退货", "已退", "已退回", "退货", "是"}
    )
    returns_match: Literal["customer", "doc_no"] = "customer"
    include_partial_month: bool = False
    rollup: Literal["self", "parent"] = "parent"

    @property
    def basis(self) -> TaxBasis:
        """The tax basis of the result."""
        return self.report_basis or self.tax_basis

    @property
    def other_basis(self) -> TaxBasis:
        """The tax basis that the result is not in."""
        return "gross" if self.basis == "net" else "net"
