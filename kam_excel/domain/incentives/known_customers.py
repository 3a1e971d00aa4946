"""Which customers the sheets of incentives mean: by id, or by a name that only one bears."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from kam_excel.domain.columns import text_column
from kam_excel.domain.issues import ROWS_LISTED, IssueLog
from kam_excel.domain.texts import folded, plain
from kam_excel.errors import nearest

# A comma before such a word stands within a name.
_FORMS = r"ltd|limited|inc|incorporated|llc|l\.l\.c|corp|co|plc|s\.a"
SEPARATORS = re.compile(rf"([;；、\n]|[,，](?!\s*(?:{_FORMS})\b))", re.IGNORECASE)
MOST_PARTS = 5  # of a name with separators in it
NOTHING_NEAR = "–"


@dataclass(frozen=True, slots=True)
class KnownCustomers:
    """The customers that there are.

    ids: of all of them, companies of groups too
    names: as they are written, with the ids of those who bear them, by the folded name
    heads: the head of its group by the id of each member, where sales belong to the heads
    """

    ids: frozenset[str]
    names: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, named: pd.DataFrame, heads: Mapping[str, str], others: Iterable[str] = ()
    ) -> KnownCustomers:
        """Those of `named` (customer_id, optional customer_name), and others that have no name."""
        rows = named[["customer_id"]].assign(customer_name=text_column(named, "customer_name"))
        rows = rows[rows["customer_id"].notna()]
        bearers: dict[str, tuple[str, frozenset[str]]] = {}
        pairs = rows.dropna().drop_duplicates()
        for each, name in zip(pairs["customer_id"], pairs["customer_name"], strict=True):
            written, known = bearers.get(folded(name), (plain(name), frozenset()))
            bearers[folded(name)] = written, known | {each}
        return cls(frozenset(rows["customer_id"]).union(others), bearers, heads)

    def listed(self, cell: str) -> list[str]:
        """The customers that a cell lists, as they are written there: ids, names, or neither.

        Between them stand ; , 、 or line breaks; a name that has some of these within is one.
        """
        parts = SEPARATORS.split(cell)  # every second one is a separator
        found, start = [], 0
        while start < len(parts):
            ends = range(start + 2 * MOST_PARTS - 1, start + 1, -2)
            texts = {end: plain("".join(parts[start:end])) for end in ends if end <= len(parts)}
            end = next((end for end, text in texts.items() if self.bearers(text)), start + 1)
            found.append(plain("".join(parts[start:end])))
            start = end + 1
        return [each for each in dict.fromkeys(found) if each]

    def bearers(self, text: str) -> frozenset[str]:
        """The customers that a text may mean: the one whose id it is, else those of that name."""
        if text in self.ids:
            return frozenset({text})
        return self.names.get(folded(text), ("", frozenset[str]()))[1]

    def meant(self, text: str) -> frozenset[str]:
        """The same, as heads of their groups."""
        return frozenset(self.heads.get(each, each) for each in self.bearers(text))

    def nearest(self, text: str) -> str:
        """The id or name that is most like a text, NOTHING_NEAR where none is."""
        names = (written for written, _ in self.names.values())
        return _nearest(text, frozenset({*self.ids, *names}))

    def told_apart(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows but those with a name that several bear: that was told where ids are found."""
        texts = text_column(frame, "customer_id").fillna(text_column(frame, "customer_name"))
        unclear = [each for each in texts.dropna().unique() if len(self.bearers(each)) > 1]
        apart: pd.DataFrame = frame[~texts.isin(unclear)]
        return apart

    def strangers(self, customers: pd.Series) -> pd.Series:
        """Which of the ids nobody has (bool); one that is missing is nobody's."""
        return customers.notna() & ~customers.isin(list(self.ids))

    def near(self, strangers: pd.Series) -> pd.Series:
        """What is most like each of the texts, of those that an issue log lists."""
        found = {each: self.nearest(each) for each in strangers.unique()[:ROWS_LISTED]}
        return strangers.map(found).astype("str")

    def report_strangers(self, customers: pd.Series, table_id: str, log: IssueLog) -> None:
        """Log each id that nobody has (CUSTOMER_NOT_FOUND), with what is most like it."""
        strange = customers[self.strangers(customers)]
        near = self.near(strange)
        log.add_each(
            "CUSTOMER_NOT_FOUND", table_id, strange, "ROW_EXCLUDED", "customer_id", taken=near
        )


@lru_cache(maxsize=1024)
def _nearest(text: str, candidates: frozenset[str]) -> str:
    return nearest(text, sorted(candidates)) or NOTHING_NEAR
