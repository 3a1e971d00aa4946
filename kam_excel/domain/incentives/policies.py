"""From the sheets of policies, tiers and payment factors to the terms that are reckoned with.

A policy with a mistake is not reckoned at all: each of its mistakes is listed with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pandas as pd

from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.incentives.contest_terms import Payee
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.scales import Scales
from kam_excel.domain.incentives.settlement import Caps
from kam_excel.domain.incentives.terms import Basis, Method, Terms
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window
from kam_excel.domain.rates import currency_codes
from kam_excel.domain.texts import plain

TABLE = "rebate_policies"
SEPARATORS = re.compile(r"[;；,，、\n]")
LONGEST_DAYS = 3660  # ten years: what is longer is a date or number that stands for no end
WORDS: Mapping[str, tuple[str, ...]] = {
    "basis": get_args(Basis),
    "rebate_method": get_args(Method),
    "payee_type": get_args(Payee),
}
FITTING: Mapping[Method, frozenset[Basis]] = {
    "per unit": frozenset({"quantity"}),
    "payment age": frozenset({"receipts"}),
    "growth": frozenset({"sales", "quantity", "growth"}),
}


@dataclass(frozen=True, slots=True)
class PolicyRules:
    """What the company has decided for policies that leave it open.

    customers: those that policies may name; None where any text is taken for an id
    """

    as_of: date
    base_currency: str = "CNY"
    tax_included: bool = False
    default_method: Method = "stepped"
    exclusive: bool = False
    individuals: bool = False
    customers: KnownCustomers | None = None


def read_terms(
    policies: pd.DataFrame,
    tiers: pd.DataFrame,
    factors: pd.DataFrame,
    rules: PolicyRules,
    log: IssueLog,
) -> list[Terms]:
    """The policies that can be reckoned with at `rules.as_of`, in the order of their ids.

    policies, tiers, factors: the typed frames with all their declared columns, by sheet row.
    What is wrong with the others is logged.
    """
    scales = Scales(tiers, factors, rules.exclusive, log)
    currencies = currency_codes(policies, rules.base_currency)
    known = [str(each) for each in policies["policy_id"].dropna()]
    scales.report_strangers(known)
    found = []
    for (row, fields), currency in zip(policies.iterrows(), currencies, strict=True):
        reader = _Reader(row, fields, currency, rules, scales, log)
        if terms := reader.terms():
            found.append(terms)
    return sorted(found, key=lambda each: each.policy_id)


class _Reader:
    """One row of the policies; `terms()` is None where it is not to be reckoned."""

    def __init__(
        self,
        row: Any,
        fields: pd.Series,
        currency: str,
        rules: PolicyRules,
        scales: Scales,
        log: IssueLog,
    ) -> None:
        self._row, self._fields, self._currency = row, fields, currency
        self._rules, self._scales, self._log = rules, scales, log
        self._faults = 0

    def terms(self) -> Terms | None:
        empty = [name for name in ("valid_from", "valid_to", "basis") if not self._has(name)]
        for name in empty:
            self._fault("POLICY_INCOMPLETE", name, self._text("policy_id"))
        if empty or self._says_unknown_words():
            return None
        return self._complete()

    def _says_unknown_words(self) -> bool:
        unknown = [name for name, words in WORDS.items() if self._text(name) not in (*words, "")]
        for name in unknown:
            self._fault("POLICY_WORD_UNKNOWN", name, self._text(name), ", ".join(WORDS[name]))
        return bool(unknown)

    def _complete(self) -> Terms | None:
        policy_id, basis = self._text("policy_id"), self._text("basis")
        start, end = (self._fields[name].date() for name in ("valid_from", "valid_to"))
        method = self._method(basis)
        self._check(method, basis, start, end)
        if start > self._rules.as_of and start <= end:
            self._say("POLICY_NOT_BEGUN", "valid_from", policy_id)
        scale = self._scales.of(policy_id, method, in_pieces=basis == "quantity", row=self._row)
        factors = self._scales.factors_of(policy_id)
        if self._faults or scale is None or factors is None or start > self._rules.as_of:
            return None
        return Terms(
            policy_id,
            Window(start, end),
            basis,  # type: ignore[arg-type]
            method,
            scale,
            self._currency,
            policy_name=self._text("policy_name"),
            tax_included=self._tax_included(basis),
            customers=self._customers(),
            grades=frozenset(each.upper() for each in self._list("eligible_grades")),
            regions=self._list("eligible_regions"),
            products=self._list("eligible_products"),
            excluded=self._list("excluded_products"),
            threshold=self._number("min_threshold"),
            caps=Caps(self._number("cap_amount"), self._number("cap_share")),
            factors=factors,
            payout=self._text("payout_method") or None,  # type: ignore[arg-type]
            payout_days=self._integer("payout_days"),
            stackable=bool(self._fields["stackable"]) if self._has("stackable") else False,
            priority=self._integer("priority"),
            budget=self._number("budget"),
            condition=self._text("payment_condition"),
            row=self._row,
        )

    def _method(self, basis: str) -> Method:
        """As it is written, else what the basis implies, else the company's default."""
        written = self._text("rebate_method")
        implied: dict[str, Method] = {"growth": "growth", "quantity": "per unit"}
        return written or implied.get(basis, self._rules.default_method)  # type: ignore[return-value]

    def _tax_included(self, basis: str) -> bool:
        """As it is written; receipts include tax by nature."""
        if self._has("tax_included"):
            return bool(self._fields["tax_included"])
        return basis == "receipts" or self._rules.tax_included

    def _check(self, method: Method, basis: str, start: date, end: date) -> None:
        policy_id = self._text("policy_id")
        self._check_term(start, end)
        if self._currency not in MINOR_UNITS:
            self._fault("POLICY_CURRENCY_UNKNOWN", "currency", self._currency)
        if basis not in FITTING.get(method, {basis}):
            self._fault("POLICY_METHOD_UNFIT", "rebate_method", method)
        if basis == "quantity" and self._has("cap_share"):
            self._fault("CAP_OF_PIECES", "cap_share", policy_id)
        share = self._number("cap_share")
        if share is not None and not 0 <= share <= 1:
            self._fault("POLICY_SHARE_UNUSABLE", "cap_share", share)
        for name in ("cap_amount", "min_threshold", "budget", "payout_days"):
            if (number := self._number(name)) is not None and number < 0:
                self._fault("POLICY_AMOUNT_NEGATIVE", name, number)
        payee = self._text("payee_type")
        if payee == "own staff":
            self._fault("POLICY_OF_STAFF", "payee_type", policy_id)
        if payee == "individual" and not self._rules.individuals:
            self._fault("INDIVIDUAL_BENEFIT", "payee_type", policy_id)

    def _check_term(self, start: date, end: date) -> None:
        if end < start:
            self._fault("POLICY_PERIOD_REVERSED", "valid_to", self._text("policy_id"))
        if (end - start).days > LONGEST_DAYS:
            self._fault("POLICY_TERM_TOO_LONG", "valid_to", end)
        if (days := self._integer("payout_days") or 0) > LONGEST_DAYS:
            self._fault("POLICY_TERM_TOO_LONG", "payout_days", days)

    def _customers(self) -> frozenset[str]:
        known, name = self._rules.customers, "eligible_customers"
        if known is None:
            return self._list(name)
        return frozenset(self._customer(each, known) for each in known.listed(self._text(name)))

    def _customer(self, text: str, known: KnownCustomers) -> str:
        """The customer that a text means. One that it does not tell stays as it is written: a
        policy for nobody who is known is not one for all.
        """
        heads = known.meant(text)
        if len(heads) != 1:
            code, near = "CUSTOMER_NOT_FOUND", known.nearest(text)
            code = "CUSTOMER_AMBIGUOUS" if heads else code
            self._say(code, "eligible_customers", text, near, "NOT_REWARDED")
            return text
        (head,) = heads
        if head not in known.bearers(text):
            self._say("TAKEN_AS_HEAD", "eligible_customers", text, head, "ROW_KEPT")
        return head

    def _fault(self, code: str, column: str, value: Any, taken: str = "") -> None:
        self._faults += 1
        self._say(code, column, value, taken)

    def _say(
        self, code: str, column: str, value: Any, taken: str = "", how: str = "POLICY_NOT_RECKONED"
    ) -> None:
        self._log.add_one(code, TABLE, how, self._row, column, value, taken=taken)

    def _has(self, name: str) -> bool:
        return bool(pd.notna(self._fields[name]))

    def _text(self, name: str) -> str:
        return str(self._fields[name]) if self._has(name) else ""

    def _number(self, name: str) -> Decimal | None:
        return Decimal(self._fields[name]) if self._has(name) else None

    def _integer(self, name: str) -> int | None:
        return int(self._fields[name]) if self._has(name) else None

    def _list(self, name: str) -> frozenset[str]:
        parts = (plain(part) for part in SEPARATORS.split(self._text(name)))
        return frozenset(part for part in parts if part)
