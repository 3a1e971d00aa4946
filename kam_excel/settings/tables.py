"""`tables:` of config.yaml, and what the workbook's own sheet puts in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from kam_excel.contract.column import Column, Kind
from kam_excel.contract.policy import LOCKED
from kam_excel.errors import Problem, problem
from kam_excel.settings.document import Document, KeyPath, Placing
from kam_excel.settings.shapes import TABLES, TableMapping
from kam_excel.settings.validation import not_a_mapping, unknown_name, validate

Tables = Mapping[str, Mapping[str, Column]]
"""The columns of each table that is known, by id; tables by their id."""

# What two settings that exclude each other say.
_ONE_OF = (("sheet", "sheets"),)
_BY_COLUMN = (("columns",), ("lines", "columns"), ("units",), ("percents",))
_KINDS = {"units": Kind.MONEY, "percents": Kind.PERCENT}


def read_tables(
    document: Document, known: Tables | None
) -> tuple[dict[str, TableMapping], list[Problem]]:
    """`tables:` by table id; ids and columns are checked against `known`, unless that is None."""
    data = document.data.get(TABLES)
    if data is not None and not isinstance(data, dict):
        return {}, [not_a_mapping(data, document.place((TABLES,)))]
    entries = {name: entry for name, entry in (data or {}).items() if name != LOCKED}
    return check_tables(entries, known, document.below(TABLES))


def check_tables(
    entries: Mapping[str, Any], known: Tables | None, placing: Placing
) -> tuple[dict[str, TableMapping], list[Problem]]:
    """Plain data by table id as mappings, and every mistake in it."""
    mappings: dict[str, TableMapping] = {}
    problems: list[Problem] = []
    for table, entry in entries.items():
        place = placing((table,), key=True)
        if known is not None and table not in known:
            problems.append(unknown_name(table, known, place))
        elif not isinstance(entry, dict):
            problems.append(not_a_mapping(entry, place))
        else:
            below = _below(placing, table)
            mapping, mistakes = validate(TableMapping, entry, below)
            problems += mistakes
            problems += [] if known is None else _columns(entry, known[table], below)
            if mapping:
                problems += _contradictions(mapping, below)
                mappings[table] = mapping
    return mappings, problems


def merged(old: TableMapping | None, values: Mapping[KeyPath, Any]) -> dict[str, Any]:
    """Plain data of `old` with `values` put in, and without what they exclude."""
    data = old.model_dump(exclude_defaults=True) if old else {}
    for pair in _ONE_OF:
        for name, other in (pair, pair[::-1]):
            if (name,) in values and (other,) not in values:
                data.pop(other, None)
    for path, value in values.items():
        inner: Any = data
        for group in path[:-1]:
            # What is no mapping stays, and is refused as such.
            inner = inner.setdefault(group, {}) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner[path[-1]] = value
    return data


def _below(placing: Placing, table: str) -> Placing:
    """`placing` for paths that are counted from a table."""

    def place(path: KeyPath, *, key: bool = False) -> Any:
        return placing((table, *path), key=key)

    return place


def _columns(
    entry: Mapping[str, Any], columns: Mapping[str, Column], placing: Placing
) -> Iterator[Problem]:
    """Names of columns that the table does not have, or that hold no such figures."""
    for path in _BY_COLUMN:
        for name in _mapping_at(entry, path):
            place = placing((*path, name), key=True)
            kind = _KINDS.get(path[0])
            if name not in columns:
                yield unknown_name(name, columns, place)
            elif kind and columns[name].kind is not kind:
                fitting = ", ".join(n for n, column in columns.items() if column.kind is kind)
                facts = {"name": name, "fitting": fitting or "-"}
                code = "CONFIG_NO_AMOUNTS" if kind is Kind.MONEY else "CONFIG_NO_PERCENTS"
                yield problem(code, place, **facts)


def _mapping_at(entry: Any, path: tuple[str, ...]) -> Mapping[str, Any]:
    for name in path:
        entry = entry.get(name) if isinstance(entry, dict) else None
    return entry if isinstance(entry, dict) else {}


def _contradictions(mapping: TableMapping, placing: Placing) -> Iterator[Problem]:
    for name, other in _ONE_OF:
        if {name, other} <= mapping.model_fields_set:
            yield problem("CONFIG_ONE_OF", placing((other,), key=True), name=name, other=other)
    lines = mapping.lines.columns if mapping.lines else {}
    for path, headers in ((("columns",), mapping.columns), (("lines", "columns"), lines)):
        times = Counter(header for header in headers.values() if header is not None)
        for name, header in headers.items():
            if header is not None and times[header] > 1:
                yield problem("CONFIG_HEADER_TWICE", placing((*path, name)), header=header)
