import pytest

from kam_excel.headless.references.structured import (
    spelled_out,
    with_column_renamed,
    with_table_renamed,
    without_column,
    without_tables,
)


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(Tab[a])+ROWS(tab)", "SUM(New[a])+ROWS(New)"),
        ("Tab[[#This Row],[Tab]]", "New[[#This Row],[Tab]]"),
        ('"Tab"&Tab2[a]&Tab(1)', '"Tab"&Tab2[a]&Tab(1)'),
        ("[1]!Tab[a]+'Tab'!A1", "[1]!Tab[a]+'Tab'!A1"),
    ],
)
def test_references_follow_a_table_that_is_renamed(formula, after):
    assert with_table_renamed(formula, "Tab", "New") == after


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(Tab[a])", "SUM(Tab[b'[c']])"),
        ("Tab[[#This Row],[A]]*Other[a]", "Tab[[#This Row],[b'[c']]]*Other[a]"),
        ("Tab[[a]:[z]]+Tab[[#Totals],[a]]", "Tab[[b'[c']]:[z]]+Tab[[#Totals],[b'[c']]]"),
        ("[@a]+[a]+Tab[@a]", "[@b'[c']]+[b'[c']]+Tab[@b'[c']]"),
        ("Tab[#Headers]", "Tab[#Headers]"),
    ],
)
def test_references_follow_a_column_that_is_renamed(formula, after):
    assert with_column_renamed(formula, "tab", "a", "b[c]", home="Tab") == after


def test_special_characters_of_columns_are_escaped():
    assert with_column_renamed("Tab[a'#b]", "Tab", "a#b", "c") == "Tab[c]"


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(Tab[a])+SUM(Tab[b])", "SUM(#REF!)+SUM(Tab[b])"),
        ("Tab[[#This Row],[a]]*2+Other[a]", "#REF!*2+Other[a]"),
        ("[@a]*2", "#REF!*2"),
    ],
)
def test_references_to_a_deleted_column_are_lost(formula, after):
    assert without_column(formula, "Tab", "a", home="Tab") == after


def test_references_to_a_deleted_table_are_lost():
    assert (
        without_tables("SUM(Tab[a])+ROWS(TAB)+Tab2[a]", ["Tab"]) == "SUM(#REF!)+ROWS(#REF!)+Tab2[a]"
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("[@Qty]*2", "Tab[[#This Row],[Qty]]*2"),
        ("[@[Unit price]]+Other[@Qty]", "Tab[[#This Row],[Unit price]]+Other[[#This Row],[Qty]]"),
        ("SUM([Qty])+ROW([@])", "SUM(Tab[Qty])+ROW(Tab[#This Row])"),
        ("SUM([@[a]:[b]])", "SUM(Tab[[#This Row],[a]:[b]])"),
        ("[1]Sheet1!A1", "[1]Sheet1!A1"),
    ],
)
def test_what_one_types_in_a_table_is_stored_in_full(typed, stored):
    assert spelled_out(typed, "Tab") == stored
