"""The styles part: cell formats by number. Formats are appended, never changed or renumbered."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import fields, replace
from functools import cached_property
from typing import Any

from lxml import etree

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.package import blank
from kam_excel.headless.package.parts import Package
from kam_excel.headless.styles import cellformats, dxfs, numberformats
from kam_excel.headless.styles.cellformats import (
    ALIGNMENT,
    BORDER,
    FONT,
    PROTECTION,
    CellFormat,
    Edge,
)
from kam_excel.headless.styles.colors import Colors
from kam_excel.headless.styles.lists import StyleTable
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.tree import parse

__all__ = ["CellFormat", "Edge", "Styles"]

MOST_FORMATS = 64_000  # of cells in one workbook, as Excel 2007 has it; later ones take a few more


class Styles:
    """The cell formats of a workbook. `flush` writes what was appended into the package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._formats: dict[int, CellFormat] = {}
        self._made: dict[tuple[int, tuple[tuple[str, Any], ...]], int] = {}
        self._load()

    def format_of(self, xf: int) -> CellFormat:
        """How cells of the format `xf` look; raises WorkbookError where there is no such format."""
        if xf not in self._formats:
            try:
                self._formats[xf] = self._read(xf)
            except ValueError as error:  # what is no number where one has to be
                raise self._package.damaged(self._part or "") from error
        return self._formats[xf]

    def font(self, xf: int) -> etree._Element:
        """The font of cells of the format `xf`, not to be changed."""
        return self._referred("fonts", self._xf(xf), "fontId")

    def number_format(self, xf: int) -> str:
        """The number format of the format `xf`, as Excel writes it in English."""
        return self.number_format_of_id(_id(self._xf(xf), "numFmtId"))

    def shown_format(self, xf: int) -> str:
        """The number format of the format `xf`, General where there is no such format."""
        known = 0 <= xf < len(self._tables["cellXfs"].elements)
        return self.number_format(xf) if known else numberformats.GENERAL

    def shown_formats(self) -> frozenset[str]:
        """Every number format that a cell may have."""
        formats = range(len(self._tables["cellXfs"].elements))
        return frozenset({numberformats.GENERAL, *map(self.number_format, formats)})

    def number_format_of_id(self, number: int) -> str:
        """The number format of an id, as Excel writes it in English."""
        return self._number_formats.get(number, numberformats.GENERAL)

    def is_date(self, xf: int) -> bool:
        """Whether cells of the format `xf` show their numbers as dates or times.

        A number that no format has shows none, so that what else there is can be read.
        """
        return numberformats.is_date(self.shown_format(xf))

    def xf(self, base: int, **changes: Any) -> int:
        """The number of the format that is `base` with `changes`, fields of CellFormat.

        An equal one is used again, else one is appended. Raises TypeError for an unknown field.
        """
        asked = (base, tuple(sorted(changes.items())))
        if asked not in self._made:
            self._made[asked] = self._derive(base, changes)
        return self._made[asked]

    def look(self, dxf: int) -> dxfs.Look:
        """What the differential format `dxf` changes; raises WorkbookError for an unknown one."""
        return dxfs.read(self._entry("dxfs", dxf), self.colors)

    def dxf(self, base: int | None, changes: Mapping[str, Any]) -> int:
        """The number of the differential format `base` with `changes`, fields of dxfs.Look.

        None is an empty base. An equal one is used again, else one is appended.
        """
        empty = self._tables["dxfs"].element("dxf")
        element = empty if base is None else self._entry("dxfs", base)
        return self._put("dxfs", dxfs.changed(element, changes))

    def flush(self) -> None:
        """Write the styles part, if anything was appended; everything else in it stays."""
        if not any(table.has_grown for table in self._tables.values()):
            return
        data = splice.opened(self._data)
        edits = [edit for table in self._tables.values() for edit in table.edits(data)]
        data = splice.apply(data, edits)
        if self._part is None:
            part = self._free_part()
            self._package.write(part, data, blank.STYLES_TYPE)
            self._package.rels(self._package.workbook).add("styles", part)
        else:
            self._package.write(self._part, data)
        self._load()

    def _load(self) -> None:
        self._part = self._package.related(self._package.workbook, "styles")
        if self._part is None:
            self._data = blank.STYLES.encode()
            self._root = parse(self._data)
        else:
            self._data = self._package.xml(self._part)
            self._root = self._package.tree(self._part)
        self._tables = {
            name: StyleTable(self._root, name)
            for name in ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs")
        }
        self.__dict__.pop("_number_formats", None)

    def _free_part(self) -> str:
        usual = "xl/styles.xml"
        return self._package.free_name("xl/styles{}.xml") if usual in self._package else usual

    @cached_property
    def colors(self) -> Colors:
        """What the colours of this workbook are."""
        return Colors.of(self._package, self._root)

    @cached_property
    def _number_formats(self) -> dict[int, str]:
        """Texts by id; what the file says goes before what Excel has built in."""
        own = self._tables["numFmts"].elements
        return numberformats.BUILTIN | {
            _id(each, "numFmtId"): each.get("formatCode", numberformats.GENERAL) for each in own
        }

    def _read(self, xf: int) -> CellFormat:
        element = self._xf(xf)
        return cellformats.read(
            element,
            self._referred("fonts", element, "fontId"),
            self._referred("fills", element, "fillId"),
            self._referred("borders", element, "borderId"),
            self.number_format(xf),
            self.colors,
        )

    def _xf(self, xf: int) -> etree._Element:
        return self._entry("cellXfs", xf)

    def _referred(self, table: str, xf: etree._Element, attribute: str) -> etree._Element:
        """The font, fill or border of an xf; the first one where it names one that is not there."""
        number = _id(xf, attribute)
        return self._entry(table, number if number < len(self._tables[table].elements) else 0)

    def _entry(self, table: str, number: int) -> etree._Element:
        entries = self._tables[table].elements
        if not 0 <= number < len(entries):
            where = Place(file=self._package.file)
            raise WorkbookError(problem("STYLE_UNKNOWN", where, table=table, number=number))
        return entries[number]

    def _put(self, table: str, element: etree._Element) -> int:
        entries = self._tables[table]
        is_full = table == "cellXfs" and len(entries.elements) >= MOST_FORMATS
        if is_full and not entries.has(element):
            where = Place(file=self._package.file)
            raise WorkbookError(problem("STYLE_LIMIT", where, limit=f"{MOST_FORMATS:,}"))
        return entries.put(element)

    def _derive(self, base: int, changes: dict[str, Any]) -> int:
        current = self.format_of(base)
        wanted = replace(current, **changes)
        changed = {
            field.name
            for field in fields(CellFormat)
            if getattr(wanted, field.name) != getattr(current, field.name)
        }
        if not changed:
            return base
        return self._put("cellXfs", self._changed_xf(self._xf(base), current, wanted, changed))

    def _changed_xf(
        self, base: etree._Element, current: CellFormat, wanted: CellFormat, changed: set[str]
    ) -> etree._Element:
        xf = deepcopy(base)
        if "number_format" in changed:
            _refer(xf, "numFmtId", self._number_format_id(wanted.number_format), "NumberFormat")
        if font := changed & set(FONT):
            old = self._referred("fonts", base, "fontId")
            _refer(xf, "fontId", self._put("fonts", cellformats.font(old, wanted, font)), "Font")
        if "fill" in changed:
            fill = cellformats.solid_fill(self._entry("fills", 0), wanted.fill)
            _refer(xf, "fillId", self._put("fills", fill), "Fill")
        if lines := changed & set(BORDER):
            old = self._referred("borders", base, "borderId")
            border = cellformats.border(old, current, wanted, lines)
            _refer(xf, "borderId", self._put("borders", border), "Border")
        if alignment := changed & set(ALIGNMENT):
            cellformats.align(xf, wanted, alignment)
        if changed & set(PROTECTION):
            cellformats.protect(xf, wanted)
        return xf

    def _number_format_id(self, text: str) -> int:
        builtin = numberformats.BUILTIN_IDS.get(text)
        if builtin is not None and self._number_formats[builtin] == text:
            return builtin
        for number, code in self._number_formats.items():
            if number >= numberformats.FIRST_CUSTOM and code == text:
                return number
        number = max(numberformats.FIRST_CUSTOM - 1, *self._number_formats) + 1
        self._tables["numFmts"].add("numFmt", numFmtId=str(number), formatCode=text)
        self._number_formats[number] = text
        return number


def _id(element: etree._Element, attribute: str) -> int:
    return int(element.get(attribute, "0"))


def _refer(xf: etree._Element, attribute: str, number: int, applied: str) -> None:
    xf.set(attribute, str(number))
    xf.set(f"apply{applied}", "1")
