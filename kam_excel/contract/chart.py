"""Charts of an output: which columns they draw, and how.

Chart(
    "pareto", zh="帕累托图", en="Pareto chart", kind="column", source=ParetoCurve, x="rank",
    series=(Series("net_sales"), Series("cum_share", kind="line", secondary=True)),
)
Chart(
    "scale", zh="返利曲线", en="Rebate scale", kind="scatter", source=Scale, x="sales",
    series=(Series("rebate"), Series("rebate_actual", kind="points")),
)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kam_excel.codes import Language, Text
from kam_excel.contract.column import Column

if TYPE_CHECKING:
    from kam_excel.contract.table import Table

ChartKind = Literal["column", "stacked", "bar", "line", "area", "pie", "scatter", "points"]
# One chart shows kinds of one line only; a scatter is lines, points are that without lines.
TOGETHER: tuple[frozenset[ChartKind], ...] = (
    frozenset({"column", "stacked", "line", "area"}),
    frozenset({"scatter", "points"}),
)


@dataclass(frozen=True, slots=True)
class Series:
    """A column that is drawn. `kind` is the chart's unless it is given; `secondary` is drawn
    against the axis at the right. `name` replaces the column's header in the legend. An empty
    cell is a gap in a line and no point, never a nought.
    """

    column: str
    kind: ChartKind | None = None
    secondary: bool = False
    name: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on the sheet of the table that declares it; `zh` and `en` are its title.

    `source` is the output whose rows it draws, the declaring table unless it is given. The
    series are columns that stand side by side there (Excel takes one range), `x` the column of
    the categories, or of the x values of a scatter and of points. A scatter joins its values
    row by row. Axis titles are (zh, en); without one the header of x and of the first series of
    the axis is taken, with its unit. `top` ends the value axis. `named_by` is a column of the
    source; what its first row says ends the title.
    """

    id: str
    zh: str
    en: str
    kind: ChartKind
    x: str
    series: Sequence[Series]
    source: type[Table] | None = None
    x_title: tuple[str, str] | None = None
    y_title: tuple[str, str] | None = None
    second_title: tuple[str, str] | None = None
    top: Decimal | None = None
    second_top: Decimal | None = None
    named_by: str = ""

    def title(self, language: Language) -> str:
        """The title that users of `language` see."""
        return Text(self.zh, self.en).in_(language)

    def check(self, columns: Mapping[str, Column]) -> None:
        """Raise TypeError where the source has no such columns, or not side by side, and where
        one chart cannot show all these kinds.
        """
        names = [self.x, *(series.column for series in self.series)]
        names += [self.named_by] if self.named_by else []
        unknown = sorted(set(names) - set(columns))
        if unknown or not self.series:
            raise TypeError(f"chart {self.id} draws {unknown or 'nothing'}")
        order = list(columns)
        places = [order.index(series.column) for series in self.series]
        if places != list(range(places[0], places[0] + len(places))):
            raise TypeError(f"chart {self.id}: its series do not stand side by side")
        kinds = {series.kind or self.kind for series in self.series} | {self.kind}
        if len(kinds) > 1 and not any(kinds <= each for each in TOGETHER):
            raise TypeError(f"chart {self.id} cannot show {', '.join(sorted(kinds))} together")
