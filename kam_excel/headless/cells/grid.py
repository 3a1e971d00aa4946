"""The cells of one sheet: what is stored with what was written since, until `flush`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from xml.parsers import expat

from lxml import etree

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.block import Block
from kam_excel.headless.cells.cellxml import Strings
from kam_excel.headless.cells.columns import Columns
from kam_excel.headless.cells.matrix import Matrix, matrix
from kam_excel.headless.cells.sheetxml import CellXml, NewRows, RowChange, SheetXml, unusual
from kam_excel.headless.cells.stored import DateStyles, Formats, StoredCells
from kam_excel.headless.cells.values import (
    NOT_COMPUTED,
    ArrayFormula,
    Content,
    Formula,
    RichText,
    Value,
    from_serial,
)
from kam_excel.headless.package.spool import Data
from kam_excel.headless.references.addressing import (
    MAX_COLUMN,
    Area,
    cell_name,
    column_letters,
    parse_area,
)
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.tree import MAIN, parse

Restyle = Callable[[int], int]

MANY = 2000  # cells from which on they are read in bulk


class Grid:
    """Reads and writes the cells of a sheet; `flush` gives the part with all changes in it.

    Cells hold contents (numbers, text, booleans, errors, formulas) and show values: a number
    with a date format shows a datetime, a formula its cached value.
    """

    def __init__(
        self, data: Data, part: str, strings: Strings, formats: Formats, date1904: bool
    ) -> None:
        self.part = part
        self.date1904 = date1904
        self._strings = strings
        self._dates = DateStyles(formats)
        self.revision = 0  # grows with every write
        self._load(data)

    def _load(self, data: Data) -> None:
        self._data: Data | None = data
        self._stored: StoredCells | None = None
        self._contents: dict[int, dict[int, Content]] = {}
        self._styles: dict[int, dict[int, int]] = {}
        self._row_attributes: dict[int, dict[str, str | None]] = {}
        self._blocks: list[Block] = []
        self._arrays: list[Area] = []
        self._columns: Columns | None = None
        self._merges: tuple[bytes, list[Area]] | None = None
        self._computed: dict[int, dict[int, Content]] = {}
        self.formulas_changed = False

    @property
    def stored(self) -> StoredCells:
        """The sheet as it was at the latest flush."""
        if self._stored is None:
            assert self._data is not None
            sheet = _scanned(self._data, self.part)
            self._stored = StoredCells(sheet, self._strings, self._dates, self.date1904)
            self._data = None
        return self._stored

    @property
    def is_scanned(self) -> bool:
        """Whether the rows were looked for since the latest flush."""
        return self._stored is not None

    @property
    def shell(self) -> Shell:
        """The sheet's XML around the rows: edits of it are part of the next flush."""
        return self.stored.sheet.shell

    @property
    def columns(self) -> Columns:
        """Widths and formats of whole columns."""
        if self._columns is None or self._columns.made_from is not self.shell.data:
            try:
                self._columns = Columns(self.shell)
            except (KeyError, ValueError) as error:
                raise unusual(self.part, f"cols: {error}") from error
        return self._columns

    # reading ----------------------------------------------------------------

    def value(self, row: int, column: int) -> Value:
        """What a cell shows."""
        return self._row_values(row).get(column)

    def values(self, area: Area) -> list[list[Value]]:
        """What the cells of an area show, row by row."""
        if area.height * area.width >= MANY:
            rows: list[list[Value]] = self.matrix(area).cells.tolist()
            return rows
        columns = area.columns
        return [list(map(self._row_values(row).get, columns)) for row in area.rows]

    def matrix(self, area: Area) -> Matrix:
        """What the cells of an area show, read in bulk."""
        result = matrix(self.stored, area)
        for row in self._pending_rows() | self._computed.keys():
            if row in area.rows:
                values = self._row_values(row)
                result.cells[row - area.row1] = list(map(values.get, area.columns))
                result.is_clean = False
        return result

    def _pending(self, row: int) -> tuple[Mapping[int, Content], Mapping[int, int]]:
        """Contents and cell formats that a row was given since the latest flush, by column."""
        for block in self._blocks:
            if row in block:
                return block.contents(row), block.styles(row)
        return self._contents.get(row, {}), self._styles.get(row, {})

    def _own_style(self, row: int, column: int) -> int | None:
        for block in self._blocks:
            if row in block:
                return block.style(row, column)
        return self._styles.get(row, {}).get(column)

    def _pending_rows(self) -> set[int]:
        """The rows that were given contents or formats."""
        rows = self._contents.keys() | self._styles.keys()
        return rows.union(*(block.area.rows for block in self._blocks))

    def _row_values(self, row: int) -> dict[int, Value]:
        stored = self.stored.row(row).values
        pending, styles = self._pending(row)
        computed = self._computed.get(row)
        if not pending and not styles and computed is None:
            return stored
        values = dict(stored)
        cells = self.stored.cells(row) if styles else {}
        for column in styles:
            if column in cells:
                content = self.stored.content(row, cells[column])
                if not isinstance(content, Formula):
                    values[column] = self._shown(content, row, column)
        for column, content in (computed or {}).items():
            values[column] = self._shown(content, row, column)
        for column, content in pending.items():
            values[column] = self._shown(content, row, column)
        return values

    def _shown(self, content: Content, row: int, column: int) -> Value:
        if isinstance(content, Formula):
            return NOT_COMPUTED
        if isinstance(content, RichText):
            return str(content)
        if type(content) is float and self.style(row, column) in self._dates:
            return from_serial(content, self.date1904)
        return content

    def content(self, row: int, column: int) -> Content:
        """What a cell holds: a formula, or its value with dates as numbers."""
        pending, _ = self._pending(row)
        if column in pending:
            return pending[column]
        cell = self.stored.cells(row).get(column)
        return self.stored.content(row, cell) if cell else None

    def show_computed(self, values: Mapping[tuple[int, int], Content]) -> None:
        """Show values for formulas, by row and column, in place of the stored ones.

        NOT_COMPUTED is one of them. They replace those that were given before.
        """
        self._computed = {}
        for (row, column), value in values.items():
            self._computed.setdefault(row, {})[column] = value

    def holds_formulas(self, area: Area) -> bool:
        """Whether any cell of an area has a formula."""
        if any(row in area.rows for row in self.stored.formula_rows):
            return True
        pending = (cells for row, cells in self._contents.items() if row in area.rows)
        return any(isinstance(content, Formula) for cells in pending for content in cells.values())

    def lacks_values(self, area: Area) -> bool:
        """Whether a formula of an area has no value yet."""
        rows = (row for row in self.stored.formula_rows if row in area.rows)
        return any(NOT_COMPUTED in self._row_values(row).values() for row in rows)

    def contents(self, area: Area) -> list[list[Content]]:
        """What the cells of an area hold, row by row."""
        result = []
        for row in area.rows:
            cells, (pending, _) = self.stored.cells(row), self._pending(row)
            held = {c: self.stored.content(row, cells[c]) for c in area.columns if c in cells}
            held |= pending
            result.append([held.get(column) for column in area.columns])
        return result

    def rich_text(self, row: int, column: int) -> etree._Element | None:
        """The element around the text of a cell, with the looks of its parts.

        None where the cell holds no text, or one that was written since the latest flush.
        """
        pending, _ = self._pending(row)
        if column in pending:
            content = pending[column]
            markup = content.markup if isinstance(content, RichText) else ""
            return parse(f'<is xmlns="{MAIN}">{markup}</is>'.encode()) if markup else None
        cell = self.stored.cells(row).get(column)
        return self.stored.rich_text(cell) if cell else None

    def style(self, row: int, column: int) -> int:
        """The cell format of a cell, or the one that it would get from its row or column."""
        pending = self._own_style(row, column)
        if pending is not None:
            return pending
        stored = self.stored.row(row).styles
        return stored[column] if column in stored else self._default_style(row, column)

    def _default_style(self, row: int, column: int) -> int:
        style = self._row_style(row)
        return self.columns.style(column) if style is None else style

    def _row_style(self, row: int) -> int | None:
        """The cell format of a whole row, or None where it has none."""
        if row in self._row_attributes or row in self.stored.sheet.rows:
            given = self.row_attributes(row)
            if given.get("customFormat") in ("1", "true"):
                return int(given.get("s", 0))
        return None

    def _is_plain(self, row: int) -> bool:
        """Whether neither a row nor any column has a cell format for cells that are not there."""
        return not self.columns.have_styles and self._row_style(row) is None

    def row_attributes(self, row: int) -> dict[str, str]:
        """The attributes of a row, such as `ht`, with those changed since."""
        given: dict[str, str | None] = {**self.stored.sheet.row_attributes(row)}
        given |= self._row_attributes.get(row, {})
        return {name: value for name, value in given.items() if value is not None}

    def used_area(self) -> Area | None:
        """The smallest area around every cell with a value or a format of its own."""
        area = self.stored.used_area
        for row in self._contents.keys() | self._styles.keys():
            columns = [
                c for c, content in self._contents.get(row, {}).items() if content is not None
            ]
            columns += self._styles.get(row, {})
            if columns:
                found = Area(row, min(columns), row, max(columns))
                area = area.union(found) if area else found
        for block in self._blocks:
            used = block.used()
            area = area.union(used) if area and used else area or used
        return area

    def has_row(self, row: int) -> bool:
        """Whether a row has cells or attributes of its own."""
        pending = (self._contents, self._styles, self._row_attributes)
        return (
            row in self.stored.sheet.rows
            or any(row in each for each in pending)
            or any(row in block for block in self._blocks)
        )

    def used_rows(self) -> list[int]:
        """The rows that have cells or attributes of their own, in order."""
        pending = self._pending_rows() | self._row_attributes.keys()
        return sorted(pending | self.stored.sheet.rows.keys())

    def used_columns(self, row: int) -> set[int]:
        """The columns of a row that have a cell."""
        contents, styles = self._pending(row)
        pending = contents.keys() | styles.keys()
        return pending | self.stored.row(row).styles.keys()

    def merges(self) -> list[Area]:
        """The merged areas."""
        if self._merges is None or self._merges[0] is not self.shell.data:
            cells = self.shell.items("mergeCells", "mergeCell")
            try:
                merges = [parse_area(each.attributes["ref"]) for each in cells]
            except (KeyError, ValueError) as error:
                raise unusual(self.part, f"mergeCells: {error}") from error
            self._merges = self.shell.data, merges
        return self._merges[1]

    def arrays(self) -> list[Area]:
        """The areas of array formulas, dynamic ones and data tables, as they are now."""
        stored = [
            each
            for each in self.stored.arrays()
            if each.col1 not in self._contents.get(each.row1, {})
        ]
        return stored + self._arrays

    # writing ----------------------------------------------------------------

    def write_array(self, area: Area, formula: ArrayFormula) -> None:
        """Let a formula give the values of an area, which are not computed yet."""
        rows: list[list[Content]] = [[NOT_COMPUTED] * area.width for _ in area.rows]
        rows[0][0] = ArrayFormula(formula, area.height, area.width, formula.metadata)
        self.write(area.row1, area.col1, rows)
        self._arrays.append(area)

    def write(self, row: int, column: int, rows: Sequence[Sequence[Content]]) -> None:
        """Write contents from a first cell on; None empties a cell and leaves its format.

        Raises WorkbookError for part of an array formula or of a merged area.
        """
        if not rows or not rows[0]:
            return
        area = Area(row, column, row + len(rows) - 1, column + len(rows[0]) - 1)
        self._refuse_part_of_array(area)
        self._refuse_part_of_merge(area, rows)
        self._put(row, column, rows)

    def write_columns(self, row: int, column: int, columns: Sequence[Sequence[Content]]) -> None:
        """Write contents from a first cell on, given column by column; else as `write`."""
        area = Area(row, column, row + len(columns[0]) - 1, column + len(columns) - 1)
        merged = any(area.common(merge) for merge in self.merges())
        if merged or not self._hold(area, columns):
            self.write(row, column, list(zip(*columns, strict=True)))
            return
        self.revision += 1
        self._forget_computed(area)

    def _put(self, row: int, column: int, rows: Sequence[Sequence[Content]]) -> None:
        area = Area(row, column, row + len(rows) - 1, column + len(rows[0]) - 1)
        self.revision += 1
        self._forget_computed(area)
        if self._hold(area, rows, by_row=True):
            return
        self._settle(area)
        for number, contents in enumerate(rows, row):
            if number in self.stored.sheet.rows:
                self._write_over(number, column, contents)
            else:
                self._contents.setdefault(number, {}).update(enumerate(contents, column))

    def _forget_computed(self, area: Area) -> None:
        for row in [row for row in self._computed if row in area.rows]:
            for column in [column for column in self._computed[row] if column in area.columns]:
                del self._computed[row][column]

    def _hold(
        self, area: Area, contents: Sequence[Sequence[Content]], by_row: bool = False
    ) -> bool:
        """Hold contents together where they are many, plain, and in new rows; whether they are."""
        if area.height * area.width < MANY or self._knows_rows(area):
            return False
        columns = list(zip(*contents, strict=True)) if by_row else contents
        if Block.takes(columns):
            self._blocks.append(Block(area, columns))
            return True
        return False

    def _knows_rows(self, area: Area) -> bool:
        """Whether anything is stored in the rows of an area or was said of them."""
        following = self.stored.sheet.rows.following(area.row1)
        stored = following is not None and following.number <= area.row2
        pending = self._pending_rows() | self._row_attributes.keys()
        return stored or any(row in area.rows for row in pending)

    def _settle(self, area: Area) -> None:
        """Hold the rows of blocks that an area has rows of one by one."""
        for block in [each for each in self._blocks if each.shares_rows(area)]:
            self._blocks.remove(block)
            for row in block.area.rows:
                self._contents[row] = block.contents(row)
                if styles := block.styles(row):
                    self._styles[row] = styles

    def _write_over(self, row: int, column: int, contents: Sequence[Content]) -> None:
        cells = self.stored.cells(row)
        pending = self._contents.setdefault(row, {})
        for number, content in enumerate(contents, column):
            cell = cells.get(number)
            old = self.stored.content(row, cell) if cell else None
            if self._same(old, content, row, number):
                pending.pop(number, None)
            else:
                pending[number] = content
        if not pending:
            del self._contents[row]

    def _same(self, old: Content, new: Content, row: int, column: int) -> bool:
        if isinstance(old, RichText):
            # A text that says the same keeps the looks of its parts.
            return old == new and (type(new) is str or old.is_like(new))
        if type(old) is not type(new) or old == new:
            return type(old) is type(new)
        if isinstance(old, float) and isinstance(new, float):
            return self._shown(old, row, column) == self._shown(new, row, column)
        return False

    def _refuse_part_of_array(self, area: Area) -> None:
        for array in self.arrays():
            if area.common(array) and not area.covers(array):
                if not self._spills(array) or (array.row1, array.col1) not in area:
                    raise WorkbookError(problem("PART_OF_ARRAY", Place(cell=str(area)), area=array))
                # What a dynamic formula spilled goes with it.
                self._put(array.row1, array.col1, [[None] * array.width for _ in array.rows])
        self._arrays = [array for array in self._arrays if not area.covers(array)]

    def _spills(self, array: Area) -> bool:
        formula = self.content(array.row1, array.col1)
        return isinstance(formula, ArrayFormula) and formula.metadata is not None

    def _refuse_part_of_merge(self, area: Area, rows: Sequence[Sequence[Content]]) -> None:
        for merge in self.merges():
            for row, column in common.cells() if (common := area.common(merge)) else ():
                first = (row, column) == (merge.row1, merge.col1)
                if not first and rows[row - area.row1][column - area.col1] is not None:
                    place = Place(cell=cell_name(row, column))
                    raise WorkbookError(problem("PART_OF_MERGE", place, area=merge))

    def fill(self, area: Area, content: Content) -> None:
        """Write one content into every cell of an area; None only where cells are."""
        if content is None:
            for part in self._used_parts(area):
                self._put(part.row1, part.col1, [[None] * part.width])
            return
        self.write(area.row1, area.col1, [[content] * area.width for _ in area.rows])

    def _used_parts(self, area: Area) -> Iterator[Area]:
        self._refuse_part_of_array(area)
        for row in self._rows_in(area):
            columns = [column for column in self.used_columns(row) if column in area.columns]
            if columns:
                yield Area(row, min(columns), row, max(columns))

    def _rows_in(self, area: Area) -> Iterable[int]:
        return (row for row in self.used_rows() if row in area.rows)

    def restyle(self, area: Area, change: Restyle) -> None:
        """Give the cells of an area other formats: `change` maps old to new.

        Whole columns and rows keep the new format for cells that are written later.
        """
        changed: dict[int, int] = {}

        def new(style: int) -> int:
            if style not in changed:
                changed[style] = change(style)
            return changed[style]

        # Cells first: those without a format of their own look as their row or column did.
        self._restyle_blocks(area, new)
        for rows in self._between_blocks(area):
            for row in self._rows_in(area) if area.whole_columns else rows:
                if row in rows:
                    self._restyle_row(row, area, new)
        if area.whole_columns:
            self.columns.restyle(area.col1, area.col2, new)
        elif area.whole_rows:
            for row in area.rows:
                self._restyle_whole_row(row, new)

    def _restyle_whole_row(self, row: int, new: Restyle) -> None:
        """Give a row another format for cells to come; where columns look otherwise, make cells."""
        own = self._row_style(row)
        base = self.columns.style(MAX_COLUMN) if own is None else own
        style = new(base)
        if own is None:
            self._settle(Area(row, 1, row, 1))
            pending = self._styles.get(row, {})
            given = self.stored.row(row).styles.keys() | pending.keys()
            columns = set(self.columns.unlike(base)) | self._contents.get(row, {}).keys()
            for column in columns - given:
                old = self.columns.style(column)
                if new(old) != (style if style != base else old):
                    self._styles.setdefault(row, {})[column] = new(old)
        if style != base:
            self.set_row(row, {"s": str(style), "customFormat": "1"})

    def _between_blocks(self, area: Area) -> Iterator[range]:
        """The rows of an area that are in no block."""
        row = area.row1
        for block in sorted(self._blocks, key=lambda each: each.area.row1):
            if block.shares_rows(area):
                yield range(row, block.area.row1)
                row = block.area.row2 + 1
        yield range(row, area.row2 + 1)

    def restyle_cells(self, column: int, rows: Sequence[int], change: Restyle) -> None:
        """Give cells of one column other formats, in rows that rise."""
        for block in self._blocks:
            if column in block.area.columns and rows[0] in block and rows[-1] in block:
                places = [row - block.area.row1 for row in rows]
                block.restyle(places, column, self.columns.style(column), change)
                return
        for first, last in _runs(rows):
            self.restyle(Area(first, column, last, column), change)

    def _restyle_blocks(self, area: Area, new: Restyle) -> None:
        """Restyle the cells of blocks in an area, which may have no other cells of their rows."""
        for block in [each for each in self._blocks if each.shares_rows(area)]:
            common = block.area.common(area)
            if common is None or (common.width < area.width and not area.whole_columns):
                self._settle(area)
                continue
            rows = slice(common.row1 - block.area.row1, common.row2 - block.area.row1 + 1)
            for column in common.columns:
                block.restyle(rows, column, self.columns.style(column), new)

    def _restyle_row(self, row: int, area: Area, new: Restyle) -> None:
        columns: Iterable[int] = area.columns
        if area.whole_columns or area.whole_rows:
            columns = [column for column in self.used_columns(row) if column in area.columns]
        stored = self.stored.row(row).styles
        pending = self._styles.setdefault(row, {})
        plain = self._is_plain(row)
        for column in columns:
            # A cell that is not there looks like its row or column: only others need be written.
            old = stored.get(column)
            if old is None:
                old = 0 if plain else self._default_style(row, column)
            style = new(pending.get(column, old))
            if style == old:
                pending.pop(column, None)
            else:
                pending[column] = style
        if not pending:
            del self._styles[row]

    def set_row(self, row: int, attributes: dict[str, str | None]) -> None:
        """Change attributes of a row, such as `ht`."""
        if "s" in attributes:
            self._settle(Area(row, 1, row, 1))
        stored = self.stored.sheet.row_attributes(row)
        pending = self._row_attributes.setdefault(row, {})
        pending |= attributes
        for name in [name for name, value in pending.items() if stored.get(name) == value]:
            del pending[name]
        if not pending:
            del self._row_attributes[row]

    def touches(self, area: Area) -> bool:
        """Whether something was written into an area since the latest flush."""
        if any(block.area.common(area) for block in self._blocks):
            return True
        return any(
            column in area.columns for row in area.rows for column in self._contents.get(row, {})
        )

    # flushing ---------------------------------------------------------------

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


def _scanned(data: Data, part: str) -> SheetXml:
    """The rows of a part and what is around them; raises WorkbookError where it is no XML."""
    try:
        sheet = SheetXml(data, part)
        splice.check(sheet.shell.data)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise unusual(part, str(error)) from error
    return sheet


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


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as (first, last) of each run without a gap."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
