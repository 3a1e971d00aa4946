"""Who competes in a contest, and with which sales: accounts, or our own people for theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kam_excel.domain.columns import text_column
from kam_excel.domain.incentives.contest_terms import Payee
from kam_excel.domain.incentives.targets import By
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.texts import folded

ACCOUNTS: By = "customer_id"
STAFF: By = "staff_id"


@dataclass(frozen=True, slots=True)
class Figures:
    """What contests are judged by.

    as_of: the day up to which sales count
    lines: net sales: date, customer_id, amount (exact, base currency), qty (exact)
    key_accounts: ids of the accounts that compete
    targets: as of `targets.read_targets`, None without any
    customers: customer_id (as in lines), optional manager_id; None without
    staff: staff_id, staff_name, optional status (active, left); None without
    """

    as_of: date
    lines: pd.DataFrame
    key_accounts: pd.Index
    targets: pd.DataFrame | None = None
    customers: pd.DataFrame | None = None
    staff: pd.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class Entrants:
    """Those who compete.

    kind: customer_id or staff_id
    ids: in order
    of_account: by account, for whom its sales count
    left: those who are not with us any more
    """

    kind: By
    ids: pd.Index
    of_account: pd.Series
    left: frozenset[str] = frozenset()


def entrants(payee: Payee, figures: Figures, log: IssueLog) -> Entrants:
    """The key accounts; for own staff the managers of accounts, each with the accounts he manages.

    A manager that is written as a name is the one of the staff who bears it; one that nobody or
    several bear is logged and does not compete. Without a staff table managers are as written.
    """
    if payee != "own staff":
        ids = figures.key_accounts.sort_values()
        return Entrants(ACCOUNTS, ids, pd.Series(ids, ids, dtype="str"))
    accounts = _managed(figures.customers)
    managers, left = accounts["manager_id"], frozenset[str]()
    if figures.staff is not None:
        managers = _as_staff(managers, figures.staff, log)
        has_left = text_column(figures.staff, "status") == "left"
        left = frozenset(figures.staff[STAFF][has_left])
    elif len(managers):
        log.add_one("MANAGERS_AS_WRITTEN", "customers", "ROW_KEPT", column="manager_id")
    of_account = managers.set_axis(accounts[ACCOUNTS]).dropna()
    return Entrants(STAFF, pd.Index(sorted(set(of_account)), dtype="str"), of_account, left)


def _managed(customers: pd.DataFrame | None) -> pd.DataFrame:
    """The accounts that have a manager: customer_id and manager_id, by row of the sheet."""
    if customers is None:
        return pd.DataFrame({ACCOUNTS: [], "manager_id": []}, dtype="str")
    managers = text_column(customers, "manager_id")
    rows = customers[[ACCOUNTS]].assign(manager_id=managers)
    return rows.dropna().drop_duplicates(ACCOUNTS)


def _as_staff(managers: pd.Series, staff: pd.DataFrame, log: IssueLog) -> pd.Series:
    """The staff id of each manager; missing, and logged, where it is not one person's."""
    ids = set(staff[STAFF].dropna())
    bearers: dict[str, list[str]] = {}
    for name, staff_id in zip(text_column(staff, "staff_name"), staff[STAFF], strict=True):
        if not pd.isna(name) and staff_id in ids:
            bearers.setdefault(folded(name), []).append(staff_id)
    meant: dict[str, str] = {}
    for each in managers.unique():
        called = [each] if each in ids else bearers.get(folded(each), [])
        if len(called) == 1:
            meant[each] = called[0]
    unknown = managers[~managers.isin(list(meant))]
    log.add_each("MANAGER_UNKNOWN", "customers", unknown, "SALES_OF_NOBODY", "manager_id")
    return managers.map(meant).astype("str")
