"""A chart as it is kept until it is written: what it shows and how, without any XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from kam_excel.headless.cells.geometry import Marker
from kam_excel.headless.charts import kinds as chartkinds
from kam_excel.headless.charts.kinds import Kind
from kam_excel.headless.references.addressing import Area, quote_sheet
from kam_excel.headless.styles.colors import RGB

if TYPE_CHECKING:
    from kam_excel.headless.model.sheet import SheetModel
    from kam_excel.headless.references.moving import Block, Shift

AxisGroup = Literal["primary", "secondary"]
GROUPS: tuple[AxisGroup, ...] = ("primary", "secondary")
MODERN_STYLE = 227


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells that a chart shows."""

    sheet: SheetModel
    area: Area

    @property
    def formula(self) -> str:
        """The cells as the chart names them, without an equals sign."""
        return f"{quote_sheet(self.sheet.entry.name)}!{self.area.address(True, True)}"

    def after(self, sheet: SheetModel, shift: Shift | Block) -> Reference | None:
        """The same cells after `shift` on a sheet, or None where they are deleted."""
        area = shift.follow(self.area) if self.sheet is sheet else self.area
        return None if area is None else replace(self, area=area)


@dataclass(slots=True)
class Series:
    """A series: its cells, and its look where it is not automatic."""

    values: Reference
    chart_type: str
    categories: Reference | None = None
    name: str | Reference | None = None
    axis_group: AxisGroup = "primary"
    line_color: RGB | None = None
    fill_color: RGB | None = None
    marker_style: str | None = None
    marker_size: int | None = None
    marker_foreground_color: RGB | None = None
    marker_background_color: RGB | None = None

    @property
    def kind(self) -> Kind:
        """What the chart type stands for."""
        return chartkinds.KINDS[self.chart_type]


@dataclass(slots=True)
class Axis:
    """An axis; None is automatic. `visible` None: as Excel shows it."""

    title: str | None = None
    minimum_scale: float | None = None
    maximum_scale: float | None = None
    major_unit: float | None = None
    number_format: str | None = None
    visible: bool | None = None
    reverse_order: bool = False
    crosses: str = "automatic"


def _axes() -> dict[tuple[AxisGroup, str], Axis]:
    return {(group, which): Axis() for group in GROUPS for which in ("category", "value")}


@dataclass(slots=True)
class ChartModel:
    """A chart of ours. `width` and `height` are in points.

    `legend` None shows one where it tells something: several series, or the slices of a pie.
    """

    name: str
    place: Marker
    width: float
    height: float
    chart_type: str = "column_clustered"
    series: list[Series] = field(default_factory=list)
    source: Reference | None = None
    plot_by: str | None = None
    title: str | None = None
    legend: bool | None = None
    legend_position: str = "bottom"
    style: int = MODERN_STYLE
    axes: dict[tuple[AxisGroup, str], Axis] = field(default_factory=_axes)

    @property
    def shown_type(self) -> str:
        """The type that all series share, "combination" where they differ."""
        types = {series.chart_type for series in self.series} or {self.chart_type}
        return types.pop() if len(types) == 1 else "combination"

    @property
    def legend_shown(self) -> bool:
        """Whether there is a legend."""
        if self.legend is not None:
            return self.legend
        return len(self.series) > 1 or any(series.kind.is_round for series in self.series)

    @property
    def shown(self) -> list[Reference]:
        """All cells that it shows."""
        found = [self.source] if self.source else []
        for series in self.series:
            given = (series.values, series.categories, series.name)
            found += [each for each in given if isinstance(each, Reference)]
        return found

    def follow(self, sheet: SheetModel, shift: Shift | Block) -> bool:
        """Follow cells of a sheet; nothing happens, and False comes, where some are deleted."""
        if any(each.after(sheet, shift) is None for each in self.shown):
            return False

        def after(reference: Reference) -> Reference:
            found = reference.after(sheet, shift)
            assert found is not None
            return found

        self.source = self.source and after(self.source)
        for series in self.series:
            series.values = after(series.values)
            series.categories = series.categories and after(series.categories)
            if isinstance(series.name, Reference):
                series.name = after(series.name)
        return True

    def set_type(self, name: str) -> None:
        """Draw every series as `name`; raises NotImplementedError for one we cannot draw."""
        kind = chartkinds.kind(name)
        self.chart_type = name
        for series in self.series:
            series.chart_type = name
            if not kind.takes_secondary:
                series.axis_group = "primary"

    def set_series(self, index: int, chart_type: str, group: AxisGroup) -> None:
        """Draw one series as `chart_type` on the axes `group`; neighbours there follow suit.

        Raises NotImplementedError, with nothing changed, for what cannot be combined.
        """
        kind = chartkinds.kind(chart_type)
        changed = [replace(series) for series in self.series]
        changed[index].chart_type, changed[index].axis_group = chart_type, group
        for series in changed:
            if series.axis_group == group:
                series.chart_type = chartkinds.aligned(series.chart_type, chart_type)
        chartkinds.check_together([series.kind for series in changed])
        if group == "secondary" and not kind.takes_secondary:
            raise NotImplementedError(f"charts of type {chart_type!r} have no secondary axes")
        if all(series.axis_group == "secondary" for series in changed):
            raise NotImplementedError("leave one series on the primary axes")
        for old, new in zip(self.series, changed, strict=True):
            old.chart_type, old.axis_group = new.chart_type, new.axis_group

    def groups(self) -> list[list[Series]]:
        """The series that are drawn as one: of one family on the same axes, lowest layer first."""
        found: dict[tuple[int, int], list[Series]] = {}
        for series in self.series:
            families: Sequence[str] = chartkinds.LAYERS
            family = series.kind.family
            layer = families.index(family) if family in families else 0
            key = (GROUPS.index(series.axis_group), layer)
            found.setdefault(key, []).append(series)
        return [found[key] for key in sorted(found)]
