import io
import struct
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.package import blank, partnames
from kam_excel.headless.package.parts import Package
from kam_excel.headless.xml import splice

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
PARTS = {name: text.encode() for name, text in blank.PARTS.items()}


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), data)
        archive.comment = b"made elsewhere"
    return stream.getvalue()


def by_xlsxwriter():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("销售")
        sheet.write_row(0, 0, ["甲", 1])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=销售!$B$1:$B$1"})
        sheet.insert_chart("D2", chart)
    return stream.getvalue()


class Unseekable(io.RawIOBase):
    """A stream to write to once, as zipfile sees a pipe: it then writes data descriptors."""

    def __init__(self):
        self.data = b""

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


def streamed(parts):
    pipe = Unseekable()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(data)
    return pipe.data


def saved(package):
    stream = io.BytesIO()
    package.save_to(stream)
    return stream.getvalue()


def members(raw):
    """Name, facts and compressed bytes of every member."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            name_length, extra_length = struct.unpack_from("<2H", raw, info.header_offset + 26)
            start = info.header_offset + 30 + name_length + extra_length
            compressed = raw[start : start + info.compress_size]
            facts = (info.date_time, info.CRC, info.file_size, info.external_attr)
            found[info.filename] = (facts, compressed)
    return found


SOURCES = pytest.mark.parametrize(
    "raw", [zipped(PARTS), by_xlsxwriter(), streamed(PARTS)], ids=["zip", "xlsxwriter", "streamed"]
)


@SOURCES
def test_unchanged_is_byte_for_byte_the_original(raw):
    package = Package(raw)
    package.write(SHEET, package.read(SHEET))
    assert not package.is_changed
    assert saved(package) == raw


@SOURCES
def test_members_that_are_not_touched_keep_their_compressed_bytes(raw):
    package = Package(raw)
    package.write(SHEET, b"<worksheet/>")
    result = saved(package)
    before, after = members(raw), members(result)
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == {SHEET}
    assert after[SHEET][0][0] == (1980, 1, 1, 0, 0, 0)
    assert Package(result).read(SHEET) == b"<worksheet/>"
    assert zipfile.ZipFile(io.BytesIO(result)).comment == zipfile.ZipFile(io.BytesIO(raw)).comment


def test_the_same_edits_give_the_same_bytes():
    def result():
        package = Package(by_raw)
        package.write(SHEET, b"<worksheet/>")
        package.write("xl/tables/table1.xml", b"<table/>", "application/x")
        return saved(package)

    by_raw = by_xlsxwriter()
    assert result() == result()


names = st.sampled_from(["xl/a.xml", "xl/b/a.xml", SHEET, "xl/styles.xml", "xl/新.bin"])
edits = st.lists(st.tuples(names, st.binary(max_size=20) | st.none()), max_size=8)


@given(edits)
def test_what_was_done_is_what_is_read_again(edits):
    """A dictionary is the model of a package."""
    package, model = Package(zipped(PARTS)), dict(PARTS)
    for name, data in edits:
        if data is not None:
            package.write(name, data)
            model[name] = data
        elif name in model:
            package.remove(name)
            del model[name]
    again = Package(saved(package))
    model.pop("[Content_Types].xml")
    for each in (package, again):
        assert sorted(each.names()) == sorted(["[Content_Types].xml", *model])
        assert {name: each.read(name) for name in model} == model
    changed = {name for name in PARTS.keys() | model if PARTS.get(name) != model.get(name)}
    assert set(package.changes()) - {"[Content_Types].xml"} == changed - {"[Content_Types].xml"}


def test_changes():
    package = Package(zipped(PARTS))
    package.write("xl/new.bin", b"1")
    package.write("xl/workbook.xml", b"<workbook/>")
    package.remove("xl/styles.xml")
    assert package.changes() == {
        "xl/new.bin": "added",
        "xl/workbook.xml": "changed",
        "xl/styles.xml": "removed",
        "[Content_Types].xml": "changed",
    }
    assert package.names()[-1] == "xl/new.bin"


def test_removing_a_part_takes_its_type_and_its_relationships():
    package = Package(zipped(PARTS))
    package.rels(SHEET).add("drawing", "xl/drawings/drawing1.xml")
    assert "xl/worksheets/_rels/sheet1.xml.rels" in package
    package.remove(SHEET)
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in package
    assert b"sheet1.xml" not in package.read("[Content_Types].xml")
    assert len(package.rels(SHEET)) == 0


def test_adding_and_removing_again_is_no_change():
    raw = zipped(PARTS)
    package = Package(raw)
    name = package.free_name("xl/worksheets/sheet{}.xml")
    package.write(name, b"<worksheet/>", WORKSHEET_TYPE)
    added = package.rels("xl/workbook.xml").add("worksheet", name)
    assert name == "xl/worksheets/sheet2.xml"
    assert set(package.changes()) == {name, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    package.rels("xl/workbook.xml").remove(added)
    package.remove(name)
    assert package.changes() == {}
    assert saved(package) == raw


def test_look_ups_disregard_case_slashes_and_percent_signs():
    package = Package(zipped({"XL/Worksheets/Sheet 1.xml": b"<a/>", "/xl\\b.xml": b"<b/>"}))
    assert package.read("xl/worksheets/sheet%201.xml") == b"<a/>"
    assert package.read("xl/B.xml") == b"<b/>"
    package.write("xl/worksheets/sheet 1.xml", b"<c/>")
    assert package.changes() == {"XL/Worksheets/Sheet 1.xml": "changed"}
    assert "xl/c.xml" not in package
    with pytest.raises(KeyError):
        package.read("xl/c.xml")


def test_members_that_differ_by_case_are_two():
    package = Package(zipped(PARTS | {"xl/A.xml": b"<A/>", "xl/a.xml": b"<a/>"}))
    assert (package.read("xl/A.xml"), package.read("xl/a.xml")) == (b"<A/>", b"<a/>")
    package.write("xl/a.xml", b"<b/>")
    again = Package(saved(package))
    assert (again.read("xl/A.xml"), again.read("xl/a.xml")) == (b"<A/>", b"<b/>")


def test_folders_in_the_archive_stay():
    raw = zipped({"xl/": b"", **PARTS})
    package = Package(raw)
    package.write(SHEET, b"<worksheet/>")
    assert "xl/" not in package.names()
    assert next(iter(members(saved(package)))) == "xl/"


def test_a_damaged_part_is_the_workbooks_fault():
    raw = bytearray(zipped(PARTS))
    start = zipfile.ZipFile(io.BytesIO(raw)).getinfo(SHEET).header_offset + 30 + len(SHEET)
    raw[start + 5 : start + 30] = bytes(25)
    with pytest.raises(WorkbookError, match="PART_DAMAGED"):
        Package(bytes(raw)).read(SHEET)


def test_the_workbook_may_be_anywhere():
    rels = PARTS["_rels/.rels"].replace(b"xl/workbook.xml", b"/App/Book.xml")
    package = Package(zipped({"_rels/.rels": rels, "app/book.xml": PARTS["xl/workbook.xml"]}))
    assert package.workbook == "app/book.xml"
    assert package.related(package.workbook, "styles") is None
    with pytest.raises(KeyError):
        _ = Package(zipped({"a": b""})).workbook


# Content types ------------------------------------------------------------------------------


def test_content_types():
    package = Package.blank()
    assert package.content_type(SHEET) == WORKSHEET_TYPE
    assert package.content_type(SHEET.upper()) == WORKSHEET_TYPE
    assert package.content_type("xl/other.xml") == "application/xml"
    assert package.content_type("xl/image.png") is None
    package.set_content_type(SHEET, 'a "quoted" & odd type')
    assert package.content_type(SHEET) == 'a "quoted" & odd type'


def test_a_type_that_the_extension_has_already_is_not_repeated():
    package = Package(zipped(PARTS))
    package.write("xl/other.xml", b"<a/>", "application/xml")
    assert package.changes() == {"xl/other.xml": "added"}


# Relationships ------------------------------------------------------------------------------


def with_rels(data):
    return Package(zipped({SHEET: b"<worksheet/>", "xl/worksheets/_rels/sheet1.xml.rels": data}))


RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def test_targets_become_part_names():
    body = f"""<Relationships xmlns="{RELS}">
    <Relationship Id="a" Type="http://x/relationships/drawing" Target="../drawings/drawing1.xml"/>
    <Relationship Id="b" Type="http://x/relationships/table" Target="/xl/tables/table1.xml"/>
    <Relationship Id="c" Type="http://x/relationships/table" Target="..\\tables\\table2.xml"/>
    <Relationship Id="d" Type="http://x/relationships/hyperlink" Target="#Sheet2!A1"/>
    <Relationship Id="e" Type="http://x/relationships/hyperlink" Target="http://a.cn/?a=1&amp;b"
      TargetMode="External"/></Relationships>"""
    rels = with_rels(body.encode()).rels(SHEET)
    assert [(each.id, each.target, each.external) for each in rels] == [
        ("a", "xl/drawings/drawing1.xml", False),
        ("b", "xl/tables/table1.xml", False),
        ("c", "xl/tables/table2.xml", False),
        ("d", "#Sheet2!A1", False),
        ("e", "http://a.cn/?a=1&b", True),
    ]
    assert [each.id for each in rels.of_type("table")] == ["b", "c"]
    assert rels.by_id("a").kind == "drawing"
    with pytest.raises(KeyError):
        rels.by_id("z")
    with pytest.raises(KeyError):
        rels.remove("z")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<Relationships xmlns="{RELS}"/>', f'<Relationships xmlns="{RELS}">NEW</Relationships>'),
        (
            f"<?xml version='1.0'?>\r\n<p:Relationships xmlns:p='{RELS}' > </p:Relationships >",
            f"<?xml version='1.0'?>\r\n<p:Relationships xmlns:p='{RELS}' > NEW</p:Relationships >",
        ),
        (
            f'\ufeff<Relationships xmlns="{RELS}"><!-- > --><a b=">"/></Relationships>',
            f'\ufeff<Relationships xmlns="{RELS}"><!-- > --><a b=">"/>NEW</Relationships>',
        ),
    ],
)
def test_a_new_relationship_leaves_the_rest_as_it_was(before, after):
    package = with_rels(before.encode())
    prefix = "p:" if "<p:" in before else ""
    assert package.rels(SHEET).add("drawing", "xl/drawings/drawing1.xml") == "rId1"
    new = (
        f'<{prefix}Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/drawing" Target="../drawings/drawing1.xml"/>'
    )
    found = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert found == after.replace("NEW", new)


def test_ids_are_the_lowest_free_ones():
    rels = Package.blank().rels("xl/workbook.xml")
    assert rels.add("theme", "xl/theme/theme1.xml") == "rId3"
    rels.remove("rId2")
    assert rels.add("hyperlink", 'http://a.cn/?q="1"&b', external=True) == "rId2"
    assert rels.by_id("rId2").target == 'http://a.cn/?q="1"&b'
    assert [each.id for each in rels] == ["rId1", "rId3", "rId2"]


@given(
    st.sampled_from(["", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]),
    st.sampled_from(
        ["xl/a.xml", "docProps/app.xml", "a.xml", "xl/worksheets/b 1.xml", "xl/新.xml"]
    ),
)
def test_a_relative_target_leads_back(part, target):
    written = partnames.relative(part, target)
    assert partnames.key(partnames.resolve(part, written)) == partnames.key(target)


def test_rels_of_a_part_are_one_object():
    package = Package.blank()
    package.rels(SHEET).add("drawing", "xl/drawings/drawing1.xml")
    package.rels(SHEET.upper()).add("table", "xl/tables/table1.xml")
    assert [each.kind for each in package.rels(SHEET)] == ["drawing", "table"]


# Splicing -----------------------------------------------------------------------------------


def test_utf16_parts_become_utf8():
    text = '<?xml version="1.0" encoding="UTF-16"?><甲 乙="丙"/>'
    data = splice.utf8(text.encode("utf-16"))
    assert data.decode() == text.replace("UTF-16", "UTF-8")
    (root,) = splice.scan(data)
    assert (root.name, root.attributes, root.empty) == ("甲", {"乙": "丙"}, True)


def test_parts_in_other_encodings_become_utf8():
    text = '<?xml version="1.0" encoding="gb2312"?><a b="客户"/>'
    data = splice.utf8(text.encode("gb2312"))
    assert data.decode() == text.replace("gb2312", "UTF-8")


def test_edits():
    data = '<a x="1 y=2" y="3"><b>中</b><c/></a>'.encode()
    root, first, second = splice.scan(data)
    assert data[first.start : first.end].decode() == "<b>中</b>"
    assert (first.parent, root.parent, second.empty) == (0, -1, True)
    edited = splice.apply(
        data,
        [
            splice.append_child(data, second, b"<d/>"),
            splice.set_attribute(data, root, "y", "4"),
            splice.set_attribute(data, first, "z", '"<'),
            splice.append_child(data, root, b"<e/>"),
        ],
    )
    assert edited.decode() == ('<a x="1 y=2" y="4"><b z="&quot;&lt;">中</b><c><d/></c><e/></a>')
    assert splice.apply(data, [splice.delete(first)]) == b'<a x="1 y=2" y="3"><c/></a>'
