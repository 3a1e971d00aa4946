"""The drawing of a sheet: which charts stand where. Other shapes keep their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from kam_excel.headless.cells.geometry import EMU, Geometry, Marker
from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import attribute_text
from kam_excel.headless.xml.tree import local_name

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_SCHEMA = "http://schemas.openxmlformats.org/drawingml/2006"
MAIN = f"{_SCHEMA}/main"
_NAMESPACES = {"xdr": f"{_SCHEMA}/spreadsheetDrawing", "a": MAIN}
_CHART = f"{_SCHEMA}/chart"
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<xdr:wsDr {_DECLARED}></xdr:wsDr>'
)

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A chart in a drawing: the id of its relationship and of its shape, its name, its place.

    An anchor says some of: the cells of two corners, or an offset and a size in EMU.
    """

    relationship: str
    number: int
    name: str
    start: Marker | None
    end: Marker | None
    offset: tuple[int, int]
    size: tuple[int, int]

    def box(self, geometry: Geometry) -> Box:
        """Left, top, width and height in points."""
        left, top = (each / EMU for each in self.offset)
        if self.start is not None:
            left, top = geometry.point(self.start)
        width, height = (each / EMU for each in self.size)
        if self.end is not None:
            right, bottom = geometry.point(self.end)
            width, height = right - left, bottom - top
        return left, top, width, height


class Drawing:
    """A drawing part. Changes are written to the package at once."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self.part = part

    @classmethod
    def new(cls, package: Package) -> Drawing:
        """Add an empty drawing to a package; nothing refers to it yet."""
        part = package.free_name("xl/drawings/drawing{}.xml")
        package.write(part, _EMPTY.encode(), CONTENT_TYPE)
        return cls(package, part)

    def frames(self) -> list[Frame]:
        """The charts, lowest first; not those inside of groups, nor those whose part is missing."""
        parts = {each.id: each.target for each in self._package.rels(self.part).of_type("chart")}
        frames = [frame for frame, _ in self._anchors() if frame is not None]
        return [each for each in frames if parts.get(each.relationship, "") in self._package]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is drawn."""
        return not self._anchors()

    def chart_part(self, relationship: str) -> str:
        """The part of the chart that the relationship leads to."""
        return self._package.rels(self.part).by_id(relationship).target

    def put(self, relationship: str, name: str, start: Marker, end: Marker) -> None:
        """Put a chart of that relationship between two corners, or give it others."""
        data = self._data()
        found = {frame.relationship: (frame, at) for frame, at in self._anchors() if frame}
        if relationship in found:
            frame, at = found[relationship]
            markup = _anchor(relationship, frame.number, name, start, end, data)
            edit = splice.Edit(at.start, at.end, markup)
        else:
            number = self.free_number()
            markup = _anchor(relationship, number, name, start, end, data)
            edit = splice.append_child(data, splice.scan(data, 0)[0], markup)
        self._package.write(self.part, splice.apply(data, [edit]))

    def remove(self, relationship: str) -> None:
        """Take the chart of that relationship out, and the relationship."""
        data = self._data()
        edits = [
            splice.delete(at)
            for frame, at in self._anchors()
            if frame is not None and frame.relationship == relationship
        ]
        self._package.write(self.part, splice.apply(data, edits))
        relating.remove(self._package, self.part, [relationship])

    def _data(self) -> bytes:
        return self._package.xml(self.part)

    def _anchors(self) -> list[tuple[Frame | None, splice.Element]]:
        """Every anchor with its chart, if it holds one."""
        children = [each for each in self._package.tree(self.part) if isinstance(each.tag, str)]
        elements = splice.scan(self._data(), 1)[1:]
        return [(_frame(each), at) for each, at in zip(children, elements, strict=True)]

    def free_number(self) -> int:
        """A number that no shape has."""
        properties = self._package.tree(self.part).iter(f"{{{_NAMESPACES['xdr']}}}cNvPr")
        return max((int(each.get("id", "0")) for each in properties), default=1) + 1


