"""Packages that no Excel writes but others do: an edit of each is done, and nothing is lost."""

import re

import pytest

from kam_excel.errors import WorkbookError
from lossless.edits import EDITS, carry_out
from lossless.trial import check

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
BOOK_RELS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def each(parts, change, only=lambda name: name.endswith(".xml")):
    """The parts with those that `only` picks changed."""
    return {name: change(data) if only(name) else data for name, data in parts.items()}


def prefixed(parts):
    """Every element of the main name space with a prefix, as some libraries write them."""

    def change(data):
        if MAIN.encode() not in data:
            return data
        data = data.replace(f'xmlns="{MAIN}"'.encode(), f'xmlns:x="{MAIN}"'.encode())
        return re.sub(rb"<(/?)([a-zA-Z])(?![\w.]*:)", rb"<\1x:\2", data)

    return each(parts, change, lambda name: name.startswith("xl/") and "theme" not in name)


def moved(parts):
    """Parts at unusual places with unusual names, targets absolute."""
    names = {
        BOOK: "book.xml",
        BOOK_RELS: "_rels/book.xml.rels",
        SHEET: "数据/sheet one.xml",
        "xl/worksheets/_rels/sheet1.xml.rels": "数据/_rels/sheet one.xml.rels",
    }
    targets = {"xl/workbook.xml": "/book.xml", "worksheets/sheet1.xml": "/数据/sheet%20one.xml"}

    def change(data):
        for old, new in targets.items():
            data = data.replace(f'Target="{old}"'.encode(), f'Target="{new}"'.encode())
        data = re.sub(rb'Target="([a-z]+[^/"]*\.xml|[a-z]+/)', rb'Target="/xl/\1', data)
        data = data.replace(b'Target="../', b'Target="/xl/')
        data = data.replace(b'PartName="/xl/workbook.xml"', b'PartName="/book.xml"')
        return data.replace(
            b'PartName="/xl/worksheets/sheet1.xml"',
            'PartName="/数据/sheet%20one.xml"'.encode(),
        )

    places = {BOOK_RELS, "_rels/.rels", TYPES, "xl/worksheets/_rels/sheet1.xml.rels"}
    changed = each(parts, change, lambda name: name in places)
    return {names.get(name, name): data for name, data in changed.items()}


def in_utf16(parts):
    def change(data):
        return data.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    return each(parts, change, lambda name: name in (BOOK, SHEET, "xl/styles.xml"))


def with_byte_order_marks(parts):
    return each(parts, lambda data: b"\xef\xbb\xbf" + data)


def in_single_quotes(parts):
    def change(data):
        return re.sub(rb'(\s[\w:]+)="([^"\']*)"', rb"\1 = '\2'", data)

    return each(parts, change, lambda name: name.startswith("xl/"))


def with_comments(parts):
    """Comments and blank lines between the elements, and before and behind the root."""

    def change(data):
        head, sep, rest = data.partition(b"?>")
        rest = re.sub(rb"><(?=[a-z])", b">\n\t<!-- odd -->\n<", rest)
        return head + sep + b"\n<!-- first -->\n" + rest + b"\n<!-- last -->\n"

    return each(parts, change, lambda name: name in (BOOK, SHEET, BOOK_RELS, TYPES))


def with_cdata(parts):
    def change(data):
        data = re.sub(rb"<v>([^<]*)</v>", rb"<v><![CDATA[\1]]></v>", data)
        return re.sub(rb"<f>([^<]*)</f>", rb"<f><![CDATA[\1]]></f>", data)

    return each(parts, change, lambda name: name == SHEET)


def without_addresses(parts):
    """Rows and cells that are numbered by their place alone."""

    def change(data):
        data = re.sub(rb'<row r="\d+"', b"<row", data)
        return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", data)

    return each(parts, change, lambda name: name == "xl/worksheets/sheet2.xml")


def without_part(parts, name, kind):
    rels = re.sub(rb'<Relationship [^>]*/%b"[^>]*/>' % kind, b"", parts[BOOK_RELS])
    types = re.sub(rb'<Override PartName="/%b"[^>]*/>' % name.encode(), b"", parts[TYPES])
    rest = {each: data for each, data in parts.items() if each != name}
    return rest | {BOOK_RELS: rels, TYPES: types}


def unstyled(parts):
    return each(parts, lambda data: re.sub(rb' s="\d+"', b"", data), lambda name: "sheets/" in name)


def without_styles(parts):
    return unstyled(without_part(parts, "xl/styles.xml", b"styles"))


