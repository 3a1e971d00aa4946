"""The line with which the add-in starts Python, worked out from its VBA, beside planted files."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from kam_excel.ribbon.addin.build import build_addin
from kam_excel.ribbon.addin.template import MODULE, PATH
from kam_excel.ribbon.addin.vbaproject import sources_of

CLICK = "import kam_excel.ribbon; kam_excel.ribbon.on_action('run', 'en')"
TERM = re.compile(
    r'"(?P<text>(?:[^"]|"")*)"|Chr\((?P<code>\d+)\)'
    r'|GetConfig\("(?P<key>[^"]+)"(?:, "(?P<default>[^"]*)")?\)'
    r'|Environ\("(?P<variable>[^"]+)"\)|(?P<name>[A-Za-z_.]+)'
)


@dataclass(frozen=True)
class Windows:
    """xlwings' module as Excel for Windows runs it, with where settings come from by place."""

    source: str
    settings: Mapping[str, Mapping[str, str]]
    book: Path

    def command(self, python: str) -> list[str]:
        """Python and its arguments; `\\"` is a quote to it as it is to a shell here."""
        return shlex.split(self.line(python).partition(" /C ")[2].split(" 2> ")[0])

    def line(self, python: str) -> str:
        """The whole line, with the shell that it is given to."""
        names = {
            "ActiveWorkbook.FullName": str(self.book),
            "ThisWorkbook.FullName": "",
            "ActiveWorkbook.Name": self.book.name,
            "Application.Path": "",
            "Application.Name": "Excel",
            "Application.Hwnd": "1",
            "PythonCommand": python,
            "PYTHON_WIN": self.setting("INTERPRETER_WIN") or "python",
            **dict.fromkeys(("DriveCommand", "CondaCmd", "LOG_FILE"), ""),
        }
        for name in ("AddExcelDir", "ActiveFullName", "ThisFullName", "PYTHONPATH"):
            names[name] = self.value(self.assigned("RunPython", name)[-1], names)
        start = "ExecuteWindows"
        names["PythonInterpreter"] = self.value(self.assigned(start, "PythonInterpreter")[0], names)
        names["RunCommand"] = self.value(self.assigned(start, "RunCommand")[0], names)
        (line,) = re.findall(r"WScript\.Run\((.*?),\s+WindowStyle", self.procedure(start))
        return self.value(line, names)

    def setting(self, key: str, default: str = "") -> str:
        """As GetConfig: of the first place that it looks in and that has it."""
        guarded = r"If (.*) Then\s+If GetConfigFrom\w+\((\w+)"
        for guard, place in re.findall(guarded, self.procedure("GetConfig")):
            if guard != "False" and key in self.settings.get(place, {}):
                return self.settings[place][key]
        return default

    def procedure(self, name: str) -> str:
        text = self.source.replace("\r\n", "\n").replace(" _\n", " ")
        return re.search(rf"^(?:Public )?Function {name}\(.*?^End Function", text, re.M | re.S)[0]

    def assigned(self, procedure: str, name: str) -> list[str]:
        """What a procedure gives a variable, in order."""
        found = re.findall(rf"^\s+{name} = (.*)$", self.procedure(procedure), re.M)
        assert found
        return found

    def value(self, expression: str, names: Mapping[str, str]) -> str:
        """What a sum of texts says."""
        return "".join(self.term(each, names) for each in TERM.finditer(expression))

    def term(self, found: re.Match[str], names: Mapping[str, str]) -> str:
        if found["text"] is not None:
            return found["text"].replace('""', '"')
        if found["code"]:
            return chr(int(found["code"]))
        if found["variable"]:
            return {"SystemRoot": "C:\\Windows"}[found["variable"]]
        if found["key"]:
            return self.setting(found["key"], found["default"] or "")
        return names[found["name"]]


@pytest.fixture
def book(tmp_path) -> Path:
    """A workbook beside which somebody put a package that is called as ours."""
    planted = tmp_path / "kam_excel" / "__init__.py"
    planted.parent.mkdir()
    planted.write_text("raise SystemExit('planted')\n")
    return tmp_path / "book.xlsx"


def settings_beside(**given: str) -> dict[str, dict[str, str]]:
    """Settings that come with a workbook: a sheet of its own, a file in its folder."""
    return {"ActiveWorkbook": given, "GetDirectoryConfigFilePath": given}


def modules(path: Path) -> str:
    return sources_of(zipfile.ZipFile(path).read("xl/vbaProject.bin"))[MODULE]


@pytest.fixture
def ours(tmp_path, host, book) -> Windows:
    """The add-in as it is built."""
    path = build_addin(tmp_path / "kam.xlsm", host, as_workbook=True).path
    rows = openpyxl.load_workbook(path).active["I1:J20"]
    own = {name.value: value.value or "" for name, value in rows if name.value}
    evil = settings_beside(INTERPRETER_WIN="/planted/python", PYTHONPATH=str(book.parent))
    return Windows(modules(path), {**evil, "ThisWorkbook": own}, book)


def said(command: list[str], folder: Path) -> str:
    """What Python ends with when it is started in `folder`."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.stderr


def test_the_add_in_runs_its_own_python_and_our_package(ours, book):
    command = ours.command(CLICK)
    assert command[:4] == [sys.executable, "-P", "-B", "-c"]
    assert command[5:7] == [f"--wb={book.name}", "--from_xl=1"]
    assert str(book.parent) not in command[4]
    # Our code says that no Excel calls here.
    assert "EXCEL_NOT_REACHED" in said(command, book.parent)


def test_the_shell_is_that_of_windows_whatever_lies_in_the_current_folder(ours, book):
    assert ours.line(CLICK).startswith('"C:\\Windows\\System32\\cmd.exe" /C ')
    assert Windows(modules(PATH), {}, book).line(CLICK).startswith("cmd.exe /C ")


def test_as_xlwings_has_it_what_lies_beside_a_workbook_decides(book):
    """So what is planted here would be run, were the template not changed."""
    evil = settings_beside(INTERPRETER_WIN="/planted/python")
    template = Windows(modules(PATH), evil, book)
    assert template.command(CLICK)[0] == "/planted/python"
    plain = settings_beside(INTERPRETER_WIN=sys.executable)
    command = Windows(modules(PATH), plain, book).command(CLICK)
    assert said(command, book.parent) == "planted\n"
    # Even where nobody starts it in the folder of the workbook.
    assert said(command, Path("/")) == "planted\n"
