"""Account ids: sales without one, ids that the customer sheet lacks, groups of companies."""

from __future__ import annotations

import pandas as pd

UNASSIGNED = "(未指定)"


def with_unassigned(customer_ids: pd.Series) -> pd.Series:
    """The ids as text, UNASSIGNED where they are missing or blank."""
    text = customer_ids.astype("str")
    return text.mask(text.isna() | (text.str.strip() == ""), UNASSIGNED)


def group_heads(customers: pd.DataFrame) -> tuple[dict[str, str], list[str]]:
    """The head of its group for each account that has a parent, and the accounts in a cycle.

    customers: columns customer_id and parent_id. Parents of parents are followed to the top. An
    account whose parents form a circle is left to itself. Where an id is repeated its first row
    holds.
    """
    known = customers[["customer_id", "parent_id"]].dropna().drop_duplicates("customer_id")
    parents = {
        account: parent
        for account, parent in zip(known["customer_id"], known["parent_id"], strict=True)
        if parent.strip() and parent != account
    }
    heads: dict[str, str] = {}
    in_cycle: list[str] = []
    for account in parents:
        head = _follow(account, parents)
        if head is None:
            in_cycle.append(account)
        else:
            heads[account] = head
    return heads, in_cycle


def at_group_head(customer_ids: pd.Series, customers: pd.DataFrame | None) -> pd.Series:
    """Each id, or that of the head of its group where `customers` knows one."""
    if customers is None or "parent_id" not in customers:
        return customer_ids
    heads, _ = group_heads(customers)
    return customer_ids.map(lambda each: heads.get(each, each))


def _follow(account: str, parents: dict[str, str]) -> str | None:
    """The last of the chain of parents, None where the chain never ends."""
    seen = {account}
    while account in parents:
        account = parents[account]
        if account in seen:
            return None
        seen.add(account)
    return account
