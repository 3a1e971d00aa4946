"""What recalculation is built from: formulas taken apart, dependents found, engines that fail."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_excel.headless.cells.values import CellError
from kam_excel.headless.model import sheet as sheet_module
from kam_excel.headless.recalc import calculation, engines
from kam_excel.headless.recalc.engines import (
    FormualizerPackage,
    FormualizerWorkbook,
    RefusedError,
)
from kam_excel.headless.recalc.graph import Dependents
from kam_excel.headless.recalc.libreoffice import LibreOffice
from kam_excel.headless.recalc.parsing import keyed, parse, substituted
from kam_excel.headless.recalc.state import Cell, Precedents
from kam_excel.headless.recalc.trust import same
from kam_excel.headless.references.addressing import Area

STALE = "#GETTING_DATA"


# formulas -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "references"),
    [
        ("SUM(A1:A3)*B1:B3", [("A1:A3", False), ("B1:B3", True)]),
        ("SUMPRODUCT((A1:A3>1)*B1:B3)", [("A1:A3", False), ("B1:B3", False)]),
        ("VLOOKUP(A:A,'Q 1'!A:B,2,0)", [("A:A", True), ("A:B", False)]),
        ("SUMIFS(T[a],T[b],$C1)", [("T[a]", False), ("T[b]", False), ("$C1", True)]),
        ("IF(TRUE,Rate,\"A1\")", [("Rate", True)]),
    ],
)  # fmt: skip
def test_references_are_told_with_how_they_are_used(formula, references):
    assert [(each.text, each.bare) for each in parse(formula).references] == references


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("_xlfn.XLOOKUP(A1,B:B,C:C)", {"functions": {"XLOOKUP"}}),
        ("A1:INDEX(B:B,3)", {"anywhere": True}),
        ("SUM(A1#)", {"anywhere": True, "arrays": True}),
        ("INDIRECT(A1)", {"anywhere": True}),
        ("SUM({1,2})", {"arrays": True}),
        ("[1]Data!A1", {"external": True}),
    ],
)
def test_what_cannot_be_told_from_the_text_is_said(formula, said):
    parsed = parse(formula)
    facts = dict.fromkeys(("anywhere", "arrays", "external"), False) | said
    found = {name: getattr(parsed, name) for name in facts}
    assert found == facts


@given(st.integers(1, 900_000), st.integers(1, 900_000))
def test_formulas_that_were_filled_down_share_a_key(row, other):
    def text(n):
        return f"SUM($A$1:A{n})+B{n}*LOG10(C$5)+'A1'!D{n}&\"E{n}\""

    assert keyed(text(row))[0].replace(f'"E{row}"', "") == (
        keyed(text(other))[0].replace(f'"E{other}"', "")
    )
    assert keyed(text(row))[1] == (row, row, row)


def test_tables_give_way_to_areas():
    def area(kind, text):
        return {"Stock[Qty]": "S!$B$2:$B$3", "Rate": None}.get(text)

    assert substituted("SUM(Stock[Qty])*Rate", area) == "SUM(S!$B$2:$B$3)*Rate"


# dependents ---------------------------------------------------------------------

small = st.integers(1, 12)
areas = st.builds(
    lambda a, b, c, d: Area(min(a, b), min(c, d), max(a, b), max(c, d)), small, small, small, small
)


def _reading(*read):
    return Precedents(tuple(("s", area) for area in read), parse(""), frozenset(), False, False)


@given(st.dictionaries(st.tuples(small, small), st.lists(areas, max_size=3)), areas)
def test_dependents_are_all_that_read_a_change_directly_or_not(formulas, changed):
    graph = Dependents()
    for place, read in formulas.items():
        graph.add(Cell("s", *place), _reading(*read))

    expected = {p for p, read in formulas.items() if any(changed.common(a) for a in read)}
    while True:
        more = {p for p, read in formulas.items() if any(q in a for a in read for q in expected)}
        if more <= expected:
            break
        expected |= more

    found = graph.reached([("s", changed)], (), ())
    assert {(cell.row, cell.column) for cell in found} == expected


def test_wide_areas_and_arrays_are_followed_too():
    graph = Dependents()
    graph.add(Cell("s", 1, 1), _reading(Area(5, 1, 5, 16_384)))
    graph.add(Cell("s", 2, 1), _reading(Area(1, 1, 1, 1)), Area(2, 1, 4, 1))
    graph.add(Cell("s", 9, 9), _reading(Area(4, 1, 4, 1)))
    found = graph.reached([("s", Area(5, 700, 5, 700))], (), ())
    assert found == {Cell("s", 1, 1), Cell("s", 2, 1), Cell("s", 9, 9)}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (0.1 + 0.2, 0.3, True),
        (1e20, 1e20 * (1 + 1e-12), True),
        (1.0, 1.0001, False),
        (0.0, 1e-15, True),
        (1.0, True, False),
        ("1", 1.0, False),
        (CellError("#N/A"), "#N/A", False),
    ],
)
def test_values_are_the_same_up_to_the_order_of_sums(one, other, expected):
    assert same(one, other) is expected


# engines that fail ----------------------------------------------------------------


def stale_because(app, path, **change):
    book = app.books.open(path)
    for name, value in change.items():
        setattr(book.impl.recalculator, name, value)
    book.sheets[0]["A1"].value = 3
    assert book.sheets[0]["B1"].options(err_to_str=True).value == STALE
    report = book.impl.recalculator.report
    return {each.reason for each in report.formulas}, report.refusals


class Refusing:
    name = family = "refusing"

    def compute(self, scratch, clock):
        raise RefusedError("on strike")


def test_without_an_engine_values_are_stale_and_say_why(app, excel_file):
    path = excel_file({"Data": {"A1": 2, "B1": ("A1*2", 4)}})
    reasons = stale_because(app, path, engines=[Refusing()])
    assert reasons == ({"refused"}, {"refusing": "on strike"})


@pytest.mark.parametrize("engine", [FormualizerPackage(0.001), FormualizerWorkbook(0.001)])
def test_an_engine_that_takes_too_long_is_stopped(app, excel_file, engine):
    path = excel_file({"Data": {"A1": 2, "B1": ("A1*2", 4)}})
    _, refusals = stale_because(app, path, engines=[engine])
    assert refusals == {engine.name: "not done after 0.001 seconds"}


def test_an_engine_that_crashes_is_a_refusal(app, excel_file, monkeypatch, tmp_path):
    worker = tmp_path / "crash.py"
    worker.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(engines, "_WORKER", worker)
    path = excel_file({"Data": {"A1": 2, "B1": ("A1*2", 4)}})
    _, refusals = stale_because(app, path, engines=[FormualizerPackage(60)])
    assert list(refusals) == ["formualizer"]


def test_too_many_formulas_are_left_to_excel(app, excel_file, monkeypatch):
    monkeypatch.setattr(calculation, "MOST_FORMULAS", 1)
    path = excel_file({"Data": {"A1": 2, "B1": ("A1*2", 4), "C1": ("1+1", 2)}})
    assert stale_because(app, path) == ({"limit"}, {})


def test_libreoffice_that_is_not_there_refuses(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RefusedError, match="not installed"):
        LibreOffice().compute(None, dt.datetime(2026, 1, 1))


def test_what_the_strict_engine_refuses_is_computed_cell_by_cell(app, excel_file):
    cells = {"A1": 2, "B1": ("A1*2", 4), "C1": ("C1+A1", 0)}
    book = app.books.open(excel_file({"Data": cells}))
    book.sheets[0]["A1"].value = 3
    sheet = book.sheets[0]
    assert [sheet[c].options(err_to_str=True).value for c in ("B1", "C1")] == [6, STALE]
    report = book.impl.recalculator.report
    assert list(report.refusals) == ["formualizer"]
    assert {each.cell: each.engine for each in report.formulas}["B1"] == "formualizer-cells"


# large sheets ---------------------------------------------------------------------


def test_a_large_sheet_is_not_unpacked_to_save_another(app, excel_file, monkeypatch, parts):
    monkeypatch.setattr(sheet_module, "LARGE", 100)
    path = excel_file({"Small": {}, "Large": {f"A{n}": n for n in range(1, 9)}})
    book = app.books.open(path)
    book.sheets[0]["A1"].value = 1
    book.save()
    assert not book.sheets["Large"].impl.model.grid.stored.holds_formulas
    saved = parts(path)["xl/workbook.xml"]
    assert b'fullCalcOnLoad="1"' in saved
    assert b"calcCompleted" not in saved


# laws -----------------------------------------------------------------------------

TEXTS = ["A1*2", "SUM(A1:A3)", "C1+1", 'IF(A2>1,"x",A3)', "MYFUNC(A1)", "A3/A2", "RAND()", "1+1"]
numbers = st.integers(-3, 3).map(float)
results = st.one_of(numbers, st.sampled_from(["x", True, CellError("#NAME?"), None]))
cells = st.lists(st.tuples(st.sampled_from(TEXTS), numbers, results), min_size=1, max_size=5)
with_files = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Saying:
    """An engine that says what it was told to say, true or not."""

    name = family = "saying"

    def __init__(self, said):
        self._said = said

    def compute(self, scratch, clock):
        given = {cell: self._said[cell.row - 1] for cell in scratch.cells if cell.column == 3}
        return {cell: value for cell, value in given.items() if value is not None}


def opened(app, excel_file, given_cells):
    """A workbook with formulas and cached values in column C, and what its engine will say."""
    sheet = {"A1": 1.0, "A2": 2.0, "A3": 3.0}
    sheet |= {f"C{n}": (text, cached) for n, (text, cached, _) in enumerate(given_cells, 1)}
    path = excel_file({"Data": sheet})
    book = app.books.open(path)
    book.impl.recalculator.engines = [Saying([said for *_, said in given_cells])]
    return path, book


@with_files
@given(cells)
def test_recalculating_what_is_not_changed_changes_no_byte(app, excel_file, cells):
    path, book = opened(app, excel_file, cells)
    before = path.read_bytes()
    book.impl.recalculator.calculate(survey=True)
    book.impl.recalculator.settle(everything=True)
    book.save()
    assert path.read_bytes() == before


@with_files
@given(cells)
def test_a_value_that_an_engine_did_not_reproduce_is_never_replaced(
    app, excel_file, cell_xml, cells
):
    path, book = opened(app, excel_file, cells)
    names = [f"C{n}" for n in range(1, len(cells) + 1)]
    before = [cell_xml(path, 1, name) for name in names]
    book.sheets[0]["A1"].value = 9
    book.save()
    after = [cell_xml(path, 1, name).replace(' ca="1"', "") for name in names]
    for (_, cached, said), old, new in zip(cells, before, after, strict=True):
        assert new == old or same(said, cached)


@with_files
@given(cells)
def test_calculating_twice_is_calculating_once(app, excel_file, cells):
    _, book = opened(app, excel_file, cells)
    book.sheets[0]["A1"].value = 9
    book.impl.flush()
    once = dict(book.impl.package.changes()), book.impl.package.read("xl/worksheets/sheet1.xml")
    book.impl.recalculator.calculate(survey=True)
    book.impl.flush()
    twice = dict(book.impl.package.changes()), book.impl.package.read("xl/worksheets/sheet1.xml")
    assert twice == once
