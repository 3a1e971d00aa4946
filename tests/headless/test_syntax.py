import pytest

from kam_excel.errors import WorkbookError
from kam_excel.headless.references.syntax import flaw


@pytest.mark.parametrize(
    "formula",
    [
        "1+2",
        "-A1%",
        "--A1^-2",
        "50%*2",
        "IF(A1>=0,,{1,2;3,4})",
        "SUM(A1:A9 A3:B4,)",
        "A1:INDEX(A:A,3)",
        "SUM(Sheet1:Sheet3!A1,'a b'!$A$1,[1]Data!B2)",
        "SUM(T[[#This Row],[a]:[b]])+T[@a]",
        'A1<>"say ""("""',
        "IFERROR(A1,#DIV/0!)",
        "SUM(A1#)+@B1:B3",
        "LAMBDA(x,x+1)(3)",
        "销售!A1&客户",
    ],
)
def test_lets_formulas_pass(formula):
    assert flaw(formula) is None


@pytest.mark.parametrize(
    ("formula", "near"),
    [
        (" ", ""),
        ("SUM((A1)", ""),
        ("1+", ""),
        ("A1,", ""),
        ("A1)", ")"),
        ("{1,2)", ")"),
        ("SUM(A1*)", ")"),
        ("*2", "*"),
        ("SUM(/2)", "/"),
        ("A1>>5", ">"),
        ("SUM(A1;B1)", ";"),
        ("SUM(A1；B1)", "；"),
        ("（1+2）", "（"),
        ('"a', '"'),
        ("'a b!A1", "'"),
        ("T[a", "["),
    ],
)
def test_tells_where_a_formula_goes_wrong(formula, near):
    assert flaw(formula) == near


def test_a_formula_that_excel_would_not_take_is_not_entered(new_book):
    cell = new_book.sheets[0]["A1"]
    cell.value = 5
    for enter in ("value", "formula", "formula2", "formula_array"):
        with pytest.raises(WorkbookError, match="FORMULA_INVALID"):
            setattr(cell, enter, "=SUM((")
    assert cell.value == 5
    cell.value = "'=SUM(("
    assert cell.value == "=SUM(("


def test_no_name_and_no_rule_gets_such_a_formula(new_book):
    cells = new_book.sheets[0]["A1:A9"]
    rate = new_book.names.add("rate", "=0.06")
    attempts = [
        lambda: new_book.names.add("bad", "=SUM(("),
        lambda: setattr(rate, "refers_to", "=1+"),
        lambda: cells.conditional_formats.add_custom("=AND((", fill_color="#ff0000"),
        lambda: cells.conditional_formats.add_cell_value("equal_to", "=1+", font_bold=True),
        lambda: cells.data_validation.set_custom("=A1>"),
    ]
    for attempt in attempts:
        with pytest.raises(WorkbookError, match="FORMULA_INVALID"):
            attempt()
    assert [(name.name, name.refers_to) for name in new_book.names] == [("rate", "=0.06")]
    assert len(cells.conditional_formats) == 0
    assert cells.data_validation.type == "none"
