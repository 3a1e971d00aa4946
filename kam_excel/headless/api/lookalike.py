"""`Range.api`: what scripts use most of Excel's own Range, over the members of xlwings.

Everything else names the member of xlwings to use.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from kam_excel.headless.api import alignments
from kam_excel.headless.api.forwarding import Constants, Format, Forward, LookAlike
from kam_excel.headless.api.lookalikeformats import Borders, Font, Interior
from kam_excel.headless.cells.display import shown
from kam_excel.headless.cells.values import to_serial
from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW

if TYPE_CHECKING:
    from kam_excel.headless.api.ranges import Range as RangeImpl

# Constants of Excel; see xlwings.constants. The small ones are those of its dialogs.
_HORIZONTAL = Constants(
    "HorizontalAlignment",
    {
        1: "general",
        -4131: "left",
        -4108: "center",
        -4152: "right",
        5: "fill",
        -4130: "justify",
        7: "center_across_selection",
        -4117: "distributed",
    },
    too={2: "left", 3: "center", 4: "right"},
)
_VERTICAL = Constants(
    "VerticalAlignment",
    {-4160: "top", -4108: "center", -4107: "bottom", -4130: "justify", -4117: "distributed"},
    too={1: "top", 2: "center", 3: "bottom"},
)
_DIRECTION = Constants(
    "Direction",
    {-4162: "up", -4121: "down", -4159: "left", -4161: "right"},
    too={3: "up", 4: "down", 1: "left", 2: "right"},
)


class Range(LookAlike):
    """A range as Excel has it; positions count from 1."""

    _target: RangeImpl

    Formula = Forward("formula")
    Formula2 = Forward("formula2")
    FormulaArray = Forward("formula_array")
    NumberFormat = Forward("number_format")
    HorizontalAlignment = Forward("horizontal_alignment", _HORIZONTAL.number, _HORIZONTAL.name)
    VerticalAlignment = Forward("vertical_alignment", _VERTICAL.number, _VERTICAL.name)
    WrapText = Forward("wrap_text", write=bool)
    ShrinkToFit = Format("shrink", write=bool)
    IndentLevel = Format("indent", write=int)
    Orientation = Format("rotation", alignments.degrees, alignments.rotation)
    Locked = Format("locked", write=bool)
    FormulaHidden = Format("hidden", write=bool)
    ColumnWidth = Forward("column_width")
    RowHeight = Forward("row_height")

    def _at(self, row: int, column: int, height: int, width: int) -> Range:
        return Range(self._target.sheet.range((row, column, height, width)))

    # what it holds --------------------------------------------------------------

    @property
    def Value(self) -> Any:
        found = self._target.raw_value
        return tuple(map(tuple, found)) if isinstance(found, list) else found

    @Value.setter
    def Value(self, value: Any) -> None:
        self._target.raw_value = value

    @property
    def Value2(self) -> Any:
        """As `Value`, with dates as numbers."""
        found = self.Value
        if isinstance(found, tuple):
            return tuple(tuple(map(self._undated, row)) for row in found)
        return self._undated(found)

    @Value2.setter
    def Value2(self, value: Any) -> None:
        self._target.raw_value = value

    def _undated(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return to_serial(value, self._target.sheet.model.grid.date1904)
        return value

    @property
    def Text(self) -> str | None:
        """What the cell shows; None for several cells."""
        if len(self._target) != 1:
            return None
        return shown(self._target.raw_value, self._target.number_format)

    @property
    def HasArray(self) -> bool:
        return self._target.has_array

    def ClearContents(self) -> None:
        self._target.clear_contents()

    def ClearFormats(self) -> None:
        self._target.clear_formats()

    def Clear(self) -> None:
        self._target.clear()

    # where it is ----------------------------------------------------------------

    @property
    def Address(self) -> str:
        return self._target.address

    def GetAddress(self, RowAbsolute: bool = True, ColumnAbsolute: bool = True) -> str:
        return self._target.get_address(bool(RowAbsolute), bool(ColumnAbsolute), False)

    @property
    def Row(self) -> int:
        return self._target.row

    @property
    def Column(self) -> int:
        return self._target.column

    @property
    def Count(self) -> int:
        return len(self._target)

    @property
    def Rows(self) -> Lines:
        return Lines(self._target, by_rows=True)

    @property
    def Columns(self) -> Lines:
        return Lines(self._target, by_rows=False)

    @property
    def EntireRow(self) -> Range:
        return self._at(self._target.row, 1, self._target.shape[0], MAX_COLUMN)

    @property
    def EntireColumn(self) -> Range:
        return self._at(1, self._target.column, MAX_ROW, self._target.shape[1])

    @property
    def CurrentRegion(self) -> Range:
        return Range(self._target.current_region)

    def Cells(self, RowIndex: int, ColumnIndex: int | None = None) -> Range:
        return Range(self._target(RowIndex, ColumnIndex))

    __call__ = Item = Cells

    def Offset(self, RowOffset: int = 0, ColumnOffset: int = 0) -> Range:
        cells = self._target
        return self._at(cells.row + RowOffset, cells.column + ColumnOffset, *cells.shape)

    def Resize(self, RowSize: int | None = None, ColumnSize: int | None = None) -> Range:
        rows, columns = self._target.shape
        return self._at(self.Row, self.Column, RowSize or rows, ColumnSize or columns)

    GetOffset, GetResize = Offset, Resize

    def End(self, Direction: int) -> Range:
        return Range(self._target.end(_DIRECTION.name(Direction)))

    def Select(self) -> None:
        self._target.select()

    # how it looks ---------------------------------------------------------------

    @property
    def Font(self) -> Font:
        return Font(self._target.font)

    @property
    def Interior(self) -> Interior:
        return Interior(self._target)

    @property
    def Borders(self) -> Borders:
        return Borders(self._target.borders)

    @property
    def Hidden(self) -> bool | None:
        """Whether whole rows or whole columns are hidden."""
        return self._lines().Hidden

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        self._lines().Hidden = value

    def AutoFit(self) -> None:
        """Fit whole rows or whole columns to what they show."""
        self._lines().AutoFit()

    def _lines(self) -> Lines:
        area = self._target.area
        if not (area.whole_rows or area.whole_columns):
            raise ValueError("take EntireRow, EntireColumn, Rows or Columns for this")
        return Lines(self._target, by_rows=area.whole_rows)

    # merged cells, notes, cells that come and go --------------------------------

    @property
    def MergeCells(self) -> bool:
        return self._target.merge_cells

    @MergeCells.setter
    def MergeCells(self, value: bool) -> None:
        (self.Merge if value else self.UnMerge)()

    @property
    def MergeArea(self) -> Range:
        return Range(self._target.merge_area)

    def Merge(self, Across: bool = False) -> None:
        self._target.merge(bool(Across))

    def UnMerge(self) -> None:
        self._target.unmerge()

    def AddComment(self, Text: str) -> Comment:
        """Add a note, which Excel's object model calls a comment."""
        return Comment(self._target.add_note(Text))

    @property
    def Comment(self) -> Comment | None:
        note = self._target.note
        return None if note is None else Comment(note)

    def Insert(self, Shift: int | None = None) -> None:
        self._target.insert(_shift(Shift), "format_from_left_or_above")

    def Delete(self, Shift: int | None = None) -> None:
        self._target.delete(_shift(Shift))


