"""The shapes of one sheet, as its drawing holds them. Changes are written at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_excel.headless.charts import drawings
from kam_excel.headless.charts.drawings import Box, Drawing, SheetDrawing
from kam_excel.headless.package import relating
from kam_excel.headless.parts.usage import own_parts
from kam_excel.headless.shapes import drawn as drawnshapes
from kam_excel.headless.shapes import pictures, placing
from kam_excel.headless.shapes.drawn import Drawn
from kam_excel.headless.shapes.images import Image
from kam_excel.headless.shapes.text import ShapeText
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import Node, tree
from kam_excel.headless.xml.splice import Edit
from kam_excel.headless.xml.tree import parse
from kam_excel.headless.xml.values import is_true

if TYPE_CHECKING:
    from kam_excel.headless.model.sheet import SheetModel
    from kam_excel.headless.package.parts import Package

_RELATED = re.compile(rb'\b[\w.-]+:(?:id|embed|link|pict|dm|lo|qs|cs)\s*=\s*["\']([^"\']+)["\']')
_EMBEDDED = {"oleObject": "embedded_ole_object", "control": "ole_control_object"}


@dataclass(slots=True, eq=False)
class Shape:
    """A shape, whatever is drawn above or below it; followed by its number and its name."""

    number: int
    name: str


class SheetShapes:
    """The shapes of a sheet, lowest first: charts of the file among them, notes not."""

    def __init__(self, package: Package, sheet: SheetModel) -> None:
        self._package = package
        self._sheet = sheet
        self._drawing = SheetDrawing(package, sheet.part, lambda: sheet.grid.shell)
        self._known: list[Shape] = []

    def all(self) -> list[Shape]:
        """The shapes."""
        return [shape for shape, _ in self.drawings()]

    def drawings(self) -> list[tuple[Shape, Drawn]]:
        """The shapes, and how they are drawn now."""
        known, drawn = list(self._known), self._drawn()
        self._known = [self._follow(each, known) for each in drawn]
        return list(zip(self._known, drawn, strict=True))

    @staticmethod
    def _follow(drawn: Drawn, known: list[Shape]) -> Shape:
        for place, shape in enumerate(known):
            if (shape.number, shape.name) == (drawn.number, drawn.name):
                return known.pop(place)
        return Shape(drawn.number, drawn.name)

    def drawn(self, shape: Shape) -> Drawn:
        """How a shape is drawn now; raises KeyError once it is deleted."""
        for each, drawn in self.drawings():
            if each is shape:
                return drawn
        raise KeyError(f"the shape {shape.name!r} was deleted")

    def kind(self, shape: Shape) -> str:
        """What a shape is, by xlwings' names."""
        drawn = self.drawn(shape)
        return drawn.kind or self._embedded_kind(drawn)

    def _embedded_kind(self, drawn: Drawn) -> str:
        """What a control or an OLE object is, which the sheet names by the number of its shape."""
        kinds = {each.id: each.kind for each in self._package.rels(self._sheet.part)}
        for each in parse(self._sheet.grid.shell.data).iterfind(".//{*}*[@shapeId]"):
            if each.get("shapeId") == str(drawn.number):
                related = next((v for k, v in each.items() if str(k).endswith("}id")), "")
                return _EMBEDDED.get(kinds.get(str(related), ""), "form_control")
        return "form_control"

    # place ------------------------------------------------------------------

    def box(self, shape: Shape) -> Box:
        """Left, top, width and height in points."""
        return placing.box(self.drawn(shape), self._sheet.geometry)

    def place(self, shape: Shape, box: Box) -> None:
        """Put a shape elsewhere."""
        self.edit(placing.moved(self.drawn(shape), self._sheet.geometry, box))

    def is_locked(self, shape: Shape) -> bool:
        """Whether a picture keeps its proportions."""
        locks = self._locks(shape)
        return locks is not None and is_true(locks.attributes.get("noChangeAspect"))

    def lock(self, shape: Shape, locked: bool) -> None:
        """Let a picture keep its proportions or not."""
        locks = self._locks(shape)
        value = str(int(locked))
        if locks is not None:
            self.edit([splice.set_attribute(locks.data, locks.element, "noChangeAspect", value)])
            return
        holder = self.drawn(shape).shape.first("nvPicPr", "cNvPicPr")
        assert holder is not None
        markup = f'<a:picLocks xmlns:a="{drawings.MAIN}" noChangeAspect="{value}"/>'.encode()
        self.edit([splice.append_child(holder.data, holder.element, markup)])

    def _locks(self, shape: Shape) -> Node | None:
        return self.drawn(shape).shape.first("nvPicPr", "cNvPicPr", "picLocks")

    def rename(self, shape: Shape, name: str) -> None:
        """Give a shape another name."""
        properties = self.drawn(shape).properties
        self.edit([splice.set_attribute(properties.data, properties.element, "name", name)])
        shape.name = name

    def delete(self, shape: Shape) -> None:
        """Take a shape out, with the parts that nothing else needs.

        Raises NotImplementedError for controls and OLE objects: the sheet itself holds them.
        """
        drawn = self.drawn(shape)
        if drawn.is_embedded or drawn.kind in ("slicer", "graphic"):
            raise NotImplementedError("delete controls, slicers and embedded objects in Excel")
        anchor = drawn.anchor.element
        gone = set(_RELATED.findall(drawn.anchor.data, anchor.start, anchor.end))
        self.edit([splice.delete(anchor)])
        self._known.remove(shape)
        self._drop_unused(each.decode() for each in gone)

    # text -------------------------------------------------------------------

    def takes_text(self, shape: Shape) -> bool:
        """Whether a shape can say something."""
        drawn = self.drawn(shape)
        return drawn.shape.name == "sp" and not drawn.is_embedded

    def text(self, shape: Shape) -> ShapeText:
        """What a shape says; `edit` writes it after a change."""
        drawn, package = self.drawn(shape), self._package
        part = package.related(package.workbook, "theme")
        theme = None if part is None else package.tree(part)
        return ShapeText(self._tree(), drawn.shape, self._sheet.colors, theme)

    # pictures ---------------------------------------------------------------

    def add_picture(self, image: Image, name: str, box: Box, locked: bool) -> Shape:
        """Put a picture above all shapes."""
        drawing = self._drawing.make()
        relationship = pictures.relate(self._package, drawing.part, image)
        number = drawing.free_number()
        place = self._sheet.geometry.marker(box[0], box[1])
        data = self._data(drawing)
        markup = pictures.anchor(data, relationship, number, name, place, box[2:], locked)
        self.edit([splice.append_child(data, splice.scan(data, 0)[0], markup)])
        return next(each for each in self.all() if (each.number, each.name) == (number, name))

    def replace_picture(self, shape: Shape, image: Image) -> None:
        """Let a picture show another one; its place, size and look stay."""
        drawing = self._drawing.get()
        old = self.drawn(shape).picture
        new = pictures.relate(self._package, drawing.part, image)
        if new == old:
            return
        blip = self.drawn(shape).shape.first("blipFill", "blip")
        assert blip is not None
        named = next(name for name in blip.attributes if name.endswith(":embed"))
        self.edit([splice.set_attribute(blip.data, blip.element, named, new)])
        self._drop_unused([old])

    def image(self, shape: Shape) -> Image:
        """The picture that a shape shows; raises WorkbookError for kinds that we don't know."""
        related = self._package.rels(self._drawing.get().part).by_id(self.drawn(shape).picture)
        return Image.of(self._package.read(related.target), related.target)

    # inside -----------------------------------------------------------------

    def edit(self, edits: Iterable[Edit]) -> None:
        """Carry out edits that were made from the drawing as it is."""
        drawing = self._drawing.get()
        self._package.write(drawing.part, splice.apply(self._data(drawing), edits))

    def _data(self, drawing: Drawing) -> bytes:
        return splice.utf8(self._package.read(drawing.part))

    def _drawn(self) -> list[Drawn]:
        return [] if self._drawing.find() is None else drawnshapes.shapes(self._tree())

    def _tree(self) -> Node:
        return tree(self._data(self._drawing.get()))

    def _drop_unused(self, relationships: Iterable[str]) -> None:
        """Take out relationships that no shape names any more, and an empty drawing."""
        drawing, package = self._drawing.get(), self._package
        used = {each.decode() for each in _RELATED.findall(self._data(drawing))}
        for id_ in set(relationships) - used:
            related = package.rels(drawing.part).by_id(id_)
            target = None if related.external else package.find(related.target)
            relating.remove(package, drawing.part, [id_])
            if target is not None and not self._is_related(target):
                for part in own_parts(package, target):
                    package.remove(part)
        self._drawing.drop_empty()

    def _is_related(self, part: str) -> bool:
        """Whether any part still leads to `part`."""
        sources = ("", *self._package.names())
        targets = (each for source in sources for each in relating.targets(self._package, source))
        return any(target == part for _, target in targets)
