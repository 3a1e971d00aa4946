"""Groups of rows and columns: the levels of the outline (ECMA-376 part 1, 18.3.1.73)."""

from __future__ import annotations

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.moving import Axis

DEEPEST = 7


def group(grid: Grid, first: int, last: int, axis: Axis, by: int) -> None:
    """Put rows or columns one level deeper (`by` 1) or less deep (-1).

    Raises ValueError beyond the 7 levels that Excel has.
    """
    levels = _levels(grid, first, last, axis)
    if max(levels) + by > DEEPEST:
        raise ValueError(f"Excel groups no deeper than {DEEPEST} levels")
    if axis == "rows":
        for row, level in zip(range(first, last + 1), levels, strict=True):
            grid.set_row(row, {"outlineLevel": _text(level + by)})
    else:
        grid.columns.group(first, last, by)
    _tell_deepest(grid, axis, max(levels) + by)


def _levels(grid: Grid, first: int, last: int, axis: Axis) -> list[int]:
    numbers = range(first, last + 1)
    if axis == "columns":
        return [grid.columns.level(column) for column in numbers]
    return [int(grid.row_attributes(row).get("outlineLevel", "0")) for row in numbers]


def _text(level: int) -> str | None:
    return str(level) if level > 0 else None


def _tell_deepest(grid: Grid, axis: Axis, level: int) -> None:
    """Let the sheet say how many levels there are: Excel makes room for their buttons."""
    name = "outlineLevelRow" if axis == "rows" else "outlineLevelCol"
    shell = grid.shell
    if shell.child("sheetFormatPr") is None:
        shell.put("sheetFormatPr", f'<{shell.prefix}sheetFormatPr defaultRowHeight="15"/>')
    element = shell.child("sheetFormatPr")
    assert element is not None
    if level > int(element.attributes.get(name, "0")):
        shell.set_attribute(element, name, str(level))
