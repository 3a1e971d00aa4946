import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.references.following import (
    after_block,
    after_shift,
    after_shift_in_name,
    in_moved_block,
    refers_to_sheet,
    renamed,
    without_sheet,
)
from kam_excel.headless.references.moving import Block, Shift


def insert(address, axis="rows"):
    return Shift(parse_area(address), axis, inserts=True)


def delete(address, axis="rows"):
    return Shift(parse_area(address), axis, inserts=False)


@pytest.mark.parametrize(
    ("shift", "formula", "after"),
    [
        (insert("3:4"), "A2+A3+$A$3", "A2+A5+$A$5"),
        (insert("3:4"), "SUM(A2:A3)", "SUM(A2:A5)"),
        (insert("3:4"), "SUM(A3:A9)", "SUM(A5:A11)"),
        (insert("3:4"), "SUM(A1:A2)", "SUM(A1:A2)"),
        (insert("3:4"), "SUM(A:A,3:3,1:3)", "SUM(A:A,5:5,1:5)"),
        (
            insert("3:4"),
            "A3&\"A3\"&Other!A3&Here!A3&'Here'!$A3",
            "A5&\"A3\"&Other!A3&Here!A5&'Here'!$A5",
        ),
        (insert("3:4"), "[1]Here!A3+Jan:Here!A3+Tab[A3]", "[1]Here!A3+Jan:Here!A3+Tab[A3]"),
        (insert("3:4"), "A1048576", "#REF!"),
        (insert("3:4"), "SUM(A5:A1048575)", "SUM(A7:A1048576)"),
        (insert("3:4"), "SUM(A9:A3)", "SUM(A5:A11)"),
        (insert("3:4"), "A3#", "A5#"),
        (insert("B3:C3"), "A3+B3+C3+D3", "A3+B4+C4+D3"),
        (insert("B3:C3"), "SUM(B1:C9)+SUM(A1:C9)", "SUM(B1:C10)+SUM(A1:C9)"),
        (insert("B:B", "columns"), "A1+B1+$C$1+SUM(A:B)+SUM(1:1)", "A1+C1+$D$1+SUM(A:C)+SUM(1:1)"),
        (insert("B1:B2", "columns"), "B1+B3+SUM(B1:C2)", "C1+B3+SUM(C1:D2)"),
        (delete("3:4"), "A2+A3+A5+$A$5", "A2+#REF!+A3+$A$3"),
        (delete("3:4"), "SUM(A2:A9)", "SUM(A2:A7)"),
        (delete("3:4"), "SUM(A3:A9)", "SUM(A3:A7)"),
        (delete("3:4"), "SUM(A1:A3)", "SUM(A1:A2)"),
        (delete("3:4"), "SUM(A3:A4)+SUM(3:4)", "SUM(#REF!)+SUM(#REF!)"),
        (delete("3:4"), "Here!A3", "Here!#REF!"),
        (delete("3:4"), "SUM(A:A)", "SUM(A:A)"),
        (delete("B3:B4"), "B3+B5+C5+SUM(A1:C9)", "#REF!+B3+C5+SUM(A1:C9)"),
        (delete("B:C", "columns"), "A1+B1+D1+SUM(A:D)", "A1+#REF!+B1+SUM(A:B)"),
        (delete("B1:B2", "columns"), "B1+C1+C3", "#REF!+B1+C3"),
    ],
)
def test_references_follow_cells_as_in_excel(shift, formula, after):
    assert after_shift(formula, shift, "Here", "here") == after


def test_formulas_elsewhere_follow_where_they_name_the_sheet():
    formula = "A3+'My sheet'!A3+'my sheet'!A:A"
    after = after_shift(formula, insert("2:2"), "My sheet", "Other")
    assert after == "A3+'My sheet'!A4+'my sheet'!A:A"


def test_defined_names_without_dollars_stay():
    formula = "Here!$A$3+Here!A3+Here!$A3"
    assert after_shift_in_name(formula, insert("2:2"), "Here") == "Here!$A$4+Here!A3+Here!$A3"


lines = st.integers(1, 9)
corners = st.tuples(lines, lines, lines, lines)
areas = corners.map(
    lambda c: Area(min(c[0], c[1]), min(c[2], c[3]), max(c[0], c[1]), max(c[2], c[3]))
)


@given(areas, areas, st.sampled_from(["rows", "columns"]))
def test_what_is_inserted_and_deleted_again_changes_no_reference(reference, place, axis):
    there, back = Shift(place, axis, True), Shift(place, axis, False)
    between = there.follow(reference)
    assert between is not None
    assert back.follow(between) == reference


