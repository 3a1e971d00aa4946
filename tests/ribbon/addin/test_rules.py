"""What is wrong with an add-in is found before it is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kam_excel.ribbon.actions import actions_of
from kam_excel.ribbon.addin import rules
from kam_excel.ribbon.addin.rules import Content
from kam_excel.ribbon.addin.sheet import Row, rows_of
from kam_excel.ribbon.addin.vbaproject import modules_of, project_with


@pytest.fixture(scope="module")
def content(host, parts) -> Content:
    actions = actions_of(host)
    return Content(
        ribbon=parts["customUI/customUI.xml"],
        project=parts["xl/vbaProject.bin"],
        rows=rows_of(actions),
        code_name="Sheet2",
        actions=[each.id for each in actions],
    )


def codes(content: Content) -> list[str]:
    return [each.code.name for each in rules.problems_of(content)]


def test_what_is_built_breaks_none(content):
    assert rules.problems_of(content) == []


def changed_ribbon(content: Content, old: str, new: str) -> Content:
    ribbon = content.ribbon.replace(old.encode(), new.encode(), 1)
    assert ribbon != content.ribbon
    return replace(content, ribbon=ribbon)


def test_an_id_is_there_once(content):
    assert codes(changed_ribbon(content, 'id="kam_check"', 'id="kam_log"')) == ["ADDIN_ID_TWICE"]


def test_every_tag_is_an_action(content):
    assert codes(changed_ribbon(content, 'tag="check"', 'tag="checks"')) == [
        *["ADDIN_BUTTON_UNKNOWN"] * 2,
        *["ADDIN_LABEL_MISSING"] * 2,
    ]
    assert "ADDIN_ID_INVALID" in codes(changed_ribbon(content, 'tag="check"', 'tag="x\'y"'))


@pytest.mark.parametrize("name", ["信用", "a" * 65, "a b", "a';x"])
def test_a_tag_is_what_a_click_may_say(content, name):
    changed = changed_ribbon(content, 'tag="check"', f'tag="{name}"')
    rows = [replace(row, id=name if row.id == "check" else row.id) for row in content.rows]
    actions = [name if each == "check" else each for each in content.actions]
    assert codes(replace(changed, rows=rows, actions=actions)) == ["ADDIN_ID_INVALID"]


def test_every_control_and_message_has_a_text_in_both_languages(content):
    assert codes(replace(content, rows=content.rows[1:])) == ["ADDIN_LABEL_MISSING"]
    assert codes(replace(content, rows=content.rows[:-1])) == ["ADDIN_LABEL_MISSING"]
    assert codes(replace(content, rows=[*content.rows, Row("more", "多", "More")])) == [
        "ADDIN_LABEL_MISSING"
    ]
    for blank in ("", " \u3000"):
        without = [replace(row, en=blank) if row.id == "run" else row for row in content.rows]
        assert codes(replace(content, rows=without)) == ["ADDIN_LABEL_MISSING"]


@pytest.mark.parametrize("field", ["zh", "en", "tip_zh", "tip_en"])
def test_texts_have_1024_characters_at_most(content, field):
    long = ["ADDIN_LABEL_TOO_LONG"]
    for text, expected in (("x" * 1024, []), ("x" * 1025, long), ("😀" * 513, long)):
        rows = [replace(content.rows[0], **{field: text}), *content.rows[1:]]
        assert codes(replace(content, rows=rows)) == expected


def changed_code(content: Content, old: str, new: str) -> Content:
    modules = dict(modules_of(content.project))
    standard = {name: modules[name] for name in ("xlwings", "KamHost", "KamRibbon")}
    standard["KamRibbon"] = standard["KamRibbon"].replace(old, new, 1)
    assert standard["KamRibbon"] != modules["KamRibbon"]
    return replace(content, project=project_with(content.project, standard, "KamExcel"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Public Sub KamRibbon_OnAction(", "Public Sub KamRibbon_OnClick("),
        ("Public Sub KamRibbon_OnAction(", "Private Sub KamRibbon_OnAction("),
        (
            "Public Sub KamRibbon_OnAction(control As IRibbonControl)",
            "Public Sub KamRibbon_OnAction()",
        ),
        (
            "Public Sub KamRibbon_OnAction(control As IRibbonControl)",
            "Public Sub KamRibbon_OnAction(control As IRibbonControl, ByRef returned)",
        ),
        (
            "Public Sub KamRibbon_OnAction(control As IRibbonControl)",
            "Public Sub KamRibbon_OnAction(control As IRibbonControl)\r\nEnd Sub\r\n"
            "Public Sub KamRibbon_OnAction(control As IRibbonControl)",
        ),
        (
            "GetLabel(control As IRibbonControl, ByRef ",
            "GetLabel(control As IRibbonControl, ByVal ",
        ),
    ],
)
def test_every_callback_is_a_public_sub_as_the_ribbon_calls_it(content, old, new):
    assert codes(changed_code(content, old, new)) == ["ADDIN_CALLBACK_MISSING"]


def test_the_sheet_has_its_module(content):
    assert codes(replace(content, code_name="Sheet1")) == ["ADDIN_PROJECT_DAMAGED"]


@pytest.mark.parametrize("part", [0.2, 0.9])
def test_a_truncated_project_is_found(content, part):
    cut = content.project[: int(len(content.project) * part)]
    assert codes(replace(content, project=cut)) == ["ADDIN_PROJECT_DAMAGED"]
