"""Which account a row means: by its customer id, else by a name that one account alone bears."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kam_excel.domain.amounts import stated_amounts
from kam_excel.domain.columns import text_column
from kam_excel.domain.directory import Directory
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.texts import folded, plain

CUSTOMERS = "customers"
OF_SALES = ("sales", "returns")  # tables whose rows count for the company whoever is meant


def with_accounts(frames: Mapping[str, pd.DataFrame], log: IssueLog) -> dict[str, pd.DataFrame]:
    """The frames by table id, each row with the id of the account that it means.

    Frames with a column customer_id or customer_name get a customer_id; parents in the customers
    may be named as well. An id that the customers lack, and a name without an id, is looked for
    among their names, without customers among the names that other rows have beside an id. A
    name that nobody bears stands for itself; one that several bear is not guessed.
    """
    has_master = CUSTOMERS in frames
    sources = [frames[CUSTOMERS]] if has_master else list(frames.values())
    directory = Directory.of(sources, is_master=has_master)
    spelled: dict[str, str] = {}  # accounts that only have a name, by the folded name
    done = dict(frames)
    for table_id, frame in frames.items():
        rows = _Rows(frame, table_id, directory, spelled, log)
        if table_id == CUSTOMERS:
            done[table_id] = rows.with_parents()
        elif not {"customer_id", "customer_name"}.isdisjoint(frame.columns):
            done[table_id] = rows.with_ids()
    return done


class _Rows:
    """The rows of one table, to be identified by one directory."""

    def __init__(
        self,
        frame: pd.DataFrame,
        table_id: str,
        directory: Directory,
        spelled: dict[str, str],
        log: IssueLog,
    ) -> None:
        self._frame = frame
        self._table_id = table_id
        self._directory = directory
        self._spelled = spelled
        self._log = log
        self._amounts = stated_amounts(frame)

    def with_ids(self) -> pd.DataFrame:
        """The frame with its customer_id, which is missing where nobody can say who is meant."""
        ids = text_column(self._frame, "customer_id")
        stranger, nobody = "KEPT_INELIGIBLE", "KEPT_AS_UNASSIGNED"
        if self._table_id not in OF_SALES:
            stranger = nobody = "COUNTED_FOR_NOBODY"
        if self._directory.is_master:
            ids = self._by_name(ids, self._strangers(ids), "customer_id", stranger)
        self._report_lookalikes(ids)
        names = text_column(self._frame, "customer_name")[ids.isna()].dropna()
        ids = self._by_name(ids, names, "customer_name", nobody)
        return self._frame.assign(customer_id=self._by_themselves(ids, names))

    def with_parents(self) -> pd.DataFrame:
        """The customers with their parent_id."""
        if "parent_id" not in self._frame:
            return self._frame
        parents = text_column(self._frame, "parent_id")
        found = self._by_name(parents, self._strangers(parents), "parent_id", "ROW_KEPT")
        return self._frame.assign(parent_id=found)

    def _strangers(self, ids: pd.Series) -> pd.Series:
        return ids[ids.notna() & ~ids.isin(self._directory.ids)]

    def _by_name(self, ids: pd.Series, texts: pd.Series, column: str, otherwise: str) -> pd.Series:
        """`ids`; in the rows of `texts`, the account that alone bears the text as its name."""
        bearers = {text: self._directory.bearers(text) for text in texts.unique()}
        alone = {text: next(iter(found)) for text, found in bearers.items() if len(found) == 1}
        several = [text for text, found in bearers.items() if len(found) > 1]
        found = _mapped(texts[texts.isin(list(alone))], alone)
        self._list("CUSTOMER_BY_NAME", texts.loc[found.index], "READ_AS", column, found)
        self._list("CUSTOMER_AMBIGUOUS", texts[texts.isin(several)], otherwise, column)
        return found.reindex(ids.index).fillna(ids)

    def _by_themselves(self, ids: pd.Series, names: pd.Series) -> pd.Series:
        """`ids`; a name without an id that nobody bears stands for its account."""
        unborne = [name for name in names.unique() if not self._directory.bearers(name)]
        new = names[names.isin(unborne)]
        if new.empty:
            return ids
        for name in unborne:
            self._spelled.setdefault(folded(name), plain(name))
        amount = pd.NA if self._amounts is None else self._amounts.loc[new.index].sum()
        self._log.add_one(
            "NAME_AS_ACCOUNT",
            self._table_id,
            "ROW_KEPT" if self._table_id in OF_SALES else "READ_AS",
            column="customer_name",
            value=len(new),
            amount=amount,
        )
        accounts = {name: self._spelled[folded(name)] for name in unborne}
        return _mapped(new, accounts).reindex(ids.index).fillna(ids)

    def _report_lookalikes(self, ids: pd.Series) -> None:
        twins = {each: self._directory.lookalike(each) for each in ids.dropna().unique()}
        twins = {each: twin for each, twin in twins.items() if twin is not None}
        found = ids[ids.isin(list(twins))]
        self._list("ID_LOOKS_ALIKE", found, "ROW_KEPT", "customer_id", _mapped(found, twins))

    def _list(
        self,
        code: str,
        texts: pd.Series,
        handling: str,
        column: str,
        taken: pd.Series | None = None,
    ) -> None:
        self._log.add_each(
            code, self._table_id, texts, handling, column, amounts=self._amounts, taken=taken
        )


def _mapped(texts: pd.Series, values: Mapping[str, str | None]) -> pd.Series:
    return texts.map(values).astype("str")
