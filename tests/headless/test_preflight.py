import io
import struct
import warnings
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.package import blank
from kam_excel.headless.package.parts import Package
from kam_excel.headless.package.preflight import check
from kam_excel.headless.package.strict import as_strict
from kam_excel.headless.package.zipcheck import Limits

PARTS = {name: text.encode() for name, text in blank.PARTS.items()}
SHEET = "xl/worksheets/sheet1.xml"


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def compound_file(*names):
    """A compound file with these streams, as far as a directory goes ([MS-CFB])."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)  # the directory's first sector
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    entries = b""
    for name in ("Root Entry", *names):
        raw = name.encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack("<H", len(raw) + 2) + bytes(62)
    sectors = [
        entries[place : place + 512].ljust(512, b"\0") for place in range(0, len(entries), 512)
    ]
    chain = [0xFFFFFFFD, *range(2, len(sectors) + 1), 0xFFFFFFFE]
    fat = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    return bytes(header) + fat + b"".join(sectors)


@pytest.fixture
def refused(tmp_path):
    """The code that a file with these bytes is refused with, or None."""

    def code_of(data, limits=Limits()):  # noqa: B008 - frozen
        path = tmp_path / "客户.xlsx"
        path.write_bytes(data)
        try:
            check(path, limits)
        except WorkbookError as error:
            (problem,) = error.problems
            assert problem.where.file == "客户.xlsx"
            assert problem.text("zh")
            assert problem.text("en")
            return problem.code.name
        return None

    return code_of


def test_a_workbook_passes(refused):
    assert refused(zipped(PARTS)) is None


def test_a_missing_file(tmp_path):
    with pytest.raises(WorkbookError, match="FILE_NOT_FOUND"):
        check(tmp_path / "a.xlsx")


def test_a_file_that_excel_is_saving(tmp_path):
    (tmp_path / "5A3D1F00").write_bytes(zipped(PARTS))
    with pytest.raises(WorkbookError, match="FILE_MID_SAVE"):
        check(tmp_path / "a.xlsx")


def test_a_folder(tmp_path):
    with pytest.raises(WorkbookError, match="FILE_NOT_A_FILE"):
        check(tmp_path)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE_EMPTY"),
        (compound_file("Workbook"), "FILE_XLS"),
        (compound_file(*"abcdefg", "Workbook"), "FILE_XLS"),
        (compound_file("Book"), "FILE_XLS"),
        (compound_file("EncryptionInfo", "EncryptedPackage"), "FILE_ENCRYPTED"),
        (compound_file("WordDocument"), "FILE_DOCUMENT"),
        (compound_file("Workbook")[:100], "FILE_OTHER"),
        (b"\x09\x08\x08\x00\x00\x05\x10\x00", "FILE_XLS"),
        ("客户,金额\n甲,1\n".encode(), "FILE_TEXT"),
        ("客户\t金额\n".encode("utf-16"), "FILE_TEXT"),
        ("客户,金额\n".encode("gbk"), "FILE_TEXT"),
        (b"\xef\xbb\xbf \n<HTML><table>", "FILE_HTML"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
         "FILE_XML_2003"),
        (b"%PDF-1.7", "FILE_PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "FILE_IMAGE"),
        (b"PK\x03\x04", "ZIP_DAMAGED"),
        (zipped({"a.txt": b"a"}), "FILE_ARCHIVE"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "FILE_ODS"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "FILE_DOCUMENT"),
    ],
)  # fmt: skip
def test_the_content_is_named(refused, data, code):
    assert refused(data) == code


def with_part(name, data):
    return zipped(PARTS | {name: data})


def replaced(name, old, new):
    assert old.encode() in PARTS[name]
    return with_part(name, PARTS[name].replace(old.encode(), new.encode()))


def test_other_kinds_of_packages(refused):
    ordinary = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    kinds = {
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "FILE_DOCUMENT",
        "vnd.ms-excel.sheet.binary.macroEnabled.main": "FILE_XLSB",
        "vnd.ms-excel.sheet.macroEnabled.main+xml": None,
    }
    for kind, code in kinds.items():
        assert refused(replaced("[Content_Types].xml", ordinary, kind)) == code
    assert refused(replaced("_rels/.rels", "xl/workbook.xml", "xl/other.xml")) == "FILE_OTHER"


def test_mixtures_of_strict_and_usual_names(refused):
    transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    assert refused(replaced("xl/workbook.xml", transitional, strict)) == "FILE_STRICT"
    assert refused(zipped({name: as_strict(data) for name, data in PARTS.items()})) is None
    office = "http://schemas.openxmlformats.org/officeDocument/2006/"
    assert refused(
        replaced("_rels/.rels", office, "http://purl.oclc.org/ooxml/officeDocument/")
    ) == ("FILE_STRICT")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_truncated_archives(refused, kept):
    data = zipped(PARTS)
    assert refused(data[: int(len(data) * kept)]) == "ZIP_DAMAGED"


def test_damaged_data(refused):
    data = bytearray(zipped(PARTS))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    data[start + 5 : start + 30] = bytes(25)
    assert refused(bytes(data)) == "PART_DAMAGED"


def test_no_bookkeeping_that_is_not_xml(refused):
    assert refused(with_part("_rels/.rels", b"<Relationships>")) == "PART_DAMAGED"


def changed_directory(data, name, offset, format_, value):
    """`data` with a field of the directory entry of `name` changed."""
    raw = bytearray(data)
    place = raw.rindex(name.encode()) - 46
    assert raw[place : place + 4] == b"PK\1\2"
    struct.pack_into(format_, raw, place + offset, value)
    return bytes(raw)


def test_encrypted_members(refused):
    for flags in (0x1, 0x40, 0x2000):
        assert refused(changed_directory(zipped(PARTS), SHEET, 8, "<H", flags)) == "ZIP_ENCRYPTED"


def test_other_compression(refused):
    assert refused(zipped(PARTS, zipfile.ZIP_LZMA)) == "ZIP_METHOD"
    assert refused(changed_directory(zipped(PARTS), SHEET, 8, "<H", 0x20)) == "ZIP_METHOD"


def test_symlinks(refused):
    data = changed_directory(zipped(PARTS), SHEET, 38, "<I", 0o120777 << 16)
    assert refused(data) == "ZIP_SYMLINK"


def test_overlapping_members(refused):
    data = zipped(PARTS | {"xl/media/a.png": b"1" * 50}, zipfile.ZIP_STORED)
    assert refused(data) is None
    two_at_one_place = changed_directory(data, "xl/styles.xml", 42, "<I", 0)
    assert refused(two_at_one_place) == "ZIP_OVERLAP"
    beyond_the_end = changed_directory(data, "xl/media/a.png", 20, "<I", 5_000)
    assert refused(beyond_the_end) == "ZIP_OVERLAP"


@pytest.mark.parametrize(
    "name", ["../evil.xml", "xl/../../evil.xml", "C:/evil.xml", "xl\\..\\a.xml"]
)
def test_paths_that_leave_the_package(refused, name):
    assert refused(with_part(name, b"<a/>")) == "ZIP_PATH"


def test_duplicate_members(refused):
    stream = io.BytesIO(zipped(PARTS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr(SHEET, b"<other/>")
    assert refused(stream.getvalue()) == "ZIP_DUPLICATE"


def test_members_that_differ_by_case_are_one_part(refused):
    assert refused(with_part("XL/Worksheets/Sheet1.xml", PARTS[SHEET])) == "ZIP_DUPLICATE"


@pytest.mark.parametrize(
    "prolog",
    [
        b"<!DOCTYPE a>",
        b"<?xml version='1.0'?>\n<!-- harmless <a> --><!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"<!--" + b"x" * 70_000 + b"--><!DOCTYPE a>",
    ],
)
def test_document_types(refused, prolog):
    code = "XML_DTD" if len(prolog) < 65_536 else "PART_DAMAGED"
    assert refused(with_part("xl/comments1.xml", prolog + b"<a/>")) == code
    utf16 = (prolog.decode() + "<a/>").encode("utf-16")
    assert refused(with_part("docProps/a.rels", utf16)) == code


def test_a_doctype_in_the_text_is_no_document_type(refused):
    assert refused(with_part(SHEET, b"<a><![CDATA[<!DOCTYPE html>]]></a>")) is None


def test_expansion(refused):
    zeros = with_part("xl/media/zeros.bin", bytes(200_000))
    assert refused(zeros) is None
    assert refused(zeros, Limits(ratio_from=100_000)) == "ZIP_BOMB"
    assert refused(zeros, Limits(ratio_from=100_000, ratio=10_000)) is None
    assert refused(zeros, Limits(total=200_000)) == "ZIP_TOO_LARGE"
    assert refused(zeros, Limits(members=3)) == "ZIP_TOO_LARGE"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1))
def test_whatever_is_wrong_is_the_workbooks_fault(tmp_path_factory, changes):
    raw = bytearray(zipped(PARTS))
    for place, value in changes:
        raw[int(place * len(raw))] = value
    path = tmp_path_factory.getbasetemp() / "fuzzed.xlsx"
    path.write_bytes(raw)
    with suppress(WorkbookError):
        package = Package.open(path)
        for name in package.names():
            package.read(name)


def test_opening_goes_through_the_gate(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"a,b\n")
    with pytest.raises(WorkbookError, match="FILE_TEXT"):
        Package.open(path)
