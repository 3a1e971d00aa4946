from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.workbook.reading.totals import Label, total_rows, total_word


def kinds(table: str, keys: int = 1) -> dict[int, str]:
    """The totals of a table written as lines of cells: `keys` key columns, then "|", then figures;
    a "-" is an empty cell.
    """
    rows = [line.split("|") for line in table.strip().splitlines()]
    texts = [[None if cell == "-" else cell for cell in row[0].split()] for row in rows]
    figures = [[None if cell == "-" else float(cell) for cell in row[1].split()] for row in rows]
    columns = list(zip(*texts, strict=True))
    return total_rows(columns[:keys], columns[keys:], list(zip(*figures, strict=True)))


def test_the_total_behind_its_lines():
    assert kinds("C1 | 100\nC2 | 200.5\n合计 | 300.5") == {2: "labelled"}


def test_the_unlabelled_total_before_its_lines():
    assert kinds("- | 300 30\nC1 | 100 10\nC2 | 200 20") == {0: "unlabelled"}


def test_a_total_whose_last_figure_sums_only_a_part():
    table = "- - | 60 600 100\n1 A | 10 100 10\n2 B | 20 200 20\n- C | 30 300 -"
    assert kinds(table, keys=2) == {0: "unlabelled"}


def test_subtotals_and_their_total():
    table = """
        华东 | 1
        华东 | 2
        华东小计 | 3
        华南 | 4
        华南小计 | 4
        总计 | 7
    """
    assert kinds(table) == {2: "labelled", 4: "labelled", 5: "labelled"}


def test_subtotals_of_subtotals():
    table = """
        C1 | 1
        C1 | 2
        小计 | 3
        C2 | 4
        C2 | 5
        小计 | 9
        华东合计 | 12
        C3 | 6
        C4 | 7
        小计 | 13
        C5 | 8
        小计 | 8
        华南合计 | 21
        总计 | 33
    """
    assert set(kinds(table).values()) == {"labelled"}
    assert list(kinds(table)) == [2, 5, 6, 9, 11, 12, 13]


def test_subtotals_before_their_lines():
    table = "小计 | 3\nC1 | 1\nC1 | 2\n小计 | 9\nC2 | 4\nC2 | 5\n合计 | 12"
    assert list(kinds(table)) == [0, 3, 6]
    assert set(kinds(table).values()) == {"labelled"}


def test_running_totals():
    table = "C1 | 1\nC1 | 2\n本月合计 | 3\n累计 | 3\nC2 | 4\n本月合计 | 4\n累计 | 7"
    assert list(kinds(table)) == [2, 3, 5, 6]
    assert set(kinds(table).values()) == {"labelled"}


def test_a_total_that_sums_its_subtotals_too():
    assert kinds("C1 | 1\nC1 | 2\n小计 | 3\nC2 | 4\n小计 | 4\n总计 | 14")[5] == "labelled"


def test_unlabelled_subtotals_where_every_row_without_texts_is_one():
    table = "A | 1 10\nA | 2 20\n- | 3 30\nB | 4 40\nB | 5 50\n- | 9 90"
    assert kinds(table) == {2: "unlabelled", 5: "unlabelled"}


def test_lines_without_texts_are_usual_where_one_of_them_is_no_sum():
    assert kinds("A | 1 10\nA | 2 20\n- | 3 30\nB | 4 40\n- | 8 1") == {}


def test_figures_without_any_texts_are_no_totals():
    assert total_rows([[None] * 3], [], [[1.0, 2.0, 3.0], [2.0, 5.0, 7.0]]) == {}


def test_dashes_are_no_keys():
    keys = [["C1", "C2", "合计"], ["A1", "A2", "-"], ["B1", "B2", "—"]]
    assert total_rows(keys, [], [[1.0, 2.0, 3.0]]) == {2: "labelled"}
    bare = [["C1", "C2", "-"], ["A1", "A2", "--"]]
    assert total_rows(bare, [], [[1.0, 2.0, 3.0]]) == {2: "unlabelled"}


