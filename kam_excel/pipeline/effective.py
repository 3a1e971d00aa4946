"""The settings that hold for one workbook: config.yaml, then the workbook's own sheet."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import xlwings as xw

from kam_excel.errors import KamError
from kam_excel.settings import Settings
from kam_excel.settings.shapes import TABLES
from kam_excel.settings.yaml_loader import load, plain
from kam_excel.workbook.settings_sheet import read_settings_sheet


def effective_settings(book: xw.Book, settings: Settings) -> Settings:
    """`settings` with what the sheet `KAM settings` of the workbook overrides.

    Raises WorkbookError for values that do not fit, PolicyError for locked sections.
    """
    settings, errors = overridden(book, settings)
    if errors:
        raise type(errors[0])([each for error in errors for each in error.problems])
    return settings


def overridden(book: xw.Book, settings: Settings) -> tuple[Settings, list[KamError]]:
    """The same without the sections that cannot be used, and what is wrong with them.

    Raises WorkbookError where the sheet cannot be read.
    """
    errors: list[KamError] = []
    for section, values, places in read_settings_sheet(book).items():
        typed = {
            path: mapping_value(path, cell) if section == TABLES else setting_value(cell)
            for path, cell in values.items()
        }
        try:
            settings = settings.override(section, typed, "workbook", places)
        except KamError as error:
            errors.append(error)
    return settings, errors


def setting_value(cell: Any) -> Any:
    """A cell as config.yaml would read it: numbers exact, [0.8, 0.95] as a list."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return cell
    if isinstance(cell, str):
        text = cell.strip()
        return load(f"value: {text}", "").data["value"] if text.startswith("[") else plain(text)
    return int(cell) if float(cell).is_integer() else Decimal(format(cell, ".15g"))


def mapping_value(path: str, cell: Any) -> Any:
    """A cell of the section `tables`: names stay text, even where they are those of years."""
    name = path.rpartition(".")[2]
    if ".columns." in path or name not in ("header_row", "year", "sheets"):
        return _name(cell)
    value = setting_value(cell)
    if name != "sheets":
        return value
    return [_name(each) for each in value] if isinstance(value, list) else [_name(cell)]


def _name(cell: Any) -> Any:
    """A name as its cell shows it; null stands for none."""
    if isinstance(cell, str):
        return None if cell.strip() == "null" else cell.strip()
    value = setting_value(cell)
    return str(value) if isinstance(value, int | Decimal) else value
