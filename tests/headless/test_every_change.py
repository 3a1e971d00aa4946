"""Every kind of change: what it shows before the save is what is read after it, and no more is
touched than the change is about."""

import datetime as dt

import pandas as pd
import pytest

from lossless.files import File, rels_of
from lossless.soundness import faults

DAY = dt.datetime(2026, 3, 5, 12, 30)
# Parts of `rich_file` that no change below is about.
OTHERS = ("docprops/", "xl/theme/", "xl/worksheets/sheet3.xml", "xl/media/")


def put(address, value):
    return (
        lambda sheet: setattr(sheet[address], "value", value),
        lambda sheet: sheet[address].expand().value,
    )


def attribute(address, name, value):
    first, *rest = name.split(".")

    def owner(sheet):
        found = sheet[address]
        for each in (first, *rest)[:-1]:
            found = getattr(found, each)
        return found

    last = (first, *rest)[-1]
    return (
        lambda sheet: setattr(owner(sheet), last, value),
        lambda sheet: getattr(owner(sheet), last),
    )


def names(sheet):
    return sorted((name.name, name.refers_to) for name in sheet.book.names)


def rules(sheet):
    return [(rule.type, rule.formula1) for rule in sheet["F2:F9"].conditional_formats]


def tables(sheet):
    return [(each.name, each.range.address, each.table_style) for each in sheet.tables]


def sheets(sheet):
    return [(each.name, each.visible) for each in sheet.book.sheets]


def used(sheet):
    return [each.used_range.value for each in sheet.book.sheets]


CHANGES = {
    "a number": put("F2", 12.5),
    "a text": put("F2", "_x0041_ <&> \n 客户"),
    "a truth": put("F2", True),
    "a date": put("F2", DAY),
    "a block": put("F2", [["a", 1], [None, 2.5], ["c", DAY]]),
    "a frame": put("F2", pd.DataFrame({"a": [1, 2], "b": ["x", None]})),
    "a formula": attribute("F2", "formula", "=SUM(C2:C6)"),
    "a formula that spills": attribute("F2", "formula2", "=SORT(C2:C6)"),
    "an array formula": attribute("F2:F4", "formula_array", "=C2:C4*2"),
    "contents cleared": (lambda sheet: sheet["A1:B3"].clear_contents(), used),
    "formats cleared": (
        lambda sheet: sheet["A1:D1"].clear_formats(),
        lambda sheet: [sheet["A1"].color, sheet["A1"].font.bold],
    ),
    "a number format": attribute("C2:C6", "number_format", "#,##0.00 元"),
    "a colour": attribute("C2", "color", (1, 2, 3)),
    "a font": attribute("C2", "font.name", "宋体"),
    "a size": attribute("C2", "font.size", 18),
    "bold": attribute("C2", "font.bold", True),
    "a text's colour": attribute("C2", "font.color", (255, 0, 0)),
    "wrapping": attribute("C2", "wrap_text", True),
    "a width": attribute("F:F", "column_width", 33),
    "a height": attribute("9:9", "row_height", 44),
    "a row inserted": (lambda sheet: sheet["4:4"].insert("down"), used),
    "a row deleted": (lambda sheet: sheet["4:4"].delete("up"), used),
    "a column inserted": (lambda sheet: sheet["B:B"].insert("right"), used),
    "cells merged": (
        lambda sheet: sheet["F2:G3"].merge(),
        lambda sheet: sheet["F2"].merge_area.address,
    ),
    "cells copied": (
        lambda sheet: sheet["A1:D3"].copy(sheet["F12"]),
        lambda sheet: [sheet["F12:I14"].value, sheet["F12"].color],
    ),
    "a link": (
        lambda sheet: sheet["F2"].add_hyperlink("https://example.com/?a=1&b=2", "网站"),
        lambda sheet: [sheet["F2"].hyperlink, sheet["F2"].value],
    ),
    "a name": (lambda sheet: sheet.book.names.add("Base", "=销售!$C$2:$C$6"), names),
    "a name less": (lambda sheet: sheet.book.names["Rate"].delete(), names),
    "a table": (lambda sheet: sheet.tables.add(sheet["A1:D6"], name="Sales"), tables),
    "a table resized": (
        lambda sheet: sheet.tables.add(sheet["A1:D4"]).resize(sheet["A1:D6"]),
        tables,
    ),
    "a chart": (
        lambda sheet: sheet.charts.add(1, 2, 300, 200, source=sheet["A1:C6"], name="Two"),
        lambda sheet: [(each.name, each.chart_type) for each in sheet.charts],
    ),
    "a chart less": (lambda sheet: sheet.charts[0].delete(), lambda sheet: len(sheet.charts)),
    "a rule": (
        lambda sheet: sheet["F2:F9"].conditional_formats.add_cell_value(
            operator="greater_than", formula1=5, font_bold=True
        ),
        rules,
    ),
    "a scale": (
        lambda sheet: sheet["F2:F9"].conditional_formats.add_color_scale([(0, 0, 0), (9, 9, 9)]),
        lambda sheet: [rule.type for rule in sheet["F2:F9"].conditional_formats],
    ),
    "panes": (
        lambda sheet: sheet.freeze_panes.freeze_at("B3"),
        lambda sheet: sheet.show_gridlines,
    ),
    "gridlines": (
        lambda sheet: setattr(sheet, "show_gridlines", False),
        lambda sheet: sheet.show_gridlines,
    ),
    "a print area": (
        lambda sheet: setattr(sheet.page_setup, "print_area", "A1:C6"),
        lambda sheet: sheet.page_setup.print_area,
    ),
    "a sheet": (lambda sheet: sheet.book.sheets.add("新", after="Table"), sheets),
    "a sheet called otherwise": (lambda sheet: setattr(sheet, "name", "销 售"), sheets),
    "a sheet less": (lambda sheet: sheet.book.sheets["Table"].delete(), sheets),
    "a sheet hidden": (
        lambda sheet: setattr(sheet.book.sheets["Table"], "visible", False),
        sheets,
    ),
    "a sheet copied": (lambda sheet: sheet.book.sheets["Table"].copy(name="Copy"), sheets),
}


