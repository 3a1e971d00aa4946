# mypy: allow-subclassing-any
"""Charts as xlwings sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.chartmembers import (
    ChartAxis,
    ChartLegend,
    ChartSeriesCollection,
    plain_text,
)
from kam_excel.headless.api.collections import Listed, numbered_name
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells.geometry import Marker
from kam_excel.headless.charts import kinds as chartkinds
from kam_excel.headless.charts import read as chartread
from kam_excel.headless.charts import source as chartsource
from kam_excel.headless.charts.drawings import Box
from kam_excel.headless.charts.model import MODERN_STYLE, ChartModel, Reference
from kam_excel.headless.charts.sheet import SheetChart
from kam_excel.headless.shapes.sheet import Shape

if TYPE_CHECKING:
    from kam_excel.headless.api.ranges import Range
    from kam_excel.headless.api.sheets import Sheet


@explained
class Charts(Listed["Chart"], base_classes.Charts):
    """The charts of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _all(self) -> list[Chart]:
        return [Chart(self._sheet, chart) for chart in self._sheet.model.charts.all()]

    def add(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        chart_type: str | None = None,
        source: Range | None = None,
        plot_by: str | None = None,
        name: str | None = None,
        anchor: Any = None,
        style: int | None = MODERN_STYLE,
    ) -> Chart:
        """Add a chart, sizes in points; `source` without `plot_by` is read along the longer side of
        its data.

        Raises NotImplementedError for a type that we cannot draw, WorkbookError for a source of
        too many series.
        """
        chart_type = chart_type or "column_clustered"
        chartkinds.kind(chart_type)
        if anchor is not None:
            place = Marker(anchor.impl.row, anchor.impl.column)
        else:
            place = self._sheet.model.geometry.marker(left, top)
        model = ChartModel(plain_text(name or self._free_name()), place, width, height, chart_type)
        model.style = model.style if style is None else style
        if source is not None:
            show(model, source, plot_by)
        return Chart(self._sheet, self._sheet.model.charts.add(model))

    def _free_name(self) -> str:
        return numbered_name("Chart ", [chart.name for chart in self])


def show(model: ChartModel, source: Range, plot_by: str | None) -> None:
    """Let a chart show a range."""
    reference = Reference(source.sheet.model, source.area)
    by = plot_by or chartsource.plot_by(reference)
    model.series = chartsource.read(reference, by, model.chart_type)
    model.source, model.plot_by = reference, by


class _Side:
    """Left, top, width or height of a chart, in points."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __get__(self, chart: Any, owner: type) -> Any:
        return self if chart is None else chart._box[self._place]

    def __set__(self, chart: Any, value: float) -> None:
        box = list(chart._box)
        box[self._place] = float(value)
        chart._move(tuple(box))


@explained
class Chart(base_classes.Chart):
    """A chart. What it shows can be changed until the book is closed.

    Charts that the file already held can be found, moved, renamed, deleted and shown other
    cells, not drawn anew.
    """

    def __init__(self, sheet: Sheet, chart: SheetChart) -> None:
        self._sheet = sheet
        self._chart = chart

    @property
    def api(self) -> tuple[Chart, Chart]:
        """The chart's frame and the chart, as Excel parts them."""
        return self, self

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def _model(self) -> ChartModel:
        """The chart if it is ours; raises NotImplementedError."""
        if self._chart.model is None:
            raise NotImplementedError(
                f"the chart {self.name!r} came with the file: delete it and add another instead"
            )
        return self._chart.model

    def delete(self) -> None:
        self._sheet.model.charts.delete(self._chart)

    @property
    def name(self) -> str:
        model = self._chart.model
        return model.name if model else self._sheet.model.charts.frame(self._chart).name

    @name.setter
    def name(self, value: str) -> None:
        if value.casefold() != self.name.casefold() and value in self._sheet.charts:
            place = Place(self._sheet.book.name, self._sheet.name)
            raise WorkbookError(problem("NAME_TAKEN", place, name=value))
        if self._chart.model is None:
            self._sheet.model.shapes.rename(self._shape, plain_text(value))
        else:
            self._chart.model.name = plain_text(value)

    @property
    def _shape(self) -> Shape:
        """The shape of a chart that came with the file."""
        drawings = self._sheet.model.shapes.drawings()
        wanted = self._chart.relationship
        return next(shape for shape, drawn in drawings if drawn.chart == wanted)

    # place ------------------------------------------------------------------

    @property
    def _box(self) -> Box:
        model, where = self._chart.model, self._sheet.model.geometry
        if model is None:
            return self._sheet.model.charts.frame(self._chart).box(where)
        return (*where.point(model.place), model.width, model.height)

    def _move(self, box: Box) -> None:
        model, where = self._chart.model, self._sheet.model.geometry
        if model is None:
            self._sheet.model.shapes.place(self._shape, box)
        else:
            model.place = where.marker(box[0], box[1])
            model.width, model.height = box[2:]

    left = _Side(0)
    top = _Side(1)
    width = _Side(2)
    height = _Side(3)

    # data -------------------------------------------------------------------

    def set_source_data(self, rng: Range, plot_by: str | None = None) -> None:
        """Show a range; a chart of the file takes one that gives as many series as it has."""
        if self._chart.model is None:
            reference = Reference(rng.sheet.model, rng.area)
            by = plot_by or chartsource.plot_by(reference)
            series = chartsource.read(reference, by, "column_clustered")
            self._sheet.model.charts.refill(self._chart, series)
        else:
            show(self._chart.model, rng, plot_by)

    def set_x_axis_values(self, rng: Range) -> None:
        """Take categories, or the x values of a scatter, from a range without its header."""
        for series in self._model.series:
            series.categories = Reference(rng.sheet.model, rng.area)

    @property
    def plot_by(self) -> str | None:
        return self._model.plot_by

    @plot_by.setter
    def plot_by(self, value: str) -> None:
        model = self._model
        if model.source is None:
            raise ValueError("give the chart its source data first")
        model.series = chartsource.read(model.source, value, model.chart_type)
        model.plot_by = value

    @property
    def series(self) -> ChartSeriesCollection:
        return ChartSeriesCollection(self._model)

    # look -------------------------------------------------------------------

    @property
    def chart_type(self) -> str:
        if self._chart.model is not None:
            return self._chart.model.shown_type
        return chartread.chart_type(self._sheet.model.charts.tree(self._chart))

    @chart_type.setter
    def chart_type(self, chart_type: str) -> None:
        self._model.set_type(chart_type)

    @property
    def title(self) -> str | None:
        if self._chart.model is not None:
            return self._chart.model.title
        return chartread.title(self._sheet.model.charts.tree(self._chart))

    @title.setter
    def title(self, value: str | None) -> None:
        self._model.title = None if value is None else plain_text(value)

    @property
    def style(self) -> int:
        return self._model.style

    @style.setter
    def style(self, value: int) -> None:
        self._model.style = value

    @property
    def legend(self) -> ChartLegend:
        return ChartLegend(self._model)

    @property
    def category_axis(self) -> ChartAxis:
        return ChartAxis(self._model, "primary", "category")

    @property
    def value_axis(self) -> ChartAxis:
        return ChartAxis(self._model, "primary", "value")

    @property
    def secondary_category_axis(self) -> ChartAxis:
        return ChartAxis(self._model, "secondary", "category")

    @property
    def secondary_value_axis(self) -> ChartAxis:
        return ChartAxis(self._model, "secondary", "value")
