# mypy: allow-subclassing-any
"""Ranges: values, formulas, navigation and formats of rectangles of cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kam_excel.headless.api import lookalike
from kam_excel.headless.api.cellwords import CellWords
from kam_excel.headless.api.characters import Characters
from kam_excel.headless.api.comments import Comment, comments
from kam_excel.headless.api.conditionalformats import ConditionalFormats
from kam_excel.headless.api.datavalidation import DataValidation
from kam_excel.headless.api.engine import CleanRows
from kam_excel.headless.api.entering import entered_column, spell_out
from kam_excel.headless.api.notes import Note
from kam_excel.headless.api.rangedata import RangeData
from kam_excel.headless.api.rangeedits import RangeEdits
from kam_excel.headless.api.rangeformats import RangeFormats
from kam_excel.headless.api.rangeformulas import RangeFormulas
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells import regions
from kam_excel.headless.cells.gridreading import MANY
from kam_excel.headless.cells.looks import always
from kam_excel.headless.cells.values import Content, Formula
from kam_excel.headless.parts.hyperlinks import make_link, write_link
from kam_excel.headless.references.addressing import Area, quote_sheet

if TYPE_CHECKING:
    from kam_excel.headless.api.names import Name
    from kam_excel.headless.api.tables import Table

_DATE = "yyyy-mm-dd"
_DATETIME = "yyyy-mm-dd hh:mm:ss"


@explained
class Range(RangeFormats, RangeFormulas, RangeData, RangeEdits):
    """A rectangle of cells of one sheet as xlwings has it."""

    @property
    def api(self) -> lookalike.Range:
        """What scripts use most of Excel's own Range; never false, as xlwings asks of it."""
        return lookalike.Range(self)

    # where ------------------------------------------------------------------

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self._sheet.name, self._row, self._column, *self._shape)

    def __call__(self, row: int, column: int | None = None) -> Range:
        """The cell at (row, column) of the range, from 1, or the n-th cell row by row."""
        if column is None:
            row, column = (row - 1) // self._shape[1] + 1, (row - 1) % self._shape[1] + 1
        return self._sheet.range((self._row + row - 1, self._column + column - 1))

    @property
    def address(self) -> str:
        """The address; of an empty range where it would begin and its size, as `$A$1{0x2}`."""
        if self:
            return self.get_address(True, True, False)
        start = Area(self._row, self._column, self._row, self._column).address(True, True)
        return f"{start}{{{self._shape[0]}x{self._shape[1]}}}"

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        address = self.area.address(row_absolute, col_absolute)
        if not external:
            return address
        return f"{quote_sheet(self._sheet.name, self._sheet.book.name)}!{address}"

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow lead from the first cell: "up", "down", "left", "right"."""
        return self._sheet.range(regions.end(self._grid, (self._row, self._column), direction))

    @property
    def merge_area(self) -> Range:
        for merge in self._grid.merges():
            if (self._row, self._column) in merge:
                return self._over(merge)
        return self(1, 1)

    @property
    def merge_cells(self) -> bool:
        return any(merge.common(self.area) for merge in self._grid.merges())

    @property
    def table(self) -> Table | None:
        for table in self._sheet.tables:
            if table.range.area.common(self.area):
                return table
        return None

    @property
    def name(self) -> Name | None:
        for name in self._sheet.book.names:
            if name.refers_to == self._reference():
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        self._sheet.book.names.add(value, self._reference())

    def _reference(self) -> str:
        return f"={quote_sheet(self._sheet.name)}!{self.address}"

    # values -----------------------------------------------------------------

    @property
    def raw_value(self) -> Any:
        """What one cell shows, or the rows of it; None for an empty range."""
        if not self:
            return None
        self._compute()
        if len(self) >= MANY:
            matrix = self._grid.matrix(self.area)
            return (CleanRows if matrix.is_clean else list)(matrix.cells.tolist())
        values = self._grid.values(self.area)
        return values[0][0] if self._shape == (1, 1) else values

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if not self:
            return
        rows = self.rows_of(data)
        contents = self.entered_rows(rows)
        if not isinstance(data, (list, tuple)):
            self._leave_to_first(contents)
        self._grid.write(self._row, self._column, contents)
        self._format_dates(list(zip(*rows, strict=True)))

    def _leave_to_first(self, contents: list[list[Content]]) -> None:
        """Of cells that are merged let the first one take the value that all are given."""
        for merge in self._grid.merges():
            common = merge.common(self.area)
            for row, column in common.cells() if common else ():
                if (row, column) != (merge.row1, merge.col1):
                    contents[row - self._row][column - self._column] = None

    @property
    def column_values(self) -> list[list[Any]]:
        """What the cells show, column by column; None where one is empty or an empty text."""
        self._compute()
        matrix = self._grid.matrix(self.area)
        columns: list[list[Any]] = matrix.cells.T.tolist()
        if matrix.is_clean:
            return columns
        return [[None if value == "" else value for value in column] for column in columns]

    def write_columns(self, columns: Sequence[Sequence[Any]], texts: Sequence[bool]) -> None:
        """Write values column by column; in `texts` columns a text stays one, whatever it says.

        The same as a write of the rows, without a look at each value that repeats.
        """
        date1904 = self._grid.date1904
        contents = [
            entered_column(values, date1904, is_text)
            for values, is_text in zip(columns, texts, strict=True)
        ]
        if any(Formula in set(map(type, column)) for column in contents):
            rows = [list(row) for row in zip(*contents, strict=True)]
            spell_out(rows, self.area, self._tables)
            self._grid.write(self._row, self._column, rows)
        else:
            self._grid.write_columns(self._row, self._column, contents)
        self._format_dates(columns)

    def _format_dates(self, columns: Sequence[Sequence[Any]]) -> None:
        """Give dates in cells without a number format one."""
        for column, values in enumerate(columns, self._column):
            if not any(issubclass(kind, dt.date) for kind in set(map(type, values))):
                continue
            rows = [
                row for row, value in enumerate(values, self._row) if isinstance(value, dt.date)
            ]
            timed = any(_has_time(value) for value in set(values) if isinstance(value, dt.date))
            number_format = _DATETIME if timed else _DATE

            def dated(xf: int, number_format: str = number_format) -> int:
                if self._styles.number_format(xf) != "General":
                    return xf
                return self._styles.xf(xf, number_format=number_format)

            self._grid.restyle_cells(column, rows, dated)

    @property
    def max_cells_per_read(self) -> None:
        return None

    @property
    def max_cells_per_write(self) -> None:
        return None

    def select(self) -> None:
        """Select the range and bring its sheet to the top; this is remembered, not stored."""
        self._sheet.activate()
        self._sheet.model.selected = self.area

    def clear_contents(self) -> None:
        if self:
            self._grid.fill(self.area, None)

    def clear_formats(self) -> None:
        """Take away formats, rules and, as Excel does, the merging of cells."""
        if self:
            self._grid.restyle(self._used(), always(0))
            self.conditional_formats.clear()
            for merge in self._grid.merges():
                if self.area.covers(merge):
                    self._over(merge).unmerge()

    def clear(self) -> None:
        self.clear_contents()
        self.clear_formats()
        if self:
            self._sheet.model.hyperlinks.remove(self.area)
            self.data_validation.delete()
            self._sheet.model.notes.remove(self.area)
            self._sheet.model.sparklines.clear(self.area)

    def _used(self) -> Area:
        """The range, without the rows and columns of a whole sheet that were never used."""
        if not (self.area.whole_rows and self.area.whole_columns):
            return self.area
        return self._grid.used_area() or Area(1, 1, 1, 1)

    @property
    def characters(self) -> Characters:
        """The characters of the first cell."""
        return Characters(CellWords(self._grid, self._styles, self._row, self._column))

    # rules, hyperlinks and notes ---------------------------------------------------

    @property
    def conditional_formats(self) -> ConditionalFormats:
        return ConditionalFormats(self)

    @property
    def data_validation(self) -> DataValidation:
        return DataValidation(self)

    @property
    def hyperlink(self) -> str:
        """The address behind the first cell; `#` begins a place in the workbook."""
        link = self._sheet.model.hyperlinks.find(self._row, self._column)
        if link is None:
            raise ValueError("The cell doesn't seem to contain a hyperlink!")
        return link.address

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        text = address if text_to_display is None else str(text_to_display)
        link = make_link(address, text, screen_tip)
        write_link(self._sheet.model.hyperlinks, self._grid, self._styles, self.area, link)

    @property
    def note(self) -> Note | None:
        return Note.of(self(1, 1))

    @property
    def comment(self) -> Comment | None:
        """The threaded comment of the cell, or None."""
        found = (each for each in comments(self._sheet) if each.cell == (self._row, self._column))
        return next(found, None)

    def add_note(self, text: str) -> Note:
        """Give the cell a note; raises WorkbookError where it has a threaded comment."""
        self._sheet.model.notes.add((self._row, self._column), text)
        return Note(self(1, 1))


def _has_time(moment: dt.date) -> bool:
    return isinstance(moment, dt.datetime) and moment.time() != dt.time()
