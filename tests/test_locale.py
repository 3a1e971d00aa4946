"""The language of messages where nobody asks for one."""

from __future__ import annotations

import pytest

from kam_excel.codes import locale

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def environment(monkeypatch):
    """An environment without a locale, to set one in; and the language of Windows."""

    def make(windows: int = 0, **named: str) -> None:
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
        for name, value in named.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(locale, "_windows_language", lambda: windows)

    return make


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh"}, "zh"),
    ],
)
def test_the_locale_decides(environment, named, language):
    environment(**named)
    assert locale.language_of_locale() == language


@pytest.mark.parametrize(("windows", "language"), [(0x04, "zh"), (0x09, "en")])
def test_without_a_locale_windows_does(environment, windows, language):
    environment(windows)
    assert locale.language_of_locale() == language
    environment(windows, LANG="en_US.UTF-8")
    assert locale.language_of_locale() == "en"
