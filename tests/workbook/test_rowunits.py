"""Figures whose unit depends on their row: how each is shown, and that none is changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
import xlwings as xw

from kam_excel import Choice, Number, Percent, Table, Text, UnitBy, column, headless
from kam_excel.contract.strategy import Run
from kam_excel.domain.exact import exact
from kam_excel.workbook.write import write_output

MONEY, COUNT, SHARE = "#,##0.00_ _ ", "#,##0_ _ ", "0.0%_ _ "


class Race(Table, zh="比赛", en="Race"):
    measure: Choice = column(
        zh="指标", en="Measure", choices={"sales": "额", "pieces": "量", "growth": "增长率"}
    )
    value: Number = column(
        zh="值",
        en="Value",
        unit_by=UnitBy("measure", {"pieces": "count", "growth": "percent"}),
    )


@pytest.fixture
def book():
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        yield app.books.add()


def race(book: xw.Book, *rows: tuple[str | None, str | None], language: str = "en") -> xw.Sheet:
    values = [value and Decimal(value) for _, value in rows]
    frame = pd.DataFrame({"measure": [unit for unit, _ in rows], "value": exact(values)})
    return write_output(book, Race, Race.frame(frame), Run(date(2026, 6, 30), language), "0")


def formats(sheet: xw.Sheet) -> list[str]:
    return [cell.number_format for cell in sheet.tables["kam_race"].range.columns[1][1:]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_row_shows_its_figure_by_its_own_unit(book, language, tmp_path):
    rows = ("sales", "1200"), ("pieces", "1200"), ("pieces", "12.5"), ("growth", "1.402")
    sheet = race(book, *rows, (None, "3"), ("pieces", None), language=language)
    assert formats(sheet) == [MONEY, COUNT, MONEY, SHARE, MONEY, COUNT]
    assert sheet.range("B6:B11").value == [1200, 1200, 12.5, 1.402, 3, None]
    book.save(tmp_path / "race.xlsx")
    kept = openpyxl.load_workbook(tmp_path / "race.xlsx")[sheet.name]
    assert kept["B9"].number_format == SHARE


def test_the_next_run_shows_its_own_rows(book):
    race(book, ("growth", "0.1"), ("pieces", "1"))
    assert formats(race(book, ("sales", "1"), ("growth", "2"))) == [MONEY, SHARE]


def test_a_column_has_room_for_its_longest_percentage(book):
    plain = race(book, ("sales", "123456.78")).range("B1").column_width
    assert race(book, ("growth", "123456.78")).range("B1").column_width > plain


def test_headers_of_figures_keep_off_the_next_column(book, tmp_path):
    race(book, ("sales", "1"))
    race(book, ("sales", "2"))
    book.save(tmp_path / "race.xlsx")
    kept = openpyxl.load_workbook(tmp_path / "race.xlsx")["Race"]
    assert [kept[cell].alignment.indent for cell in ("A5", "B5")] == [0, 1]


def declared(kind: object, by: UnitBy, of: object = Choice) -> None:
    choice = column(zh="指标", en="Measure", choices={"sales": "额"} if of is Choice else None)
    figure = column(zh="值", en="Value", unit_by=by)
    body = {"__annotations__": {"measure": of, "value": kind}, "measure": choice, "value": figure}
    type("Odd", (Table,), body, zh="奇", en="Odd")


def test_units_that_cannot_be_told_are_refused_when_they_are_declared():
    declared(Percent, UnitBy("measure", {"sales": "count"}))
    for kind, by, of in (
        (Text, UnitBy("measure", {"sales": "count"}), Choice),
        (Number, UnitBy("measure", {"growth": "percent"}), Choice),
        (Number, UnitBy("region", {"sales": "count"}), Choice),
        (Number, UnitBy("measure", {"sales": "count"}), Text),
    ):
        with pytest.raises(TypeError, match=r"Odd\.value: unit_by is for figures"):
            declared(kind, by, of)
