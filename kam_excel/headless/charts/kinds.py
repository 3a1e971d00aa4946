"""The chart types that can be drawn, by xlwings' names, and which of them go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal["area", "column", "bar", "line", "pie", "doughnut", "radar", "scatter"]

_STACKINGS = {"": "", "_stacked": "stacked", "_stacked_100": "percent_stacked"}


@dataclass(frozen=True, slots=True)
class Kind:
    """How a series is drawn: what XlsxWriter calls type and subtype, and whether with markers."""

    family: Family
    subtype: str = ""
    markers: bool = False

    @property
    def is_round(self) -> bool:
        """Whether there are no axes: pies and doughnuts."""
        return self.family in ("pie", "doughnut")

    @property
    def is_line(self) -> bool:
        """Whether lines or markers are drawn, not surfaces."""
        return self.family in ("line", "scatter", "radar") and self.subtype != "filled"

    @property
    def takes_secondary(self) -> bool:
        """Whether there can be secondary axes."""
        return not self.is_round and self.family != "radar"


KINDS: dict[str, Kind] = {
    "pie": Kind("pie"),
    "doughnut": Kind("doughnut"),
    "radar": Kind("radar"),
    "radar_markers": Kind("radar", "with_markers", markers=True),
    "radar_filled": Kind("radar", "filled"),
    "xy_scatter": Kind("scatter", "marker_only", markers=True),
    "xy_scatter_lines": Kind("scatter", "straight_with_markers", markers=True),
    "xy_scatter_lines_no_markers": Kind("scatter", "straight"),
    "xy_scatter_smooth": Kind("scatter", "smooth_with_markers", markers=True),
    "xy_scatter_smooth_no_markers": Kind("scatter", "smooth"),
    "column_clustered": Kind("column"),
    "bar_clustered": Kind("bar"),
}
for _ending, _stacking in _STACKINGS.items():
    KINDS[f"area{_ending}"] = Kind("area", _stacking)
    KINDS[f"line{_ending}"] = Kind("line", _stacking)
    KINDS[f"line_markers{_ending}"] = Kind("line", _stacking, markers=True)
    if _stacking:
        KINDS[f"column{_ending}"] = Kind("column", _stacking)
        KINDS[f"bar{_ending}"] = Kind("bar", _stacking)
NAMES = {kind: name for name, kind in KINDS.items()}

# These share a category axis, drawn in this order: what comes later lies above.
LAYERS: tuple[Family, ...] = ("area", "column", "line")


def kind(name: str) -> Kind:
    """The kind that xlwings calls `name`; raises NotImplementedError for one we cannot draw."""
    if name == "combination":
        raise NotImplementedError("set the chart_type of single series to combine types")
    if name not in KINDS:
        known = ", ".join(sorted(KINDS))
        raise NotImplementedError(f"charts of type {name!r} need Excel; available: {known}")
    return KINDS[name]


def aligned(name: str, new: str) -> str:
    """The type of a series called `name` once a neighbour on its axes has become `new`.

    Series of one family share their stacking; lines keep having markers or none, and those of
    a scatter, which cannot be stacked, keep their type.
    """
    old, other = KINDS[name], KINDS[new]
    if old.family != other.family or old.subtype == other.subtype or old.family == "scatter":
        return name
    if old.family == "line":
        return NAMES[Kind("line", other.subtype, old.markers)]
    return new


def check_together(kinds: list[Kind]) -> None:
    """Raise NotImplementedError where these kinds cannot be in one chart."""
    families = {each.family for each in kinds}
    if len(families) > 1 and not families <= set(LAYERS):
        listed = ", ".join(sorted(families))
        raise NotImplementedError(
            f"one chart cannot show {listed} together: combine column, line and area"
        )
