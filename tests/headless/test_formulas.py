import pytest

from kam_excel.headless.references.filling import shift


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1*2", "B3*2"),
        ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
        ("SUM(A1:B2)", "SUM(B3:C4)"),
        ("SUM(A:A)+SUM(1:1)", "SUM(B:B)+SUM(3:3)"),
        ("'A1 B2'!C3&\"A1\"", "'A1 B2'!D5&\"A1\""),
        ("Sales!A1", "Sales!B3"),
        ("LOG10(A1)", "LOG10(B3)"),
        ("Tab1[[#This Row],[A1]]+A1", "Tab1[[#This Row],[A1]]+B3"),
        ("Rate1x+A1", "Rate1x+B3"),
        ("_xlfn.XLOOKUP(A1,$B:$B,$C:$C)", "_xlfn.XLOOKUP(B3,$B:$B,$C:$C)"),
        ("IF(A1=#N/A,1,2)", "IF(B3=#N/A,1,2)"),
        ("A1048576", "B2"),
        ("A1:INDEX(A:A,3)", "B3:INDEX(B:B,3)"),
    ],
)
def test_relative_references_move_and_nothing_else(formula, moved):
    assert shift(formula, 2, 1) == moved


def test_filling_in_place_changes_nothing():
    assert shift("a1 + B2", 0, 0) == "a1 + B2"
