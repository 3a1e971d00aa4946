"""How soon accounts pay: payment factors of policies, and receipts by the age of what they pay.

Invoices and receipts are matched in gross amounts, in the base currency at their own dates. What
came back is taken off invoices first, and counts for no age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.basis import Sources, clipped
from kam_excel.domain.incentives.eligibility import eligible
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.movements import Movements, with_amount
from kam_excel.domain.incentives.payments import less, matched
from kam_excel.domain.incentives.products import chosen
from kam_excel.domain.incentives.settlement import payment_factor
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import Scale, retrospective
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import divide, round_half_up
from kam_excel.domain.periods import Window

FACTOR_PLACES = 12
FOREIGN_PLACES = 6  # of a part in a currency other than the base: rounded only far below a cent
PART = ["customer_id", "days", "is_paid"]
_NO_ONE = {"policy_id": pd.Series([], dtype="str"), "customer_id": pd.Series([], dtype="str")}
_NO_FACTOR = pd.DataFrame({**_NO_ONE, "factor": exact([])})
_NO_PART = pd.DataFrame(
    {
        **_NO_ONE,
        "days": pd.Series([], dtype="int64"),
        "is_paid": pd.Series([], dtype="bool"),
        "amount": exact([]),
    }
)


@dataclass(frozen=True, slots=True)
class Collected:
    """Which invoices were paid until a day, when, and which were not.

    parts: by line, its position in the sales; customer_id (category), paid_on (the day, missing
        where not paid yet), days (until then, or until the day of the reckoning), amount (exact,
        above 0, gross, base currency), is_paid (bool), in_advance (bool: paid on an earlier day)
    left_over: index row of the receipts; customer_id, amount (exact), code: what found no
        invoice, because there is none left (RECEIPT_UNMATCHED), or none of the document that the
        receipt names (RECEIPT_DOCUMENT_UNKNOWN)
    unknown: the accounts of which a line tells no gross amount, who are left out
    """

    until: date
    parts: pd.DataFrame
    left_over: pd.DataFrame
    unknown: frozenset[str]


def collected(sales: Movements, receipts: Movements, until: date, places: int = 2) -> Collected:
    """Match the receipts with the invoices, both up to `until`.

    An invoice is an amount of whole cents (`places` of the base currency), as it is billed, though
    tax that is added to net amounts has more digits.

    A negative line is set against the lines of its document first, then against the oldest; so is
    a receipt that was paid back, against receipts. A receipt that names a document pays others
    only with what exceeds it: where the customer has no such document it pays none, as that may
    be older than the sales that are there.
    """
    everything = Window(date.min, until)
    lines = _by_position(sales, everything)
    unknown = lines.loc[lines["amount_gross"].isna(), "customer_id"].unique()
    lines = _billed(lines[~lines["customer_id"].isin(unknown)], places)
    invoices = _net(lines, "doc_no")
    paid = _by_position(receipts, everything)
    paid = _net(paid[~paid["customer_id"].isin(unknown)], "matched_doc_no")
    astray = _names_another(paid, lines)
    found = matched(invoices, paid[~astray])
    left = paid.assign(
        amount=less(paid["amount"], found, "receipt"),
        code=np.where(astray, "RECEIPT_DOCUMENT_UNKNOWN", "RECEIPT_UNMATCHED"),
        row=receipts.rows.index[paid.index],
    )
    left = left[holds(left["amount"] > 0)].set_index("row").rename_axis(None)
    return Collected(
        until,
        _parts(invoices, paid, found, until),
        left[["customer_id", "amount", "code"]].astype({"customer_id": "str"}),
        frozenset(str(each) for each in unknown),
    )


def report_receipts(found: Collected, log: IssueLog) -> None:
    """Log the accounts whose receipts found no invoice, once each and code; and, in one issue, what
    was paid before its invoice (RECEIPT_IN_ADVANCE).
    """
    for code, left in found.left_over.groupby("code"):
        log.add_each(
            str(code),
            "receipts",
            left["customer_id"],
            "NOT_APPLIED_TO_INVOICES",
            "customer_id",
            amounts=left["amount"],
        )
    ahead = found.parts[found.parts["in_advance"]]
    if len(ahead):
        log.add_one(
            "RECEIPT_IN_ADVANCE",
            "receipts",
            "COUNTED_AS_AT_ONCE",
            column="date",
            value=ahead["paid_on"].min(),
            amount=ahead["amount"].sum(),
        )


def payment_factors(
    policies: Sequence[Terms], accounts: pd.DataFrame, sources: Sources, found: Collected | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The payment factor of each policy and account, and the parts that it comes from.

    accounts: as of `eligible`; found: None where there are no receipts.
    The first: policy_id, customer_id, factor: exact[12], the mean of the factors of the invoices
    in the window, weighted by their parts and rounded half up; 1 where the policy has no factors,
    or the account no invoices; missing where it cannot be told. What is not paid yet counts as if
    it were paid on the day of the reckoning.
    The second: policy_id, customer_id, days, is_paid, amount (exact, gross, base currency), factor
    (exact), one row for each policy with factors, account, number of days, and paid or not.
    """
    factors, details = [_NO_FACTOR], [_NO_PART.assign(factor=exact([]))]
    for terms in policies:
        ids = eligible(terms, accounts)
        values = exact([1] * len(ids), scale=FACTOR_PLACES).set_axis(ids)
        if terms.factors and found is None:
            values = exact([None] * len(ids), scale=FACTOR_PLACES).set_axis(ids)
        elif found is not None and terms.factors:
            parts = _aggregated(_of_window(terms, sources.sales, found), ids).reset_index()
            parts = parts.assign(factor=_factors(parts["days"], terms))
            values = _weighted(parts, ids).mask(ids.isin(found.unknown))
            details.append(parts.assign(policy_id=terms.policy_id))
        factors.append(_labelled(terms, values))
    return _stacked(factors, _NO_FACTOR), _stacked(details, details[0])