class SheetDrawing:
    """The drawing that the sheet of a part shows, if it shows one; `shell` gives the sheet."""

    def __init__(self, package: Package, sheet: str, shell: Callable[[], Shell]) -> None:
        self._package, self._sheet, self._shell = package, sheet, shell

    def find(self) -> Drawing | None:
        """The drawing, or None."""
        element = self._shell().child("drawing")
        if element is None:
            return None
        related = self._package.rels(self._sheet).by_id(relating.named(element.attributes))
        part = self._package.find(related.target)
        return None if part is None else Drawing(self._package, part)

    def get(self) -> Drawing:
        """The drawing, which is there."""
        drawing = self.find()
        assert drawing is not None
        return drawing

    def make(self) -> Drawing:
        """The drawing; where there is none, the sheet shows a new one from now on."""
        drawing = self.find()
        if drawing is None:
            drawing, shell = Drawing.new(self._package), self._shell()
            relationship = self._package.rels(self._sheet).add("drawing", drawing.part)
            named = relating.attribute(shell.root, relationship)
            shell.put("drawing", f"<{shell.prefix}drawing {named}/>")
        return drawing

    def drop_empty(self) -> None:
        """Take the drawing out, and its part, where nothing is drawn any more."""
        drawing = self.get()
        if not drawing.is_empty:
            return
        self._shell().remove("drawing")
        related = self._package.rels(self._sheet).of_type("drawing")
        ids = [each.id for each in related if self._package.find(each.target) == drawing.part]
        relating.remove(self._package, self._sheet, ids)
        self._package.remove(drawing.part)


# XML ------------------------------------------------------------------------


def _child(element: etree._Element, *path: str) -> etree._Element | None:
    """The element at a path of local names."""
    found: etree._Element | None = element
    for name in path:
        if found is None:
            return None
        found = next((each for each in found if local_name(each) == name), None)
    return found


def _frame(anchor: etree._Element) -> Frame | None:
    shape = _child(anchor, "graphicFrame")
    properties = _child(anchor, "graphicFrame", "nvGraphicFramePr", "cNvPr")
    data = _child(anchor, "graphicFrame", "graphic", "graphicData")
    chart = None if data is None else data.find(f"{{{_CHART}}}chart")
    if shape is None or properties is None or chart is None:
        return None
    relationship = next(iter(_ids(chart)), None)
    if relationship is None:
        return None
    number, name = int(properties.get("id", "0")), properties.get("name", "")
    return Frame(
        relationship,
        number,
        name,
        _marker(_child(anchor, "from")),
        _marker(_child(anchor, "to")),
        _pair(_child(anchor, "pos"), "x", "y"),
        _pair(_child(anchor, "ext"), "cx", "cy"),
    )


def _ids(element: etree._Element) -> Iterator[str]:
    return (str(v) for key, v in element.attrib.items() if str(key).endswith("relationships}id"))


def _marker(element: etree._Element | None) -> Marker | None:
    if element is None:
        return None
    given = {local_name(each): int(each.text or "0") for each in element}
    return Marker(given["row"] + 1, given["col"] + 1, given["rowOff"], given["colOff"])


def _pair(element: etree._Element | None, first: str, second: str) -> tuple[int, int]:
    if element is None:
        return 0, 0
    return int(element.get(first, "0")), int(element.get(second, "0"))


def _anchor(
    relationship: str, number: int, name: str, start: Marker, end: Marker, drawing: bytes
) -> bytes:
    """An anchor that moves and sizes with its cells, as Excel makes it for a new chart."""
    chart = relating.attribute(None, relationship)
    return (
        f"<xdr:twoCellAnchor{declarations(drawing)}>{corner('from', start)}{corner('to', end)}"
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="{number}" name="{attribute_text(name)}"/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>"
        '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" {chart}/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
    ).encode()


def declarations(drawing: bytes) -> str:
    """The declarations of `xdr` and `a` that a new anchor of this drawing needs."""
    root = splice.scan(drawing, 0)[0].attributes
    return "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in _NAMESPACES.items()
        if root.get(f"xmlns:{prefix}") != uri
    )


def corner(tag: str, marker: Marker) -> str:
    """The corner of an anchor, with the prefix that drawings of ours have."""
    return f"<xdr:{tag}>{place_markup('xdr:', marker)}</xdr:{tag}>"


def place_markup(p: str, marker: Marker) -> str:
    """What stands in the corner of an anchor; `p` is the prefix with its colon, or ""."""
    return (
        f"<{p}col>{marker.column - 1}</{p}col><{p}colOff>{marker.right}</{p}colOff>"
        f"<{p}row>{marker.row - 1}</{p}row><{p}rowOff>{marker.down}</{p}rowOff>"
    )
