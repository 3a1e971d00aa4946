"""What an add-in is made from, and one that was built."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kam_excel.host import Host, make_host
from kam_excel.pipeline import core
from kam_excel.ribbon.addin.build import build_addin


@pytest.fixture(scope="session")
def host() -> Host:
    return make_host(core, discover=True)


@pytest.fixture(scope="session")
def addin(host, tmp_path_factory) -> Path:
    """An add-in as it is built; not to be changed."""
    path = tmp_path_factory.mktemp("addin") / "kam.xlam"
    build_addin(path, host)
    return path


@pytest.fixture(scope="session")
def parts(addin) -> dict[str, bytes]:
    """Its parts by name."""
    with zipfile.ZipFile(addin) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
