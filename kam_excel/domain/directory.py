"""Ids and names of accounts as they are compared, and who bears which name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from kam_excel.domain.columns import text_column
from kam_excel.domain.texts import folded


def loose(account: str) -> str:
    """What ids that look alike have in common: neither case nor leading zeros count."""
    text = account.casefold()
    return text.lstrip("0") if text.isdigit() else text


@dataclass(frozen=True, slots=True)
class Directory:
    """The accounts of a workbook: their ids, and who bears which (folded) name.

    is_master: they are those of the customer sheet, so that another id is unknown.
    """

    ids: frozenset[str]
    names: Mapping[str, frozenset[str]]
    twins: Mapping[str, str]
    is_master: bool

    @classmethod
    def of(cls, frames: Iterable[pd.DataFrame], *, is_master: bool) -> Directory:
        """The accounts that `frames` tell in their columns customer_id and customer_name."""
        ids: dict[str, None] = {}
        names: dict[str, set[str]] = {}
        for frame in frames:
            pairs = pd.DataFrame(
                {name: text_column(frame, name) for name in ("customer_id", "customer_name")}
            )
            pairs = pairs.dropna(subset="customer_id").drop_duplicates()
            ids |= dict.fromkeys(pairs["customer_id"])
            named = pairs.dropna()
            for account, name in zip(named["customer_id"], named["customer_name"], strict=True):
                names.setdefault(folded(name), set()).add(account)
        twins: dict[str, str] = {}
        for account in ids:
            twins.setdefault(loose(account), account)
        bearers = {name: frozenset(accounts) for name, accounts in names.items()}
        return cls(frozenset(ids), bearers, twins, is_master)

    def bearers(self, name: str) -> frozenset[str]:
        """The accounts that bear a name."""
        return self.names.get(folded(name), frozenset())

    def lookalike(self, account: str) -> str | None:
        """The account whose id differs from that of `account` in case or leading zeros only.

        None for an account that the customer sheet has, and for the first of those that are alike.
        """
        if self.is_master and account in self.ids:
            return None
        twin = self.twins.get(loose(account), account)
        return None if twin == account else twin
