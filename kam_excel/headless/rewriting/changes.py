"""What happens to references all over a workbook: one class for each event."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kam_excel.headless.references import following, structured
from kam_excel.headless.references.addressing import area_or_none
from kam_excel.headless.references.moving import Block, Shift
from kam_excel.headless.references.names import same_name

Source = tuple[str, str]


class Change(Protocol):
    """An event, as the formulas of a workbook see it.

    `word` is a name that formulas elsewhere must hold to be concerned.
    """

    @property
    def word(self) -> str: ...

    def formula(self, text: str, home: str) -> str:
        """A formula that stands on the sheet `home` ("" for none), afterwards."""

    def name(self, text: str, home: str) -> str:
        """What a defined name refers to, afterwards; `home` is the sheet that it belongs to."""

    def source(self, sheet: str, ref: str) -> Source:
        """The cells `ref` of a sheet, which an element names apart, afterwards."""


class _Plain:
    """An event to which every formula is the same."""

    @property
    def word(self) -> str:
        return ""

    def formula(self, text: str, home: str) -> str:
        raise NotImplementedError("each event says what becomes of formulas")

    def name(self, text: str, home: str) -> str:
        return self.formula(text, home)

    def source(self, sheet: str, ref: str) -> Source:
        return sheet, ref


@dataclass(frozen=True)
class SheetRenamed(_Plain):
    """The sheet `old` is called `new`."""

    old: str
    new: str

    @property
    def word(self) -> str:
        return self.old

    def formula(self, text: str, home: str) -> str:
        return following.renamed(text, self.old, self.new)

    def source(self, sheet: str, ref: str) -> Source:
        return (self.new if same_name(sheet, self.old) else sheet), ref


@dataclass(frozen=True)
class SheetDeleted(_Plain):
    """The sheet is deleted with its `tables`; `order` are the sheets until then."""

    sheet: str
    order: Sequence[str]
    tables: Collection[str] = ()

    @property
    def word(self) -> str:
        return "" if self.tables else self.sheet

    def formula(self, text: str, home: str) -> str:
        text = following.without_sheet(text, self.sheet, self.order)
        return structured.without_tables(text, self.tables) if self.tables else text


@dataclass(frozen=True)
class SheetCopied(_Plain):
    """What the copy of a sheet says of itself; its tables got other names."""

    sheet: str
    copy: str
    tables: dict[str, str] = field(default_factory=dict)

    def formula(self, text: str, home: str) -> str:
        text = following.renamed(text, self.sheet, self.copy)
        for old, new in self.tables.items():
            text = structured.with_table_renamed(text, old, new)
        return text


@dataclass(frozen=True)
class TableRenamed(_Plain):
    """The table `old` is called `new`."""

    old: str
    new: str

    @property
    def word(self) -> str:
        return self.old

    def formula(self, text: str, home: str) -> str:
        return structured.with_table_renamed(text, self.old, self.new)


@dataclass(frozen=True)
class ColumnsRenamed(_Plain):
    """Columns of a table got other names, none of which another one had."""

    table: str
    names: Mapping[str, str]

    @property
    def word(self) -> str:
        return next(iter(self.names)) if len(self.names) == 1 else ""

    def formula(self, text: str, home: str) -> str:
        if "[" in text:
            for old, new in self.names.items():
                text = structured.with_column_renamed(text, self.table, old, new)
        return text


@dataclass(frozen=True)
class ColumnsDeleted(_Plain):
    """Columns of a table are deleted."""

    table: str
    columns: Collection[str]

    def formula(self, text: str, home: str) -> str:
        if "[" in text:
            for column in self.columns:
                text = structured.without_column(text, self.table, column)
        return text


@dataclass(frozen=True)
class TablesDeleted(_Plain):
    """Tables are deleted."""

    tables: Collection[str]

    def formula(self, text: str, home: str) -> str:
        return structured.without_tables(text, self.tables)


@dataclass(frozen=True)
class CellsShifted:
    """Cells of a sheet make room or close up."""

    sheet: str
    shift: Shift

    @property
    def word(self) -> str:
        return self.sheet

    def formula(self, text: str, home: str) -> str:
        return following.after_shift(text, self.shift, self.sheet, home)

    def name(self, text: str, home: str) -> str:
        return following.after_shift_in_name(text, self.shift, self.sheet)

    def source(self, sheet: str, ref: str) -> Source:
        return sheet, _followed(ref, self.shift) if same_name(sheet, self.sheet) else ref


@dataclass(frozen=True)
class BlockMoved:
    """A block of cells is cut out of `sheet` and put on `target`.

    With `fixed` only references with dollars follow: rules apply to many cells at once.
    """

    sheet: str
    target: str
    block: Block
    fixed: bool = False

    @property
    def word(self) -> str:
        return ""

    def formula(self, text: str, home: str) -> str:
        where = self.sheet, self.target, home
        return following.after_block(text, self.block, *where, fixed=self.fixed)

    def name(self, text: str, home: str) -> str:
        return following.after_block(text, self.block, self.sheet, self.target, "", fixed=True)

    def source(self, sheet: str, ref: str) -> Source:
        area = area_or_none(ref)
        if same_name(sheet, self.sheet) and area is not None and self.block.area.covers(area):
            return self.target, str(self.block.moved(area))
        return sheet, ref


def _followed(ref: str, shift: Shift) -> str:
    area = area_or_none(ref)
    after = area and shift.follow(area)
    return ref if after is None or after == area else str(after)
