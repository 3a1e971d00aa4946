"""Laws of ranges: what is written is what is read, and saving in between changes nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import itertools

import openpyxl
import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kam_excel import headless
from kam_excel.errors import WorkbookError
from kam_excel.headless.api.books import Book
from kam_excel.headless.package.parts import Package

_SLOW_START = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
_FIRST, _LAST = dt.datetime(1904, 1, 2), dt.datetime(9999, 12, 31, 23, 59, 59)
moments = st.datetimes(_FIRST, _LAST).map(
    lambda m: m.replace(microsecond=m.microsecond // 1000 * 1000)
)
numbers = st.floats(allow_nan=False, allow_infinity=False)
# A leading sign makes a formula, an apostrophe is a mark, and error values are no text.
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(
    lambda text: text[0] not in "='#"
)
values = st.one_of(st.none(), numbers, st.booleans(), texts, moments, st.just("#N/A"))
tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(values, min_size=width, max_size=width), min_size=1, max_size=3)
)


NUMBER = itertools.count()


def opened(package):
    """A book of the engine over a package."""
    headless.register(activate=False)
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    return xw.Book(impl=Book(app.impl.books, package, f"{next(NUMBER)}.xlsx"))


def saved(book):
    """The package as a file would hold it."""
    stream = io.BytesIO()
    book.impl.flush()
    book.impl.package.save_to(stream)
    return stream.getvalue()


@pytest.mark.parametrize("date1904", [False, True])
@given(table=tables)
@_SLOW_START
def test_what_is_written_is_what_is_read(table, date1904):
    package = Package.blank()
    if date1904:
        data = package.read("xl/workbook.xml")
        package.write(
            "xl/workbook.xml", data.replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
        )
    book = opened(package)
    cells = book.sheets[0]["B2"].resize(len(table), len(table[0]))
    cells.value = table
    expected = [[float(v) if type(v) is int else v for v in row] for row in table]
    assert cells.options(ndim=2, err_to_str=True).value == expected
    raw = saved(book)
    again = opened(Package(raw)).sheets[0][cells.address]
    assert again.options(ndim=2, err_to_str=True).value == expected
    pairs = zip(itertools.chain(*table), seen_by_openpyxl(raw, cells), strict=True)
    assert [(one, two) for one, two in pairs if comparable(one) and one != two] == []
    assert CalamineWorkbook.from_filelike(io.BytesIO(raw)).sheet_names == ["Sheet1"]


def comparable(value):
    """Whether openpyxl reads a value as it is: it rounds times and undoes no escapes."""
    return value.isprintable() if isinstance(value, str) else not isinstance(value, dt.datetime)


def seen_by_openpyxl(raw, cells):
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    rows = sheet[cells.get_address(False, False)]
    rows = rows if isinstance(rows, tuple) else ((rows,),)
    return [each.value for row in rows for each in row]


addresses = st.sampled_from(["A1", "A1:C3", "B2:B4", "2:2", "C:C", "D4"])
EDITS = {
    "value": lambda cells, n: setattr(cells, "value", n),
    "color": lambda cells, n: setattr(cells, "color", (n, 0, 0)),
    "bold": lambda cells, n: setattr(cells.font, "bold", n % 2 == 0),
    "border": lambda cells, n: cells.borders.set("outside", line_style="continuous"),
    "no border": lambda cells, n: cells.borders.clear(),
    "format": lambda cells, n: setattr(cells, "number_format", "0.0"),
    "indent": lambda cells, n: cells.adjust_indent(1),
    "clear": lambda cells, n: cells.clear_contents(),
    "plain": lambda cells, n: cells.clear_formats(),
    "hide": lambda cells, n: setattr(cells.columns, "hidden", n % 2 == 0),
    "sort": lambda cells, n: cells.sort(1),
    "replace": lambda cells, n: cells.replace_all("1", "2"),
    "array": lambda cells, n: setattr(cells[0, 0], "formula_array", "=SUM(F1:F3*2)"),
}
steps = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), addresses, st.integers(0, 12)), max_size=4
)


def carried_out(book, step):
    name, address, number = step
    if ":" in address and name in ("value", "array") and not address[0].isalpha():
        address = "A2:D2"  # whole rows of values are many
    if address == "C:C" and name == "value":
        address = "C1:C4"
    with contextlib.suppress(WorkbookError):  # rows of an array formula are not sorted
        EDITS[name](book.sheets[0][address], number)


@given(steps)
@settings(max_examples=25, deadline=None)
def test_two_edits_in_one_session_equal_two_sessions(edits):
    at_once = opened(Package.blank())
    at_once.sheets[0]["A1"].value = [[3, "x1"], [1, "y"], [2, None]]
    one_by_one = saved(at_once)
    for step in edits:
        carried_out(at_once, step)
        book = opened(Package(one_by_one))
        carried_out(book, step)
        one_by_one = saved(book)
    assert looks(opened(Package(saved(at_once)))) == looks(opened(Package(one_by_one)))


def looks(book):
    """What the cells of a book hold and how they look."""
    sheet = book.sheets[0]
    grid, styles = sheet.impl.model.grid, book.impl.model.styles
    cells = {
        (row, column): (grid.content(row, column), styles.format_of(grid.style(row, column)))
        for row in range(1, 7)
        for column in range(1, 7)
    }
    return cells, [sheet[:, n].column_width for n in range(6)], grid.arrays()
