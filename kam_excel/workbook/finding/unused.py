"""Columns that stand in the header of a table and that no table uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kam_excel.workbook.finding.location import Location
from kam_excel.workbook.finding.pages import Page


class UnusedColumn(NamedTuple):
    """A header that belongs to no column of a table; sheet columns count from 1."""

    sheet: str
    column: int
    header: str


def unused_columns(
    pages: Sequence[Page], found: Mapping[str, Location]
) -> dict[str, list[UnusedColumn]]:
    """By table id the headers beside its own, those that another table uses left out."""
    by_sheet = {page.sheet: page for page in pages}
    taken = {
        (region.sheet, region.header_row, column)
        for location in found.values()
        for region in location.all_regions
        for column in (*region.columns.values(), *(month.column for month in region.months))
    }
    unused: dict[str, list[UnusedColumn]] = {}
    for name, location in found.items():
        for region in location.all_regions:
            row = by_sheet[region.sheet].row(region.header_row)
            unused.setdefault(name, []).extend(
                UnusedColumn(region.sheet, column, str(header))
                for column, header in sorted(row.items())
                if (region.sheet, region.header_row, column) not in taken
            )
    return unused
