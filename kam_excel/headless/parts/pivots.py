"""Pivot tables as their parts describe them: where they stand and how fields are arranged.

ECMA-376 part 1, 18.10. What they show is computed by Excel alone; it can be asked to do so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kam_excel.headless.cells.strings import decode
from kam_excel.headless.package.parts import Package
from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import Node, tree
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.values import is_true

_VALUES = -2  # the pseudo field that stands for several value fields
_SHOWING = ("xl/slicercaches/", "xl/timelinecaches/", "xl/charts/")
_AREAS = {
    "rows": ("rowFields", "field", "x"),
    "columns": ("colFields", "field", "x"),
    "filters": ("pageFields", "pageField", "fld"),
}


@dataclass(frozen=True, slots=True)
class ValueField:
    """A field whose values are summarized: `function` as the part names it ("sum", "countNums")."""

    name: str
    source: str
    function: str
    number_format_id: int


class PivotXml:
    """The part of one pivot table."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self.part = part

    @property
    def _root(self) -> Node:
        return tree(splice.utf8(self._package.read(self.part)))

    @property
    def name(self) -> str:
        """The name that Excel shows."""
        return decode(self._root.attributes.get("name", ""))

    @name.setter
    def name(self, value: str) -> None:
        root = self._root
        edit = splice.set_attribute(root.data, root.element, "name", value)
        self._package.write(self.part, splice.apply(root.data, [edit]))

    @property
    def is_shown_elsewhere(self) -> bool:
        """Whether a slicer, a timeline or a chart says the name of the table."""
        said = splice.attribute_text(self.name).encode()
        return any(
            said in self._package.read(part)
            for part in self._package.names()
            if part.lower().startswith(_SHOWING)
        )

    @property
    def area(self) -> Area:
        """The report, without the filters above it."""
        return parse_area(self._location["ref"])

    @property
    def body(self) -> Area | None:
        """The cells of the values, totals included; None without value fields."""
        area, given = self.area, self._location
        row = area.row1 + int(given.get("firstDataRow", "1"))
        column = area.col1 + int(given.get("firstDataCol", "1"))
        if not self.values or row > area.row2 or column > area.col2:
            return None
        return Area(row, column, area.row2, area.col2)

    @property
    def _location(self) -> dict[str, str]:
        found = self._root.first("location")
        assert found is not None  # the schema demands it
        return found.attributes

    # fields -----------------------------------------------------------------

    @property
    def source_fields(self) -> list[str]:
        """The names of all columns of the source."""
        cache = self._cache
        if cache is None:
            return []
        fields = tree(splice.utf8(self._package.read(cache))).all("cacheFields", "cacheField")
        return [decode(each.attributes.get("name", "")) for each in fields]

    def fields(self, area: str) -> list[str]:
        """The names of the fields in "rows", "columns" or "filters"."""
        names = self.source_fields
        return [_named(names, place) for place in self._places(area)]

    def _places(self, area: str) -> list[int]:
        parent, child, attribute = _AREAS[area]
        found = self._root.all(parent, child)
        places = [int(each.attributes.get(attribute, "0")) for each in found]
        return [place for place in places if place != _VALUES]

    @property
    def values(self) -> list[ValueField]:
        """The fields that are summarized."""
        names = self.source_fields
        return list(self._values(names))

    def _values(self, names: list[str]) -> Iterator[ValueField]:
        for each in self._root.all("dataFields", "dataField"):
            given = each.attributes
            source = _named(names, int(given.get("fld", "0")))
            name = decode(given.get("name", source))
            number_format = int(given.get("numFmtId", "0"))
            yield ValueField(name, source, given.get("subtotal", "sum"), number_format)

    # look -------------------------------------------------------------------

    @property
    def layout(self) -> str | None:
        """What rows look like: "compact", "outline", "tabular"; None where they differ."""
        fields = self._root.all("pivotFields", "pivotField")
        shown = [fields[place].attributes for place in self._places("rows")]
        found = {_layout(given) for given in shown or [self._root.attributes]}
        return found.pop() if len(found) == 1 else None

    def grand_totals(self, of: str) -> bool:
        """Whether grand totals of "row"s or "col"umns are shown."""
        return is_true(self._root.attributes.get(f"{of}GrandTotals", "1"))

    # cache ------------------------------------------------------------------

    @property
    def _cache(self) -> str | None:
        return self._package.related(self.part, "pivotCacheDefinition")

    def refresh_on_load(self) -> None:
        """Let Excel compute the table anew when it opens the file."""
        cache = self._cache
        if cache is not None:
            shell = Shell(splice.utf8(self._package.read(cache)), ())
            shell.set_attribute(shell.root, "refreshOnLoad", "1")
            self._package.write(cache, shell.data)


def pivots(package: Package, sheet: str) -> list[PivotXml]:
    """The pivot tables of a sheet."""
    related = package.rels(sheet).of_type("pivotTable")
    return [PivotXml(package, each.target) for each in related if each.target in package]


def _named(names: list[str], place: int) -> str:
    """The name of a field; a cache that is missing or damaged has none for it."""
    return names[place] if place < len(names) else f"Field{place + 1}"


def _layout(given: dict[str, str]) -> str:
    if not is_true(given.get("outline", "1")):
        return "tabular"
    return "compact" if is_true(given.get("compact", "1")) else "outline"
