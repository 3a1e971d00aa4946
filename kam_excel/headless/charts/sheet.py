"""The charts of one sheet: those of the file and those of ours, until they are written.

Where a chart of ours is deleted and another added, the new one takes the place of the old one:
its part, its relationship, its shape. So drawing the same charts again changes no byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from kam_excel.headless.charts import markup as chartxml
from kam_excel.headless.charts import refill
from kam_excel.headless.charts.drawings import Frame, SheetDrawing
from kam_excel.headless.parts.usage import own_parts
from kam_excel.headless.references.moving import Shift

if TYPE_CHECKING:
    from kam_excel.headless.charts.model import ChartModel, Series
    from kam_excel.headless.model.sheet import SheetModel
    from kam_excel.headless.package.parts import Package
    from kam_excel.headless.references.moving import Block

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


@dataclass(slots=True, eq=False)
class SheetChart:
    """A chart: `model` of one that we made, `relationship` in the drawing once it is there."""

    model: ChartModel | None
    relationship: str | None


class SheetCharts:
    """The charts of a sheet, lowest first. Changes wait until `flush`."""

    def __init__(self, package: Package, sheet: SheetModel) -> None:
        self._package = package
        self._sheet = sheet
        self._drawing = SheetDrawing(package, sheet.part, lambda: sheet.grid.shell)
        self._charts: list[SheetChart] | None = None
        self._deleted: list[str] = []  # relationships

    def all(self) -> list[SheetChart]:
        """The charts."""
        if self._charts is None:
            self._charts = [SheetChart(None, each.relationship) for each in self._frames()]
        return list(self._charts)

    def is_deleted(self, relationship: str) -> bool:
        """Whether the chart of that relationship is deleted, though the drawing still has it."""
        return relationship in self._deleted

    def frame(self, chart: SheetChart) -> Frame:
        """Where and what a chart of the file is."""
        return next(each for each in self._frames() if each.relationship == chart.relationship)

    def tree(self, chart: SheetChart) -> etree._Element:
        """The XML of a chart of the file."""
        return self._package.tree(self._part(chart))

    def refill(self, chart: SheetChart, series: Sequence[Series]) -> None:
        """Let a chart of the file show other cells; raises NotImplementedError as `refilled`."""
        part = self._part(chart)
        self._package.write(part, refill.refilled(self._package.read(part), series))

    def add(self, model: ChartModel) -> SheetChart:
        """Add a chart of ours: in a vacant place, else above all others."""
        charts = self.all()
        chart = SheetChart(model, None)
        order = [frame.relationship for frame in self._frames()]
        vacant = [each for each in order if each in self._deleted and self._is_reusable(each)]
        place = len(charts)
        if vacant:
            chart.relationship = vacant[0]
            self._deleted.remove(vacant[0])
            above = order[order.index(vacant[0]) :]
            later = (i for i, each in enumerate(charts) if each.relationship in (None, *above))
            place = next(later, place)
        self._charts = [*charts[:place], chart, *charts[place:]]
        return chart

    def delete(self, chart: SheetChart) -> None:
        """Delete a chart."""
        self._charts = [each for each in self.all() if each is not chart]
        if chart.relationship is not None:
            self._deleted.append(chart.relationship)

    def release(self, sheet: SheetModel) -> None:
        """Leave charts of ours that show cells of a deleted sheet to the file."""
        for chart in self._charts or ():
            if chart.model is not None and any(each.sheet is sheet for each in chart.model.shown):
                chart.model = None

    def follow(self, sheet: SheetModel, shift: Shift | Block) -> None:
        """Let charts of ours follow cells of a sheet; those that lose some are left to the file."""
        for chart in self._charts or ():
            if chart.model is None:
                continue
            if not chart.model.follow(sheet, shift):
                chart.model = None
            elif (
                sheet is self._sheet and isinstance(shift, Shift) and chart.relationship is not None
            ):
                frame = self.frame(chart)
                _, _, width, height = frame.box(self._sheet.geometry)
                chart.model.place = frame.start or chart.model.place
                chart.model.width, chart.model.height = width, height

    def _is_reusable(self, relationship: str) -> bool:
        """Whether a chart is no more than its part; Excel's have parts of styles and colours."""
        return not len(self._package.rels(self._drawing.get().chart_part(relationship)))

    def _part(self, chart: SheetChart) -> str:
        """The part of a chart of the file."""
        assert chart.relationship is not None
        return self._drawing.get().chart_part(chart.relationship)

    def _frames(self) -> list[Frame]:
        drawing = self._drawing.find()
        return [] if drawing is None else drawing.frames()

    # writing ----------------------------------------------------------------

    def flush(self) -> None:
        """Write the charts of ours into the package and take deleted ones out."""
        ours = [chart for chart in self._charts or () if chart.model is not None]
        for chart in ours:
            self._write(chart)
        for relationship in self._deleted:
            self._remove(relationship)
        self._deleted.clear()

    def _write(self, chart: SheetChart) -> None:
        model, package = chart.model, self._package
        assert model is not None
        data = chartxml.render(model, self._sheet.grid.date1904)
        drawing = self._drawing.make()
        if chart.relationship is None:
            part = package.free_name("xl/charts/chart{}.xml")
            package.write(part, data, CONTENT_TYPE)
            chart.relationship = package.rels(drawing.part).add("chart", part)
        else:
            package.write(drawing.chart_part(chart.relationship), data)
        geometry = self._sheet.geometry
        left, top = geometry.point(model.place)
        end = geometry.marker(left + model.width, top + model.height)
        drawing.put(chart.relationship, model.name, model.place, end)

    def _remove(self, relationship: str) -> None:
        drawing = self._drawing.get()
        owned = own_parts(self._package, drawing.chart_part(relationship))
        drawing.remove(relationship)
        for part in owned:
            self._package.remove(part)
        self._drawing.drop_empty()
