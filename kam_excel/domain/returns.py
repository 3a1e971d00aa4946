"""Returns from a sheet of their own, applied to the lines of sales that they concern."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kam_excel.domain.books import Books
from kam_excel.domain.exact import exact
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import divide
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.domain.return_rows import ReturnRow, counted, rows_of

PLACES = 6  # of an amount that is a part of another

Positions = NDArray[np.intp]
SHARED = ("customer_id", "product_id", "category", "region", "salesperson", "currency")
NONE: Positions = np.array([], dtype=np.intp)
HANDLINGS = {"RETURN_DOCUMENT": "DOCUMENT_CANCELLED", "RETURN_LINES": "LINES_CANCELLED"}


def apply_returns(
    lines: pd.DataFrame,
    returns: pd.DataFrame,
    rates: pd.DataFrame,
    rules: NettingRules,
    books: Books,
) -> pd.DataFrame:
    """The lines of sales less the rows of `returns` (index: label).

    A row with an amount, or with a quantity of sales that are found, becomes a negative line of
    the table `returns`. A row with neither cancels the lines that it names: they leave sales and
    count. Rows are matched by document and line number, else by customer, product and date; rows
    whose status does not say returned are passed over. rates: as of domain.rates.usable_rates.
    """
    matcher = _Matcher(lines, rules)
    rows = rows_of(counted(returns, rules, books.log), rates, rules)
    for row in sorted(rows, key=lambda row: not row.is_whole):
        matcher.apply(row)
    matcher.report(books.log)
    for code, cancelled in matcher.cancelled.items():
        books.flow.left_out(code, lines["amount"].iloc[cancelled])
    gone = [position for cancelled in matcher.cancelled.values() for position in cancelled]
    left = lines.drop(index=lines.index[gone])
    if not matcher.added:
        return left
    added = matcher.added_lines()
    books.flow.changed("RETURNS_ADDED", len(added), added["amount"])
    return pd.concat([left, added])


class _Matcher:
    """Finds the lines that a return concerns and keeps account of what becomes of them."""

    def __init__(self, lines: pd.DataFrame, rules: NettingRules) -> None:
        self.cancelled: dict[str, list[int]] = {"RETURN_DOCUMENT": [], "RETURN_LINES": []}
        self.added: list[dict[str, Any]] = []
        self._outcomes: list[dict[str, Any]] = []
        self._lines = lines
        self._rules = rules
        self._other = f"amount_{rules.other_basis}"
        self._by_document = _positions(lines, ["doc_no"])
        self._by_customer_product = _positions(lines, ["customer_id", "product_id"])
        self._column = {name: lines[name].to_numpy(object) for name in ("line_no", *SHARED)}
        self._days = lines["date"].dt.normalize().to_numpy(object)
        self._open = ~lines["is_return"].to_numpy(dtype=bool)

    def apply(self, row: ReturnRow) -> None:
        """Apply one row, or note why it is not applied."""
        named = self._find(row)
        found = self._of(named, "line_no", row)
        sales = found[self._open[found]]
        if len(named) and not len(found):
            self._note("RETURN_LINE_UNKNOWN", row)
        elif len(found) and not len(sales):
            self._note("RETURN_ALREADY_BOOKED", row)
        elif row.is_whole:
            self._cancel(row, sales)
        else:
            self._add(row, sales)

    def report(self, log: IssueLog) -> None:
        """Log what was noted, by code; of returns without a sale only their number."""
        notes = pd.DataFrame(self._outcomes, columns=["code", "row_no", "value", "amount"])
        notes = notes.set_index("row_no").rename_axis(None)
        for code, of_code in notes.groupby("code"):
            if code == "RETURN_UNMATCHED":
                amount = exact(of_code["amount"])
                worth = pd.NA if amount.isna().all() else amount.sum()
                log.add_one(str(code), "returns", "NOT_APPLIED", value=len(of_code), amount=worth)
                continue
            handling = HANDLINGS.get(str(code), "NOT_APPLIED")
            log.add(
                str(code),
                "returns",
                of_code.index,
                handling,
                column="doc_no",
                values=of_code["value"],
                amounts=exact(of_code["amount"]),
            )

    def added_lines(self) -> pd.DataFrame:
        """The lines that stand for returned amounts, typed as those of the sales."""
        added = pd.DataFrame(self.added).set_index("row_no").rename_axis(None)
        typed = {}
        for name in self._lines:
            values = added.get(name, pd.Series([None] * len(added), added.index, dtype=object))
            is_exact = str(self._lines[name].dtype).startswith("exact")
            typed[name] = exact(values) if is_exact else values.astype(self._lines[name].dtype)
        return pd.DataFrame(typed)

    def _find(self, row: ReturnRow) -> Positions:
        """The positions of the lines that the row names."""
        if row.doc_no is not None:
            found = self._by_document.get((row.doc_no,), NONE)
            return self._of(self._of(found, "customer_id", row), "product_id", row)
        if row.customer_id is None or row.product_id is None or row.date is None:
            return NONE
        found = self._by_customer_product.get((row.customer_id, row.product_id), NONE)
        days, day = self._days[found], row.date.normalize()
        fits = days == day if row.is_whole else days <= day
        return np.asarray(found[fits.astype(bool)])

    def _of(self, found: Positions, name: str, row: ReturnRow) -> Positions:
        """Those of the positions that have the row's value, if it has one, in a column."""
        value = getattr(row, name)
        if value is None:
            return found
        return np.asarray(found[(self._column[name][found] == value).astype(bool)])

    def _cancel(self, row: ReturnRow, sales: Positions) -> None:
        if not len(sales):
            self._note("RETURN_UNMATCHED", row)
        elif self._shared(sales) and self._rules.returns_match != "doc_no":
            self._note("RETURN_AMBIGUOUS", row, self._sum("amount", sales))
        else:
            code = "RETURN_DOCUMENT" if row.is_document else "RETURN_LINES"
            self._open[sales] = False
            self.cancelled[code].extend(sales.tolist())
            self._note(code, row, self._sum("amount", sales))

    def _add(self, row: ReturnRow, sales: Positions) -> None:
        if self._shared(sales):
            self._note("RETURN_AMBIGUOUS", row)
            return
        line = self._common(sales)
        named = {name: getattr(row, name) for name in ("customer_id", "product_id", "date")}
        line |= {name: value for name, value in named.items() if value is not None}
        if line.get("customer_id") is None or line.get("date") is None:
            self._note("RETURN_UNMATCHED", row)
            return
        amount, obstacle = self._worth(row, line, sales)
        if amount is None:
            self._note(obstacle, row)
            return
        own = self._sum("amount", sales)
        parts = {
            name: self._part(name, sales, amount.copy_negate(), own)
            for name in ("profit", "discount")
        }
        line |= parts | {
            "row_no": row.row_no,
            "doc_no": row.doc_no,
            "qty": None if row.qty is None else row.qty.copy_negate(),
            "amount": amount.copy_negate(),
            self._other: self._other_worth(row, sales, amount),
            "is_return": True,
            "table_id": "returns",
        }
        self.added.append(line)

    def _worth(
        self, row: ReturnRow, line: dict[str, Any], sales: Positions
    ) -> tuple[Decimal | None, str]:
        """What was returned, in the base currency, or the code that says why it is unknown."""
        if row.amount is None:
            worth = self._part("amount", sales, row.qty, self._sum("qty", sales))
            return worth, "RETURN_UNMATCHED"
        base = self._rules.base_currency
        currency = row.currency or line.get("currency") or base
        if currency == base:
            return row.amount, ""
        if currency == line.get("currency") and line.get("rate") is not None:
            return _product(row.amount, line["rate"]), ""
        if row.currency is not None and row.rate is not None:
            return _product(row.amount, row.rate), ""
        return None, "FX_MISSING"

    def _other_worth(self, row: ReturnRow, sales: Positions, amount: Decimal) -> Decimal | None:
        """What was returned in the other tax basis, negative: as the row says, else in proportion
        to the sales.
        """
        returned = amount.copy_negate()
        if row.other_amount is not None and row.amount:
            return divide(_product(returned, row.other_amount), row.amount, PLACES)
        return self._part(self._other, sales, returned, self._sum("amount", sales))

    def _part(self, name: str, sales: Positions, of: Decimal | None, whole: Any) -> Decimal | None:
        """The column's sum over `sales`, times `of`, divided by `whole`."""
        total = self._sum(name, sales)
        if of is None or total is None or not whole:
            return None
        return divide(_product(total, of), whole, PLACES)

    def _sum(self, name: str, positions: Positions) -> Decimal | None:
        """The sum of a column, None if any of its values is missing or there are none."""
        values = self._lines[name].array[positions]
        if not len(values) or values.isna().any():
            return None
        return Decimal(values.sum())

    def _common(self, sales: Positions) -> dict[str, Any]:
        """What all of `sales` agree in, and the date and exchange rate of the first of them."""
        facts: dict[str, Any] = {}
        for name in SHARED:
            values = set(self._column[name][sales])
            if len(values) == 1 and not pd.isna(value := values.pop()):
                facts[name] = value
        if len(sales):
            first = self._lines.iloc[sales[self._days[sales].argmin()]]
            facts |= {"date": first["date"], "rate": first["rate"]}
        return facts

    def _shared(self, sales: Positions) -> bool:
        return len(set(self._column["customer_id"][sales])) > 1

    def _note(self, code: str, row: ReturnRow, amount: Decimal | None = None) -> None:
        value = row.doc_no or row.customer_id
        self._outcomes.append(
            {"code": code, "row_no": row.row_no, "value": value, "amount": amount or row.amount}
        )


def _product(amount: Decimal, by: Decimal) -> Decimal:
    """The exact product, which Decimal would round to 28 digits."""
    return Decimal((exact([amount]) * exact([by])).iloc[0])


def _positions(lines: pd.DataFrame, keys: list[str]) -> dict[tuple[Any, ...], Positions]:
    """The positions of the lines of each combination of `keys`, without those that lack one."""
    groups = lines.groupby(keys).indices
    return {
        key if isinstance(key, tuple) else (key,): np.asarray(found, dtype=np.intp)
        for key, found in groups.items()
    }
