"""The tables of a sheet: made from cells, whose headers they take, and listed in the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.values import CellError, Content, Formula
from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.parts.tables import CONTENT_TYPE, TableXml, column_markup
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.areas import areas_text
from kam_excel.headless.xml.splice import attribute_text
from kam_excel.headless.xml.tree import MAIN


def unique_headers(headers: Sequence[Content | None]) -> list[str]:
    """Header cells as Excel makes them: text, none blank, none twice (whatever the case)."""
    taken: set[str] = set()
    names = []
    for place, header in enumerate(headers, 1):
        text = _header_text(header)
        base = text or "Column"
        name, number = (text, 2) if text else (f"Column{place}", place + 1)
        while name.casefold() in taken:
            name = f"{base}{number}"
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _header_text(header: Content | None) -> str:
    if isinstance(header, bool):
        return str(header).upper()
    if isinstance(header, float):
        return f"{header:.15g}"
    return "" if header is None else str(header)


class SheetTables:
    """The tables of one sheet."""

    def __init__(self, package: Package, sheet: str, grid: Callable[[], Grid]) -> None:
        self._package = package
        self._sheet = sheet
        self._get_grid = grid

    @property
    def _grid(self) -> Grid:
        return self._get_grid()

    def __iter__(self) -> Iterator[TableXml]:
        related = self._package.rels(self._sheet).of_type("table")
        return iter([TableXml(self._package, each.target) for each in related])

    def add(self, area: Area, name: str, style: str, autofilter: bool = True) -> TableXml:
        """Make a table of an area whose first row is its header.

        Header cells become unique texts. Raises WorkbookError where the area overlaps another
        table or merged cells.
        """
        waits = area.height == 1
        if waits:
            area = Area(area.row1, area.col1, area.row2 + 1, area.col2)
        self.check(area)
        names = self.write_headers(area)
        part = self._package.free_name("xl/tables/table{}.xml")
        self._package.write(part, self._markup(area, name, style, names, autofilter), CONTENT_TYPE)
        relationship = self._package.rels(self._sheet).add("table", part)
        self._list_part(relationship)
        table = TableXml(self._package, part)
        table.waits_for_data = waits
        return table

    def check(self, area: Area, own: TableXml | None = None) -> None:
        """Raise WorkbookError where a table could not take `area`."""
        for table in self:
            if (own is None or table.part != own.part) and table.area.common(area):
                place = Place(cell=str(area))
                raise WorkbookError(problem("TABLE_OVERLAPS", place, area=area, table=table.name))
        for merge in self._grid.merges():
            if merge.common(area):
                place = Place(cell=str(area))
                raise WorkbookError(problem("TABLE_OVER_MERGE", place, area=area, merge=merge))

    def write_headers(self, area: Area) -> list[str]:
        """Make the header cells of an area unique texts; returns them."""
        header = Area(area.row1, area.col1, area.row1, area.col2)
        contents = self._grid.contents(header)[0]
        shown = self._grid.values(header)[0]
        texts: list[Content] = [
            str(value) if isinstance(content, (Formula, CellError)) else content
            for content, value in zip(contents, shown, strict=True)
        ]
        names = unique_headers(texts)
        self._grid.write(area.row1, area.col1, [names])
        return names

    def take_headers(self, table: TableXml) -> dict[str, str]:
        """Name the columns after header cells that were written over, as Excel does.

        Returns the new names by the old ones, without those that changed places.
        """
        old, new = table.column_names, self.write_headers(table.area)
        for index, name in enumerate(new):
            if name != old[index]:
                table.rename_column(index, name)
        both = {each.casefold() for each in old} & {each.casefold() for each in new}
        pairs = zip(old, new, strict=True)
        return {a: b for a, b in pairs if a != b and not {a.casefold(), b.casefold()} & both}

    def _markup(
        self, area: Area, name: str, style: str, names: Sequence[str], autofilter: bool
    ) -> bytes:
        columns = "".join(column_markup("", number, each) for number, each in enumerate(names, 1))
        named = attribute_text(name)
        ref = areas_text([area])
        filter_ = f'<autoFilter ref="{ref}"/>' if autofilter else ""
        styled = f' name="{attribute_text(style)}"' if style else ""
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<table xmlns="{MAIN}" id="{self._free_id()}" name="{named}" displayName="{named}" '
            f'ref="{ref}" totalsRowShown="0">{filter_}'
            f'<tableColumns count="{len(names)}">{columns}</tableColumns>'
            f'<tableStyleInfo{styled} showFirstColumn="0" showLastColumn="0" '
            'showRowStripes="1" showColumnStripes="0"/></table>'
        ).encode()

    def _free_id(self) -> int:
        parts = [name for name in self._package.names() if self._is_table(name)]
        taken = {TableXml(self._package, part).id for part in parts}
        return max(taken, default=0) + 1

    def _is_table(self, name: str) -> bool:
        return name.endswith(".xml") and self._package.content_type(name) == CONTENT_TYPE

    def _list_part(self, relationship: str) -> None:
        shell = self._grid.shell
        named = relating.attribute(shell.root, relationship)
        shell.append("tableParts", f"<{shell.prefix}tablePart {named}/>")
        parts = shell.child("tableParts")
        assert parts is not None
        shell.set_attribute(parts, "count", str(len(shell.items("tableParts", "tablePart"))))
