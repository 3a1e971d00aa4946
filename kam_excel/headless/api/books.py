# mypy: allow-subclassing-any
"""Books: opening, saving and closing workbooks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.names import Names
from kam_excel.headless.api.sheets import Sheets
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.model.book import WorkbookModel
from kam_excel.headless.model.sheet import SheetModel
from kam_excel.headless.package import kinds
from kam_excel.headless.package.parts import Package
from kam_excel.headless.recalc.recalculator import Recalculator
from kam_excel.headless.recalc.report import RecalculationReport
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.names import same_name
from kam_excel.headless.saving.save import SaveReport

if TYPE_CHECKING:
    from kam_excel.headless.api.apps import App


@explained
class Books(base_classes.Books):
    """The open books of an app; the active one is the latest that was opened or activated."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._books: list[Book] = []
        self._active: Book | None = None
        self._added = 0

    @property
    def api(self) -> Books:
        return self

    @property
    def active(self) -> Book:
        if self._active is None:
            raise KeyError("no workbook is open")
        return self._active

    def __call__(self, name_or_index: str | int) -> Book:
        if isinstance(name_or_index, str):
            for book in self._books:
                if same_name(book.name, name_or_index):
                    return book
            raise KeyError(name_or_index)
        if not 1 <= name_or_index <= len(self._books):
            raise IndexError(f"there is no book {name_or_index}")
        return self._books[name_or_index - 1]

    def __len__(self) -> int:
        return len(self._books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self._books))

    def add(self) -> Book:
        self._added += 1
        return self._enter(Book(self, Package.blank(), f"Book{self._added}"))

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: Any = None,
        format: Any = None,  # noqa: A002 - xlwings' name
        password: str | None = None,
        *_: Any,
    ) -> Book:
        """Open a file; raises WorkbookError where it is none that we can edit.

        Encrypted files are refused, whatever the password; links are never updated.
        """
        path = Path(os.path.abspath(fullname))
        book = Book(self, Package.open(path), path.name, path)
        book.is_read_only = bool(read_only)
        return self._enter(book)

    def _enter(self, book: Book) -> Book:
        self._books.append(book)
        self._active = book
        return book

    def activate(self, book: Book) -> None:
        """Make `book` the active one."""
        self._active = book

    def drop(self, book: Book) -> None:
        """Forget `book`."""
        if book in self._books:
            self._books.remove(book)
        if self._active is book:
            self._active = self._books[-1] if self._books else None


@explained
class Book(base_classes.Book):
    """A workbook. `package` is its file as parts; `last_save` says what the latest save wrote.

    `recalculator` computes its formulas, as the app's mode of calculation demands. `root` is the
    folder that nothing is saved outside of.
    """

    def __init__(self, books: Books, package: Package, name: str, path: Path | None = None) -> None:
        self._books = books
        self._name = name
        self.path = path
        self.package = package
        self.model = WorkbookModel(package, path.name if path else name)
        self.recalculator = Recalculator(self.model)
        self.last_save: SaveReport | None = None
        self.is_read_only = False
        self.root: Path | None = None
        self._sheets = Sheets(self)

    @property
    def api(self) -> Book:
        return self

    @property
    def name(self) -> str:
        return self._name

    @property
    def fullname(self) -> str:
        return str(self.path) if self.path else self._name

    @property
    def app(self) -> App:
        return self._books.app

    @property
    def sheets(self) -> Sheets:
        return self._sheets

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self._books.activate(self)

    def flush(self) -> RecalculationReport:
        """Bring every change into the package, so that `package.changes()` tells them all.

        Formulas that depend on changes are computed; the report tells which could not be.
        """
        return self.recalculator.settle()

    def compute(self, sheet: SheetModel, area: Area) -> None:
        """Compute formulas before the values of an area are read, where that is due.

        With manual calculation values are those of the latest calculation, as in Excel.
        """
        recalculator = self.recalculator
        waits = self.app.calculation == "manual" and recalculator.has_calculated
        if not waits and not recalculator.is_current(sheet, area):
            recalculator.calculate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in place or as `path`: .xlsx, .xlsm, .xltx or .xltm.

        Raises WorkbookError for other kinds of file and for those that cannot hold its macros.
        """
        if password:
            raise NotImplementedError("set a password in Excel: it would encrypt the file")
        target = self._target(path)
        if self.is_read_only and target == self.path:
            raise WorkbookError(problem("SAVE_READ_ONLY", Place(file=self._name)))
        kind = target.suffix.lower()
        same = kind == (self.path.suffix.lower() if self.path else ".xlsx")
        if path is not None:
            kinds.check(self.package, kind, target.name)
        self.flush()
        with nullcontext() if same else kinds.converted(self.package, kind):
            self.last_save = self.model.save(target, self.root)
        self.recalculator.saved()
        self.path, self._name = target, target.name
        self.model.name = target.name
        self.is_read_only = False

    def _target(self, path: str | None) -> Path:
        if path is None:
            return self.path or Path.cwd() / f"{self._name}.xlsx"
        target = Path(os.path.abspath(path))
        if target.suffix:
            return target
        return target.with_suffix(self.path.suffix if self.path else ".xlsx")

    def close(self) -> None:
        """Close without saving."""
        self._books.drop(self)