def aged_receipts(
    terms: Terms, accounts: pd.DataFrame, sources: Sources, found: Collected
) -> pd.DataFrame:
    """The receipts in the window of a policy by the age of the invoices that they pay.

    policy_id, customer_id, days, is_paid (True), amount: exact, gross, in the currency of the
    policy at the rates of the days of payment (with 6 places where that is not the base). Of sales
    of its products only, if it is limited.
    """
    parts = found.parts[terms.window.contains(found.parts["paid_on"])]
    if terms.products or terms.excluded:
        parts = parts[np.isin(parts["line"], _lines(sources.sales, terms, slice(None)))]
    ids = eligible(terms, accounts)
    aged = _converted(parts, ids, terms, sources.exchange).reset_index()
    return _stacked([_NO_PART, aged.assign(policy_id=terms.policy_id)], _NO_PART)


def earned_by_age(aged: pd.DataFrame, scale: Scale) -> pd.Series:
    """Σ part · rate of its age in days, for each customer with receipts: exact, not rounded.

    aged: as of `aged_receipts`, of one policy; scale: by days. Fixed amounts have no meaning here.
    """
    rates = Scale(tuple(type(tier)(tier.lower, tier.rate) for tier in scale.tiers), scale.exclusive)
    earned = retrospective(exact(aged["days"]), rates, paid_on=aged["amount"])
    return earned.groupby(aged["customer_id"]).sum()


def _by_position(source: Movements, window: Window) -> pd.DataFrame:
    return source.rows.iloc[source.within(window)].reset_index(drop=True)


def _billed(lines: pd.DataFrame, places: int) -> pd.DataFrame:
    """The lines in whole cents, so that those of a document add up to what it bills, rounded."""
    number = lines["doc_no"].astype("object").where(lines["doc_no"].notna(), lines.index)
    documents = lines.groupby(["customer_id", number], observed=True, sort=False)
    sums: Any = documents["amount_gross"].cumsum()
    before: Any = sums - lines["amount_gross"]
    billed = round_half_up(sums, places) - round_half_up(before, places)
    return lines.assign(amount_gross=billed)


def _net(rows: pd.DataFrame, document: str) -> pd.DataFrame:
    """The rows with an amount above 0 that the negative ones leave."""
    owed, taken_back = with_amount(rows, 1), with_amount(rows, -1)
    if taken_back.empty:
        return owed
    found = matched(
        owed.rename(columns={document: "doc_no"}),
        taken_back.rename(columns={document: "matched_doc_no"}),
    )
    owed = owed.assign(amount=less(owed["amount"], found, "invoice"))
    return owed[holds(owed["amount"] > 0)]


