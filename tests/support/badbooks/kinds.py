"""Files that are something else, whatever their extension says."""

from __future__ import annotations

import struct
from pathlib import Path

from badbooks.declaring import refused
from badbooks.packages import MAIN, TYPES, content_types, parts, relationships
from badbooks.zips import STORED, Member, archive, members, zipped

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TABLE = "<table><tr><td>客户编码</td><td>金额</td></tr></table>"


def compound_file(*names: str) -> bytes:
    """A compound file with streams of these names, as far as its directory goes ([MS-CFB])."""
    header = bytearray(512)
    header[:8] = _COMPOUND
    struct.pack_into("<H", header, 30, 9)  # sectors of 2⁹ bytes
    struct.pack_into("<I", header, 48, 1)  # where the directory begins
    struct.pack_into("<109I", header, 76, 0, *[_FREE] * 108)
    entries = b""
    for name in ("Root Entry", *names):
        raw = name.encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack("<H", len(raw) + 2) + bytes(62)
    sectors = -(-len(entries) // 512)
    chain = [_FAT, *range(2, sectors + 1), _END]
    fat = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    return bytes(header) + fat + entries.ljust(512 * sectors, b"\0")


@refused("FILE_EMPTY")
def zero_bytes(path: Path) -> None:
    path.write_bytes(b"")


@refused("FILE_BLANK")
def nothing_but_zeros(path: Path) -> None:
    """What a copy leaves that broke off, and a cloud drive that has not loaded the file."""
    path.write_bytes(bytes(20_000))


@refused("FILE_XLS")
def excel_2_stream(path: Path) -> None:
    path.write_bytes(b"\x09\x00\x04\x00\x02\x00\x10\x00" + bytes(100))


@refused("FILE_XLS")
def excel_3_stream(path: Path) -> None:
    path.write_bytes(b"\x09\x02\x06\x00\x00\x03\x10\x00" + bytes(100))


@refused("FILE_XLS")
def excel_4_stream(path: Path) -> None:
    path.write_bytes(b"\x09\x04\x06\x00\x00\x04\x10\x00" + bytes(100))


@refused("FILE_XLS")
def excel_5(path: Path) -> None:
    path.write_bytes(compound_file("Book"))


@refused("FILE_XLS")
def excel_97(path: Path) -> None:
    path.write_bytes(compound_file("\x05SummaryInformation", "Workbook"))


@refused("FILE_ENCRYPTED")
def with_a_password(path: Path) -> None:
    path.write_bytes(compound_file("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"))


@refused("FILE_ENCRYPTED")
def with_restricted_rights(path: Path) -> None:
    path.write_bytes(compound_file("\x06DataSpaces", "EncryptedPackage"))


@refused("FILE_GUARDED")
def of_a_document_guard(path: Path) -> None:
    """Many companies encrypt every file on disk; only programs they list see through it."""
    path.write_bytes(b"b\x14#e\x01\x00\x0f\x0fE-SafeNet\0\0\0LOCK\0\0\0" + bytes(range(256)) * 8)


@refused("FILE_DOCUMENT", ".xls")
def word_97(path: Path) -> None:
    path.write_bytes(compound_file("WordDocument", "1Table"))


@refused("FILE_OTHER")
def compound_file_whose_directory_runs_in_a_circle(path: Path) -> None:
    data = bytearray(compound_file(*(f"stream {n}" for n in range(12))))
    struct.pack_into("<I", data, 512 + 4, 1)
    path.write_bytes(data)


@refused("FILE_OTHER")
def compound_file_that_is_cut(path: Path) -> None:
    path.write_bytes(compound_file("Workbook")[:600])


@refused("FILE_XLSB", ".xlsb")
def binary_workbook(path: Path) -> None:
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    given = {
        TYPES: content_types({"xl/workbook.bin": kind}),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": b"\x83\x01\x00\x80\x01",
    }
    path.write_bytes(zipped(given))


def _document(path: Path, name: str, kind: str) -> None:
    given = {
        TYPES: content_types({name: f"application/vnd.openxmlformats-officedocument.{kind}"}),
        "_rels/.rels": relationships([("officeDocument", name)]),
        name: b"<document/>",
    }
    path.write_bytes(zipped(given))


@refused("FILE_DOCUMENT")
def word_document(path: Path) -> None:
    _document(path, "word/document.xml", "wordprocessingml.document.main+xml")


@refused("FILE_DOCUMENT")
def slides(path: Path) -> None:
    _document(path, "ppt/presentation.xml", "presentationml.presentation.main+xml")


@refused("FILE_ODS")
def opendocument(path: Path) -> None:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    path.write_bytes(archive([Member("mimetype", kind, STORED), Member("content.xml", b"<a/>")]))


@refused("FILE_ODS")
def flat_opendocument(path: Path) -> None:
    name = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    path.write_text(
        f'<?xml version="1.0"?>\n<office:document xmlns:office="{name}" office:mimetype='
        '"application/vnd.oasis.opendocument.spreadsheet"/>'
    )


@refused("FILE_DOCUMENT")
def opendocument_text(path: Path) -> None:
    kind = b"application/vnd.oasis.opendocument.text"
    path.write_bytes(archive([Member("mimetype", kind, STORED)]))


@refused("FILE_NUMBERS")
def apple_numbers(path: Path) -> None:
    given = {"Index/Document.iwa": b"\0\1\2", "Metadata/Properties.plist": b"bplist00"}
    path.write_bytes(archive([Member(name, data, STORED) for name, data in given.items()]))


@refused("FILE_ARCHIVE")
def zip_with_a_workbook_in_it(path: Path) -> None:
    path.write_bytes(archive([Member("2026/销售.xlsx", zipped(parts()), STORED)]))


@refused("FILE_ARCHIVE")
def rar(path: Path) -> None:
    path.write_bytes(b"Rar!\x1a\x07\x01\0" + bytes(range(256)))


@refused("FILE_ARCHIVE")
def seven_zip(path: Path) -> None:
    path.write_bytes(b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(256)))


