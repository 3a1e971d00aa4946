"""The add-in is what other programs take for one, and they read the code that we wrote."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.ribbon.addin import template, vbaproject
from kam_excel.ribbon.addin.build import build_addin, sources
from lossless.validator import errors

pytestmark = pytest.mark.office

TOOLS = Path(__file__).parent / ".tools/bin"
SECONDS = 120
OFFICES = (
    *("Office2007", "Office2010", "Office2013", "Office2016", "Office2019", "Office2021"),
    "Microsoft365",
)


@pytest.fixture(scope="module", params=["kam.xlam", "kam.xlsm"])
def built(request, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("addin") / request.param
    host = make_host(core, discover=True)
    return build_addin(path, host, as_workbook=path.suffix == ".xlsm").path


def output_of(program: str, *arguments: object) -> str:
    """What a program of requirements.txt prints."""
    command = [str(TOOLS / program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS).stdout


@pytest.mark.parametrize("office", OFFICES)
def test_the_open_xml_sdk_accepts_it(built, office):
    assert errors(built, office) == []


@pytest.mark.parametrize("office", OFFICES)
def test_openxml_audit_accepts_it(built, office):
    (found,) = json.loads(output_of("openxml-audit", "-o", "json", "-f", office.lower(), built))
    assert (found["valid"], found["errors"]) == (True, [])


def changed(addin: Path, path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A copy in which one part is another."""
    with zipfile.ZipFile(addin) as archive, zipfile.ZipFile(path, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(name, data.replace(old, new, 1) if name == part else data)
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"<button ", b"<buttons "), (b'size="large"', b'size="huge"'), (b"onAction=", b"onClick=")],
)
def test_the_sdk_sees_a_ribbon_that_office_would_not_load(built, tmp_path, old, new):
    bad = changed(built, tmp_path / built.name, "customUI/customUI.xml", old, new)
    assert errors(bad, "Microsoft365") != []


def test_openxml_audit_sees_a_part_that_is_missing(built, tmp_path):
    bad = changed(built, tmp_path / built.name, "xl/_rels/workbook.xml.rels", b"sheet1", b"sheet9")
    (found,) = json.loads(output_of("openxml-audit", "-o", "json", bad))
    assert not found["valid"]


def test_olevba_reads_exactly_our_sources(built):
    found = json.loads(output_of("olevba", "--json", "--attr", "--no-pcode", "--no-xlm", built))
    macros = next(each["macros"] for each in found if each.get("macros"))
    given = zipfile.ZipFile(template.PATH).read("xl/vbaProject.bin")
    theirs = vbaproject.sources_of(given)
    written = {
        **{name: theirs[name] for name in ("ThisWorkbook", "Dictionary", "Sheet2")},
        template.MODULE: template.patched(theirs[template.MODULE]),
        **sources(),
    }
    # It leaves out the line ends behind the last line.
    assert {Path(each["vba_filename"]).stem: each["code"] for each in macros} == {
        name: source.rstrip("\r\n") for name, source in written.items()
    }
