"""Features that XlsxWriter can make."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def picture() -> io.BytesIO:
    """A picture of one pixel."""
    return io.BytesIO(_PIXEL)


@contextmanager
def sheet_with_data(path: Path, **options: Any) -> Iterator[tuple[Any, Any]]:
    """(workbook, its first sheet) with a few rows, another sheet behind it."""
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row("A1", ["Item", "Amount", "Share"])
        for row, (item, amount) in enumerate([("a", 10), ("b", 25.5), ("c", 5)], 2):
            sheet.write_row(f"A{row}", [item, amount])
            sheet.write_formula(f"C{row}", f"=B{row}/SUM(B$2:B$4)", None, amount / 40.5)
        book.add_worksheet("Other").write("A1", 1)
        yield book, sheet


def charts(path: Path) -> None:
    """Charts on a sheet, one of two kinds, and a sheet that is a chart."""
    with sheet_with_data(path) as (book, sheet):
        for place, kind in enumerate(["column", "pie", "scatter", "radar", "stock"]):
            chart = book.add_chart({"type": kind})
            for _ in range(3 if kind == "stock" else 1):
                chart.add_series({"values": "=Data!$B$2:$B$4", "categories": "=Data!$A$2:$A$4"})
            chart.set_title({"name": kind})
            sheet.insert_chart(6 + 16 * place, 4, chart)
        line = book.add_chart({"type": "line"})
        trend = {"type": "linear"}
        line.add_series({"values": "=Data!$C$2:$C$4", "y2_axis": True, "trendline": trend})
        column = book.add_chart({"type": "column"})
        column.add_series({"values": "=Data!$B$2:$B$4", "data_labels": {"value": True}})
        column.combine(line)
        book.add_chartsheet("Chart").set_chart(column)


def images(path: Path) -> None:
    """Pictures in cells, over cells, in a header, behind the sheet, and a text box."""
    with sheet_with_data(path) as (_, sheet):
        sheet.insert_image("E2", "one.png", {"image_data": picture(), "url": "https://example.com"})
        sheet.embed_image("E20", "two.png", {"image_data": picture()})
        sheet.set_header("&L&G", {"image_left": "head.png", "image_data_left": picture()})
        sheet.set_background(picture())
        sheet.insert_textbox("G2", "text", {"fill": {"color": "yellow"}})


def macros(path: Path) -> None:
    """A VBA project, names of its objects, a button."""
    project = path.with_name("vbaProject.bin")
    project.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    with sheet_with_data(path) as (book, sheet):
        book.add_vba_project(str(project))
        book.set_vba_name("ThisWorkbook")
        sheet.set_vba_name("Sheet1")
        sheet.insert_button("F3", {"macro": "run", "caption": "Run"})


def conditional_formats(path: Path) -> None:
    """Rules of every kind, those of Excel 2010 too, one that looks at another sheet."""
    with sheet_with_data(path) as (book, sheet):
        red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
        other = "=Other!$A$1"
        rules: list[dict[str, Any]] = [
            {"type": "cell", "criteria": ">", "value": 9, "format": red, "stop_if_true": True},
            {"type": "formula", "criteria": "=$B2>MAX($C$2:$C$4)", "format": red},
            {"type": "cell", "criteria": "==", "value": other, "format": red},
            {"type": "2_color_scale"},
            {"type": "3_color_scale", "mid_type": "percentile"},
            {"type": "data_bar"},
            {"type": "data_bar", "data_bar_2010": True, "bar_negative_color": "#FF0000"},
            {"type": "icon_set", "icon_style": "3_arrows"},
            {"type": "top", "value": 2, "format": red},
            {"type": "text", "criteria": "begins with", "value": "a", "format": red},
            {"type": "duplicate", "format": red},
            {"type": "time_period", "criteria": "today", "format": red},
        ]
        for column, rule in enumerate(rules):
            sheet.conditional_format(1, column, 40, column, rule)


def validations(path: Path) -> None:
    """Lists, numbers, formulas; a list on another sheet."""
    with sheet_with_data(path) as (_, sheet):
        sheet.data_validation("A2:A9", {"validate": "list", "source": ["a", "b", "c"]})
        sheet.data_validation("B2:B9", {"validate": "list", "source": "=Other!$A$1:$A$9"})
        limits = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 99}
        sheet.data_validation("C2:C9", limits | {"input_title": "Share", "error_type": "warning"})
        sheet.data_validation("D2", {"validate": "custom", "value": "=ISTEXT(D2)"})


def tables(path: Path) -> None:
    """Tables with totals, a formula in each row, a filter, a style of their own."""
    with sheet_with_data(path) as (_, sheet):
        columns = [
            {"header": "Item", "total_string": "Total"},
            {"header": "Amount", "total_function": "sum"},
            {"header": "Twice", "formula": "=[@Amount]*2"},
        ]
        data = [["a", 1], ["b", 2], ["c", 3]]
        options = {"name": "Stock", "columns": columns, "data": data, "total_row": True}
        sheet.add_table("F2:H6", options | {"style": "Table Style Light 11"})
        sheet.add_table("F9:G12", {"header_row": False, "autofilter": False})
        sheet.autofilter("A1:C4")
        sheet.filter_column("A", "x == a")


def notes(path: Path) -> None:
    """Notes, one of them shown."""
    with sheet_with_data(path) as (_, sheet):
        sheet.write_comment("A2", "one", {"author": "someone"})
        sheet.write_comment("B2", "two\nlines", {"visible": True, "color": "#CCFFCC"})


def dynamic_arrays(path: Path) -> None:
    """Formulas that spill, old array formulas, lambdas."""
    with sheet_with_data(path) as (_, sheet):
        sheet.write_dynamic_array_formula("E2", "=UNIQUE(A2:A4)", None, "a")
        sheet.write_dynamic_array_formula("F2", "=SORT(B2:B4)", None, 5)
        sheet.write_array_formula("G2:G4", "{=B2:B4*2}", None, 20)
        sheet.write_dynamic_array_formula("H2", "=LAMBDA(x,x*2)(B2)", None, 20)


def sparklines(path: Path) -> None:
    """Small lines and columns in cells."""
    with sheet_with_data(path) as (_, sheet):
        sheet.add_sparkline("E2", {"range": "Data!B2:B4", "markers": True})
        sheet.add_sparkline("E3", {"range": "Data!B2:B4", "type": "column", "series_color": "red"})


def dates_from_1904(path: Path) -> None:
    """The calendar of old workbooks of the Mac."""
    with sheet_with_data(path, date_1904=True) as (book, sheet):
        sheet.write_number("E2", 40000.5, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))


def looks(path: Path) -> None:
    """Rich texts, outlines, links, panes, breaks, a protected sheet, widths, hidden rows."""
    with sheet_with_data(path) as (book, sheet):
        bold = book.add_format({"bold": True, "pattern": 4, "border": 5, "rotation": 30})
        sheet.write_rich_string("E2", "plain ", bold, "bold", bold)
        sheet.set_row(7, 30, bold, {"level": 1, "hidden": True})
        sheet.set_column("H:J", 20, bold, {"level": 2, "collapsed": True})
        sheet.write_url("E3", "https://example.com/?a=1&b=2", string="link", tip="tip")
        sheet.write_url("E4", "internal:Other!A1")
        sheet.merge_range("E6:F7", "merged", bold)
        sheet.write("J9", "last")
        sheet.freeze_panes(1, 1)
        sheet.set_h_pagebreaks([20])
        sheet.ignore_errors({"number_stored_as_text": "A1:A9"})
        sheet.repeat_rows(0)
        sheet.print_area("A1:H20")
        book.define_name("Rate", "=Data!$B$2")
        sheet.write_comment("B3", "a note")
        book.get_worksheet_by_name("Other").protect("", {"sort": True})
        book.set_custom_property("Checked by", "nobody")


MAKERS: list[Callable[[Path], None]] = [
    charts,
    images,
    macros,
    conditional_formats,
    validations,
    tables,
    notes,
    dynamic_arrays,
    sparklines,
    dates_from_1904,
    looks,
]
