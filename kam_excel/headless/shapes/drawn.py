"""The shapes of a drawing part, lowest first: their kinds, names and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from kam_excel.headless.package import relating
from kam_excel.headless.xml.nodes import Node
from kam_excel.headless.xml.values import is_true

_ELEMENTS = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp", "contentPart")
_LINES = ("line", "straightConnector1")
_GRAPHICS = {"chart": "chart", "chartex": "chart", "diagram": "igx_graphic", "slicer": "slicer"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape in its anchor; `properties` is its `cNvPr`. Of groups only the whole is told."""

    anchor: Node
    shape: Node
    properties: Node

    @property
    def number(self) -> int:
        """The id, which should be unique in the drawing."""
        return int(self.properties.attributes.get("id", "0"))

    @property
    def name(self) -> str:
        """The name that Excel shows."""
        return self.properties.attributes.get("name", "")

    @property
    def is_embedded(self) -> bool:
        """Whether it stands for a control or an OLE object, which the sheet itself holds."""
        return any(each.name == "compatExt" for each in _below(self.properties))

    @property
    def kind(self) -> str:
        """What it is, by xlwings' names; "" for controls and OLE objects."""
        name = self.shape.name
        if name == "pic":
            return "picture" if self.picture else "linked_picture"
        if name == "graphicFrame":
            return self._graphic()
        if name == "cxnSp":
            return "line" if self._geometry() in _LINES else "auto_shape"
        if name == "sp":
            return self._plain()
        return {"grpSp": "group", "contentPart": "ink"}[name]

    def _plain(self) -> str:
        if self.is_embedded:
            return ""
        texts = self.shape.first("nvSpPr", "cNvSpPr")
        if texts is not None and is_true(texts.attributes.get("txBox")):
            return "text_box"
        if self.shape.first("spPr", "custGeom") is not None:
            return "free_form"
        lines = ("borderCallout", "accentCallout", "callout", "accentBorderCallout")
        return "callout" if self._geometry().startswith(lines) else "auto_shape"

    def _graphic(self) -> str:
        data = self.shape.first("graphic", "graphicData")
        uri = "" if data is None else data.attributes.get("uri", "")
        return _GRAPHICS.get(uri.rpartition("/")[2], "graphic")

    def _geometry(self) -> str:
        preset = self.shape.first("spPr", "prstGeom")
        return "" if preset is None else preset.attributes.get("prst", "")

    @property
    def picture(self) -> str:
        """The relationship of the picture that it shows, "" where that is linked or none."""
        blip = self.shape.first("blipFill", "blip")
        given = {} if blip is None else blip.attributes
        return next((value for name, value in given.items() if name.endswith(":embed")), "")

    @property
    def chart(self) -> str:
        """The relationship of the chart that it shows, or ""."""
        chart = self.shape.first("graphic", "graphicData", "chart")
        return "" if chart is None else relating.named(chart.attributes)


def shapes(root: Node) -> list[Drawn]:
    """The shapes of a drawing, lowest first."""
    found = [(anchor, _shape(anchor)) for anchor in root.children]
    # What only new versions of Excel can draw stands beside a picture for the others.
    return [
        Drawn(anchor, shape, properties)
        for anchor, shape in found
        if shape is not None and (properties := _properties(shape)) is not None
    ]


def _shape(node: Node) -> Node | None:
    for child in node.children:
        if child.name in _ELEMENTS:
            return child
        if child.name in ("AlternateContent", "Choice"):
            return _shape(child)
    return None


def _properties(shape: Node) -> Node | None:
    wrappers = (child for child in shape.children if child.name.startswith("nv"))
    return next((found for each in wrappers if (found := each.first("cNvPr"))), None)


def _below(node: Node) -> list[Node]:
    return [each for child in node.children for each in (child, *_below(child))]
