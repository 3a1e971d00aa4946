"""The cells of one sheet: what is stored with what was written since, until `flush`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.block import Block
from kam_excel.headless.cells.gridstyling import GridStyling
from kam_excel.headless.cells.sheetxml import CellXml, NewRows, RowChange, SheetXml
from kam_excel.headless.cells.stored import StoredCells
from kam_excel.headless.cells.values import NOT_COMPUTED, Content, Formula
from kam_excel.headless.package.spool import Data
from kam_excel.headless.references.addressing import cell_name, column_letters


class Grid(GridStyling):
    """Reads and writes the cells of a sheet; `flush` gives the part with all changes in it.

    Cells hold contents (numbers, text, booleans, errors, formulas) and show values: a number
    with a date format shows a datetime, a formula its cached value. What is kept, read, written
    and formatted stands in the classes below this one, what goes into the part here.
    """

    @property
    def is_changed(self) -> bool:
        """Whether a flush would change the part."""
        if self._stored is None:
            return False
        cells = self._contents or self._styles or self._row_attributes or self._blocks
        return bool(cells) or self._stored.sheet.shell_is_changed

    def flush(self) -> Data:
        """The part with every change in it, which is stored from then on."""
        if self._stored is None:
            assert self._data is not None
            return self._data
        self._expand_shared_formulas()
        rows = self._contents.keys() | self._styles.keys() | self._row_attributes.keys()
        rows = {row for row in rows if not any(row in block for block in self._blocks)}
        added = [self._new_rows(block) for block in self._blocks]
        data = self.stored.sheet.rewritten(_RowChanges(rows, self._row_change), added)
        formulas_changed, computed = self.formulas_changed, self._computed
        self._load(data)
        self.formulas_changed, self._computed = formulas_changed, computed
        return data

    def store_values(self, values: Mapping[tuple[int, int], Content]) -> Data | None:
        """The part with values stored for formulas; None where it has those values already.

        Nothing may be pending. NOT_COMPUTED marks the formula (`ca`) and leaves what is stored.
        """
        stored = self.stored

        def valued(markup: str, place: tuple[int, int]) -> str:
            value, old = values[place], stored.cached(stored.cells(place[0])[place[1]])
            if type(value) is type(old) and value == old != NOT_COMPUTED:
                return markup
            return cellxml.with_value(markup, value, stored.sheet.xml)

        return self._with_formulas(values, valued)

    def restore_values(
        self, places: Collection[tuple[int, int]], before: StoredCells | None
    ) -> Data | None:
        """The part with what formulas were stored with in `before`, as in `store_values`."""
        sheet = self.stored.sheet

        def restored(markup: str, place: tuple[int, int]) -> str:
            row, column = place
            old = before.cells(row).get(column) if before else None
            if before and old and before.formula(row, old) == self.content(row, column):
                return cellxml.restyled(before.sheet.markup(old), self.style(row, column))
            return cellxml.without_value(markup, sheet.xml)

        return self._with_formulas(places, restored)

    def _with_formulas(
        self, places: Iterable[tuple[int, int]], change: Callable[[str, tuple[int, int]], str]
    ) -> Data | None:
        sheet = self.stored.sheet
        rows: dict[int, RowChange] = {}
        for row, column in places:
            cell = self.stored.cells(row).get(column)
            if cell is None or self.stored.formula(row, cell) is None:
                continue
            old = sheet.markup(cell)
            new = change(old, (row, column))
            if new != old:
                rows.setdefault(row, RowChange()).cells[column] = new
        if not rows:
            return None
        data, computed = sheet.rewritten(rows), self._computed
        self._load(data)
        self._computed = computed
        return data

    def _new_rows(self, block: Block) -> NewRows:
        prefix, default = self.stored.sheet.xml.prefix, self.columns.style
        xml = block.xml(prefix, default, self._row_attributes)
        return NewRows(block.area.row1, block.used(), xml)

    def _row_change(self, row: int) -> RowChange:
        attributes = self._row_attributes.get(row, {})
        if row in self.stored.sheet.rows:
            return RowChange(self._over_cells(row), attributes)
        return RowChange(self._new_cells(row), attributes)

    def _new_cells(self, row: int) -> dict[int, str | None]:
        contents: dict[int, Content] = self._contents.get(row, {})
        styles = self._styles.get(row)
        if styles:
            contents = dict.fromkeys(styles) | contents
        prefix, markup, letters = self.stored.sheet.xml.prefix, cellxml.cell, column_letters
        plain = self._is_plain(row)
        cells: dict[int, str | None] = {}
        for column, content in contents.items():
            if styles and column in styles:
                style = styles[column]
            elif content is None:
                continue
            else:
                style = 0 if plain else self._default_style(row, column)
            cells[column] = markup(prefix, f"{letters(column)}{row}", style, content)
            if isinstance(content, Formula):
                self.formulas_changed = True
        return cells

    def _over_cells(self, row: int) -> dict[int, str | None]:
        contents, styles = self._contents.get(row, {}), self._styles.get(row, {})
        stored = self.stored.cells(row)
        result: dict[int, str | None] = {}
        for column in contents.keys() | styles.keys():
            cell = stored.get(column)
            if column not in contents and cell is not None:
                markup = self.stored.sheet.markup(cell)
                result[column] = cellxml.restyled(markup, styles[column])
                continue
            content, style = contents.get(column), self.style(row, column)
            self._note_formulas(row, cell, content)
            if content is None and style == self._default_style(row, column) == 0:
                result[column] = None
            else:
                name = cell_name(row, column)
                result[column] = cellxml.cell(self.stored.sheet.xml.prefix, name, style, content)
        return result

    def _note_formulas(self, row: int, cell: CellXml | None, content: Content) -> None:
        old = cell is not None and self.stored.formula(row, cell) is not None
        if old or isinstance(content, Formula):
            self.formulas_changed = True

    def _expand_shared_formulas(self) -> None:
        """Write out the followers of shared formulas whose first cell is overwritten."""
        sheet = self.stored.sheet
        rows: dict[int, dict[int, str]] = {}
        for index, master in self.stored.shared().items():
            if master.column not in self._contents.get(master.row, {}):
                continue
            for row, cell in self.stored.followers(index):
                text = self.stored.formula(row, cell)
                markup = cellxml.with_formula(sheet.markup(cell), str(text), sheet.xml)
                if cell.column not in self._contents.get(row, {}):
                    rows.setdefault(row, {})[cell.column] = markup
        if rows:
            changes = {row: RowChange(dict(cells)) for row, cells in rows.items()}
            data = sheet.rewritten(changes)
            sheet = SheetXml(data, self.part)
            self._stored = StoredCells(sheet, self._strings, self._dates, self.date1904)


class _RowChanges(Mapping[int, RowChange]):
    """The changes of rows, each made when asked for: all at once would take much memory."""

    def __init__(self, rows: Set[int], make: Callable[[int], RowChange]) -> None:
        self._rows, self._make = rows, make

    def __getitem__(self, row: int) -> RowChange:
        return self._make(row)

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
