# mypy: allow-subclassing-any
"""The members of a chart as xlwings sees them: legend, axes and series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import XlwingsError, base_classes

from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.charts import cache as chartcache
from kam_excel.headless.charts.look import MARKER_SIZE, linked_format
from kam_excel.headless.charts.model import Axis, AxisGroup, ChartModel, Reference, Series
from kam_excel.headless.styles.numberformats import GENERAL

_UNSET = base_classes._UNSET


def plain_text(text: str) -> str:
    """A text of a chart; raises NotImplementedError for one that Excel takes for a reference."""
    if text.startswith("="):
        raise NotImplementedError(f"{text}: give the text itself, not the cell that holds it")
    return chartcache.xml_text(text)


@explained
class ChartLegend(base_classes.ChartLegend):
    """The legend of a chart."""

    def __init__(self, chart: ChartModel) -> None:
        self._chart = chart

    @property
    def api(self) -> ChartLegend:
        return self

    @property
    def visible(self) -> bool:
        return self._chart.legend_shown

    @visible.setter
    def visible(self, value: bool) -> None:
        self._chart.legend = value

    @property
    def position(self) -> str | None:
        return self._chart.legend_position if self.visible else None

    @position.setter
    def position(self, value: str) -> None:
        self._chart.legend, self._chart.legend_position = True, value


class _Attribute:
    """An attribute of a model, read and set as it is; setting it goes through `set`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, member: Any, owner: type) -> Any:
        return self if member is None else getattr(member.shown, self._name)

    def __set__(self, member: Any, value: Any) -> None:
        member.set(**{self._name: value})


class _Resolved(_Attribute):
    """A scale of an axis: what Excel makes of an automatic one is not known here."""

    def __get__(self, member: Any, owner: type) -> Any:
        value = super().__get__(member, owner)
        if value is None:
            raise NotImplementedError(f"{self._name} is automatic: Excel computes it on opening")
        return value


@explained
class ChartAxis(base_classes.ChartAxis):
    """An axis of a chart; raises XlwingsError where the chart has no such axis."""

    minimum_scale = _Resolved()
    maximum_scale = _Resolved()
    major_unit = _Resolved()
    reverse_order = _Attribute()
    crosses = _Attribute()

    def __init__(self, chart: ChartModel, group: AxisGroup, which: str) -> None:
        self._chart, self._group, self._which = chart, group, which

    @property
    def api(self) -> ChartAxis:
        return self

    @property
    def _exists(self) -> bool:
        """Whether the chart has such an axis; raises XlwingsError without a secondary group."""
        secondary = any(series.axis_group == "secondary" for series in self._chart.series)
        if self._group == "secondary" and not secondary:
            raise XlwingsError(
                "The chart has no secondary axis group: give a series axis_group = 'secondary'."
            )
        return not any(series.kind.is_round for series in self._chart.series)

    @property
    def _axis(self) -> Axis:
        if not self._exists:
            raise XlwingsError("The chart has no axes: pies and doughnuts have none.")
        return self._chart.axes[self._group, self._which]

    @property
    def shown(self) -> Axis:
        """The axis; raises XlwingsError while it is hidden."""
        axis = self._axis
        if not self.visible:
            raise XlwingsError(f"The chart has no visible {self._group} {self._which} axis.")
        return axis

    @property
    def visible(self) -> bool:
        if not self._exists:
            return False
        usual = (self._group, self._which) != ("secondary", "category")
        given = self._axis.visible
        return usual if given is None else given

    @visible.setter
    def visible(self, value: bool) -> None:
        self._axis.visible = value

    @property
    def title(self) -> str | None:
        return self._axis.title if self.visible else None

    @title.setter
    def title(self, value: str | None) -> None:
        self.set(title=value)

    @property
    def number_format(self) -> str:
        given = self.shown.number_format
        return given or linked_format(self._chart, self._group, self._which) or GENERAL

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.set(number_format=value)

    def set(self, *, title: Any = _UNSET, visible: Any = _UNSET, **attributes: Any) -> None:
        """Change attributes; a title, or `visible` among others, shows the axis first."""
        given = {name: value for name, value in attributes.items() if value is not _UNSET}
        if visible is True or (visible is False and given) or isinstance(title, str):
            self._axis.visible = True
        if title is not _UNSET:
            self._axis.title = None if title is None else plain_text(title)
        for name, value in given.items():
            setattr(self.shown, name, value)
        if visible is False:
            self._axis.visible = False


@explained
class ChartSeriesCollection(base_classes.ChartSeriesCollection):
    """The series of a chart in their order."""

    def __init__(self, chart: ChartModel) -> None:
        self._chart = chart

    @property
    def api(self) -> ChartSeriesCollection:
        return self

    def __len__(self) -> int:
        return len(self._chart.series)

    def __iter__(self) -> Iterator[ChartSeries]:
        return iter([ChartSeries(self._chart, each) for each in self._chart.series])

    def __call__(self, key: int) -> ChartSeries:
        """The series at `key`, from 1; raises KeyError, for names as well: they need not differ."""
        if isinstance(key, bool) or not isinstance(key, int) or not 1 <= key <= len(self):
            raise KeyError(key)
        return ChartSeries(self._chart, self._chart.series[key - 1])


@explained
class ChartSeries(base_classes.ChartSeries):
    """A series of a chart. Colours that are automatic are None."""

    chart_type = _Attribute()
    axis_group = _Attribute()
    line_color = _Attribute()
    fill_color = _Attribute()
    marker_foreground_color = _Attribute()
    marker_background_color = _Attribute()

    def __init__(self, chart: ChartModel, series: Series) -> None:
        self._chart = chart
        self.shown = series

    @property
    def api(self) -> ChartSeries:
        return self

    @property
    def name(self) -> str:
        given = self.shown.name
        if isinstance(given, Reference):
            return chartcache.text(given)
        return given or f"Series{self._place + 1}"

    @name.setter
    def name(self, value: str) -> None:
        self.set(name=value)

    @property
    def marker_style(self) -> str:
        return self.shown.marker_style or ("automatic" if self.shown.kind.markers else "none")

    @marker_style.setter
    def marker_style(self, value: str) -> None:
        self.set(marker_style=value)

    @property
    def marker_size(self) -> int:
        return self.shown.marker_size or MARKER_SIZE

    @marker_size.setter
    def marker_size(self, value: int) -> None:
        self.set(marker_size=value)

    @property
    def _place(self) -> int:
        return next(i for i, each in enumerate(self._chart.series) if each is self.shown)

    def set(
        self,
        *,
        name: Any = _UNSET,
        chart_type: Any = _UNSET,
        axis_group: Any = _UNSET,
        **attributes: Any,
    ) -> None:
        """Change attributes; raises NotImplementedError for types that cannot be combined."""
        if chart_type is not _UNSET or axis_group is not _UNSET:
            self._chart.set_series(
                self._place,
                self.shown.chart_type if chart_type is _UNSET else chart_type,
                self.shown.axis_group if axis_group is _UNSET else axis_group,
            )
        if name is not _UNSET:
            self.shown.name = plain_text(name)
        for attribute, value in attributes.items():
            if value is not _UNSET:
                setattr(self.shown, attribute, value)
