"""The parts of config.yaml that belong to no policy: `plugins:` and `tables:`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from kam_excel.errors import Problem, problem
from kam_excel.settings.document import Document
from kam_excel.settings.validation import not_a_mapping, unknown_name, validate

PLUGINS = "plugins"
TABLES = "tables"

Tables = Mapping[str, Collection[str]]
"""Column ids by table id."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _PluginsShape(_Shape):
    folders: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()


class TableMapping(_Shape):
    """Where a company keeps a table: sheet, header row (from 1) and header by column id."""

    sheet: str | None = None
    header_row: Annotated[int, Field(ge=1)] | None = None
    columns: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class PluginSettings:
    """Folders whose modules are loaded as plugins, and the names of those that are not."""

    folders: tuple[Path, ...] = ()
    disabled: tuple[str, ...] = ()


def read_plugins(document: Document) -> tuple[PluginSettings, list[Problem]]:
    """`plugins:` with folders made absolute from the file's own folder; they have to exist."""
    data = document.data.get(PLUGINS)
    if data is not None and not isinstance(data, dict):
        return PluginSettings(), [not_a_mapping(data, document.place((PLUGINS,)))]
    shape, problems = validate(_PluginsShape, data or {}, document.below(PLUGINS))
    if shape is None:
        return PluginSettings(), problems
    base = Path(document.file).absolute().parent
    folders = tuple((base / folder).resolve() for folder in shape.folders)
    problems = [
        problem("CONFIG_FOLDER_MISSING", document.place((PLUGINS, "folders", index)), folder=folder)
        for index, folder in enumerate(folders)
        if not folder.is_dir()
    ]
    return PluginSettings(folders, shape.disabled), problems


def read_tables(
    document: Document, known: Tables | None
) -> tuple[dict[str, TableMapping], list[Problem]]:
    """`tables:` by table id; ids are checked against `known`, unless that is None."""
    data = document.data.get(TABLES)
    if data is not None and not isinstance(data, dict):
        return {}, [not_a_mapping(data, document.place((TABLES,)))]
    mappings: dict[str, TableMapping] = {}
    problems: list[Problem] = []
    for table, entry in (data or {}).items():
        place = document.place((TABLES, table), key=True)
        if known is not None and table not in known:
            problems.append(unknown_name(table, known, place))
        elif not isinstance(entry, dict):
            problems.append(not_a_mapping(entry, place))
        else:
            mapping, mistakes = validate(TableMapping, entry, document.below(TABLES, table))
            problems += mistakes
            problems += _unknown_columns(document, table, entry, known)
            if mapping:
                mappings[table] = mapping
    return mappings, problems


def _unknown_columns(
    document: Document, table: str, entry: Mapping[str, Any], known: Tables | None
) -> list[Problem]:
    columns = entry.get("columns")
    if known is None or not isinstance(columns, dict):
        return []
    return [
        unknown_name(each, known[table], document.place((TABLES, table, "columns", each), key=True))
        for each in columns
        if each not in known[table]
    ]