def test_a_figure_that_does_not_add_up_is_no_obstacle():
    assert kinds("C1 | 2 10 20\nC2 | 3 20 60\n- | 5 16 80") == {2: "unlabelled"}
    assert kinds("C1 | 10 0.5 20\nC2 | 20 0.3 60\n合计 | 15 0.4 80") == {2: "labelled"}


def test_a_row_that_says_total_and_sums_nothing_is_doubtful():
    assert kinds("C1 | 100\nC2 | 200\n合计 | 299") == {2: "doubtful"}


def test_a_row_that_says_total_without_figures_is_a_total():
    assert kinds("C1 | 100\n合计 | -") == {1: "labelled"}


def test_a_customer_whose_name_is_total_is_a_line():
    assert kinds("C1 Alpha | 100\nC2 Beta | 200\nC9 Total | 40", keys=2) == {}
    assert kinds("C1 Alpha | 100\nC2 Beta | 200\nC9 合计 | 40", keys=1) == {}


def test_a_row_with_a_key_that_says_total_and_is_a_sum_is_named_but_no_total():
    assert kinds("C1 a | 100\nC1 b | 200\nC1 小计 | 300", keys=1) == {2: "keyed"}


def test_a_row_with_a_key_is_a_line_whatever_it_sums_to():
    assert kinds("C1 | 100\nC2 | 200\nC3 | 300\n- | 7") == {}


def test_a_company_may_be_called_total_something():
    row = "C1 | 100 1\nTotalEnergies | 100 1"
    assert kinds(row) == {}
    names = ["Alpha", "Total Energy"]
    assert total_rows([names], [], [[100.0, 100.0]]) == {1: "doubtful"}
    assert total_rows([["Energy", "Energy Total"]], [], [[100.0, 100.0]]) == {1: "labelled"}
    small = [[1.0, 2.0, 3.0], [5.0, 9.0, 8.0], [4.0, 2.0, 1.0]]
    assert total_rows([["Alpha", "Beta", "Total Energy"]], [], small) == {2: "doubtful"}


def test_outline_subtotals_as_excel_writes_them():
    names = ["C1", "C1", "C1 Total", "C2", "C2 Total", "Grand Total"]
    assert total_rows([names], [], [[1.0, 2, 3, 4, 4, 7]]) == dict.fromkeys([2, 4, 5], "labelled")


def test_displayed_rounding_is_allowed_for():
    thirds = [33.333333, 33.333333, 33.333333]
    assert total_rows([["A", "B", "C", None]], [], [[*thirds, 100.0]]) == {3: "unlabelled"}
    rounded = [0.33, 0.33, 0.33]
    assert total_rows([["A", "B", "C", "合计"]], [], [[*rounded, 1.0]]) == {3: "doubtful"}
    many = [33.33] * 100
    names = [f"C{i}" for i in range(100)]
    assert total_rows([[*names, "合计"]], [], [[*many, 3333.33]]) == {100: "labelled"}
    assert total_rows([[*names, None]], [], [[*many, 3333.33]]) == {}


def test_sums_are_decimal():
    tenths = [0.1] * 30
    names = [f"C{i}" for i in range(30)]
    assert total_rows([[*names, None]], [], [[*tenths, 3.0]]) == {30: "unlabelled"}


def test_figures_may_be_decimals():
    figures = [Decimal("0.1"), 0.2, None, Decimal("0.3")]
    assert total_rows([["A", "B", "C", None]], [], [figures]) == {3: "unlabelled"}


def test_returns_and_lines_of_zero_count():
    assert kinds("C1 | 100\nC2 | -30\nC3 | 0\n- | 70") == {3: "unlabelled"}


def test_a_table_without_totals_or_figures_or_rows():
    assert kinds("C1 | 1\nC2 | 2") == {}
    assert total_rows([], [], []) == {}
    assert total_rows([["A", None]], [["", " "]], []) == {}
    assert total_rows([[None, None]], [], [[1.0, 2.0]]) == {}