def without_strings(parts):
    parts = without_part(parts, "xl/sharedStrings.xml", b"sharedStrings")
    return each(parts, lambda data: re.sub(rb'<c [^>]*t="s"[^>]*>.*?</c>', b"", data))


def with_empty_styles(parts):
    return unstyled(parts) | {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'.encode()}


def with_listed_relationship_parts(parts):
    """Relationship parts are listed one by one: their extension has no type."""
    types = re.sub(rb'<Default Extension="rels"[^>]*/>', b"", parts[TYPES])
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{RELS_TYPE}"/>'
        for name in parts
        if name.endswith(".rels")
    )
    return parts | {TYPES: types.replace(b"</Types>", listed.encode() + b"</Types>")}


def with_other_cases(parts):
    """Members are called otherwise than relationships and content types say."""
    return {
        name.replace("worksheets/sheet", "Worksheets/Sheet").replace("charts", "Charts"): data
        for name, data in parts.items()
    }


def with_backslashes(parts):
    return {name.replace("/", "\\"): data for name, data in parts.items()}


def with_two_members_that_differ_by_case(parts):
    return parts | {"xl/media/Note.bin": b"one", "xl/media/note.bin": b"two"}


def with_a_sheet_that_leads_nowhere(parts):
    """The stub that Excel 5's modules leave."""
    sheet = b'<sheet name="Module" sheetId="99" r:id=""/></sheets>'
    return parts | {BOOK: parts[BOOK].replace(b"</sheets>", sheet)}


def with_alternate_content(parts):
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    controls = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice xmlns:x14="urn:x14" Requires="x14">'
        "<controls/></mc:Choice></mc:AlternateContent>"
    ).encode()
    return parts | {SHEET: parts[SHEET].replace(b"<legacyDrawing", controls + b"<legacyDrawing")}


def with_formats_that_are_not_there(parts):
    """A cell, and a format whose font is missing."""
    sheet = re.sub(rb'(<c r="C2")', rb'\1 s="400"', parts[SHEET])
    styles = parts["xl/styles.xml"].replace(b'fontId="0"', b'fontId="77"', 3)
    return parts | {SHEET: sheet, "xl/styles.xml": styles}


ODD = [
    prefixed,
    moved,
    in_utf16,
    with_byte_order_marks,
    in_single_quotes,
    with_comments,
    with_cdata,
    without_addresses,
    without_styles,
    without_strings,
    with_empty_styles,
    with_listed_relationship_parts,
    with_other_cases,
    with_backslashes,
    with_two_members_that_differ_by_case,
    with_a_sheet_that_leads_nowhere,
    with_alternate_content,
    with_formats_that_are_not_there,
]


@pytest.mark.parametrize("edit", ["free_cell", "on_every_sheet", "nothing"])
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.__name__)
def test_odd_packages_are_edited_without_loss(odd, edit, rich_file, parts, write_parts, tmp_path):
    source = write_parts(odd(parts(rich_file)), "odd.xlsx")
    touched = carry_out(EDITS[edit], source, tmp_path / "result.xlsx")
    assert check(source, tmp_path / "result.xlsx", touched) == []


DAMAGED = {
    "no table": ("xl/tables/table1.xml", rb' ref="[^"]*"', b' ref="x"'),
    "a column without a name": ("xl/tables/table1.xml", rb' name="Item"', b""),
    "no text": (SHEET, b'<c r="A1"', b'<c r="A1" t="\xff"'),
    "no such string": (SHEET, rb't="s"><v>\d+', b't="s"><v>99999'),
    "no such kind": (SHEET, rb't="s"', b't="x"'),
    "no such column": (SHEET, rb'r="A1"', b'r="XFE1"'),
    "no such row": (SHEET, rb'<row r="1"', b'<row r="0"'),
    "no XML": (BOOK, b"</sheets>", b""),
    "no relationships": (BOOK_RELS, b"</Relationships>", b""),
    "no styles": ("xl/styles.xml", b"</fonts>", b""),
    "no merged area": (SHEET, b'<mergeCell ref="[^"]*"', b"<mergeCell"),
}


def read_and_write(book):
    EDITS["nothing"](book)
    return EDITS["used_cell"](book)


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_packages_are_refused_by_name(damage, rich_file, parts, write_parts, tmp_path):
    part, old, new = DAMAGED[damage]
    content = parts(rich_file)
    content[part], count = re.subn(old, new, content[part])
    assert count
    source = write_parts(content, "damaged.xlsx")
    with pytest.raises(WorkbookError) as info:
        carry_out(read_and_write, source, tmp_path / "result.xlsx")
    assert info.value.problems[0].text("zh")
    assert not (tmp_path / "result.xlsx").exists()
