"""The engines that compute a scratch workbook, each behind `compute`: values by cell."""

from __future__ import annotations

import datetime as dt
import json
import math
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kam_excel.headless.cells.values import NOT_COMPUTED, CellError, Content
from kam_excel.headless.model.book import WorkbookModel
from kam_excel.headless.package.parts import Package
from kam_excel.headless.recalc.scratch import Scratch
from kam_excel.headless.recalc.state import Cell

Values = Mapping[Cell, Content]

_WORKER = Path(__file__).with_name("worker.py")
_ERRORS = {
    "Null": "#NULL!",
    "Div": "#DIV/0!",
    "Value": "#VALUE!",
    "Ref": "#REF!",
    "Name": "#NAME?",
    "Num": "#NUM!",
    "Na": "#N/A",
    "Spill": "#SPILL!",
    "Calc": "#CALC!",
}


class RefusedError(Exception):
    """An engine does not compute a workbook; the message says why."""


class Engine(Protocol):
    """Something that computes formulas.

    family: engines of one family reckon alike, so that the next one is asked only where this one
    refuses.
    compute: what the formulas of a scratch workbook come to at a time of the clock; cells for
    which there is no value are left out. Raises RefusedError where it computes none.
    """

    @property
    def name(self) -> str: ...

    @property
    def family(self) -> str: ...

    def compute(self, scratch: Scratch, clock: dt.datetime) -> Values: ...


@dataclass(frozen=True, slots=True)
class FormualizerPackage:
    """formualizer on the bytes of a package: strict, it refuses what it may not do exactly."""

    seconds: float
    name: str = "formualizer"
    family: str = "formualizer"

    def compute(self, scratch: Scratch, clock: dt.datetime) -> Values:
        _, data = _ask(scratch, clock, "package", self.seconds)
        return read_values(data, scratch)


@dataclass(frozen=True, slots=True)
class FormualizerWorkbook:
    """formualizer's workbook, cell by cell: it refuses nothing and fails by formula."""

    seconds: float
    name: str = "formualizer-cells"
    family: str = "formualizer"

    def compute(self, scratch: Scratch, clock: dt.datetime) -> Values:
        answer, _ = _ask(scratch, clock, "workbook", self.seconds)
        found = zip(scratch.cells, answer["values"], strict=True)
        values = {cell: _content(value) for cell, value in found}
        return {cell: value for cell, value in values.items() if value is not None}


def _ask(
    scratch: Scratch, clock: dt.datetime, rung: str, seconds: float
) -> tuple[dict[str, Any], bytes]:
    """Let a process of its own answer; the answer and the bytes behind it."""
    request = {
        "rung": rung,
        "clock": clock.replace(tzinfo=None).isoformat(),
        "cells": [[scratch.sheets[c.part], c.row, c.column] for c in scratch.cells],
    }
    said = json.dumps(request).encode() + b"\n" + scratch.data
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_WORKER)], input=said, capture_output=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise RefusedError(f"not done after {seconds:g} seconds") from None
    line, _, rest = done.stdout.partition(b"\n")
    if done.returncode != 0 or not line:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise RefusedError(last or f"ended with code {done.returncode}")
    answer: dict[str, Any] = json.loads(line)
    if "refused" in answer:
        raise RefusedError(answer["refused"])
    return answer, rest


def _content(value: Any) -> Content:
    if isinstance(value, dict):
        error = _ERRORS.get(value.get("error", ""))
        return CellError(error) if error else None
    if isinstance(value, (bool, str)) or value is None:
        return value
    return float(value) if math.isfinite(value) else None


def read_values(data: bytes, scratch: Scratch) -> Values:
    """The values of the formulas of a scratch workbook that an engine has computed."""
    book = WorkbookModel(Package(data), "scratch.xlsx")
    sheets = {sheet.entry.name: sheet.grid.stored for sheet in book.sheets()}
    values: dict[Cell, Content] = {}
    rows: dict[tuple[str, int], dict[int, Any]] = {}
    for cell in scratch.cells:
        stored, key = sheets[scratch.sheets[cell.part]], (cell.part, cell.row)
        if key not in rows:
            rows[key] = stored.cells(cell.row)
        found = rows[key].get(cell.column)
        value = stored.cached(found) if found else None
        if value is not None and value != NOT_COMPUTED:
            values[cell] = value
    return values
