import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.references.formulas import Owner, changed, references
from kam_excel.headless.references.tokens import tokens


def kinds(formula):
    return [(token.kind, token.text) for token in tokens(formula) if token.kind != "operator"]


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ('"A1 ""x"" "&A1', [("text", '"A1 ""x"" "'), ("cells", "A1")]),
        ("'Q1 ''25'!A1", [("owner", "'Q1 ''25'!"), ("cells", "A1")]),
        ("Jan:Mar!A1", [("owner", "Jan:Mar!"), ("cells", "A1")]),
        ("'Jan 1:Mar'!A:A", [("owner", "'Jan 1:Mar'!"), ("cells", "A:A")]),
        ("[1]Sheet1!$A$1:B2", [("owner", "[1]Sheet1!"), ("cells", "$A$1:B2")]),
        ("'[1]Q 1'!A1", [("owner", "'[1]Q 1'!"), ("cells", "A1")]),
        ("[0]!Rate", [("owner", "[0]!"), ("name", "Rate")]),
        ("A1:Sheet2!B2", [("cells", "A1"), ("owner", "Sheet2!"), ("cells", "B2")]),
        (
            "A1:INDEX(A:A,3)",
            [("cells", "A1"), ("function", "INDEX"), ("cells", "A:A"), ("number", "3")],
        ),
        ("Tab[[#This Row],[a]]", [("name", "Tab"), ("structure", "[[#This Row],[a]]")]),
        ("Tab[a'[b']'#]", [("name", "Tab"), ("structure", "[a'[b']'#]")]),
        ("[@Qty]*2", [("structure", "[@Qty]"), ("number", "2")]),
        ("SUM(A1#)", [("function", "SUM"), ("cells", "A1")]),
        ("R1C1+Rate1x", [("name", "R1C1"), ("name", "Rate1x")]),
        ("XFE1+A1048577", [("name", "XFE1"), ("name", "A1048577")]),
        ("LOG10(1.5E+3)", [("function", "LOG10"), ("number", "1.5E+3")]),
        ("Sheet1!#REF!+#N/A", [("owner", "Sheet1!"), ("error", "#REF!"), ("error", "#N/A")]),
        ("#REF!A1", [("owner", "#REF!"), ("cells", "A1")]),
        ("销售!A1+合计", [("owner", "销售!"), ("cells", "A1"), ("name", "合计")]),
        ("SUM($1:3,$A:B)", [("function", "SUM"), ("cells", "$1:3"), ("cells", "$A:B")]),
    ],
)
def test_a_formula_is_made_of_tokens(formula, found):
    assert kinds(formula) == found


pieces = st.sampled_from(
    "A1 $B$2:C3 Jan:Mar! 'a b'! [1]S! Tab [[#This|Row],[x]] \" ' [ ] #REF! # ! : ( ) , "
    "1.5 SUM( {1,2} @ é \n".split(" ")
)


@given(st.lists(pieces).map("".join) | st.text())
def test_tokens_joined_give_the_formula_back(formula):
    assert "".join(token.text for token in tokens(formula)) == formula
    assert changed(formula, lambda reference: reference) == formula


@pytest.mark.parametrize(
    "owner",
    [
        "Sheet1!",
        "'Q1 ''25'!",
        "Jan:Mar!",
        "'Jan 1:Mar'!",
        "[1]Sheet1!",
        "'[1]Q 1'!",
        "[1]!",
        "#REF!",
    ],
)
def test_an_owner_is_written_as_it_was_read(owner):
    assert str(Owner.parse(owner)) == owner


def test_references_know_their_owner_and_their_cells():
    first, second, name = references("SUM(A1,'x y'!$B:$C)+Sheet1!Local")
    assert (first.owner, str(first.cells)) == (None, "A1")
    assert second.owner == Owner("x y", "x y")
    assert str(second.cells.area) == "B:C"
    assert (name.cells, name.rest) == (None, "Local")
