"""What ships: the wheel holds every package, under the names that imports use."""

from __future__ import annotations

import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


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


def test_the_wheel_of_the_example_holds_its_package_alone(example_wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(example_wheel).namelist()}
    assert tops == {"kam_credit", "kam_credit-0.1.0.dist-info"}
