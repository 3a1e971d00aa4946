"""Which receipt paid which invoice, and after how many days.

A receipt that names its document pays that one; the rest pays the oldest open invoices first
(first in, first out), as dealers' contracts and ledgers do it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

COLUMNS = ("receipt", "invoice", "amount", "days")
Codes = NDArray[np.intp]


def matched(invoices: pd.DataFrame, receipts: pd.DataFrame) -> pd.DataFrame:
    """One row for each part of a receipt that pays a part of an invoice of the same customer.

    invoices: index row, unique, several rows to an invoice; customer_id, date, doc_no (may be
        missing), amount (exact, above 0)
    receipts: the same with matched_doc_no; also what is paid in advance
    The result: receipt and invoice (rows), amount (exact), days from the invoice to the receipt,
    0 for advance payments; by customer, what names its document first. Nothing is paid twice; what
    finds no invoice is left out.
    """
    owed, paid = _side(invoices, "doc_no"), _side(receipts, "matched_doc_no")
    owed_of, paid_of = _numbered(owed["customer_id"], paid["customer_id"], sort=True)
    owed_doc, paid_doc = _numbered(owed["document"], paid["document"])
    documents = int(owed_doc.max(initial=0)) + 1
    named = _paired(
        (owed["left"], _both(owed_of, owed_doc, documents)),
        (paid["left"], _both(paid_of, paid_doc, documents)),
    )
    rest = _paired(
        (less(owed["left"], named, "invoice"), owed_of),
        (less(paid["left"], named, "receipt"), paid_of),
    )
    found = pd.concat([named.assign(turn=0), rest.assign(turn=1)], ignore_index=True)
    found = found.assign(account=paid_of[found["receipt"]])
    found = found.sort_values(["account", "turn", "receipt", "invoice"], ignore_index=True)
    days = paid["day"].to_numpy()[found["receipt"]] - owed["day"].to_numpy()[found["invoice"]]
    return pd.DataFrame(
        {
            "receipt": paid["row"].to_numpy()[found["receipt"]],
            "invoice": owed["row"].to_numpy()[found["invoice"]],
            "amount": found["amount"],
            "days": np.maximum(days // np.timedelta64(1, "D"), 0),
        }
    )


def less(amounts: pd.Series, parts: pd.DataFrame, name: str) -> pd.Series:
    """The amounts without their parts, which name them by label in the column `name`."""
    used = parts.groupby(name)["amount"].sum().reindex(amounts.index)
    return amounts - used.mask(used.isna(), 0)


def _side(rows: pd.DataFrame, document: str) -> pd.DataFrame:
    """Invoices or receipts in the order of their dates, then of the sheet, by position."""
    found = pd.DataFrame(
        {
            "row": rows.index,
            "day": rows["date"].dt.normalize().array,
            "customer_id": rows["customer_id"].astype("str").array,
            "document": rows[document].array if document in rows else None,
            "left": rows["amount"].array,
        }
    )
    return found.sort_values("day", kind="stable", ignore_index=True)


def _numbered(owed: pd.Series, paid: pd.Series, *, sort: bool = False) -> tuple[Codes, Codes]:
    """The texts of both sides as numbers, -1 where missing or where the other side lacks them."""
    codes, _ = pd.factorize(pd.concat([owed, paid]), sort=sort)
    ours, theirs = codes[: len(owed)], codes[len(owed) :]
    return np.where(np.isin(ours, theirs), ours, -1), np.where(np.isin(theirs, ours), theirs, -1)


def _both(accounts: Codes, documents: Codes, count: int) -> Codes:
    """One number for a customer and document, -1 where either is missing."""
    return np.where((accounts < 0) | (documents < 0), -1, accounts * count + documents)


def _paired(owed: tuple[pd.Series, Codes], paid: tuple[pd.Series, Codes]) -> pd.DataFrame:
    """The parts that lie at once in an amount owed and in one paid, in each group in order.

    Laid end to end, the amounts of a group on either side are cut where an amount of the other
    ends: each piece is a part. The result: receipt and invoice (positions), amount (exact).
    """
    ends = pd.concat([_ends(*owed, is_owed=True), _ends(*paid, is_owed=False)])
    # One key at a time: by several, pandas sorts amounts as objects.
    ends = ends.sort_values("end", kind="stable")
    ends = ends.sort_values("group", kind="stable", ignore_index=True)
    group, is_owed = ends["group"].to_numpy(), ends["is_owed"].to_numpy()
    before: Any = ends["end"].shift()
    is_first = np.append(True, group[1:] != group[:-1])[: len(ends)]
    amount = ends["end"] - before.mask(is_first, 0)
    place = np.append(ends["place"].to_numpy(), -1)
    invoice, receipt = _next(is_owed), _next(~is_owed)
    groups = np.append(group, -1)
    there = (groups[invoice] == group) & (groups[receipt] == group)
    there &= (amount > 0).to_numpy(dtype=bool)
    columns = {"receipt": place[receipt[there]], "invoice": place[invoice[there]]}
    return pd.DataFrame({**columns, "amount": amount[there].array})


def _ends(amounts: pd.Series, groups: Codes, *, is_owed: bool) -> pd.DataFrame:
    """Where each amount of a group ends, if they are laid end to end."""
    there = (groups >= 0) & (amounts > 0).to_numpy(dtype=bool)
    amounts, groups = amounts[there], groups[there]
    ends = amounts.groupby(groups).cumsum()
    return pd.DataFrame({"group": groups, "end": ends, "place": ends.index, "is_owed": is_owed})


def _next(chosen: NDArray[np.bool_]) -> Codes:
    """For each position the first from there on that is chosen; the length where none is."""
    places = np.where(chosen, np.arange(len(chosen)), len(chosen))
    return np.asarray(np.minimum.accumulate(places[::-1])[::-1])
