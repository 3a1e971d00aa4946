"""Cells that are merged downwards: only the first of their rows has the value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import xlwings as xw

from kam_excel.contract.column import Kind
from kam_excel.contract.policies import ReadingPolicy
from kam_excel.domain.issues import IssueLog
from kam_excel.errors import Problem
from kam_excel.workbook.adapter import merged_areas
from kam_excel.workbook.finding.location import Location, Region, label_of
from kam_excel.workbook.reading.block import Block
from kam_excel.workbook.reading.judging import Judged

_DESCRIPTIVE = (Kind.KEY, Kind.TEXT, Kind.DATE, Kind.CHOICE, Kind.BOOLEAN)


def fill_merged(
    sheet: xw.Sheet,
    block: Block,
    location: Location,
    number: int,
    rules: ReadingPolicy,
    log: IssueLog,
) -> tuple[Block, list[Problem]]:
    """The block with the value of merged cells in each of their rows, where the rules say so.

    Else they are problems in columns that are needed, and issues in others. Amounts are never
    filled: one of them for several rows is no amount of each.
    """
    region = location.all_regions[number]
    columns: dict[str, list[Any]] = {}
    problems: list[Problem] = []
    for name, positions in _merged(sheet, block, region, location).items():
        cells = list(block.columns[name])
        for position, first in positions.items():
            cells[position] = cells[first]
        labels = pd.Index([label_of(block.rows[p], 0, number) for p in positions])
        values = pd.Series([cells[p] for p in positions], labels, dtype=object)
        judged = Judged(location, location.table.columns[name], values, values, None)
        every = range(len(positions))
        if rules.merged_keys == "fill":
            judged.note({"MERGED_FILLED": every}, log)
            columns[name] = cells
        else:
            problems += judged.refuse({"MERGED_CELLS": every}, log)
    return replace(block, columns={**block.columns, **columns}) if columns else block, problems


def _merged(
    sheet: xw.Sheet, block: Block, region: Region, location: Location
) -> dict[str, dict[int, int]]:
    """By column: the position of each row below the first of merged cells, and of that first."""
    kinds = location.table.columns
    gaps = {
        region.columns[name]: name
        for name, cells in block.columns.items()
        if kinds[name].kind in _DESCRIPTIVE and None in cells
    }
    if not gaps:
        return {}
    corner = (region.header_row + 1, min(gaps))
    areas = merged_areas(sheet.range(corner, (block.rows[-1], max(gaps))))
    at = {row: position for position, row in enumerate(block.rows)}
    found: dict[str, dict[int, int]] = {}
    for row1, col1, row2, _ in areas:
        first = at.get(row1)
        below = [at[row] for row in range(row1 + 1, row2 + 1) if row in at]
        if col1 in gaps and first is not None and below:
            found.setdefault(gaps[col1], {}).update(dict.fromkeys(below, first))
    return found
