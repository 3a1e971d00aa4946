"""What ships: the wheel holds every package, under the names that imports use."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_every_module_is_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for package, folder in (("kam_excel", "kam_excel"), ("kam_excel_plugins", "plugins")):
        for path in (ROOT / folder).rglob("*.py"):
            assert f"{package}/{path.relative_to(ROOT / folder).as_posix()}" in names
        assert f"{package}/py.typed" in names


def test_the_vba_of_the_add_in_is_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kam_excel").rglob("*.bas")}
    assert found
    assert found <= names


def test_nothing_else_is_in_the_wheel(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"kam_excel", "kam_excel_plugins", "kam_excel-0.1.0.dist-info"}


def test_the_wheel_runs(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import kam_excel_plugins.identification as plugin, kam_excel.cli as cli\n"
        "print(plugin.__file__, cli.__file__, cli.run_cli(['--version']))"
    )
    done = subprocess.run(
        [sys.executable, "-Ic", code], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert done.stdout.count(str(tmp_path)) == 2
    assert done.stdout.rstrip().endswith(" 0")
