"""What changed between two snapshots of our own sheets: cells, and rows by their keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlwings as xw

from kam_excel.contract.table import Table
from kam_excel.workbook.snapshot import Row, Snapshot

LABEL_CELLS = 5  # a row without a key is known by so many of its values


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell with another value; `header` and `label`, the key of its row, are "" where it has
    none. `cell` is its address after the change; of a column that went, before it.
    """

    cell: str
    header: str
    label: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came (its number afterwards) or went (its number before)."""

    number: int
    label: str


@dataclass(slots=True)
class SheetDifference:
    """What changed on the sheet of one output; `rows` is how many rows it has afterwards."""

    table: str
    sheet: str
    is_hidden: bool
    is_new: bool
    rows: int
    cells: list[CellChange] = field(default_factory=list)
    added: list[RowChange] = field(default_factory=list)
    removed: list[RowChange] = field(default_factory=list)

    @property
    def is_unchanged(self) -> bool:
        """True where the sheet says what it said before."""
        return not (self.is_new or self.cells or self.added or self.removed)


def differences(
    before: Mapping[str, Snapshot],
    after: Mapping[str, Snapshot],
    tables: Mapping[str, type[Table]],
) -> list[SheetDifference]:
    """The differences of every sheet in `after`; snapshots and declarations by table id.

    Rows of a table with a key are the same where the key is. In others equal rows cancel out,
    and what is left changed in place if it is as many rows as before.
    """
    found = []
    for name, new in after.items():
        old = before.get(name)
        rows = sum(1 for _ in new.rows())
        change = SheetDifference(name, new.sheet, new.is_hidden, old is None, rows)
        if old is not None:
            _compare_outside(old, new, change)
            _Comparison(old, new, tables.get(name), change).run()
        found.append(change)
    return found


def _compare_outside(old: Snapshot, new: Snapshot, change: SheetDifference) -> None:
    """Title, date, fingerprint, headers, and whatever else is not in the table's body."""
    then, now = old.outside(), new.outside()
    for at in sorted(then.keys() | now.keys()):
        moved = old.has_in_body(*at) or new.has_in_body(*at)
        if not moved and then.get(at) != now.get(at):
            cell = f"{xw.utils.col_name(at[1])}{at[0]}"
            change.cells.append(CellChange(cell, "", "", then.get(at), now.get(at)))


class _Comparison:
    """The rows of two snapshots of one table; columns are known in either language."""

    def __init__(
        self,
        old: Snapshot,
        new: Snapshot,
        table: type[Table] | None,
        change: SheetDifference,
    ) -> None:
        declared = table.columns.values() if table else ()
        ids = {header: column.id for column in declared for header in (column.zh, column.en)}
        self._old_ids = [ids.get(header, header) for header in old.headers]
        self._new_ids = [ids.get(header, header) for header in new.headers]
        key = table.key if table else ()
        self._key = key if set(key) <= {*self._old_ids} & {*self._new_ids} else ()
        self._old, self._new, self._change = old, new, change

    def run(self) -> None:
        """Fill in what came, what went and what changed."""
        then = self._by_identity(self._old, self._old_ids)
        now = self._by_identity(self._new, self._new_ids)
        gone = [then[each] for each in then if each not in now]
        come = [now[each] for each in now if each not in then]
        pairs = [(then[each], now[each]) for each in now if each in then]
        if not self._key and len(gone) == len(come):
            pairs += zip(gone, come, strict=True)
            gone, come = [], []
        for (_, old), new in sorted(pairs, key=lambda pair: pair[1][0]):
            self._compare(old, new)
        self._change.added += [self._row(each, self._new_ids) for each in come]
        self._change.removed += [self._row(each, self._old_ids) for each in gone]

    def _by_identity(
        self, snapshot: Snapshot, ids: Sequence[str]
    ) -> dict[Hashable, tuple[int, Row]]:
        """Rows by key (else by all values) and by how many of the same came before."""
        seen: Counter[Hashable] = Counter()
        found: dict[Hashable, tuple[int, Row]] = {}
        for number, row in snapshot.rows():
            values = [row[ids.index(name)] for name in self._key] or row
            identity = tuple(values)
            found[identity, seen[identity]] = number, row
            seen[identity] += 1
        return found

    def _compare(self, old: Row, numbered: tuple[int, Row]) -> None:
        number, new = numbered
        then = dict(zip(self._old_ids, old, strict=True))
        now = dict(zip(self._new_ids, new, strict=True))
        label = " | ".join(shown(now[name]) for name in self._key)
        for name in dict.fromkeys([*now, *then]):
            if then.get(name) != now.get(name):
                place, ids = (self._new, now) if name in now else (self._old, then)
                at = list(ids).index(name)
                cell = f"{xw.utils.col_name(place.first_column + at)}{number}"
                self._change.cells.append(
                    CellChange(cell, place.headers[at], label, then.get(name), now.get(name))
                )

    def _row(self, numbered: tuple[int, Row], ids: Sequence[str]) -> RowChange:
        """What people know the row by: its key, else its first values."""
        number, row = numbered
        values = [row[ids.index(name)] for name in self._key] or _first(row)
        return RowChange(number, " | ".join(map(shown, values)))


def _first(row: Row) -> list[Any]:
    return [value for value in row if value is not None][:LABEL_CELLS]


def shown(value: Any) -> str:
    """A value of a cell as people write it: days without a time, numbers as Excel holds them."""
    if isinstance(value, float):
        return format(value, ".15g")
    is_day = hasattr(value, "date") and value == value.replace(hour=0, minute=0, second=0)
    return value.date().isoformat() if is_day else str(value)
