"""Rows that are written together: the same cells and the same bytes as one by one."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.cells import gridreading, gridwriting
from kam_excel.headless.cells.cellxml import cell
from kam_excel.headless.cells.columnxml import column_cells
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.values import Formula
from kam_excel.headless.references.addressing import Area

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COLUMNS = '<cols><col min="2" max="3" width="9" style="4"/></cols>'
STORED = '<row r="3"><c r="B3" s="2"><v>1</v></c></row><row r="40"/>'
FORMATS = SimpleNamespace(is_date=lambda xf: xf == 1)

contents = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 1.0, 45000.0, "", " a", "<&>", "二\n", "_x0041_", "=1", "\x01"]),
)
corners = st.tuples(st.integers(1, 12), st.integers(1, 5), st.integers(1, 4), st.integers(1, 3))


@st.composite
def edits(draw):
    """Writes and changes of formats, in any order and place."""
    found = []
    for _ in range(draw(st.integers(1, 6))):
        row, column, height, width = draw(corners)
        area = Area(row, column, row + height - 1, column + width - 1)
        if draw(st.booleans()):
            line = st.lists(contents, min_size=width, max_size=width)
            found.append((area, draw(st.lists(line, min_size=height, max_size=height))))
        else:
            whole = draw(st.sampled_from(["", "", "rows", "columns"]))
            found.append((area, (draw(st.sampled_from([0, 1, 5])), whole)))
    return found


def edited(sheet: Grid, steps) -> Grid:
    for area, what in steps:
        if isinstance(what, list):
            sheet.write(area.row1, area.col1, what)
            continue
        style, whole = what
        if whole == "rows":
            area = Area(area.row1, 1, area.row2, 16384)
        elif whole == "columns":
            area = Area(1, area.col1, 1048576, area.col2)
        sheet.restyle(area, lambda xf, style=style: style if xf != 5 else xf)
    return sheet


def grid() -> Grid:
    xml = f'<worksheet xmlns="{MAIN}">{COLUMNS}<sheetData>{STORED}</sheetData></worksheet>'
    return Grid(xml.encode(), "xl/worksheets/sheet1.xml", [], FORMATS, False)


def take_few_for_many(patch):
    for module in (gridreading, gridwriting):
        patch.setattr(module, "MANY", 1)


@given(edits())
def test_together_is_one_by_one(steps):
    area = Area(1, 1, 41, 8)
    with pytest.MonkeyPatch.context() as patch:
        take_few_for_many(patch)
        together = edited(grid(), steps)
    one_by_one = edited(grid(), steps)
    for read in (Grid.values, Grid.contents):
        assert repr(read(together, area)) == repr(read(one_by_one, area))
    for row, column in area.cells():
        assert together.style(row, column) == one_by_one.style(row, column)
    assert together.used_area() == one_by_one.used_area()
    assert together.used_rows() == one_by_one.used_rows()
    assert together.touches(Area(1, 1, 5, 5)) == one_by_one.touches(Area(1, 1, 5, 5))
    assert together.flush() == one_by_one.flush()


@given(st.lists(st.tuples(contents, st.integers(0, 3)), min_size=1), st.sampled_from(["", "x:"]))
def test_a_column_is_its_cells(cells, prefix):
    rows = [str(number) for number in range(1, len(cells) + 1)]
    values, styles = zip(*cells, strict=True)
    made = column_cells(prefix, "AB", rows, values, styles, [False] * len(cells))
    assert made == [
        cell(prefix, f"AB{row}", style, value)
        for row, value, style in zip(rows, values, styles, strict=True)
    ]


def test_what_cannot_be_held_together_is_written_all_the_same(monkeypatch):
    take_few_for_many(monkeypatch)
    sheet = grid()
    sheet.write(10, 1, [[Formula("1+1"), "a"]])
    assert b"<f>1+1</f>" in sheet.flush()
    assert sheet.formulas_changed
