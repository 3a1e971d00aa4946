"""Excel tables as formulas see them: which cells a structured reference stands for."""

from __future__ import annotations

from dataclasses import dataclass

from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references import structured
from kam_excel.headless.references.addressing import Area

_SPECIFIERS = frozenset(["#all", "#data", "#headers", "#totals", "#this row"])


@dataclass(frozen=True, slots=True)
class TableAreas:
    """A table: the part of its sheet, its name, its areas and its columns, casefolded."""

    part: str
    name: str
    area: Area
    header: Area | None
    body: Area | None
    totals: Area | None
    columns: tuple[str, ...]

    @classmethod
    def of(cls, part: str, table: TableXml) -> TableAreas:
        """The areas of a table as it is now."""
        columns = tuple(name.casefold() for name in table.column_names)
        areas = (table.area, table.header, table.body, table.totals)
        return cls(part, table.name, *areas, columns)

    def part_of(self, reference: str, row: int) -> Area | None:
        """The cells of a structured reference in a formula of `row`, None where it is odd."""
        inner = _inner(reference)
        items = structured.items(inner[1:-1])
        words = [item for item in items if item.startswith(("#", "@"))]
        names = [structured.unescaped(item) for item in items if item not in words]
        names += [item[1:] for item in words if item.startswith("@") and len(item) > 1]
        places = [self.columns.index(n) for name in names if (n := name.casefold()) in self.columns]
        known = all(word[0] == "@" or word.casefold() in _SPECIFIERS for word in words)
        rows = self._rows(reference, {word.casefold() for word in words}, row)
        if len(places) != len(names) or not known or rows is None:
            return None
        first, last = (min(places), max(places)) if places else (0, self.area.width - 1)
        return Area(rows.row1, self.area.col1 + first, rows.row2, self.area.col1 + last)

    def _rows(self, reference: str, words: set[str], row: int) -> Area | None:
        area = self.area
        if is_of_own_row(reference):
            return Area(row, area.col1, row, area.col2) if row in area.rows else None
        if "#all" in words:
            return area
        named = {"#data": self.body, "#headers": self.header, "#totals": self.totals}
        found = [named[word] for word in words if word in named] or [self.body]
        rows = found[0]
        for each in found[1:]:
            rows = rows.union(each) if rows and each else None
        return rows


def is_of_own_row(reference: str) -> bool:
    """Whether a structured reference stands for cells in the row of its formula."""
    inner = _inner(reference)
    return inner.startswith(("[@", "[[@")) or "#this row" in inner.casefold()


def _inner(reference: str) -> str:
    return reference[reference.index("[") :]
