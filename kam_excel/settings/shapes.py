"""The parts of config.yaml that belong to no policy: `plugins:` and `tables:`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from kam_excel.contract.units import MONEY_FACTORS
from kam_excel.errors import Problem, problem
from kam_excel.settings.document import Document
from kam_excel.settings.validation import not_a_mapping, validate

PLUGINS = "plugins"
TABLES = "tables"


def _unit(value: object) -> object:
    """A unit of amounts as `MONEY_FACTORS` spells it; what is no text is left to pydantic."""
    if not isinstance(value, str):
        return value
    unit = unicodedata.normalize("NFKC", value).strip().casefold()
    if unit not in MONEY_FACTORS:
        expected = ", ".join(MONEY_FACTORS)
        raise PydanticCustomError("literal_error", "no unit", {"expected": expected})
    return unit


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _PluginsShape(_Shape):
    folders: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()


HeaderRow = Annotated[int, Field(ge=1)]
Unit = Annotated[str, BeforeValidator(_unit)]


class LinesMapping(_Shape):
    """Where the lines of documents stand whose heads are a table of their own."""

    sheet: str | None = None
    header_row: HeaderRow | None = None
    columns: dict[str, str | None] = {}


class TableMapping(_Shape):
    """Where a company keeps a table: sheet, header row (from 1) and header by column id, None
    where the sheet has no such column, whatever its headers look like.

    `sheets` are several of one schema, `*` and `?` standing for any characters. `year` is that
    of months without one. `units` (key of MONEY_FACTORS) and `percents` say by column id what
    the figures are where their headers and cells don't. `lines` is the second sheet of a table
    that is split into heads and lines.
    """

    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    header_row: HeaderRow | None = None
    columns: dict[str, str | None] = {}
    year: Annotated[int, Field(ge=1900, le=9999)] | None = None
    units: dict[str, Unit] = {}
    percents: dict[str, Literal["percent", "fraction"]] = {}
    lines: LinesMapping | None = None


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
