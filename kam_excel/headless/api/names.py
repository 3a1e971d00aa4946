# mypy: allow-subclassing-any
"""Defined names of a book or of one sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlwings import base_classes

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.entering import stored_formula, typed_formula
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.model.sheet import SheetModel
from kam_excel.headless.parts.workbook import DefinedName
from kam_excel.headless.references.addressing import (
    MAX_COLUMN,
    column_number,
    quote_sheet,
    split_sheet,
)
from kam_excel.headless.references.names import same_name

if TYPE_CHECKING:
    from kam_excel.headless.api.books import Book
    from kam_excel.headless.api.ranges import Range

_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = r"\/?*[]:"
_NAME = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_CELL_LIKE = re.compile(r"([A-Za-z]{1,3})[0-9]+|[RrCc]|[Rr][0-9]*[Cc][0-9]*")


def check_name(name: str) -> None:
    """Raise WorkbookError where Excel would not take `name` for a table or a defined name."""
    cell = _CELL_LIKE.fullmatch(name)
    like_cell = cell is not None and (cell[1] is None or _is_column(cell[1]))
    if like_cell or len(name) > 255 or not _NAME.fullmatch(name):
        raise WorkbookError(problem("NAME_INVALID", Place(), name=name))


def check_sheet_name(name: str) -> None:
    """Raise ValueError where Excel would not take `name` for a sheet."""
    units = len(name.encode("utf-16-le", "surrogatepass")) // 2
    wrong = (
        not 1 <= units <= _LONGEST_SHEET_NAME
        or any(each in _NOT_IN_SHEET_NAMES for each in name)
        or name.startswith("'")
        or name.endswith("'")
        or same_name(name, "history")
    )
    if wrong:
        raise ValueError(
            f"{name!r} is no name for a sheet: 1 to {_LONGEST_SHEET_NAME} characters, none of "
            rf"{_NOT_IN_SHEET_NAMES}, no apostrophe at an end, not 'History'"
        )


def _is_column(letters: str) -> bool:
    try:
        return column_number(letters) <= MAX_COLUMN
    except ValueError:
        return False


@explained
class Names(base_classes.Names):
    """The names of a book, or those of a single sheet."""

    def __init__(self, book: Book, sheet: SheetModel | None = None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def api(self) -> Names:
        return self

    def _all(self) -> list[DefinedName]:
        place = self._sheet.entry.place if self._sheet else None
        names = self._book.model.xml.names()
        return [each for each in names if place is None or each.scope == place]

    def __iter__(self) -> Iterator[Name]:
        return iter([Name(self._book, each) for each in self._all()])

    def __len__(self) -> int:
        return len(self._all())

    def snapshot(self) -> list[tuple[str, Name]]:
        """Names with their objects, so that changes don't shift an iteration."""
        return [(name.name, name) for name in self]

    def __call__(self, name_or_index: str | int) -> Name:
        if isinstance(name_or_index, int):
            return list(self)[name_or_index - 1]
        for name in self:
            local = self._sheet is not None and "!" not in name_or_index
            known = split_sheet(name.name)[1] if local else name.name
            if same_name(known, name_or_index):
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name, or define it anew.

        Raises WorkbookError for names and formulas that Excel refuses.
        """
        formula = stored_formula(refers_to)
        owner, local = split_sheet(name)
        sheet = self._book.model.sheet(owner) if owner else self._sheet
        scope = sheet.entry.place if sheet else None
        check_name(local)
        xml = self._book.model.xml
        if any(same_name(table.name, local) for table in self._book.model.tables()):
            raise WorkbookError(problem("NAME_TAKEN", Place(self._book.name), name=local))
        xml.set_name(local, formula, scope)
        return Name(self._book, DefinedName(local, formula, scope, False))


@explained
class Name(base_classes.Name):
    """A defined name."""

    def __init__(self, book: Book, defined: DefinedName) -> None:
        self._book = book
        self._known, self._seen = defined, book.package.revision
        sheets = book.model.xml.sheets()
        self._owner = None if defined.scope is None else sheets[defined.scope].relationship

    @property
    def _defined(self) -> DefinedName:
        """The name as the workbook has it now; once it is deleted, as it was."""
        if self._seen != self._book.package.revision:
            xml, self._seen = self._book.model.xml, self._book.package.revision
            owners = {each.relationship: each.place for each in xml.sheets()}
            scope = owners.get(self._owner) if self._owner else None
            for each in xml.names():
                if same_name(each.name, self._known.name) and each.scope == scope:
                    self._known = each
        return self._known

    @property
    def api(self) -> Name:
        return self

    @property
    def name(self) -> str:
        """The name, with its sheet where it belongs to one."""
        if self._defined.scope is None:
            return self._defined.name
        sheet = self._book.model.xml.sheets()[self._defined.scope]
        return f"{quote_sheet(sheet.name)}!{self._defined.name}"

    @name.setter
    def name(self, value: str) -> None:
        """Rename; formulas follow. Raises WorkbookError for names that Excel refuses."""
        known, model = self._defined, self._book.model
        if value == known.name:
            return
        scopes = [each.scope for each in model.xml.names() if same_name(each.name, known.name)]
        if scopes != [None]:
            raise NotImplementedError("a name that belongs to a sheet: delete it and add another")
        check_name(value)
        if not same_name(value, known.name) and value.casefold() in model.taken_names():
            raise WorkbookError(problem("NAME_TAKEN", Place(self._book.name), name=value))
        model.rename_name(known.name, value)
        self._known = DefinedName(value, known.refers_to, None, known.hidden)

    @property
    def refers_to(self) -> str:
        return typed_formula(self._defined.refers_to)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        known, text = self._defined, stored_formula(value)
        self._book.model.xml.set_name(known.name, text, known.scope)

    @property
    def refers_to_range(self) -> Range:
        owner, address = split_sheet(self._defined.refers_to)
        return self._book.sheets(owner).range(address)

    @property
    def hidden(self) -> bool:
        """Whether Excel's name manager leaves the name out."""
        return self._defined.hidden

    @hidden.setter
    def hidden(self, value: bool) -> None:
        known = self._defined
        self._book.model.xml.set_name(known.name, known.refers_to, known.scope, hidden=value)

    def delete(self) -> None:
        self._book.model.xml.delete_name(self._defined.name, self._defined.scope)
