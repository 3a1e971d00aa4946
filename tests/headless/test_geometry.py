import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.cells.geometry import Geometry, Marker
from kam_excel.headless.model.book import WorkbookModel
from kam_excel.headless.package.blank import PARTS
from kam_excel.headless.package.parts import Package


def sheet_geometry(inside: str, font: str = "Calibri", size: int = 11) -> Geometry:
    """The geometry of a sheet with this XML before its rows, in a book of that font."""
    package = Package.blank()
    styles = PARTS["xl/styles.xml"].replace("Calibri", font).replace('"11"', f'"{size}"')
    package.write("xl/styles.xml", styles.encode())
    part = "xl/worksheets/sheet1.xml"
    package.write(part, PARTS[part].replace("<sheetData/>", inside).encode())
    model = WorkbookModel(package, "book.xlsx")
    return Geometry(model.sheets()[0].grid, model.styles)


@pytest.mark.parametrize(
    ("inside", "font", "size", "width", "height"),
    [
        ("<sheetData/>", "Calibri", 11, 48.0, 15.0),
        ("<sheetData/>", "宋体", 11, 54.0, 15.0),
        ("<sheetData/>", "Arial", 10, 48.0, 15.0),
        ('<sheetFormatPr defaultColWidth="9" defaultRowHeight="13.5"/><sheetData/>', "宋体", 11,
         54.0, 13.5),
        ('<sheetFormatPr baseColWidth="10" defaultRowHeight="15.9"/><sheetData/>', "Calibri", 11,
         60.0, 15.75),
        ('<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/><sheetData/>', "Calibri", 11,
         48.0, 0.0),
    ],
)  # fmt: skip
def test_default_sizes_follow_the_font_and_the_sheet(inside, font, size, width, height):
    geometry = sheet_geometry(inside, font, size)
    assert (geometry.columns.size(7), geometry.rows.size(7)) == (width, height)


SIZES = """<cols><col min="2" max="3" width="20.7109375" customWidth="1"/>\
<col min="5" max="5" width="9" hidden="1"/></cols>\
<sheetData><row r="2" ht="30" customHeight="1"/><row r="4" hidden="1"/></sheetData>"""


def test_places_count_what_lies_before():
    geometry = sheet_geometry(SIZES)
    lefts = [geometry.columns.start(column) for column in range(1, 8)]
    assert lefts == [0.0, 48.0, 156.75, 265.5, 313.5, 313.5, 361.5]
    assert [geometry.rows.start(row) for row in range(1, 7)] == [0.0, 15.0, 45.0, 60.0, 60.0, 75.0]


def test_a_place_in_points_is_a_cell_and_an_offset():
    geometry = sheet_geometry(SIZES)
    assert geometry.marker(50, 20) == Marker(2, 2, down=5 * 12700, right=2 * 12700)
    assert geometry.marker(313.5, 60) == Marker(5, 6)
    assert geometry.marker(-5, 0) == Marker(1, 1)


@given(left=st.integers(0, 50_000), top=st.integers(0, 500_000))
def test_a_marker_is_where_it_was_asked_for(left, top):
    geometry = sheet_geometry(SIZES)
    assert geometry.point(geometry.marker(left, top)) == pytest.approx((left, top), abs=1e-4)


def test_ranges_tell_where_they_are(new_book):
    sheet = new_book.sheets[0]
    sheet["B1"].column_width = 20
    sheet["A2"].row_height = 30
    cells = sheet["B2:C3"]
    assert (cells.left, cells.top, cells.width, cells.height) == (48.0, 15.0, 156.75, 45.0)
    assert sheet["A:B"].width == 156.75
