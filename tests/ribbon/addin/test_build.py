"""The add-in as a file: what is in it, the same bytes each time, and nobody's file overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import openpyxl
import pytest
from lxml import etree

from kam_excel.codes import Text
from kam_excel.contract.action import RibbonAction
from kam_excel.errors import ConfigError, PluginError, WorkbookError
from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.ribbon.actions import GROUPS, actions_of
from kam_excel.ribbon.addin import build, template
from kam_excel.ribbon.addin.build import build_addin, sources
from kam_excel.ribbon.addin.customui import NAMESPACE
from kam_excel.ribbon.addin.vbaproject import modules_of, sources_of


def host_with(*buttons: RibbonAction):
    plugin = SimpleNamespace(kam_ribbon_actions=core.hookimpl(lambda: list(buttons)))
    return make_host(core, plugin, discover=True)


def ribbon(path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("customUI/customUI.xml"))


def buttons(path) -> list[str]:
    return [each.get("tag") for each in ribbon(path).iter(f"{{{NAMESPACE}}}button")]


def cell_of(path, name: str) -> object:
    with open_headless(path) as book:
        return book.sheets[0].range(name).value


def test_there_is_a_button_for_every_action_in_its_group(addin, host):
    actions = actions_of(host)
    assert buttons(addin) == [each.id for each in actions]
    groups = ribbon(addin).findall(f".//{{{NAMESPACE}}}group")
    assert [each.get("tag") for each in groups] == [
        f"group.{name}" for name in GROUPS if any(each.group == name for each in actions)
    ]
    large = [each.get("tag") for each in ribbon(addin).iter() if each.get("size") == "large"]
    assert large == [each.id for each in actions if each.is_large]


def test_a_plugins_button_appears_by_itself(tmp_path):
    button = RibbonAction("mail", Text("=发送", "=Send"), Text("发送清单", "Sends it"), print)
    path = build_addin(tmp_path / "kam.xlsm", host_with(button), as_workbook=True).path
    assert "plugin.mail" in buttons(path)
    assert "group.plugins" in [each.get("tag") for each in ribbon(path).iter()]
    cells = {row[0].value: row for row in openpyxl.load_workbook(path).active.iter_rows()}
    assert [(each.value, each.data_type) for each in cells["plugin.mail"][1:3]] == [
        ("=发送", "s"),
        ("=Send", "s"),
    ]


def test_the_sheet_holds_labels_language_and_settings(tmp_path, host):
    build_addin(tmp_path / "kam.xlsm", host, as_workbook=True)
    sheet = openpyxl.load_workbook(tmp_path / "kam.xlsm").active
    assert sheet.title == "kam_excel.conf"
    rows = [[cell.value for cell in row[:5]] for row in sheet.iter_rows() if row[0].value]
    assert rows[:2] == [
        ["id", "zh", "en", "tip zh", "tip en"],
        ["tab", "大客户", "KAM", None, None],
    ]
    by_id = {row[0]: row[1:] for row in rows[1:]}
    for action in actions_of(host):
        assert by_id[action.id] == [
            action.label.zh,
            action.label.en,
            action.tip.zh,
            action.tip.en,
        ]
    assert (sheet["G1"].value, sheet["G2"].value) == ("language", "auto")
    settings = {name.value: value.value for name, value in sheet["I1:J9"]}
    assert settings["INTERPRETER_WIN"] == sys.executable
    assert settings["PYTHONPATH"] == os.path.dirname(sys.executable)
    assert sheet["I10"].value is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_language_can_be_fixed(tmp_path, host, language):
    path = build_addin(tmp_path / "kam.xlam", host, language).path
    assert cell_of(path, "G2") == language


def test_the_code_is_ours_and_xlwings_made_safe(parts):
    modules = modules_of(parts["xl/vbaProject.bin"])
    assert {name: modules[name] for name in sources()} == sources()
    assert modules["xlwings"] == template.patched(
        sources_of(zipfile.ZipFile(template.PATH).read("xl/vbaProject.bin"))["xlwings"]
    )
    assert b'codeName="Sheet2"' in parts["xl/worksheets/sheet1.xml"]
    assert "Sheet2" in modules


def test_our_sources_are_ascii_with_the_name_that_vba_gives_them():
    for name, source in sources().items():
        assert source.startswith(f'Attribute VB_Name = "{name}"\r\n')
        assert source.isascii()
        assert source.count("\n") == source.count("\r\n")


def test_the_ribbon_is_linked_as_its_namespace_demands(parts):
    assert b"2006/relationships/ui/extensibility" in parts["_rels/.rels"]
    assert b"2007/relationships" not in parts["_rels/.rels"]


def test_the_workbook_differs_in_its_kind_alone(tmp_path, host, parts):
    path = build_addin(tmp_path / "kam.xlsm", host, as_workbook=True).path
    with zipfile.ZipFile(path) as archive:
        twin = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name in parts if twin.pop(name) != parts[name]] == ["[Content_Types].xml"]
    assert twin == {}


def test_the_same_plugins_give_the_same_bytes_in_another_process_with_another_seed(addin, tmp_path):
    path = tmp_path / "other.xlam"
    code = (
        "import sys; from pathlib import Path; from kam_excel.host import make_host\n"
        "from kam_excel.pipeline import core\n"
        "from kam_excel.ribbon.addin.build import build_addin\n"
        "build_addin(Path(sys.argv[1]), make_host(core, discover=True))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Shanghai"}
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=environment)
    assert sha(path) == sha(addin)


def sha(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_add_in_of_ours_is_replaced(tmp_path, host, addin):
    path = tmp_path / "kam.xlam"
    build_addin(path, host, "zh")
    build_addin(path, host)
    assert sha(path) == sha(addin)
    assert list(tmp_path.iterdir()) == [path]


def refused(path, host, **options) -> str:
    before = path.read_bytes() if path.exists() else None
    with pytest.raises((WorkbookError, ConfigError)) as error:
        build_addin(path, host, **options)
    assert (path.read_bytes() if path.exists() else None) == before
    (found,) = error.value.problems
    return found.code.name


@pytest.mark.parametrize("name", ["kam.xlsm", "kam.xla", "kam", "kam.xlsx"])
def test_an_add_in_is_called_xlam(tmp_path, host, name):
    assert refused(tmp_path / name, host) == "ADDIN_EXTENSION"


def test_a_strangers_file_is_not_overwritten(tmp_path, host):
    path = tmp_path / "theirs.xlam"
    path.write_bytes(template.PATH.read_bytes())
    assert refused(path, host) == "ADDIN_FOREIGN_FILE"
    openpyxl.Workbook().save(path)
    assert refused(path, host) == "ADDIN_FOREIGN_FILE"
    path.write_text("no package")
    assert refused(path, host) == "ADDIN_FOREIGN_FILE"
    path.write_bytes(b"")
    assert refused(path, host) == "ADDIN_FOREIGN_FILE"


def test_a_folder_of_that_name_is_left_alone(tmp_path, host):
    (tmp_path / "kam.xlam").mkdir()
    with pytest.raises(WorkbookError, match="ADDIN_FOREIGN_FILE"):
        build_addin(tmp_path / "kam.xlam", host)


def test_nothing_is_written_with_an_interpreter_that_cannot_be_run(tmp_path, host):
    assert refused(tmp_path / "kam.xlam", host, interpreter="python") == "ADDIN_INTERPRETER"


def test_a_folder_that_is_not_there_is_told(tmp_path, host):
    assert refused(tmp_path / "none" / "kam.xlam", host).startswith("SAVE_")


def test_another_xlwings_stops_the_build(tmp_path, host, monkeypatch):
    changed = [template.Patch("a new one", "Sub NotThere()", ""), *template.PATCHES]
    monkeypatch.setattr(template, "PATCHES", changed)
    assert refused(tmp_path / "kam.xlam", host) == "ADDIN_TEMPLATE_CHANGED"


def test_a_template_without_the_code_stops_the_build(tmp_path, host, monkeypatch):
    monkeypatch.setattr(template, "MODULE", "elsewhere")
    assert refused(tmp_path / "kam.xlam", host) == "ADDIN_TEMPLATE_CHANGED"


@pytest.mark.parametrize("kind", ["missing", "without code", "with two sheets"])
def test_a_template_of_another_kind_stops_the_build(tmp_path, host, monkeypatch, kind):
    path = tmp_path / "template.xlsx"
    if kind != "missing":
        openpyxl.Workbook().save(path)
    if kind == "with two sheets":
        with open_headless(build_addin(tmp_path / "two.xlsm", host, as_workbook=True).path) as book:
            book.sheets.add("More")
            book.save(path := tmp_path / "template.xlsm")
    monkeypatch.setattr(template, "PATH", path)
    assert refused(tmp_path / "kam.xlam", host) == "ADDIN_TEMPLATE_CHANGED"


def test_buttons_that_cannot_be_shown_are_all_told(tmp_path):
    name = Text("名", "x" * 1025)
    tip = Text("", "")
    given = [RibbonAction("blank", Text("", "One"), tip, print)]
    given.append(RibbonAction("long", name, tip, print))
    with pytest.raises(PluginError) as error:
        build_addin(tmp_path / "kam.xlam", host_with(*given))
    assert {each.code.name for each in error.value.problems} == {
        "ADDIN_LABEL_MISSING",
        "ADDIN_LABEL_TOO_LONG",
    }
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_was_built_and_what_to_do_next(kam, tmp_path, host):
    path = tmp_path / "kam.xlam"
    done = kam("addin", "build", path, "--language", "zh")
    assert (done.code, done.err) == (0, "")
    assert str(path) in done.out
    assert f"{len(actions_of(host))} 个按钮" in done.out
    assert sys.executable in done.out
    assert cell_of(path, "G2") == "zh"


def test_the_command_prints_json_and_builds_for_another_machine(kam, tmp_path, host):
    path = tmp_path / "kam.xlam"
    there = "C:\\kam\\Scripts\\python.exe"
    done = kam("addin", "build", path, "--json", "--interpreter", there)
    assert json.loads(done.out) == {
        "path": str(path),
        "buttons": [each.id for each in actions_of(host)],
        "interpreter": there,
    }
    assert cell_of(path, "J1") == there


def test_the_command_refuses_as_the_function_does(kam, tmp_path):
    done = kam("addin", "build", tmp_path / "kam.xlsx")
    assert done.code == 1
    assert done.err.startswith("ADDIN_EXTENSION")
    assert kam("addin", "build", tmp_path / "kam.xlam", "--interpreter", "python").code == 2


def test_the_build_knows_its_own_files_only(addin):
    assert build.is_ours(addin)
    assert not build.is_ours(template.PATH)
