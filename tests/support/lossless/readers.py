"""Other readers: does what they could open still open, and show the same?"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from lossless.edits import Touched

Values = dict[str, dict[tuple[int, int], Any]]
MOST_CELLS = 20_000_000


def disagreements(before: Path, after: Path, touched: Touched) -> list[str]:
    """What python-calamine and openpyxl make of `after` that they did not make of `before`."""
    return [*_calamine(before, after, touched), *_openpyxl(before, after)]


def _calamine(before: Path, after: Path, touched: Touched) -> list[str]:
    try:
        old = _values(before)
    except (python_calamine.CalamineError, ValueError, KeyError):
        return []
    try:
        new = _values(after)
    except (python_calamine.CalamineError, ValueError, KeyError) as error:
        return [f"calamine: {error}"]
    for name, cells in old.items():
        now, own = new.get(name, {}), (touched.row, touched.column)
        for place, value in cells.items():
            if now.get(place) != value and (name, place) != (touched.sheet, own):
                return [f"calamine: {name} {place} is {now.get(place)!r}, was {value!r}"]
    return []


def _values(path: Path) -> Values:
    found = {}
    with python_calamine.load_workbook(path) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                continue
            found[name] = {
                (row, column): value
                for row, cells in enumerate(sheet.to_python(skip_empty_area=False), 1)
                for column, value in enumerate(cells, 1)
                if value != ""
            }
    return found


def _openpyxl(before: Path, after: Path) -> list[str]:
    if _opens(before) is not None:
        return []
    error = _opens(after)
    return [] if error is None else [f"openpyxl: {error}"]


def _opens(path: Path) -> str | None:
    """None, or what openpyxl stumbles over: it raises about everything there is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with path.open("rb") as file:  # which openpyxl leaves open where it fails
                openpyxl.load_workbook(file).close()
        except Exception as error:
            return f"{type(error).__name__}: {error}"
    return None