def test_enormous_and_tiny_figures_do_no_harm():
    figures = [1e300, 1e-300, 5.0, 2.0**62, float("inf")]
    assert total_rows([["A", "B", "C", "D", "合计"]], [], [figures]) == {4: "labelled"}


@pytest.mark.parametrize(
    "text",
    "合计; 小计; 总计; 累计; 共计; 合 计; 合　计; 合计：; 合计:; 本页小计; 本月合计; 华东小计; "
    "2025年总计; 总额; 合计(元); Total; TOTAL:; Subtotal; Sub-total; Sub Total; Grand Total; "
    "Totals; Sum; 2025 Total; Total for East; Subtotal East; East Grand Total; "
    "Grand Total (USD); ** Total **".split("; "),
)
def test_words_that_say_total(text):
    assert total_word(text) == Label()


@pytest.mark.parametrize(
    ("text", "stem"), [("East Total", "east"), ("Total Energy", "energy"), ("C1 TOTAL", "c1")]
)
def test_words_that_say_total_or_are_a_name(text, stem):
    assert total_word(text) == Label(stem)


@pytest.mark.parametrize(
    "text",
    ["", "统计", "会计师事务所", "设计院", "TotalEnergies", "Summer", "计", "合计算法", "C1001"],
)
def test_words_that_do_not(text):
    assert total_word(text) is None


cents = st.integers(-10_000, 10_000).map(lambda n: float(Decimal(n) / 100))
lines = st.lists(
    st.tuples(st.sampled_from(["C1", "C2", "Total", "合计"]), cents, cents), max_size=12
)


@given(lines, st.integers(0, 12))
def test_no_line_with_a_key_is_ever_a_total_to_drop(rows, at):
    ids = [f"N{i}" for i in range(len(rows))]
    names, *figures = map(list, zip(*rows, strict=True)) if rows else ([], [], [])
    kinds = total_rows([ids, names], [], figures)
    assert set(kinds.values()) <= {"keyed"}


@given(
    lines.filter(lambda rows: len(rows) > 1), st.integers(0, 12), st.sampled_from(["合计", None])
)
def test_a_planted_total_is_found_wherever_it_stands(rows, at, label):
    at = min(at, len(rows))
    ids: list[object] = [f"N{i}" for i in range(len(rows))]
    figures = [[row[i] for row in rows] for i in (1, 2)]
    sums = [float(sum(Decimal(str(figure)) for figure in column)) for column in figures]
    two = all(sum(figure != 0 for figure in column) > 1 for column in figures)
    for column, total in zip(figures, sums, strict=True):
        column.insert(at, total)
    ids.insert(at, label)
    found = total_rows([ids], [], figures)
    if label or (two and any(sums)):
        assert found == {at: "labelled" if label else "unlabelled"}


@given(st.lists(st.lists(cents.filter(bool), min_size=1, max_size=4), min_size=1, max_size=5))
def test_planted_subtotals_are_found(groups):
    ids: list[str] = []
    figures: list[float] = []
    planted = set()
    for number, group in enumerate(groups):
        ids += [f"C{number}"] * len(group) + ["小计"]
        figures += [*group, float(sum(Decimal(str(figure)) for figure in group))]
        planted.add(len(ids) - 1)
    found = total_rows([ids], [], [figures])
    assert found == dict.fromkeys(sorted(planted), "labelled")


def test_some_thousand_rows_that_say_total_and_sum_nothing_are_found():
    size = 4_000
    figures = [[float(i * i) for i in range(size)] for _ in range(2)]
    assert "doubtful" in total_rows([["合计"] * size], [], figures).values()


def test_a_hundred_thousand_rows_with_a_subtotal_each_ten_are_found():
    size = 100_000
    ids = ["小计" if i % 10 == 9 else f"C{i // 10}" for i in range(size)]
    figures = [[9.0 if i % 10 == 9 else 1.0 for i in range(size)] for _ in range(3)]
    assert len(total_rows([ids], [], figures)) == size // 10
