"""The patches of xlwings' code: all of them, each once, and what they are there for."""

from __future__ import annotations

import re
import subprocess
import zipfile
from importlib.metadata import version

import pytest

from kam_excel.errors import ConfigError
from kam_excel.ribbon.addin.template import PATCHES, PATH, patched
from kam_excel.ribbon.addin.vbaproject import sources_of


@pytest.fixture(scope="module")
def source() -> str:
    return sources_of(zipfile.ZipFile(PATH).read("xl/vbaProject.bin"))["xlwings"]


@pytest.fixture(scope="module")
def safe(source) -> str:
    return patched(source)


def body(source: str, name: str) -> str:
    """One procedure of a module."""
    return re.search(rf"^(Sub|Public Function|Function) {name}\(.*?^End \1?", source, re.M | re.S)[
        0
    ]


def test_lines_end_as_vba_ends_them(safe):
    assert safe.count("\n") == safe.count("\r\n") > 1000
    assert safe.isascii()


@pytest.mark.parametrize("patch", PATCHES, ids=[each.why for each in PATCHES])
@pytest.mark.parametrize("times", [0, 2])
def test_a_patch_that_does_not_match_once_stops_the_build(source, patch, times):
    old = patch.old if times == 0 else ""
    changed = source.replace("\r\n", "\n").replace(patch.old, "' gone\n" if old else patch.old * 2)
    with pytest.raises(ConfigError) as stopped:
        patched(changed)
    (found,) = stopped.value.problems
    assert found.code.name == "ADDIN_TEMPLATE_CHANGED"
    assert version("xlwings") in found.what("en")
    assert version("xlwings") in found.what("zh")
    assert patch.why in found.what("en")


def test_one_more_character_anywhere_stops_the_build(source):
    for place in (0, source.index("Sub ShowError"), len(source)):
        with pytest.raises(ConfigError, match="ADDIN_TEMPLATE_CHANGED") as stopped:
            patched(f"{source[:place]} {source[place:]}")
        assert "code that no patch concerns" in str(stopped.value)


def test_another_version_with_the_same_code_is_taken(source, safe):
    installed = version("xlwings")
    assert installed in source
    assert patched(source.replace(installed, "0.37.99")) == safe.replace(installed, "0.37.99")


def test_no_setting_comes_from_the_workbook_or_its_folder(safe):
    config = body(safe, "GetConfig")
    assert "ActiveWorkbook" not in config.split("'Add-in Sheet Config")[0].replace(
        "GetConfigFromSheet(ActiveWorkbook)", ""
    )
    guards = re.findall(r"If (.*) Then\r\n\s+If GetConfigFrom(\w+)\((\w+)", config)
    assert guards == [
        ("False", "Sheet", "ActiveWorkbook"),
        ('SheetExists(ThisWorkbook, PROJECT_NAME & ".conf") = True', "Sheet", "ThisWorkbook"),
        ("False", "File", "GetDirectoryConfigFilePath"),
        ("FileExists(GetConfigFilePath()) = True", "File", "GetConfigFilePath"),
    ]


def test_running_python_takes_neither_code_nor_paths_from_the_workbook(safe):
    run = body(safe, "RunPython")
    _, after = run.split("uses_embedded_code = False\r\n    AddExcelDir")
    assert after.startswith(' = "false"')
    assert "uses_embedded_code = True\r\n" not in after
    assert "FullName" not in re.sub(r"(Active|This)FullName", "", after)
    assert 'ActiveFullName = ""' in after


def test_python_searches_no_current_folder(safe):
    assert safe.count(' -P -B -c ""import xlwings.utils') == 1
    assert 'PythonInterpreter + Chr(34) + " -P"' in body(safe, "ExecuteMac")


def test_the_settings_are_read_whatever_sheet_is_in_front(safe):
    """Range alone is that of the active sheet, and a chart sheet has none."""
    reading = body(safe, "GetConfigFromSheet")
    assert re.findall(r"(\w+\.|)Range\(", reading) == ["sht.", "sht.", "sht."]


@pytest.mark.parametrize("name", ["$(echo no).xlsx", "`id`.xlsx", 'a" b\\.xlsx', "$HOME 表.xlsx"])
def test_the_name_of_a_workbook_is_text_to_a_shell(safe, name):
    """As xlwings' script for macOS puts it into a line for sh, between double quotes."""
    (line,) = (each for each in safe.splitlines() if "ActiveWorkbook.Name," in each)
    pairs = re.findall(r', (".*?"|Chr\(34\)), (".*?"(?: \+ Chr\(34\))?)\)', line)
    assert len(pairs) == 5
    escaped = name
    for old, new in pairs:
        escaped = escaped.replace(vba_text(old), vba_text(new))
    command = f'printf %s "--wb={escaped}"'
    done = subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True)
    assert done.stdout == f"--wb={name}"


def vba_text(expression: str) -> str:
    """What a sum of texts in VBA says."""
    parts = (each.strip() for each in expression.split(" + "))
    return "".join('"' if each == "Chr(34)" else each[1:-1] for each in parts)
