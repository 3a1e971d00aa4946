"""Which Python the buttons run."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kam_excel
from kam_excel.errors import ConfigError
from kam_excel.ribbon.addin.interpreter import settings_for


def test_it_is_the_one_that_runs_now():
    settings = settings_for(None)
    assert settings["INTERPRETER_WIN"] == settings["INTERPRETER_MAC"] == sys.executable


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("C:\\kam\\Scripts\\python.exe", "C:\\kam\\Scripts"),
        ("D:\\程序 (x86) & more\\python.exe", "D:\\程序 (x86) & more"),
        ("\\\\server\\share\\kam\\python.exe", "\\\\server\\share\\kam"),
        ("/Users/王/kam env/bin/python", "/Users/王/kam env/bin"),
    ],
)
def test_modules_are_searched_beside_it_first_and_never_nowhere(path, folder):
    settings = settings_for(path)
    assert settings["PYTHONPATH"] == folder
    assert settings["ADD_WORKBOOK_TO_PYTHONPATH"] == settings["USE UDF SERVER"] == "False"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "python",
        "Scripts\\python.exe",
        "C:\\a;b\\python.exe",
        "C:\\%TEMP%\\python.exe",
        'C:\\a" & calc & "\\python.exe',
        "/opt/$(id)/python",
        "/opt/`id`/python",
        "/opt/a|b/python",
        "/opt/a\nb/python",
    ],
)
def test_what_a_shell_would_not_take_as_it_is_is_refused(path):
    with pytest.raises(ConfigError) as refused:
        settings_for(path)
    assert [each.code.name for each in refused.value.problems] == ["ADDIN_INTERPRETER"]


def test_an_active_environment_of_conda_is_activated_on_windows(monkeypatch):
    monkeypatch.setenv("CONDA_EXE", "C:\\conda\\Scripts\\conda.exe")
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "kam")
    found = settings_for(None)
    assert (found["CONDA PATH"], found["CONDA ENV"]) == ("C:\\conda", "kam")
    other = settings_for("C:\\kam\\python.exe")
    assert (other["CONDA PATH"], other["CONDA ENV"]) == ("", "")


@pytest.mark.parametrize(("program", "name"), [("/opt/conda", "kam"), ("C:\\c\\S\\c.exe", "a&b")])
def test_no_other_environment_is(monkeypatch, program, name):
    monkeypatch.setenv("CONDA_EXE", program)
    monkeypatch.setenv("CONDA_DEFAULT_ENV", name)
    assert settings_for(None)["CONDA PATH"] == ""


def imported(folder, options: str, searched: str) -> str:
    """Where kam_excel comes from, in the line that xlwings gives to the shell of macOS."""
    code = (
        f"import xlwings.utils;xlwings.utils.prepare_sys_path('{searched}');"
        "import kam_excel; print(kam_excel.__file__)"
    )
    line = f'"{sys.executable}" {options} -B -u -W ignore -c "{code}"'
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True)
    return done.stdout.strip()


def test_a_package_planted_where_python_is_started_or_a_workbook_lies_is_not_imported(tmp_path):
    """Without `-P`, and as xlwings' template has it, it is."""
    planted = tmp_path / "kam_excel" / "__init__.py"
    planted.parent.mkdir()
    planted.touch()
    book = tmp_path / "book.xlsx"
    assert imported(tmp_path, "", f"true;{book};{book};;;;;") == str(planted)
    safe = settings_for(None)["PYTHONPATH"]
    assert imported(tmp_path, "", f"false;;;;;;{safe}") == str(planted)
    assert imported(tmp_path, "-P", f"false;;;;;;{safe}") == kam_excel.__file__
