"""The pages about clicks say what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from platformdirs.macos import MacOS

from kam_excel.codes import REGISTRY
from kam_excel.ribbon.actions import BUILT_IN
from kam_excel.ribbon.logfile import FILE_NAME, KEPT

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "ribbon.md", "zh": DOCS / "zh" / "ribbon.md"}


@pytest.fixture(params=["en", "zh"])
def language(request):
    return request.param


def test_every_button_is_explained(language):
    text = PAGES[language].read_text(encoding="utf-8")
    assert [a.id for a in BUILT_IN if f"| {a.label.in_(language)} |" not in text] == []


def test_codes_are_registered_and_the_same_on_both_pages():
    found = {
        language: re.findall(r"`([A-Z]+_[A-Z_]+|BUG)`", page.read_text(encoding="utf-8"))
        for language, page in PAGES.items()
    }
    assert found["en"] == found["zh"]
    assert set(found["en"]) <= set(REGISTRY)


def test_the_log_is_where_the_pages_say(language, own_folders):
    text = PAGES[language].read_text(encoding="utf-8")
    mac = MacOS("kam_excel", appauthor=False).user_log_path
    assert f"~/{mac.relative_to(Path.home()).as_posix()}" in text
    assert FILE_NAME in text
    assert KEPT == 3
