import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.cells.strings import (
    SharedStrings,
    escape,
    plain_text,
    texts_of,
    unescape,
)
from kam_excel.headless.package.parts import Package
from kam_excel.headless.xml.tree import local_name, parse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
characters = st.characters(codec=None, categories=None)
near_escapes = st.text(st.sampled_from("_x005FfA1\x01\r&<;amp#")) | st.text(characters)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("大客户 A&B <1>", "大客户 A&amp;B &lt;1&gt;"),
        ("a\x01b", "a_x0001_b"),
        ("line\r\nnext", "line_x000D_\nnext"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("_x0041\x01", "_x005F_x0041_x0001_"),
        ("_x41_", "_x41_"),
        ("\ud83d", "_xD83D_"),
        ("😀", "😀"),
    ],
)
def test_escape(text, escaped):
    assert escape(text) == escaped
    assert unescape(escaped) == text


@given(near_escapes)
def test_unescape_undoes_escape(text):
    assert unescape(escape(text)) == text


@given(near_escapes)
def test_escaped_text_is_xml(text):
    element = ElementTree.fromstring(f"<t>{escape(text)}</t>".encode())
    assert unescape(escape(element.text or "")) == (element.text or "")


def test_character_references():
    assert unescape("&#20013;&#x6587;&quot;&apos;") == "中文\"'"


def test_an_unknown_reference_is_an_error():
    with pytest.raises(ValueError, match="&nbsp;"):
        unescape("a&nbsp;b")


def with_shared_strings(body):
    package = Package.blank()
    package.write("xl/sharedStrings.xml", body.encode(), TYPE)
    package.rels("xl/workbook.xml").add("sharedStrings", "xl/sharedStrings.xml")
    return package


def test_shared_strings():
    strings = SharedStrings(
        with_shared_strings(
            f"""<x:sst xmlns:x="{MAIN}" count="5" uniqueCount="4">
            <x:si><x:t xml:space="preserve"> 销售 </x:t></x:si>
            <x:si><x:r><x:rPr><x:b/></x:rPr><x:t>key </x:t></x:r><x:r><x:t>account</x:t></x:r>
              <x:rPh sb="0" eb="1"><x:t>キー</x:t></x:rPh></x:si>
            <x:si><x:t>a_x000D_b &amp; _x005F_x0041_</x:t></x:si>
            <x:si/>
            </x:sst>"""
        )
    )
    assert list(strings) == [" 销售 ", "key account", "a\rb & _x0041_", ""]
    assert len(strings) == 4
    with pytest.raises(IndexError):
        strings[-1]


def test_a_workbook_without_shared_strings_has_none():
    assert len(SharedStrings(Package.blank())) == 0


def test_shared_strings_of_a_saved_package():
    stream = io.BytesIO()
    with_shared_strings(f'<sst xmlns="{MAIN}"><si><t>一</t></si></sst>').save_to(stream)
    assert zipfile.ZipFile(stream).testzip() is None
    assert list(SharedStrings(Package(stream.getvalue()))) == ["一"]


ODD_PARTS = [
    '<sst xmlns="{main}"><si><t>a</t></si>'
    '<si><t xml:space="preserve"> &amp;\r\n_x0041_</t></si></sst>',
    '<sst xmlns="{main}"><si><r><rPr><b/></rPr><t>rich</t></r><rPh sb="0"><t>x</t></rPh></si>'
    "<si><t>二</t><phoneticPr fontId='1'/></si></sst>",
    '<sst xmlns="{main}"><si/><si><t>a</t></si></sst>',
    '<sst xmlns="{main}"><!-- <si><t>no</t></si> --><si><t>a</t></si></sst>',
    '<x:sst xmlns:x="{main}"><x:si><x:t>a</x:t></x:si></x:sst>',
    '<?xml version="1.0" encoding="utf-16"?><sst xmlns="{main}"><si><t>a</t></si></sst>',
    '<sst xmlns="{main}" count="0"/>',
]


@pytest.mark.parametrize("xml", ODD_PARTS)
def test_texts_are_those_of_the_tree(xml):
    data = xml.format(main=MAIN).encode("utf-16" if "utf-16" in xml else "utf-8")
    items = [plain_text(item) for item in parse(data) if local_name(item) == "si"]
    assert texts_of(data) in (items, None)


def test_plain_parts_need_no_tree():
    assert [texts_of(xml.format(main=MAIN).encode()) is None for xml in ODD_PARTS[:2]] == [
        False
    ] * 2
