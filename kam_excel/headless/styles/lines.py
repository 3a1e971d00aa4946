"""Border lines: Excel tells the style of a line and its weight apart, a file names both at once.

Source: ECMA-376 part 1, 18.18.3 (ST_BorderStyle).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kam_excel.headless.styles.cellformats import Edge
from kam_excel.headless.styles.colors import RGB

_STORED = {
    ("continuous", "hairline"): "hair",
    ("continuous", "thin"): "thin",
    ("continuous", "medium"): "medium",
    ("continuous", "thick"): "thick",
    ("dash", "thin"): "dashed",
    ("dash", "medium"): "mediumDashed",
    ("dash_dot", "thin"): "dashDot",
    ("dash_dot", "medium"): "mediumDashDot",
    ("dash_dot_dot", "thin"): "dashDotDot",
    ("dash_dot_dot", "medium"): "mediumDashDotDot",
    ("dot", "thin"): "dotted",
    ("double", "thick"): "double",
    ("slant_dash_dot", "medium"): "slantDashDot",
}
_READ = {stored: pair for pair, stored in _STORED.items()}


def line_style(edge: Edge | None) -> str:
    """The style of a line ("continuous", "dash", "double"); "none" where there is no line."""
    return "none" if edge is None else _READ.get(edge.style, ("continuous", "thin"))[0]


def weight(edge: Edge | None) -> str:
    """The weight of a line ("hairline", "thin", "medium", "thick"); that of none is "thin"."""
    return "thin" if edge is None else _READ.get(edge.style, ("continuous", "thin"))[1]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is changed of a line; None leaves it as it is. `remove` takes the line away.

    Where a file cannot hold a style in a weight, the one that was asked for last wins: colour,
    weight, style is the order.
    """

    line_style: str | None = None
    weight: str | None = None
    color: RGB | None = None
    remove: bool = False

    def over(self, edge: Edge | None) -> Edge | None:
        """The line that `edge` becomes; a weight or a colour alone draws one where none is."""
        if self.remove:
            return None
        drawn = edge or Edge("thin")
        if self.color is not None:
            drawn = replace(drawn, color=self.color)
        if self.weight is not None:
            same = _STORED.get((line_style(drawn), self.weight))
            drawn = replace(drawn, style=same or _STORED["continuous", self.weight])
        if self.line_style is not None:
            drawn = replace(drawn, style=_styled(self.line_style, weight(drawn)))
        return drawn


def _styled(style: str, wished: str) -> str:
    """The stored name of a style, in the weight wished for or the first that it has."""
    if (style, wished) in _STORED:
        return _STORED[style, wished]
    return next(stored for (name, _), stored in _STORED.items() if name == style)
