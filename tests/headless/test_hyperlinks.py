import time

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.references.addressing import Area


def rewritten(app, path):
    """The sheet of a file that is opened again, and what a flush would change in its package."""
    book = app.books.open(path)
    return book.sheets[0], lambda: (book.impl.flush(), book.impl.package.changes())[1]


def saved(book, tmp_path, name="links.xlsx"):
    book.save(tmp_path / name)
    book.close()
    return tmp_path / name


def test_links_of_every_kind_are_read_back(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet["A1"].add_hyperlink("https://example.com/a b?x=1&y=%20#part", "网站", "打开")
    sheet["A2"].add_hyperlink("#'Sheet 2'!A12", "=1+1")
    sheet["A3"].add_hyperlink("#Rate")
    sheet["A4"].add_hyperlink("www.example.com")
    sheet["A5"].add_hyperlink(r"\\server\share\客户 1.xlsx")
    sheet["A6"].add_hyperlink("mailto:a@example.com?subject=x")
    path = saved(new_book, tmp_path)
    again, _ = rewritten(app, path)
    assert [again[f"A{row}"].impl.hyperlink for row in range(1, 7)] == [
        "https://example.com/a%20b?x=1&y=%20#part",
        "#'Sheet 2'!A12",
        "#Rate",
        "http://www.example.com",
        r"file:///\\server\share\客户%201.xlsx",
        "mailto:a@example.com?subject=x",
    ]
    assert again["A2"].value == "=1+1"
    assert again["A4"].value == "www.example.com"
    with pytest.raises(ValueError, match="hyperlink"):
        again["B1"].hyperlink  # noqa: B018
    links = {cell.coordinate: cell.hyperlink for cell in openpyxl.load_workbook(path).active["A"]}
    assert links["A1"].target == "https://example.com/a%20b?x=1&y=%20"
    assert (links["A1"].location, links["A1"].tooltip, links["A1"].display) == (
        "part",
        "打开",
        "网站",
    )
    assert (links["A2"].target, links["A2"].location) == (None, "'Sheet 2'!A12")
    assert links["A4"].tooltip is None


def test_a_link_looks_like_excels(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].font.bold = True
    sheet["A1:A2"].number_format = "@"
    for row in (1, 2):
        sheet.range((row, 1)).add_hyperlink("#A9", "x")
    assert sheet["A1"].font.color == (5, 99, 193)
    assert (sheet["A1"].font.bold, sheet["A2"].font.bold) == (True, False)
    styles, grid = new_book.impl.model.styles, sheet.impl.model.grid
    assert styles.format_of(grid.style(1, 1)).underline
    before = grid.style(2, 1)
    sheet["A2"].add_hyperlink("#A9", "y")
    assert grid.style(2, 1) == before


def test_addresses_share_a_relationship_and_leave_with_their_last_link(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    for row in range(1, 4):
        sheet.range((row, 1)).add_hyperlink("https://example.com", f"n{row}")
    path = saved(new_book, tmp_path)
    again, changes = rewritten(app, path)
    package, part = again.book.impl.package, again.impl.model.part
    assert [each.target for each in package.rels(part)] == ["https://example.com"]
    again["A1:A2"].clear()
    changes()
    assert len(package.rels(part)) == 1
    again["A3"].clear()
    changes()
    assert len(package.rels(part)) == 0
    assert b"hyperlink" not in package.read(part)


def test_the_same_again_changes_nothing(app, new_book, tmp_path):
    def fill(sheet):
        sheet["A1"].add_hyperlink("https://example.com", "a")
        sheet["A2"].add_hyperlink("#Sheet1!A1", "b", "tip")
        sheet["A3"].add_hyperlink("https://example.com/c")

    fill(new_book.sheets[0])
    path = saved(new_book, tmp_path)
    sheet, changes = rewritten(app, path)
    fill(sheet)
    assert changes() == {}
    sheet["A1:A3"].clear()
    fill(sheet)
    assert changes() == {}
    sheet["A2"].add_hyperlink("#Sheet1!A1", "other", "tip")
    assert changes() != {}


def test_clear_takes_links_out_and_clear_contents_does_not(new_book):
    sheet = new_book.sheets[0]
    for cell in ("A1", "B2", "C3"):
        sheet[cell].add_hyperlink("#A9", "x")
    sheet["A1:C3"].clear_contents()
    sheet["B2"].clear()
    assert sheet["A1"].hyperlink == "#A9"
    with pytest.raises(ValueError, match="hyperlink"):
        sheet["B2"].hyperlink  # noqa: B018
    sheet.clear()
    with pytest.raises(ValueError, match="hyperlink"):
        sheet["C3"].hyperlink  # noqa: B018


ODD = """<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<x:sheetData/>
<x:hyperlinks> <x:hyperlink location="Sheet1!A1" ref="B2:D4"  tooltip="t"/>
<x:hyperlink ref="F1" location="Sheet1!A1"/></x:hyperlinks>
<x:pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>
</x:worksheet>"""


@pytest.fixture
def odd(new_book):
    """A sheet with prefixes, without a declaration for relationships, with a link of 9 cells."""
    package, model = new_book.impl.package, new_book.impl.model
    package.write(model.sheets()[0].part, ODD.encode())
    return new_book


def test_a_link_of_many_cells_keeps_the_others(app, odd, tmp_path):
    sheet = odd.sheets[0]
    assert sheet["D2"].hyperlink == "#Sheet1!A1"
    sheet["C3"].add_hyperlink("https://example.com", "x")
    again, _ = rewritten(app, saved(odd, tmp_path))
    assert again["C3"].hyperlink == "https://example.com"
    others = {again.range(cell).hyperlink for cell in Area(2, 2, 4, 4).cells() if cell != (3, 3)}
    assert others == {"#Sheet1!A1"}
    assert again["F1"].hyperlink == "#Sheet1!A1"


def test_other_links_keep_their_bytes(odd):
    odd.sheets[0]["A1"].add_hyperlink("#A2")
    odd.impl.flush()
    data = odd.impl.package.read(odd.impl.model.sheets()[0].part).decode()
    new = '<x:hyperlink ref="A1" location="A2"/>'
    assert f'  tooltip="t"/>\n<x:hyperlink ref="F1" location="Sheet1!A1"/>{new}' in data


@pytest.mark.parametrize(
    ("address", "tip", "code"),
    [
        ("", None, "HYPERLINK_EMPTY"),
        ("#", None, "HYPERLINK_EMPTY"),
        ("https://" + "x" * 3000, "tip", "HYPERLINK_TOO_LONG"),
        ("https://example.com", "x" * 256, "HYPERLINK_TOO_LONG"),
    ],
)
def test_what_excel_does_not_take_is_refused(new_book, address, tip, code):
    with pytest.raises(WorkbookError) as error:
        new_book.sheets[0]["A1"].add_hyperlink(address, "x", tip)
    assert error.value.problems[0].code.name == code
    assert new_book.sheets[0]["A1"].value is None


def test_a_link_is_of_one_cell(new_book):
    with pytest.raises(ValueError, match="single cell"):
        new_book.sheets[0]["A1:B2"].add_hyperlink("#A9")


def test_thousands_of_links_take_little_time(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    start = time.perf_counter()
    for row in range(1, 3001):
        sheet.range((row, 1)).add_hyperlink(f"https://example.com/{row}", f"n{row}")
    path = saved(new_book, tmp_path)
    again, changes = rewritten(app, path)
    again["A1:A3000"].clear()
    assert changes() != {}
    assert time.perf_counter() - start < 10


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(location=texts, tip=texts, text=texts)
def test_words_come_back_as_they_were(app, location, tip, text):
    book = app.books.add()
    book.sheets[0]["A1"].add_hyperlink(f"#{location}", text, tip)
    book.impl.flush()
    model = book.impl.model.sheets()[0]
    link = model.hyperlinks.find(1, 1)
    assert (link.location, link.tip) == (location, tip)
    book.sheets[0]["A1"].add_hyperlink(f"#{location}", text, tip)
    before = book.impl.package.read(model.part)
    book.impl.flush()
    assert book.impl.package.read(model.part) == before
    book.close()
