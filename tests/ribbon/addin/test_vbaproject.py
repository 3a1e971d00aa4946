"""VBA projects: sources alone, what says which there are, and nothing of the template lost."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.ribbon.addin import compound, vbaproject
from kam_excel.ribbon.addin.compression import compress, decompress
from kam_excel.ribbon.addin.template import PATH
from kam_excel.ribbon.addin.vbaproject import modules_of, project_with, sources_of

HELLO = 'Attribute VB_Name = "Hello"\r\nPublic Sub Hello()\r\nEnd Sub\r\n'


TEMPLATE = zipfile.ZipFile(PATH).read("xl/vbaProject.bin")
SMALL = project_with(TEMPLATE, {}, "P")


@pytest.fixture(scope="module")
def template() -> bytes:
    return TEMPLATE


@pytest.fixture(scope="module")
def project(template) -> bytes:
    return project_with(template, {"Hello": HELLO}, "Greeting")


def test_sources_read_back_exactly(template, project):
    kept = ("ThisWorkbook", "Dictionary", "Sheet2")
    theirs = {name: sources_of(template)[name] for name in kept}
    assert modules_of(project) == theirs | {"Hello": HELLO}
    assert list(modules_of(project)) == [*kept, "Hello"]


NAMES = st.from_regex(r"kam[a-z0-9_]{0,28}", fullmatch=True)
LINES = st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n"), max_size=60))


@settings(max_examples=6)
@given(modules=st.dictionaries(NAMES, LINES.map("\r\n".join), max_size=5))
def test_whatever_is_put_in_reads_back(modules):
    assert modules_of(project_with(SMALL, modules, "P")).items() >= modules.items()


def test_nothing_is_left_of_the_templates_own_macro(template, project):
    assert "RibbonMyAddin" in sources_of(template)
    streams = compound.read(project)
    assert "VBA/RibbonMyAddin" not in streams
    assert b"MyAddin" not in streams["PROJECT"] + streams["PROJECTwm"]
    assert b"MyAddin" not in decompress(streams["VBA/dir"])


def test_no_compiled_code_is_left(template, project):
    streams = compound.read(project)
    assert streams["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000100")
    assert decompress(streams["VBA/Dictionary"]).startswith(b'Attribute VB_Name = "Dictionary"')
    with pytest.raises(ValueError, match="compiled"):
        modules_of(template)


def test_caches_of_office_are_dropped(template):
    streams = compound.read(template) | {"VBA/__SRP_0": b"stale", "VBA/_VBA_PROJECT": b"\xcc" * 900}
    project = project_with(compound.write(streams), {"Hello": HELLO}, "Greeting")
    assert "VBA/__SRP_0" not in compound.read(project)
    assert "Hello" in modules_of(project)


def test_references_and_properties_stay_as_they_were(template, project):
    before, after = (decompress(compound.read(each)["VBA/dir"]) for each in (template, project))
    references = before[before.index(b"\x16\0\7\0\0\0MSForms") : before.index(b"\x0f\0\2\0")]
    assert references.count(b"Object Library") == 3
    assert references in after
    lines = {
        name: compound.read(each)["PROJECT"].decode().split("\r\n")
        for name, each in (("before", template), ("after", project))
    }
    for key in ("ID=", "CMG=", "DPB=", "GC=", "VersionCompatible32=", "&H00000001="):
        (line,) = (each for each in lines["before"] if each.startswith(key))
        assert line in lines["after"]


def test_the_lists_of_modules_agree(project):
    streams = compound.read(project)
    text = streams["PROJECT"].decode()
    assert text.split("HelpContextID")[0].split("\r\n")[1:-1] == [
        "Document=ThisWorkbook/&H00000000",
        "Class=Dictionary",
        "Document=Sheet2/&H00000000",
        "Module=Hello",
        'Name="Greeting"',
    ]
    windows = text.partition("[Workspace]\r\n")[2].split("\r\n")
    assert [line.partition("=")[0] for line in windows] == [*modules_of(project), ""]
    names = streams["PROJECTwm"].removesuffix(b"\0\0")
    assert names.endswith(b"Hello\0" + "Hello\0".encode("utf-16-le"))


def test_a_module_that_the_template_has_is_replaced(template):
    source = 'Attribute VB_Name = "xlwings"\r\n'
    assert modules_of(project_with(template, {"xlwings": source}, "P"))["xlwings"] == source


def test_the_same_modules_give_the_same_bytes(template, project):
    assert project_with(template, {"Hello": HELLO}, "Greeting") == project
    assert project_with(project, {"Hello": HELLO}, "Greeting") == project


def damaged(project: bytes, stream: str, data: bytes | None) -> bytes:
    streams = compound.read(project)
    changed = {name: each for name, each in streams.items() if name != stream}
    return compound.write(changed if data is None else changed | {stream: data})


@pytest.mark.parametrize(
    ("stream", "data"),
    [
        ("VBA/dir", None),
        ("VBA/dir", b"\1\0"),
        ("VBA/dir", compress(b"\4\0\1\0\0\0G")),
        ("VBA/Hello", None),
        ("VBA/Hello", b"no source"),
        ("PROJECT", None),
        ("VBA/_VBA_PROJECT", None),
    ],
)
def test_a_damaged_project_is_refused(project, stream, data):
    with pytest.raises(ValueError, match=r"\w"):
        modules_of(damaged(project, stream, data))


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_project_is_refused(project, part):
    with pytest.raises(ValueError, match=r"\w"):
        vbaproject.modules_of(project[: int(len(project) * part)])
