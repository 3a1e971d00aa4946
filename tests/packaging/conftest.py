"""What ships, built from the sources as they are, and an environment that has nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
SOURCES = ("kam_excel", "plugins", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def build_wheel(tmp_path_factory) -> Callable[..., Path]:
    """Build a wheel of `names` in a folder, copied: what earlier builds left does not get in."""

    def build(folder: Path, *names: str) -> Path:
        place = tmp_path_factory.mktemp("wheel")
        for name in names:
            copy = shutil.copytree if (folder / name).is_dir() else shutil.copy
            copy(folder / name, place / "sources" / name)
        command = [sys.executable, "-Im", "build", "--wheel", "--no-isolation"]
        arguments = ["--outdir", str(place), str(place / "sources")]
        subprocess.run([*command, *arguments], check=True, capture_output=True)
        return next(place.glob("*.whl"))

    return build


@pytest.fixture(scope="session")
def wheel(build_wheel) -> Path:
    """The wheel of kam_excel."""
    return build_wheel(ROOT, *SOURCES)


@pytest.fixture(scope="session")
def example() -> Path:
    """The folder of the example of a plugin."""
    return ROOT / "examples" / "kam_credit"


@pytest.fixture(scope="session")
def example_wheel(build_wheel, example) -> Path:
    """Its wheel."""
    return build_wheel(example, "src", "setup.cfg", "pyproject.toml", "README.md")


@pytest.fixture(scope="session")
def clean_environment(wheel, example_wheel, tmp_path_factory) -> Path:
    """An environment with both wheels and what they require, and nothing of the source tree.

    What they require is linked from the running environment, distribution by distribution; pip
    itself says, without any index, whether that is all.
    """
    place = tmp_path_factory.mktemp("clean") / "env"
    venv.create(place, with_pip=False)
    (packages,) = place.glob("[Ll]ib/**/site-packages")
    for each in requirements(wheel, "testing"):
        link(each, packages)
    pip = [sys.executable, "-Im", "pip", "--python", str(python_of(place)), "install"]
    offline = ["--no-index", "--quiet", "--no-cache-dir", "--disable-pip-version-check"]
    wanted = [f"kam_excel[testing] @ {wheel.as_uri()}", str(example_wheel)]
    subprocess.run([*pip, *offline, *wanted], check=True)
    return place


@pytest.fixture
def in_clean_environment(clean_environment, tmp_path) -> Command:
    """Run Python of the clean environment, or a program of it, in an empty folder."""
    home = tmp_path / "home"
    home.mkdir()
    known = {"HOME": str(home), "USERPROFILE": str(home), "LC_ALL": "C.UTF-8"}
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    python = python_of(clean_environment)

    def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(python.with_name(program)), *map(str, arguments)]
        return subprocess.run(
            command, cwd=home, env=kept | known, capture_output=True, encoding="utf-8"
        )

    return run


def python_of(place: Path) -> Path:
    """The interpreter of an environment."""
    return next(
        each for each in (place / "bin/python", place / "Scripts/python.exe") if each.exists()
    )


def requirements(wheel: Path, extra: str) -> Iterator[Distribution]:
    """The installed distributions that a wheel requires with `extra`, directly or not."""
    (facts,) = (each for each in zipfile.Path(wheel).iterdir() if each.name.endswith(".dist-info"))
    seen: set[str] = set()
    todo: list[tuple[Distribution, set[str]]] = [(PathDistribution(facts), {extra})]
    while todo:
        found, extras = todo.pop()
        for each in map(Requirement, found.requires or ()):
            asked = [{"extra": name} for name in ("", *extras)]
            if each.marker and not any(map(each.marker.evaluate, asked)):
                continue
            needed = distribution(each.name)
            if needed.name not in seen:
                seen.add(needed.name)
                todo.append((needed, each.extras))
                yield needed


def link(found: Distribution, packages: Path) -> None:
    """Link what a distribution has in its site-packages into another one."""
    tops = {file.parts[0] for file in found.files or () if file.parts[0] != ".."}
    for top in sorted(tops - {"__pycache__"}):
        if not (packages / top).exists():
            (packages / top).symlink_to(found.locate_file(top))
