"""Parts whose XML is hostile."""

from __future__ import annotations

from pathlib import Path

from badbooks.declaring import reads, refused
from badbooks.packages import SHEET, STYLES, TYPES, WORKBOOK, parts, relationships, sheet
from badbooks.zips import zipped

_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _with(path: Path, name: str, data: bytes) -> None:
    path.write_bytes(zipped(parts({name: data})))


def _before_the_root(name: str, text: str) -> bytes:
    """A part of the good workbook with something between its declaration and its root."""
    whole = parts()[name].decode()
    assert whole.startswith(_DECLARATION)
    return (_DECLARATION + text + whole.removeprefix(_DECLARATION)).encode()


@refused("XML_DTD")
def document_type(path: Path) -> None:
    _with(path, SHEET, _before_the_root(SHEET, "<!DOCTYPE worksheet>"))


@refused("XML_DTD")
def billion_laughs(path: Path) -> None:
    data = _before_the_root(SHEET, _LAUGHS).replace(b">C1<", b">&l9;<")
    _with(path, SHEET, data)


@refused("XML_DTD")
def file_as_an_entity(path: Path) -> None:
    text = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    _with(path, SHEET, _before_the_root(SHEET, text).replace(b">C1<", b">&x;<"))


@refused("XML_DTD")
def document_type_behind_comments(path: Path) -> None:
    text = "<!-- harmless <a> --><?pi <!-- ?><!-- " + "x" * 20_000 + " --><!DOCTYPE a>"
    _with(path, SHEET, _before_the_root(SHEET, text))


@refused("XML_DTD")
def document_type_in_utf_16(path: Path) -> None:
    text = _before_the_root(SHEET, "<!DOCTYPE a>").decode().replace("UTF-8", "UTF-16")
    _with(path, SHEET, text.encode("utf-16"))


@refused("XML_DTD")
def document_type_hidden_in_utf_16(path: Path) -> None:
    """Whoever skips every other byte sees the comment end, and a root, before the document type."""
    fake = b"--><a ".decode("utf-16-le")
    text = _before_the_root(SHEET, f"<!-- {fake} --><!DOCTYPE a>").decode()
    _with(path, SHEET, text.replace("UTF-8", "UTF-16").encode("utf-16"))


@refused("XML_ENCODING")
def document_type_in_utf_7(path: Path) -> None:
    text = _before_the_root(SHEET, "+ADw-+ACE-DOCTYPE a+AD4-").replace(b"UTF-8", b"UTF-7")
    _with(path, SHEET, text)


@refused("XML_ENCODING")
def document_type_in_ebcdic(path: Path) -> None:
    text = _before_the_root(SHEET, "<!DOCTYPE a>").decode().replace("UTF-8", "cp037")
    _with(path, SHEET, text.encode("cp037", "replace"))


@refused("XML_ENCODING")
def document_type_in_utf_32(path: Path) -> None:
    text = _before_the_root(SHEET, "<!DOCTYPE a>").decode().replace("UTF-8", "UTF-32")
    _with(path, SHEET, text.encode("utf-32"))


@refused("XML_DTD")
def document_type_in_relationships(path: Path) -> None:
    name = "xl/_rels/workbook.xml.rels"
    _with(path, name, _before_the_root(name, "<!DOCTYPE a>"))


@refused("XML_DTD")
def document_type_in_the_content_types(path: Path) -> None:
    _with(path, TYPES, _before_the_root(TYPES, _LAUGHS))


@refused("XML_DTD")
def document_type_in_the_styles(path: Path) -> None:
    _with(path, STYLES, _before_the_root(STYLES, "\n<!DOCTYPE\na>"))


@refused("XML_DTD")
def document_type_in_a_sheet_by_another_name(path: Path) -> None:
    """Relationships and content types say what a part is, not its extension."""
    given = parts()
    given["xl/worksheets/sheet1.png"] = _before_the_root(SHEET, _LAUGHS)
    del given[SHEET]
    for name in (TYPES, "xl/_rels/workbook.xml.rels"):
        given[name] = given[name].replace(b"sheet1.xml", b"sheet1.png")
    path.write_bytes(zipped(given))


@reads(3, "600.00")
def document_type_in_a_text(path: Path) -> None:
    """A text that looks like one is harmless."""
    data = sheet(behind="<!-- <!DOCTYPE a> -->").replace(b">C1<", b"><![CDATA[<!DOCTYPE html>]]><")
    _with(path, SHEET, data)


@reads(3, "600.00")
def utf_16(path: Path) -> None:
    """All parts in UTF-16 with a byte order mark: rare, and right."""
    given = {
        name: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")
        for name, data in parts().items()
    }
    path.write_bytes(zipped(given))


@reads(3, "600.00")
def byte_order_marks(path: Path) -> None:
    given = {name: b"\xef\xbb\xbf" + data for name, data in parts().items()}
    path.write_bytes(zipped(given))


@refused("SHEET_XML_UNUSUAL")
def sheet_that_ends_in_the_middle(path: Path) -> None:
    data = sheet()
    _with(path, SHEET, data[: len(data) * 2 // 3])


@refused("SHEET_XML_UNUSUAL")
def sheet_that_is_no_xml(path: Path) -> None:
    _with(path, SHEET, b"a,b\n1,2\n")


@refused("SHEET_XML_UNUSUAL")
def sheet_of_zero_bytes(path: Path) -> None:
    _with(path, SHEET, b"")


@refused("PART_DAMAGED")
def styles_with_an_unknown_entity(path: Path) -> None:
    _with(path, STYLES, parts()[STYLES].replace(b"Calibri", b"&calibri;"))


@refused("SHEET_XML_UNUSUAL")
def two_roots(path: Path) -> None:
    _with(path, SHEET, sheet() + b"<worksheet/>")


@reads(3, "600.00")
def nesting_without_end(path: Path) -> None:
    deep = "<extLst>" * 200_000 + "</extLst>" * 200_000
    _with(path, SHEET, sheet(behind=deep))


@reads(3, "600.00")
def nesting_in_the_workbook(path: Path) -> None:
    given = parts()[WORKBOOK].replace(b"</workbook>", b"<a>" * 100_000)
    _with(path, WORKBOOK, given + b"</a>" * 100_000 + b"</workbook>")


@reads(3, "600.00")
def attribute_of_four_megabytes(path: Path) -> None:
    """Nobody writes it, nothing forbids it."""
    long = "a" * 4 * 1024**2
    _with(path, SHEET, sheet(before=f'<sheetPr codeName="{long}"/>'))


@reads(3, "600.00")
def relationships_in_a_circle(path: Path) -> None:
    given = parts(
        {"xl/worksheets/_rels/sheet1.xml.rels": relationships([("drawing", "sheet1.xml")])}
    )
    path.write_bytes(zipped(given))
