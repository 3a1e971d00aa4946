"""docs/xlwings.md says of each member what the engine really does."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from kam_excel.headless.support import support
from kam_excel.report.support import support_page

PAGE = Path(__file__).parents[2] / "docs" / "xlwings.md"
CLASSES = {each.name: {m.name: m for m in each.members} for each in support()}


def test_the_page_is_the_engine(golden):
    golden(PAGE, support_page(support()))


def test_the_page_tells_every_member():
    page = support_page(support())
    for name, members in CLASSES.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert [member for member in members if f"| `{member}` |" not in section] == []


def test_the_classes_of_the_object_model_are_told():
    assert {"App", "Book", "Sheet", "Range", "Table", "Chart", "Name", "Font"} <= CLASSES.keys()
    assert not {"Engine", "BookAsync", "Macro"} & CLASSES.keys()


@pytest.mark.parametrize(
    ("member", "status"),
    [
        ("Range.value", "yes"),
        ("Range.rows", "yes"),
        ("Range.get_address", "yes"),
        ("Book.save", "partly"),
        ("App.screen_updating", "kept"),
        ("App.macro", "no"),
        ("Book.to_pdf", "no"),
        ("Sheet.to_pdf", "no"),
        ("Sheet.render_template", "no"),
    ],
)
def test_what_is_told_of_a_member(member, status):
    cls, name = member.split(".")
    assert CLASSES[cls][name].status == status


def test_what_is_not_there_says_what_stands_on_the_page(app, new_book):
    sheet = new_book.sheets[0]
    owners = {"App": app, "Book": sheet.book, "Sheet": sheet, "Range": sheet["A1"]}
    calls = {"alert": ("text",), "to_pdf": (), "to_html": ()}
    tried = 0
    for cls, owner in owners.items():
        for name, arguments in calls.items():
            member = CLASSES[cls].get(name)
            if member and member.status == "no":
                with pytest.raises(NotImplementedError) as refused:
                    getattr(owner, name)(*arguments)
                assert str(refused.value) == member.remark
                tried += 1
    assert tried >= 3


def test_every_refusal_has_a_message():
    refused = [m for members in CLASSES.values() for m in members.values() if m.status == "no"]
    assert all(member.remark for member in refused)
    assert xw.__version__.startswith("0.37.")
