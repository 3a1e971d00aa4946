"""Remembering where tables stand: in config.yaml, or on the settings sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.table import Table
from kam_excel.pipeline.records import kept
from kam_excel.settings.remember import plain_mapping
from kam_excel.settings.shapes import TABLES, TableMapping
from kam_excel.settings.yaml_text import yaml_text
from kam_excel.workbook.settings_entry import put_settings

Mappings = Mapping[str, TableMapping]


@dataclass(frozen=True, slots=True)
class Saved:
    """Where it is remembered, and where the original of a workbook was kept, if it was."""

    path: Path
    record: Path | None = None


def save_in_workbook(
    book: xw.Book,
    path: Path,
    target: Path,
    mappings: Mappings,
    tables: Mapping[str, type[Table]],
    language: Language,
    version: str,
) -> Saved:
    """Put `mappings` onto the settings sheet of an open book and save it to `target`.

    Only that sheet changes. In place, the original is kept in `.kam/runs/<id>/` beside it. Raises
    WorkbookError where the sheet cannot be written or the file cannot be saved. `tables` are
    those of `mappings` by id.
    """
    values = {
        f"{table}.{name}": value
        for table, mapping in mappings.items()
        for name, value in setting_values(plain_mapping(mapping))
    }
    notes = {name: _note(tables[name.split(".")[0]], name, language) for name in values}
    put_settings(book, TABLES, values, notes, lambda name: name.split(".")[0] in mappings, language)
    in_place = target.resolve() == path.resolve()
    is_changed = bool(book.impl.package.changes())
    facts = {"version": version, "map": sorted(mappings)}
    keeping = kept(path, "map", facts) if in_place and is_changed else nullcontext()
    with keeping as record:
        book.save(None if in_place else str(target))
    return Saved(target, record)


def _note(table: type[Table], name: str, language: Language) -> str:
    """The table that a row is of, and the column if it is of one."""
    column = table.columns.get(name.rpartition(".")[2]) if name.count(".") > 1 else None
    titles = [table.title(language), *([column.header(language)] if column else [])]
    return " · ".join(titles)


def setting_values(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """A mapping as rows of the settings sheet: dotted names and text or whole numbers."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from setting_values(value, f"{prefix}{name}.")
        elif isinstance(value, str | int):
            yield f"{prefix}{name}", value
        else:
            yield f"{prefix}{name}", yaml_text(value)
