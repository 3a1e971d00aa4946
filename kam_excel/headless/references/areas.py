"""Lists of areas, as rules that apply to cells hold them (sqref)."""

from __future__ import annotations

from collections.abc import Iterable

from kam_excel.headless.references.addressing import Area, cell_name, parse_area

Areas = tuple[Area, ...]
Run = tuple[int, int]  # its first and its last number


def parse_areas(text: str) -> Areas:
    """The areas of a list separated by blanks; none where one of them cannot be read."""
    try:
        return tuple(parse_area(each) for each in text.split())
    except ValueError:
        return ()


def areas_text(areas: Iterable[Area]) -> str:
    """The list as Excel writes it: whole columns by their first and last cells."""
    return " ".join(_text(area) for area in areas)


def _text(area: Area) -> str:
    first, last = cell_name(area.row1, area.col1), cell_name(area.row2, area.col2)
    return first if first == last else f"{first}:{last}"


def runs(numbers: Iterable[int]) -> list[Run]:
    """Rising numbers as runs without a gap."""
    found: list[Run] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def packed(cells: Iterable[tuple[int, int]]) -> Areas:
    """Cells (row, column) as few areas: runs down a column, and such runs side by side."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        columns.setdefault(column, []).append(row)
    found: list[Area] = []
    for column, rows in columns.items():
        for first, last in runs(rows):
            beside = Area(first, column - 1, last, column - 1)
            grown = next((each for each in found if _ends_with(each, beside)), None)
            if grown is None:
                found.append(Area(first, column, last, column))
            else:
                found[found.index(grown)] = Area(first, grown.col1, last, column)
    return tuple(sorted(found, key=lambda area: (area.row1, area.col1)))


def _ends_with(area: Area, column: Area) -> bool:
    rows = (area.row1, area.row2) == (column.row1, column.row2)
    return rows and area.col2 == column.col2


def touch(areas: Areas, area: Area) -> bool:
    """Whether some cell of `area` is among the areas."""
    return any(each.common(area) for each in areas)


def without(areas: Areas, area: Area) -> Areas:
    """What is left of the areas outside `area`; one that it cuts becomes up to four."""
    return tuple(rest for each in areas for rest in _outside(each, area))


def _outside(whole: Area, hole: Area) -> Iterable[Area]:
    cut = whole.common(hole)
    if cut is None:
        return [whole]
    rests = [
        Area(whole.row1, whole.col1, cut.row1 - 1, whole.col2),
        Area(cut.row1, whole.col1, cut.row2, cut.col1 - 1),
        Area(cut.row1, cut.col2 + 1, cut.row2, whole.col2),
        Area(cut.row2 + 1, whole.col1, whole.row2, whole.col2),
    ]
    return [rest for rest in rests if rest.height > 0 and rest.width > 0]


def within(areas: Areas, area: Area) -> Areas:
    """What of the areas lies in `area`."""
    return tuple(cut for each in areas if (cut := each.common(area)))


def moved(area: Area, rows: int, columns: int) -> Area:
    """An area of the same size, `rows` down and `columns` to the right."""
    return Area(area.row1 + rows, area.col1 + columns, area.row2 + rows, area.col2 + columns)


def corner(areas: Areas) -> tuple[int, int]:
    """The cell from which formulas of a rule are seen: the first one around all its areas."""
    return min(area.row1 for area in areas), min(area.col1 for area in areas)