@pytest.fixture
def book(app, rich_file):
    return app.books.open(rich_file)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_read_again_and_nothing_else_is_touched(app, book, rich_file, name, tmp_path):
    change, look = CHANGES[name]
    change(book.sheets[0])
    shown = look(book.sheets[0])
    book.save(tmp_path / "result.xlsx")
    before, after = File(rich_file), File(tmp_path / "result.xlsx")
    again = app.books.open(tmp_path / "result.xlsx", read_only=True)
    assert look(again.sheets[0]) == shown
    assert faults(after) <= faults(before)
    others = [part for part in before.parts if part.startswith(OTHERS)]
    assert [part for part in others if after.parts.get(part) != before.parts[part]] == []
    kept = {part for part in before.parts if rels_of(part) in before.parts}
    assert [part for part in kept & after.parts.keys() if rels_of(part) not in after.parts] == []


@pytest.mark.parametrize("name", CHANGES)
def test_two_saves_equal_one(app, rich_file, name, tmp_path):
    """A change, and the same in a book that was saved and opened in between."""
    change, look = CHANGES[name]
    once = app.books.open(rich_file)
    once.sheets[0]["Z50"].value = 1
    change(once.sheets[0])
    shown = look(once.sheets[0])
    once.close()
    twice = app.books.open(rich_file)
    twice.sheets[0]["Z50"].value = 1
    twice.save(tmp_path / "between.xlsx")
    twice.close()
    twice = app.books.open(tmp_path / "between.xlsx")
    change(twice.sheets[0])
    assert look(twice.sheets[0]) == shown
