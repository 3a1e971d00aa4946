"""The text of a cell, whose characters have fonts."""

from __future__ import annotations

from typing import Any

from kam_excel.headless.cells.display import shown
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.richtext import RichRuns
from kam_excel.headless.cells.values import CellError, Formula
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles import runfonts
from kam_excel.headless.styles.part import CellFormat, Styles

_FIELDS = {
    "bold": "bold",
    "italic": "italic",
    "size": "font_size",
    "color": "font_color",
    "name": "font_name",
}
_BLACK = (0, 0, 0)


class CellWords:
    """What a cell says, character by character."""

    def __init__(self, grid: Grid, styles: Styles, row: int, column: int) -> None:
        self._grid, self._styles = grid, styles
        self._row, self._column = row, column

    @property
    def _is_text(self) -> bool:
        content = self._grid.content(self._row, self._column)
        return isinstance(content, str) and not isinstance(content, (Formula, CellError))

    @property
    def _style(self) -> int:
        return self._grid.style(self._row, self._column)

    @property
    def text(self) -> str:
        value = self._grid.value(self._row, self._column)
        return shown(value, self._styles.number_format(self._style))

    def _runs(self) -> RichRuns:
        item = self._grid.rich_text(self._row, self._column) if self._is_text else None
        return RichRuns(self.text, item)

    def font(self, start: int, stop: int, name: str) -> Any:
        """A property where all the characters agree, else None; black is the automatic colour."""
        cell = self._styles.format_of(self._style)
        runs = self._runs().inside(start, stop)
        looks = [cell if run.properties is None else self._look(run.properties) for run in runs]
        found = {getattr(look, _FIELDS[name]) for look in looks or [cell]}
        if len(found) > 1:
            return None
        value = found.pop()
        return _BLACK if name == "color" and value is None else value

    def _look(self, properties: Any) -> CellFormat:
        return runfonts.read(properties, self._styles.colors)

    def set_font(self, start: int, stop: int, name: str, value: Any) -> None:
        """Change a property of characters, of the cell's own font where that is all of them.

        Raises ValueError for part of a number or of what a formula gives.
        """
        change = {_FIELDS[name]: value}
        runs = self._runs()
        whole = start == 0 and stop >= len(runs.text)
        if not whole and not self._is_text:
            raise ValueError("only texts can have several fonts: numbers and formulas have one")
        if whole:
            area = Area(self._row, self._column, self._row, self._column)
            self._grid.restyle(area, lambda xf: self._styles.xf(xf, **change))
            if all(run.properties is None for run in runs.runs):
                return
        font = self._styles.font(self._style)
        for run in runs.cut(start, stop):
            own = runfonts.of_cell(font) if run.properties is None else run.properties
            run.properties = runfonts.changed(own, **change)
        self._grid.write(self._row, self._column, [[runs.rich_text()]])