@refused("FILE_TEXT")
def csv(path: Path) -> None:
    path.write_text("日期,客户编码,金额\n2026-02-01,C1,100\n", encoding="utf-8")


@refused("FILE_TEXT")
def csv_in_gbk(path: Path) -> None:
    path.write_text("日期,客户编码,金额\n2026-02-01,C1,100\n", encoding="gbk")


@refused("FILE_TEXT", ".xls")
def tabs_in_utf_16(path: Path) -> None:
    """What business systems export as an Excel file."""
    path.write_text("日期\t客户编码\t金额\n2026-02-01\tC1\t100\n", encoding="utf-16")


@refused("FILE_TEXT")
def utf_16_that_begins_with_a_bom_alone(path: Path) -> None:
    path.write_bytes("订单".encode("utf-16-be").join([b"\xfe\xff", b""]))


@refused("FILE_TEXT")
def csv_that_begins_with_pk(path: Path) -> None:
    path.write_text("PK,Customer,Amount\n1,C1,100\n")


@refused("FILE_TEXT")
def sylk(path: Path) -> None:
    path.write_text('ID;PWXL;N;E\nC;Y1;X1;K"Customer"\nE\n')


@refused("FILE_HTML", ".xls")
def web_page(path: Path) -> None:
    path.write_text(f"<html><body>{_TABLE}</body></html>", encoding="utf-8")


@refused("FILE_HTML", ".xls")
def web_page_of_office(path: Path) -> None:
    names = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
    text = f'<?xml version="1.0"?>\n<!-- export -->\n<HTML {names}>{_TABLE}</HTML>'
    path.write_text(text, encoding="utf-8-sig")


@refused("FILE_HTML", ".xls")
def web_page_in_utf_16(path: Path) -> None:
    path.write_text(f"\n<table>{_TABLE}", encoding="utf-16")


@refused("FILE_HTML", ".xls")
def web_archive(path: Path) -> None:
    path.write_text("MIME-Version: 1.0\nContent-Type: multipart/related\n\n")


@refused("FILE_HTML", ".xls")
def style_sheet_before_a_table(path: Path) -> None:
    path.write_text(f"<style>td{{mso-number-format:'@'}}</style>{_TABLE}", encoding="utf-8")


@refused("FILE_XML_2003", ".xls")
def xml_of_2003(path: Path) -> None:
    path.write_text(
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook '
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
    )


@refused("FILE_PDF")
def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")


@refused("FILE_IMAGE")
def png(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(17))


@refused("FILE_IMAGE")
def jpeg(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(30))


@refused("FILE_OTHER")
def program(path: Path) -> None:
    path.write_bytes(b"MZ\x90\0\x03\0\0\0" + bytes(range(256)))


@refused("FILE_OTHER")
def spreadsheet_of_a_draft(path: Path) -> None:
    """Namespaces of a draft of the format, which no Excel opens."""
    given = parts()
    draft = b"http://schemas.openxmlformats.org/spreadsheetml/2005/main"
    given["xl/workbook.xml"] = given["xl/workbook.xml"].replace(MAIN.encode(), draft)
    path.write_bytes(archive(members(given)))
