# mypy: allow-subclassing-any
"""How a sheet prints: its print area and print titles, which are names, and its page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlwings import base_classes

from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.model.sheet import SheetModel
from kam_excel.headless.parts import pages as pagexml
from kam_excel.headless.parts.breaks import set_row_breaks
from kam_excel.headless.parts.pages import Page
from kam_excel.headless.parts.workbook import WorkbookXml
from kam_excel.headless.references.addressing import Area, parse_area, quote_sheet, split_sheet
from kam_excel.headless.references.names import same_name

PRINT_AREA, PRINT_TITLES = "_xlnm.Print_Area", "_xlnm.Print_Titles"
_REFERENCE = re.compile(r"(?:'(?:[^']|'')*'|[^',])+")


@explained
class PageSetup(base_classes.PageSetup):
    """The page of a sheet."""

    def __init__(self, xml: WorkbookXml, model: SheetModel) -> None:
        self._xml, self._model = xml, model

    @property
    def api(self) -> PageSetup:
        return self

    @property
    def print_area(self) -> str | None:
        """The absolute address, areas parted by commas; a computed one as its formula; None."""
        text = self._name(PRINT_AREA)
        areas = _areas(text)
        return _addresses(areas) if areas else text or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        """Print only these cells; raises ValueError for what is no address."""
        areas = [parse_area(split_sheet(each)[1]) for each in _REFERENCE.findall(value or "")]
        if areas != _areas(self._name(PRINT_AREA)) or not areas:
            self._define(PRINT_AREA, areas)

    def set_up(self, page: Page) -> None:
        """Let the sheet print as `page` says."""
        pagexml.set_up(self._model.grid.shell, page)
        old = _areas(self._name(PRINT_TITLES))
        columns = [area for area in old if area.whole_columns]
        first, last = page.title_rows or (0, 0)
        rows = [parse_area(f"{first}:{last}")] if page.title_rows else []
        if columns + rows != old:
            self._define(PRINT_TITLES, columns + rows)

    def break_before(self, rows: Sequence[int]) -> None:
        """Begin a page with each of `rows`, and with no other."""
        set_row_breaks(self._model.grid.shell, rows)

    def _name(self, name: str) -> str:
        """What a name of the sheet refers to, or ""."""
        place = self._model.entry.place
        found = (each for each in self._xml.names() if each.scope == place)
        return next((each.refers_to for each in found if same_name(each.name, name)), "")

    def _define(self, name: str, areas: list[Area]) -> None:
        place = self._model.entry.place
        if areas:
            sheet = quote_sheet(self._model.entry.name)
            text = ",".join(f"{sheet}!{area.address(True, True)}" for area in areas)
            self._xml.set_name(name, text, place)
        elif self._name(name):
            self._xml.delete_name(name, place)


def _areas(refers_to: str) -> list[Area]:
    """The areas that a name refers to; none where it is a formula."""
    try:
        return [parse_area(split_sheet(each)[1]) for each in _REFERENCE.findall(refers_to)]
    except ValueError:
        return []


def _addresses(areas: list[Area]) -> str:
    return ",".join(area.address(True, True) for area in areas)
