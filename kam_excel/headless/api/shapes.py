# mypy: allow-subclassing-any
"""Shapes as xlwings sees them: what is drawn on a sheet, charts and pictures among it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from kam_excel.headless.api.characters import Characters, TextFont
from kam_excel.headless.api.charts import Chart
from kam_excel.headless.api.collections import Listed
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.charts.sheet import SheetChart
from kam_excel.headless.shapes.sheet import Shape as Drawn
from kam_excel.headless.shapes.sheet import SheetShapes

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet

_WIDTH = 2  # the place of the width in a box; the height follows
# Which part of the growth goes to the left and to the top.
_ANCHORS = {"scale_from_top_left": 0.0, "scale_from_middle": 0.5, "scale_from_bottom_right": 1.0}


@explained
class Shapes(Listed["Shape"]):
    """The shapes of a sheet, lowest first. Notes and their boxes are not among them."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _all(self) -> list[Shape]:
        model = self._sheet.model
        charts = {each.relationship: each for each in model.charts.all()}
        new = [each for each in model.charts.all() if each.relationship is None]
        found: list[Shape] = []
        for shape, drawn in model.shapes.drawings():
            if drawn.chart in charts:
                found.append(ChartShape(self._sheet, charts[drawn.chart]))
            elif not model.charts.is_deleted(drawn.chart):
                found.append(DrawnShape(self._sheet, shape))
        return found + [ChartShape(self._sheet, each) for each in new]


class Shape(base_classes.Shape):
    """What all shapes have in common."""

    _sheet: Sheet
    name: Any
    left: Any
    top: Any
    width: Any
    height: Any

    @property
    def api(self) -> Shape:
        return self

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def index(self) -> int:
        names = [each.name for each in Shapes(self._sheet)]
        return names.index(self.name) + 1

    def activate(self) -> None:
        """Nothing is selected where there is no screen."""

    def scale_width(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        self._scale(factor, relative_to_original_size, scale, "width")

    def scale_height(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        self._scale(factor, relative_to_original_size, scale, "height")

    def _scale(self, factor: float, from_original: bool, scale: str, side: str) -> None:
        """Scale one side, and the other too where the proportions are kept."""
        old = self.width, self.height
        if from_original:
            factor *= self._original()[side == "height"] / getattr(self, side)
        left, top = self.left, self.top
        setattr(self, side, getattr(self, side) * factor)
        kept = _ANCHORS[scale]
        if kept:
            self.left = left + (old[0] - self.width) * kept
            self.top = top + (old[1] - self.height) * kept

    def _original(self) -> tuple[float, float]:
        raise ValueError("only pictures have an original size")


class Side:
    """Left, top, width or height of what is drawn, in points.

    Where the proportions are kept, width and height change together.
    """

    def __init__(self, place: int) -> None:
        self._place = place

    def __get__(self, shape: Any, owner: type) -> Any:
        return self if shape is None else shape.shapes.box(shape.drawn)[self._place]

    def __set__(self, shape: Any, value: float) -> None:
        box = list(shape.shapes.box(shape.drawn))
        old, box[self._place] = box[self._place], float(value)
        if self._place >= _WIDTH and old and shape.shapes.is_locked(shape.drawn):
            other = 2 * _WIDTH + 1 - self._place
            box[other] *= value / old
        shape.shapes.place(shape.drawn, tuple(box))


class InDrawing:
    """What a shape of the drawing and a picture have in common; sizes and places in points."""

    left = Side(0)
    top = Side(1)
    width = Side(2)
    height = Side(3)

    def __init__(self, sheet: Sheet, drawn: Drawn) -> None:
        self._sheet = sheet
        self.drawn = drawn

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def shapes(self) -> SheetShapes:
        return self._sheet.model.shapes

    @property
    def name(self) -> str:
        return self.drawn.name

    @name.setter
    def name(self, value: str) -> None:
        self.shapes.rename(self.drawn, value)

    def delete(self) -> None:
        self.shapes.delete(self.drawn)


@explained
class DrawnShape(InDrawing, Shape):
    """A shape of the drawing: anything but a chart."""

    @property
    def type(self) -> str:
        return self.shapes.kind(self.drawn)

    def _original(self) -> tuple[float, float]:
        if self.type != "picture":
            return super()._original()
        image = self.shapes.image(self.drawn)
        return image.width, image.height

    # text -------------------------------------------------------------------

    @property
    def text(self) -> str | None:
        """What the shape says; None where it says nothing."""
        return self.shapes.text(self.drawn).text or None

    @text.setter
    def text(self, value: str) -> None:
        if not self.shapes.takes_text(self.drawn):
            raise XlwingsError(f"a shape of type {self.type!r} holds no text")
        text = self.shapes.text(self.drawn)
        text.set_text(str(value))
        self.shapes.edit([text.edit()])

    @property
    def font(self) -> TextFont:
        return TextFont(_Words(self))

    @property
    def characters(self) -> Characters:
        return Characters(_Words(self))


class _OfChart:
    """A member of a shape that is one of its chart."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, shape: Any, owner: type) -> Any:
        return self if shape is None else getattr(shape.chart, self._name)

    def __set__(self, shape: Any, value: Any) -> None:
        setattr(shape.chart, self._name, value)


@explained
class ChartShape(Shape):
    """The shape of a chart."""

    type = "chart"
    name = _OfChart()
    left = _OfChart()
    top = _OfChart()
    width = _OfChart()
    height = _OfChart()

    def __init__(self, sheet: Sheet, chart: SheetChart) -> None:
        self._sheet = sheet
        self.chart = Chart(sheet, chart)

    @property
    def text(self) -> None:
        return None

    def delete(self) -> None:
        self.chart.delete()


class _Words:
    """The text of a shape, whose characters have fonts."""

    def __init__(self, shape: DrawnShape) -> None:
        self._shapes, self._drawn = shape.shapes, shape.drawn

    @property
    def text(self) -> str:
        return self._shapes.text(self._drawn).text

    def font(self, start: int, stop: int, name: str) -> Any:
        return self._shapes.text(self._drawn).font(start, stop, name)

    def set_font(self, start: int, stop: int, name: str, value: Any) -> None:
        text = self._shapes.text(self._drawn)
        text.set_font(start, stop, {name: value})
        self._shapes.edit([text.edit()])
