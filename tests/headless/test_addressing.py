import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.references.addressing import (
    MAX_COLUMN,
    MAX_ROW,
    Area,
    column_letters,
    column_number,
    parse_area,
    quote_sheet,
    split_sheet,
)
from kam_excel.headless.references.areas import areas_text, packed, without

AREAS = st.builds(
    lambda row1, row2, col1, col2: Area(
        min(row1, row2), min(col1, col2), max(row1, row2), max(col1, col2)
    ),
    st.integers(1, MAX_ROW),
    st.integers(1, MAX_ROW),
    st.integers(1, MAX_COLUMN),
    st.integers(1, MAX_COLUMN),
)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A1", Area(1, 1, 1, 1)),
        ("$b$3", Area(3, 2, 3, 2)),
        ("A1:C3", Area(1, 1, 3, 3)),
        ("C3:A1", Area(1, 1, 3, 3)),
        ("A:C", Area(1, 1, MAX_ROW, 3)),
        ("$2:$5", Area(2, 1, 5, MAX_COLUMN)),
        ("XFD1048576", Area(MAX_ROW, MAX_COLUMN, MAX_ROW, MAX_COLUMN)),
    ],
)
def test_parses_addresses(text, area):
    assert parse_area(text) == area


@pytest.mark.parametrize("text", ["", "A0", "1A", "XFE1", "A1048577", "A1:B", "Sales", "A1:B2:C3"])
def test_refuses_what_is_no_address(text):
    with pytest.raises(ValueError, match=r"address|column|row"):
        parse_area(text)


@given(AREAS, st.booleans(), st.booleans())
def test_an_address_names_the_area_it_was_made_from(area, row_absolute, column_absolute):
    assert parse_area(area.address(row_absolute, column_absolute)) == area


@given(st.integers(1, MAX_COLUMN))
def test_letters_and_numbers_of_columns_correspond(number):
    assert column_number(column_letters(number)) == number


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("Sales", "Sales"),
        ("销售", "销售"),
        ("Q1 '25", "'Q1 ''25'"),
        ("A1", "'A1'"),
        ("2025", "'2025'"),
        ("R1C1", "'R1C1'"),
    ],
)
def test_quotes_sheets_and_reads_them_back(name, quoted):
    assert quote_sheet(name) == quoted
    assert split_sheet(f"={quoted}!$A$1") == (name, "$A$1")


def test_drops_the_book_of_a_reference():
    assert split_sheet("'[Book 1.xlsx]Sales'!B2") == ("Sales", "B2")
    assert quote_sheet("Sales", "Book 1.xlsx") == "'[Book 1.xlsx]Sales'"


@pytest.mark.parametrize(
    ("cells", "areas"),
    [
        ("A1", "A1"),
        ("A1 A2 A3", "A1:A3"),
        ("A1 B1 A2 B2", "A1:B2"),
        ("A1 A3", "A1 A3"),
        ("A1 A2 B1 B2 B3", "A1:A2 B1:B3"),
        ("F16 G16 F17 G17 F4", "F4 F16:G17"),
    ],
)
def test_cells_are_packed_into_areas(cells, areas):
    places = [(area.row1, area.col1) for area in map(parse_area, cells.split())]
    assert areas_text(packed(places)) == areas


@given(st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6))))
def test_packed_areas_hold_each_cell_once(cells):
    found = [cell for area in packed(cells) for cell in area.cells()]
    assert sorted(found) == sorted(cells)


NEAR = st.builds(
    lambda row, col, height, width: Area(row, col, row + height, col + width),
    *[st.integers(1, 5)] * 2,
    *[st.integers(0, 4)] * 2,
)


@given(NEAR, NEAR)
def test_an_area_without_another_is_the_rest_of_its_cells(area, hole):
    rest = [cell for piece in without((area,), hole) for cell in piece.cells()]
    assert len(rest) == len(set(rest))
    assert set(rest) == set(area.cells()) - set(hole.cells())
