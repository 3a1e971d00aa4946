"""Functions that are trusted without a value to compare with give the same in LibreOffice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kam_excel.headless.cells.values import CellError
from kam_excel.headless.model.book import WorkbookModel
from kam_excel.headless.package.parts import Package
from kam_excel.headless.recalc import functions
from kam_excel.headless.recalc.engines import FormualizerPackage, FormualizerWorkbook
from kam_excel.headless.recalc.libreoffice import LibreOffice
from kam_excel.headless.recalc.parsing import parse
from kam_excel.headless.recalc.scratch import make_scratch
from kam_excel.headless.recalc.state import Cell, State
from kam_excel.headless.recalc.trust import same

pytestmark = pytest.mark.office

CLOCK = dt.datetime(2026, 3, 2, 8)
# A: numbers, one blank, a negative one; B: texts; C: dates and times; D: truth and an error.
DATA = {
    "A1": 3.0, "A2": -1.5, "A3": 10.0, "A5": 2.5, "A6": 0.0,
    "B1": "北京", "B2": " two  words ", "B3": "abc", "B4": "ABC", "B5": "abc",
    "C1": 46083.0, "C2": 45350.0, "C3": 0.6180902777777778,
    "D1": True, "D2": False, "D3": "#N/A",
}  # fmt: skip
FORMULAS = """
SUM(A1:A6)/COUNT(A1:A6)
AVERAGE(A1:A6)-MEDIAN(A1:A6)
MIN(A1:A6)&"/"&MAX(A1:A6)
COUNTA(A1:B6)*100+COUNTBLANK(A1:B6)
PRODUCT(A1:A3)+SUMSQ(A1:A3)
STDEV(A1:A6)*VAR(A1:A6)
AND(A1:A3,D1)
OR(D2,A6)
NOT(D1)
TRUE()
FALSE()
ABS(A2)+SIGN(A2)+INT(A2)+TRUNC(A2)
ROUND(A2,0)+ROUNDUP(A5,0)*10+ROUNDDOWN(A5,0)*100
ROUND(2.345,2)+ROUND(-1234.5,-2)
MOD(A3,A1)+MOD(A2,A1)
SQRT(A3)+POWER(A1,A5)+EXP(A1)+LN(A3)+LOG10(A3)+PI()
IF(A1>2,"big","small")
IF(B3=B4,1,2)
IFERROR(A1/A6,"none")
A1/A6
_xlfn.IFNA(D3,"missing")
NA()
ISBLANK(A4)
ISERROR(D3)
ISNA(D3)
ISNUMBER(C1)
ISTEXT(B1)
LEN(B1)+LEN(B2)
LOWER(B4)&UPPER(B3)
TRIM(B2)
EXACT(B3,B4)
SUBSTITUTE(B3,"b","BB")
CONCATENATE(B1,A1,B3)
B1&A2&A5
YEAR(C1)*10000+MONTH(C1)*100+DAY(C1)
EDATE(C2,12)
EOMONTH(C2,0)
HOUR(C3)*10000+MINUTE(C3)*100+SECOND(C3)
TIME(14,30,15)
CHOOSE(2,A1,A3)
SUMIF(A1:A6,">0")
SUMIF(B1:B5,"abc",A1:A5)
SUMIFS(A1:A5,B1:B5,"abc",A1:A5,">2")
AVERAGEIF(A1:A6,">0")
AVERAGEIFS(A1:A5,B1:B5,"a*")
COUNTIF(B1:B5,"abc")
COUNTIFS(B1:B5,"abc",A1:A5,"<5")
SUBTOTAL(109,A1:A6)+SUBTOTAL(9,A1:A6)
SUBTOTAL(101,A1:A6)&SUBTOTAL(103,A1:A6)&SUBTOTAL(4,A1:A6)
VLOOKUP("abc",B1:C5,2,FALSE)
VLOOKUP("none",B1:C5,2,0)
MATCH("ABC",B1:B5,0)
INDEX(A1:B6,3,2)
LARGE(A1:A6,2)+SMALL(A1:A6,2)
ROWS(A1:B6)*10+COLUMNS(A1:B6)
ROW(A5)+COLUMN(B5)
-A1^2
A1%
A1=A3
B1<B3
""".split("\n")[1:-1]


@pytest.fixture(scope="module")
def computed(tmp_path_factory, write_excel_file):
    """What each engine gives, by formula."""
    path = tmp_path_factory.mktemp("recalc") / "functions.xlsx"
    cells = DATA | {f"F{n}": (text, None) for n, text in enumerate(FORMULAS, 1)}
    write_excel_file(path, {"Data": cells})
    state = State(WorkbookModel(Package.open(Path(path)), path.name))
    part = next(iter(state.sheets))
    places = {Cell(part, n, 6): text for n, text in enumerate(FORMULAS, 1)}
    scratch = make_scratch(state, {cell: state.precedents(cell, t) for cell, t in places.items()})
    given = [
        engine.compute(scratch, CLOCK)
        for engine in (FormualizerPackage(60), FormualizerWorkbook(60), LibreOffice())
    ]
    return {text: [values.get(cell) for values in given] for cell, text in places.items()}


@pytest.mark.parametrize("formula", FORMULAS)
def test_engines_agree(computed, formula):
    strict, by_cell, office = computed[formula]
    assert office is not None
    assert same(strict, office), (strict, office)
    assert same(by_cell, office), (by_cell, office)


def test_every_function_that_is_known_was_compared():
    called = {name for formula in FORMULAS for name in parse(formula).functions}
    assert functions.KNOWN.keys() - called == set()


def test_libreoffice_computes_what_the_others_cannot(kam, excel_file):
    path = excel_file({"Data": {"A1": 2, "B1": ("BESSELJ(A1,1)", 0.5767248077568734)}})
    done = kam("recalc", path, "--dry-run", "--language", "en", "--libreoffice")
    assert "1 formula, trusted 1" in done.out


def test_errors_of_engines_are_excels(computed):
    assert computed["A1/A6"] == [CellError("#DIV/0!")] * 3
    assert computed["NA()"] == [CellError("#N/A")] * 3