def _parts(
    invoices: pd.DataFrame, paid: pd.DataFrame, found: pd.DataFrame, until: date
) -> pd.DataFrame:
    left = less(invoices["amount"], found, "invoice")
    left = left[holds(left > 0)]
    age = (pd.Timestamp(until) - invoices.loc[left.index, "date"]).dt.days
    open_parts = pd.DataFrame({"line": left.index, "amount": left.array, "days": age.to_numpy()})
    paid_parts = pd.DataFrame(
        {
            "line": found["invoice"],
            "amount": found["amount"],
            "days": found["days"],
            "paid_on": paid["date"].reindex(found["receipt"]).array,
        }
    )
    parts = pd.concat([paid_parts, open_parts]).sort_values("line", kind="stable")
    owed = invoices.loc[parts["line"]]
    return parts.assign(
        customer_id=owed["customer_id"].array,
        is_paid=parts["paid_on"].notna(),
        in_advance=parts["paid_on"].to_numpy() < owed["date"].to_numpy(),
    ).reset_index(drop=True)


def _names_another(paid: pd.DataFrame, lines: pd.DataFrame) -> pd.Series:
    """Which receipts name a document that their customer does not have."""
    named = paid["matched_doc_no"].notna()
    keys = ["customer_id", "document"]
    ours = lines.rename(columns={"doc_no": "document"})[keys].dropna()
    theirs = paid[named].rename(columns={"matched_doc_no": "document"})[keys]
    pairs = [pd.MultiIndex.from_frame(each.astype("str")) for each in (theirs, ours)]
    named[named] = ~pairs[0].isin(pairs[1])
    return named


def _of_window(terms: Terms, sales: Movements, found: Collected) -> pd.DataFrame:
    """The parts of the invoices that a policy counts."""
    window = clipped(terms.window, found.until)
    if window is None:
        return found.parts[:0]
    where = sales.within(window)
    first, after = np.searchsorted(found.parts["line"], [where.start, where.stop])
    parts = found.parts.iloc[first:after]
    if not terms.products and not terms.excluded:
        return parts
    return parts[np.isin(parts["line"], _lines(sales, terms, where))]


def _lines(sales: Movements, terms: Terms, where: slice) -> NDArray[np.intp]:
    """The positions of the lines that are of the products of a policy."""
    counted = chosen(sales.rows.iloc[where], terms).counted
    return np.flatnonzero(counted) + (where.start or 0)


def _aggregated(parts: pd.DataFrame, ids: pd.Index) -> pd.Series:
    """The sum of the parts of some customers by PART: exact."""
    ours = parts[parts["customer_id"].isin(ids)]
    return ours.groupby(PART, observed=True)["amount"].sum()


def _converted(parts: pd.DataFrame, ids: pd.Index, terms: Terms, exchange: Exchange) -> pd.Series:
    """The same in the currency of a policy; what was paid before its first rate adds nothing."""
    sums = _aggregated(parts, ids)
    if terms.currency == exchange.base:
        return sums
    ours = parts[parts["customer_id"].isin(ids)]
    groups = ours.groupby(PART, observed=True).ngroup().to_numpy()
    values: pd.Series = exchange.out_of_base(
        ours["amount"], ours["paid_on"], groups, len(sums), terms.currency, FOREIGN_PLACES
    )
    return values.set_axis(sums.index).rename("amount")


def _factors(days: pd.Series, terms: Terms) -> pd.Series:
    """The factor of each number of days: exact."""
    codes, distinct = pd.factorize(days)
    known = exact([payment_factor(int(each), terms.factors) for each in distinct])
    return known.take(codes).set_axis(days.index)


def _weighted(parts: pd.DataFrame, ids: pd.Index) -> pd.Series:
    """Σ part · factor / Σ parts of each customer, 1 without parts."""
    by_customer = parts["customer_id"].astype("str")
    weighted = (parts["amount"] * parts["factor"]).groupby(by_customer).sum()
    means = divide(weighted, parts["amount"].groupby(by_customer).sum(), FACTOR_PLACES)
    found = means.reindex(ids)
    return found.mask(found.isna(), 1)


def _labelled(terms: Terms, values: pd.Series) -> pd.DataFrame:
    ids = values.index.astype("str")
    frame = pd.DataFrame({"customer_id": ids, "factor": values.array})
    return frame.assign(policy_id=terms.policy_id)


def _stacked(frames: Sequence[pd.DataFrame], like: pd.DataFrame) -> pd.DataFrame:
    """The frames below each other, with the columns and types of text of `like`."""
    whole = pd.concat(frames, ignore_index=True)[list(like.columns)]
    texts = dict.fromkeys(("policy_id", "customer_id"), "str")
    return whole.astype(texts)
