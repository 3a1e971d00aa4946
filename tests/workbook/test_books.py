"""What holds for a whole book: its date system, the areas that it names, its tables."""

import datetime as dt
import sys
from types import SimpleNamespace
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.adapter import hidden_rows, named_areas, uses_1904
from kam_excel.workbook.sheetcells import read_sheet

DAY = dt.datetime(2026, 1, 5, 13, 30)


# dates ------------------------------------------------------------------------


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_are_right_in_both_systems(tmp_path, from_1904):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": from_1904}) as book:
        sheet = book.add_worksheet()
        dated = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        days = [DAY, dt.datetime(1904, 1, 2), dt.datetime(9999, 12, 31)]
        for row, day in enumerate(days):
            sheet.write_datetime(row, 0, day, dated)
            sheet.write_formula(row, 1, f"=A{row + 1}", dated)
    with open_headless(path) as book:
        assert uses_1904(book) is from_1904
        cells = read_sheet(book.sheets[0])
    assert cells.columns[1] == days
    assert cells.columns[2] == days


def test_the_date_system_is_asked_of_excel(monkeypatch):
    app = SimpleNamespace(engine=SimpleNamespace(name="excel"))
    api = SimpleNamespace(Date1904=True, date_1904=SimpleNamespace(get=lambda: True))
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert uses_1904(SimpleNamespace(app=app, api=api)) is True


# names ------------------------------------------------------------------------

NAMES = {
    "orders": "'Q1 ''26'!$B$3:$D$9",
    "one": "Plain!$A$1",
    "columns": "Plain!$A:$C",
    "gone": "Plain!#REF!",
    "lost": "#REF!$A$1",
    "constant": "0.13",
    "text": '"Plain!$A$1"',
    "several": "Plain!$A$1:$A$3,Plain!$C$1",
    "moving": "OFFSET(Plain!$A$1,0,0,5,1)",
    "elsewhere": "[1]Plain!$A$1:$B$2",
    "span": "Plain:Secret!$A$1",
    "concealed": "Secret!$A$1:$B$2",
    "relative": "Plain!A1:B2",
    "_xlnm._FilterDatabase": "Plain!$A$1:$B$9",
    "_xlnm.Print_Area": "Plain!$A$1:$B$9",
    "_xlnm.Database": "Plain!$A$1:$B$9",
}
AREAS = {
    "orders": ("Q1 '26", 3, 2, 9, 4),
    "one": ("Plain", 1, 1, 1, 1),
    "columns": ("Plain", 1, 1, 1_048_576, 3),
    "relative": ("Plain", 1, 1, 2, 2),
    "Database": ("Plain", 1, 1, 9, 2),
    "'Q1 ''26'!orders": ("Q1 '26", 3, 2, 4, 4),
}


def test_names_of_one_plain_area_of_a_visible_sheet(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Plain"
    local = book.create_sheet("Q1 '26")
    book.create_sheet("Secret").sheet_state = "hidden"
    for name, text in NAMES.items():
        book.defined_names[name] = DefinedName(name, attr_text=text)
    book.defined_names["unseen"] = DefinedName("unseen", attr_text="Plain!$A$1", hidden=True)
    local.defined_names["orders"] = DefinedName("orders", attr_text="'q1 ''26'!$B$3:$D$4")
    book.save(tmp_path / "a.xlsx")
    with open_headless(tmp_path / "a.xlsx") as book:
        assert named_areas(book) == AREAS


def test_a_name_of_a_sheet_that_there_is_not_is_left_out(tmp_path):
    book = openpyxl.Workbook()
    book.active.defined_names["local"] = DefinedName("local", attr_text="Sheet!$A$1")
    book.defined_names["ours"] = DefinedName("ours", attr_text="Sheet!$A$1")
    book.save(tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as old, ZipFile(tmp_path / "b.xlsx", "w") as new:
        for part in old.namelist():
            data = old.read(part).replace(b'localSheetId="0"', b'localSheetId="7"')
            new.writestr(part, data)
    with open_headless(tmp_path / "b.xlsx") as book:
        assert named_areas(book) == {"ours": ("Sheet", 1, 1, 1, 1)}


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_names_are_asked_of_excel(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)

    def name(text, refers_to, visible=True):
        api = SimpleNamespace(Visible=visible, visible=SimpleNamespace(get=lambda: visible))
        return SimpleNamespace(name=text, refers_to=f"={refers_to}", api=api)

    stored = {text.removeprefix("_xlnm."): refers_to for text, refers_to in NAMES.items()}
    book = SimpleNamespace(
        app=SimpleNamespace(engine=SimpleNamespace(name="excel")),
        sheets=[
            SimpleNamespace(name="Plain", visible=True),
            SimpleNamespace(name="Q1 '26", visible=True),
            SimpleNamespace(name="Secret", visible=False),
        ],
        names=[
            *(name(text, refers_to) for text, refers_to in stored.items()),
            name("unseen", "Plain!$A$1", visible=False),
            name("Plain!Print_Titles", "Plain!$1:$1"),
            name("'Q1 ''26'!orders", "'Q1 ''26'!$B$3:$D$4"),
        ],
    )
    assert named_areas(book) == AREAS


# tables -----------------------------------------------------------------------


def table_of(path, options, area="B3:C7"):
    """The bands of a table that XlsxWriter made, by their addresses."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(2, 7):
            sheet.write_row(row, 1, [f"C{row}", row])
        sheet.add_table(area, {"name": "sales", **options})
    with open_headless(path) as book:
        (table,) = book.sheets[0].tables
        bands = table.header_row_range, table.data_body_range, table.totals_row_range
        return [each and each.address for each in bands]


@pytest.mark.parametrize(
    ("options", "bands"),
    [
        ({}, ["$B$3:$C$3", "$B$4:$C$7", None]),
        ({"total_row": True}, ["$B$3:$C$3", "$B$4:$C$6", "$B$7:$C$7"]),
        ({"header_row": False}, [None, "$B$3:$C$7", None]),
        ({"header_row": False, "total_row": True}, [None, "$B$3:$C$6", "$B$7:$C$7"]),
        ({"autofilter": False}, ["$B$3:$C$3", "$B$4:$C$7", None]),
    ],
)
def test_a_table_tells_its_header_its_data_and_its_totals(tmp_path, options, bands):
    assert table_of(tmp_path / "a.xlsx", options) == bands


def test_a_filtered_table_keeps_its_hidden_rows(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.add_table("A1:B5", {"name": "sales", "total_row": True})
        sheet.write_column("A2", ["a", "b", "a"])
    with open_headless(path) as book:
        (table,) = book.sheets[0].tables
        table.autofilter.apply_values(1, ["a"])
        assert hidden_rows(book.sheets[0], range(1, 6)) == {3}
        assert table.data_body_range.address == "$A$2:$B$4"
        assert table.totals_row_range.address == "$A$5:$B$5"
        assert read_sheet(book.sheets[0]).columns[1][1:4] == ["a", "b", "a"]
