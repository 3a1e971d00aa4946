from __future__ import annotations

import pytest

from kam_excel.codes.registry import Code, Registry, Text
from kam_excel.errors import (
    ConfigError,
    ExcelError,
    KamError,
    Place,
    PluginError,
    PolicyError,
    Problem,
    WorkbookError,
    nearest,
    problem,
    raise_if,
)

LATE = Code(
    "TOO_LATE",
    "error",
    Text("第 {row} 行太晚。", "Row {row} is too late."),
    Text("请更正第 {row} 行。", "Correct row {row}."),
)
PLACE = Place(file="sales.xlsx", sheet="销售", cell="B7")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place(file="a.xlsx"), "a.xlsx"),
        (Place(file="a.xlsx", sheet="销售"), "a.xlsx, 销售"),
        (PLACE, "sales.xlsx, 销售!B7"),
        (Place(cell="B7"), "B7"),
        (Place(file="config.yaml", line=3, path="run.currency"), "config.yaml:3, run.currency"),
    ],
)
def test_a_place_reads_as_people_write_it(place, text):
    assert str(place) == text


def test_a_problem_speaks_both_languages_on_one_line():
    late = Problem(LATE, PLACE, {"row": 7})
    assert late.text("en") == ("TOO_LATE sales.xlsx, 销售!B7: Row 7 is too late. Correct row 7.")
    assert late.text("zh") == "TOO_LATE sales.xlsx, 销售!B7：第 7 行太晚。请更正第 7 行。"


def test_a_problem_without_place_or_hint_leaves_no_gap():
    assert Problem(Code("GONE", "note", Text("没了。", "Gone."))).text() == "GONE Gone."


def test_a_problem_as_plain_data():
    assert Problem(LATE, PLACE, {"row": 7}).to_json("zh") == {
        "code": "TOO_LATE",
        "level": "error",
        "where": "sales.xlsx, 销售!B7",
        "what": "第 7 行太晚。",
        "hint": "请更正第 7 行。",
    }


def test_a_problem_needs_a_registered_code():
    assert problem("SETTING_TWICE", PLACE, count=2).facts == {"count": 2}
    with pytest.raises(KeyError, match="NO_SUCH_CODE"):
        problem("NO_SUCH_CODE")


def test_an_error_carries_all_its_problems():
    late = Problem(LATE, PLACE, {"row": 7})
    later = Problem(LATE, PLACE, {"row": 8})
    assert WorkbookError(late).problems == (late,)
    error = WorkbookError(each for each in (late, later))
    assert error.problems == (late, later)
    assert str(error).splitlines() == [late.text(), later.text()]


def test_only_configuration_mistakes_exit_with_2():
    codes = {error.__name__: error.exit_code for error in KamError.__subclasses__()}
    others = {error.__name__: 1 for error in (WorkbookError, PolicyError, PluginError, ExcelError)}
    assert codes == {"ConfigError": 2, **others}


def test_problems_are_raised_together_or_not_at_all():
    raise_if([], ConfigError)
    with pytest.raises(ConfigError) as caught:
        raise_if([Problem(LATE, PLACE, {"row": row}) for row in (1, 2)], ConfigError)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("identifcation", "identification"),
        ("SUPPLY", "supply"),
        ("xyz", ""),
        ("销售明", "销售明细"),
    ],
)
def test_the_nearest_name_in_its_own_spelling(name, found):
    assert nearest(name, ["identification", "supply", "销售明细"]) == found


def test_a_code_is_declared_once():
    registry = Registry()
    registry.declare(LATE, LATE)
    assert list(registry) == ["TOO_LATE"]
    with pytest.raises(ValueError, match="TOO_LATE is declared twice"):
        registry.declare(Code("TOO_LATE", "note", Text("晚", "late")))


def test_words_of_others_end_before_the_advice():
    code = Code("GONE", "error", Text("出错：{error}", "It said {error}"), Text("重试。", "Try."))
    assert Problem(code, facts={"error": "no"}).text() == "GONE It said no. Try."
    assert Problem(code, facts={"error": "no."}).text() == "GONE It said no. Try."
    assert Problem(code, facts={"error": "no"}).text("zh") == "GONE 出错：no。重试。"