def _shift(direction: int | None) -> str | None:
    return None if direction is None else _DIRECTION.name(direction)


class Lines(LookAlike):
    """The rows of a range, or its columns."""

    def __init__(self, cells: RangeImpl, by_rows: bool) -> None:
        super().__init__(cells)
        self._by_rows = by_rows

    @property
    def Count(self) -> int:
        count: int = self._target.shape[0 if self._by_rows else 1]
        return count

    def __call__(self, index: int) -> Range:
        rows, columns = self._target.shape
        row, column = self._target.row, self._target.column
        if self._by_rows:
            return Range(self._target.sheet.range((row + index - 1, column, 1, columns)))
        return Range(self._target.sheet.range((row, column + index - 1, rows, 1)))

    __getitem__ = Item = __call__

    def AutoFit(self) -> None:
        self._target.autofit("rows" if self._by_rows else "columns")

    @property
    def Hidden(self) -> bool | None:
        hidden: bool | None = getattr(self._target, self._hidden)
        return hidden

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        setattr(self._target, self._hidden, bool(value))

    @property
    def _hidden(self) -> str:
        return "row_hidden" if self._by_rows else "column_hidden"


class Comment(LookAlike):
    """A note of a cell."""

    @property
    def Author(self) -> str:
        return str(self._target.author)

    def Text(self, Text: str | None = None) -> str:
        """The text of the note, after giving it another one."""
        if Text is not None:
            self._target.text = Text
        return str(self._target.text)

    def Delete(self) -> None:
        self._target.delete()
