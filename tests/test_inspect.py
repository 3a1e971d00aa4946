"""`kam-excel inspect`: what a package holds and what an edit would touch."""

from __future__ import annotations

import json
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

from kam_excel.codes import Text
from kam_excel.headless.model import contents as contents_module
from kam_excel.headless.model.contents import feature_of
from kam_excel.report.inspections import FEATURES


@pytest.fixture
def rich(tmp_path):
    """A workbook with one of everything that XlsxWriter makes."""
    path = tmp_path / "rich.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, other = book.add_worksheet("销售"), book.add_worksheet("Hidden")
    other.hide()
    sheet.write_row("A1", ["客户", "金额"])
    sheet.write_row("A2", ["甲", 60])
    sheet.write_formula("B3", "=SUM(B2:B2)", value=60)
    sheet.add_table("D1:E3", {"name": "orders"})
    sheet.merge_range("G1:H1", "merged")
    sheet.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("A2:A9", {"validate": "list", "source": ["甲", "乙"]})
    sheet.write_comment("A2", "note")
    sheet.write_url("A9", "https://example.com/")
    sheet.add_sparkline("C2", {"range": "B2:B9"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=销售!$B$2:$B$3"})
    sheet.insert_chart("J1", chart)
    book.define_name("rate", "=销售!$B$2")
    book.add_chartsheet("Picture").set_chart(_chart(book))
    book.close()
    return path


def _chart(book):
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=销售!$B$2:$B$3"})
    return chart


def test_everything_is_counted_and_nothing_is_written(kam, rich):
    before = rich.read_bytes()
    done = kam("inspect", rich, "--json")
    assert (done.code, done.err) == (0, "")
    assert (rich.read_bytes(), [each.name for each in rich.parent.iterdir()]) == (
        before,
        [rich.name],
    )
    found = json.loads(done.out)
    sales, hidden, picture = found["sheets"]
    assert (sales["kind"], sales["state"], sales["area"]) == ("worksheet", "visible", "A1:G9")
    assert (sales["cells"], sales["formulas"]) == (9, 1)
    assert sales["features"] == {
        "chart": 1,
        "conditional_format": 2,  # the bar, and its extension of Excel 2010
        "hyperlink": 1,
        "merged_area": 1,
        "note": 1,
        "sparkline": 1,
        "table": 1,
        "validation": 1,
    }
    assert (hidden["state"], hidden["cells"], hidden["area"]) == ("hidden", 0, "")
    assert (picture["kind"], picture["features"]) == ("chartsheet", {"chart": 1})
    assert found["features"] == {"chart": 2, "table": 1}
    assert found["tables"] == [{"name": "orders", "sheet": "销售", "refers_to": "D1:E3"}]
    assert {"name": "rate", "sheet": "", "refers_to": "销售!$B$2"} in found["names"]
    assert {part["name"]: part["size"] for part in found["parts"]} == sizes(rich)


def sizes(path):
    with zipfile.ZipFile(path) as package:
        return {info.filename: info.file_size for info in package.infolist()}


def test_an_edit_is_tried_in_memory(kam, rich):
    touched = json.loads(kam("inspect", rich, "--json").out)["touched"]
    assert touched["cell"] == {"xl/worksheets/sheet1.xml": "changed"}
    assert {part for part, change in touched["sheet"].items() if change == "added"} == {
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/_rels/sheet3.xml.rels",
        "xl/tables/table2.xml",
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Hidden (hidden)", "9 cells, 1 formulas", "sparklines 1", "Picture", "rate"]),
        (
            "zh",
            ["Hidden (隐藏)", "9 个单元格，1 个公式", "迷你图 1", "改动 xl/worksheets/sheet1.xml"],
        ),
    ],
)
def test_a_page_for_people(kam, rich, language, words):
    done = kam("inspect", rich, "--language", language)
    assert (done.code, done.err) == (0, "")
    assert [word for word in words if word not in done.out] == []


def test_the_largest_parts_are_told_and_all_where_asked(kam, rich):
    few, all_ = (kam("inspect", rich, *more).out for more in ((), ("-v",)))
    assert "docProps/core.xml" in all_
    assert few.count(".xml\n") < all_.count(".xml\n")


def test_a_book_of_charts_alone(kam, tmp_path):
    path = tmp_path / "charts.xlsx"
    with xlsxwriter.Workbook(path) as book:
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"values": "={1,2}"})
        book.add_chartsheet("Picture").set_chart(chart)
    found = json.loads(kam("inspect", path, "--json").out)
    assert (found["touched"]["cell"], found["obstacles"]) == ({}, [])
    assert "xl/worksheets/sheet1.xml" in found["touched"]["sheet"]


def test_files_that_formulas_read_are_named(kam, tmp_path):
    path = tmp_path / "linked.xlsx"
    openpyxl.Workbook().save(path)
    book = openpyxl.load_workbook(path)
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(type="externalLinkPath", Target="prices.xlsx", Id="rId1")
    link.file_link.TargetMode = "External"
    book._external_links.append(link)
    book.save(path)
    assert json.loads(kam("inspect", path, "--json").out)["links"] == ["prices.xlsx"]
    assert "  prices.xlsx\n" in kam("inspect", path).out


def test_what_stands_in_the_way_is_told(kam, rich):
    (rich.parent / "~$rich.xlsx").write_bytes(b"\x03Ann".ljust(165, b"\0"))
    done = kam("inspect", rich, "--language", "en")
    assert done.code == 0
    assert "SAVE_OPEN_ELSEWHERE rich.xlsx" in done.out


def test_what_is_no_workbook_is_refused(kam, tmp_path):
    path = tmp_path / "text.xlsx"
    path.write_text("a,b")
    done = kam("inspect", path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("FILE_TEXT text.xlsx")


@pytest.mark.parametrize(
    ("content_type", "feature"),
    [
        ("application/vnd.openxmlformats-officedocument.drawingml.chart+xml", "chart"),
        ("application/vnd.ms-office.chartex+xml", "chart"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml", "table"),
        ("application/vnd.ms-excel.slicer+xml", "slicer"),
        ("application/vnd.ms-excel.threadedcomments+xml", "threaded_comments"),
        ("application/vnd.ms-office.vbaProject", "macros"),
        ("application/vnd.ms-office.activeX+xml", "activex"),
        ("image/x-emf", "image"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml", ""),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.tableSingleCells+xml", ""),
    ],
)
def test_parts_are_known_by_their_content_type(content_type, feature):
    assert feature_of(content_type) == feature


def test_every_feature_has_its_word():
    named = {name for name, _ in contents_module._BY_TYPE}
    named |= {*contents_module._BY_ELEMENT.values(), "note"}
    assert set(FEATURES) == named
    assert all(isinstance(text, Text) and text.zh != text.en for text in FEATURES.values())