@given(areas, areas, st.sampled_from(["rows", "columns"]), st.booleans())
def test_areas_follow_as_their_cells_do(reference, place, axis, inserts):
    shift = Shift(place, axis, inserts)
    if not shift.spans(reference):
        assert shift.follow(reference) == reference
        return
    moved = {cell for each in reference.cells() if (cell := shift.cell(*each))}
    after = shift.follow(reference)
    assert (after is None) == (not moved)
    if after is not None:
        rows, columns = zip(*moved, strict=True)
        assert after == Area(min(rows), min(columns), max(rows), max(columns))


@given(areas, areas, st.sampled_from(["rows", "columns"]), st.booleans())
def test_pieces_hold_every_cell_that_an_area_had(area, place, axis, inserts):
    shift = Shift(place, axis, inserts)
    moved = {cell for each in area.cells() if (cell := shift.cell(*each))}
    held = [cell for piece in shift.pieces(area) for cell in piece.cells()]
    assert moved <= set(held)
    assert len(held) == len(set(held))


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("B2+B$3+SUM(B2:C3)", "E5+E$6+SUM(E5:F6)"),
        ("A1+E5+SUM(E5:F6)+SUM(D5:F9)", "A1+#REF!+SUM(#REF!)+SUM(D5:F9)"),
        ("SUM(A1:C9)", "SUM(A1:C9)"),
    ],
)
def test_references_follow_a_block_that_is_moved(formula, after):
    assert after_block(formula, Block(parse_area("B2:C3"), 3, 3), "Here", "Here", "Here") == after


@pytest.mark.parametrize(
    ("block", "by", "after"),
    [("A10", 2, "SUM(A1:A12)"), ("A1", -0, "SUM(A1:A10)"), ("A10:B10", -3, "SUM(A1:A7)")],
)
def test_an_area_follows_its_edge(block, by, after):
    moved = Block(parse_area(block), by, 0)
    assert after_block("SUM(A1:A10)", moved, "Here", "Here", "Here") == after


def test_a_block_takes_references_to_another_sheet():
    block = Block(parse_area("A1:B2"), 2, 2)
    assert after_block("A1+Old!B2+C1", block, "Old", "New x", "Old") == "'New x'!C3+'New x'!D4+C1"
    assert after_block("Old!A1+C3", block, "Old", "New x", "New x") == "C3+#REF!"
    assert in_moved_block("A1+C9+'New x'!B1", block, "Old", "New x") == "C3+Old!C9+B1"


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("Old!A1+old!$2:$2+A1", "'new one'!A1+'new one'!$2:$2+A1"),
        ("'Old'!A1&\"Old!A1\"", "'new one'!A1&\"Old!A1\""),
        ("Older!A1+[1]Old!A1+'x Old'!A1", "Older!A1+[1]Old!A1+'x Old'!A1"),
        ("SUM(Old:Mar!A1,Jan:Old!A1)", "SUM('new one:Mar'!A1,'Jan:new one'!A1)"),
        ("Old!Local+Old!#REF!", "'new one'!Local+'new one'!#REF!"),
    ],
)
def test_references_follow_a_sheet_that_is_renamed(formula, after):
    assert renamed(formula, "Old", "new one") == after


@given(st.text(min_size=1, max_size=31).filter(lambda name: not set(name) & set("[]:*?/\\'!")))
def test_renaming_there_and_back_changes_nothing(name):
    formula = f"Data!A1+SUM('{name} x'!$B:$B)+Local"
    there = renamed(formula, f"{name} x", "Between")
    assert renamed(there, "Between", f"{name} x") == formula or name != name.strip()


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("Feb!A1+'Feb'!$B:$B+Jan!A1", "#REF!A1+#REF!$B:$B+Jan!A1"),
        ("Feb!Local", "#REF!Local"),
        ("SUM(Jan:Feb!A1)", "SUM(Jan!A1)"),
        ("SUM(Feb:Apr!A1)", "SUM(Mar:Apr!A1)"),
        ("SUM(Jan:Mar!A1)", "SUM(Jan:Mar!A1)"),
        ("[1]Feb!A1", "[1]Feb!A1"),
    ],
)
def test_references_to_a_deleted_sheet_are_lost(formula, after):
    assert without_sheet(formula, "feb", ["Jan", "Feb", "Mar", "Apr"]) == after


def test_a_formula_knows_the_sheets_that_it_names():
    assert refers_to_sheet("A1+'It''s'!B1", "it's")
    assert refers_to_sheet("SUM(Jan:Mar!A1)", "Mar")
    assert not refers_to_sheet('"Mar!A1"&[1]Mar!A1', "Mar")
