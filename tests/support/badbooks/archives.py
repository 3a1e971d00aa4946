"""Damaged and hostile zip archives."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

from badbooks.declaring import reads, refused
from badbooks.packages import SHEET, parts, sheet
from badbooks.zips import DEFLATED, STORED, Member, archive, changed, deflate, members, zipped

_GOOD = zipped(parts())
_MEDIA = "xl/media/image1.png"
_ZIP64 = struct.Struct("<2HQQ")
_M = 1024**2


def _spoiled(path: Path, **facts: object) -> None:
    path.write_bytes(archive(changed(parts(), SHEET, **facts)))


def _with(path: Path, *more: Member) -> None:
    path.write_bytes(archive([*members(parts()), *more]))


# cut and overwritten ----------------------------------------------------------


@refused("ZIP_DAMAGED")
def cut_in_the_first_header(path: Path) -> None:
    path.write_bytes(_GOOD[:20])


@refused("ZIP_DAMAGED")
def cut_in_the_middle(path: Path) -> None:
    path.write_bytes(_GOOD[: len(_GOOD) // 2])


@refused("ZIP_DAMAGED")
def cut_in_the_directory(path: Path) -> None:
    path.write_bytes(_GOOD[:-150])


@refused("ZIP_DAMAGED")
def last_byte_is_missing(path: Path) -> None:
    path.write_bytes(_GOOD[:-1])


@refused("FILE_OTHER")
def beginning_is_missing(path: Path) -> None:
    path.write_bytes(_GOOD[700:])


@refused("ZIP_DAMAGED")
def middle_is_missing(path: Path) -> None:
    path.write_bytes(_GOOD[:900] + _GOOD[1200:])


@refused("ZIP_DAMAGED")
def cut_and_filled_with_zeros(path: Path) -> None:
    """A download that broke off after room had been made for the whole file."""
    half = len(_GOOD) // 2
    path.write_bytes(_GOOD[:half] + bytes(len(_GOOD) - half))


@refused("ZIP_DAMAGED")
def line_ends_were_converted(path: Path) -> None:
    """Sent as a text: each 0A became 0D 0A."""
    path.write_bytes(_GOOD.replace(b"\n", b"\r\n"))


@refused("PART_DAMAGED")
def data_of_the_sheet_are_overwritten(path: Path) -> None:
    data = bytearray(_GOOD)
    start = data.index(SHEET.encode()) + len(SHEET) + 5
    data[start : start + 30] = bytes(30)
    path.write_bytes(data)


@refused("PART_DAMAGED")
def checksum_is_wrong(path: Path) -> None:
    _spoiled(path, crc=1)


@refused("ZIP_DAMAGED")
def directory_lies_before_the_file(path: Path) -> None:
    data = bytearray(_GOOD)
    struct.pack_into("<I", data, len(data) - 10, 0xFFFFFF00)
    path.write_bytes(data)


@refused("ZIP_DAMAGED")
def junk_before_the_archive(path: Path) -> None:
    path.write_bytes(b"PK\3\4" + b"junk" * 100 + _GOOD)


@refused("FILE_OTHER")
def program_that_unpacks_itself(path: Path) -> None:
    path.write_bytes(b"MZ\x90\0" + bytes(1000) + _GOOD)


@reads(3, "600.00")
def comment_of_64_kilobytes(path: Path) -> None:
    path.write_bytes(archive(members(parts()), comment=b"c" * 65_535))


@refused("ZIP_DAMAGED")
def two_ends(path: Path) -> None:
    """An archive in the comment of another: readers differ on which one counts."""
    inner = zipped(parts({SHEET: sheet("<row/>")}))
    path.write_bytes(archive(members(parts()), comment=inner))


# names ------------------------------------------------------------------------


@refused("ZIP_PATH")
def path_upwards(path: Path) -> None:
    _with(path, Member("../../evil.xml", b"<a/>"))


@refused("ZIP_PATH")
def path_upwards_with_backslashes(path: Path) -> None:
    _with(path, Member("xl\\..\\..\\evil.xml", b"<a/>"))


@refused("ZIP_PATH")
def path_upwards_in_percents(path: Path) -> None:
    _with(path, Member("xl/%2e%2e/%2E./evil.xml", b"<a/>"))


@refused("ZIP_PATH")
def absolute_path(path: Path) -> None:
    _with(path, Member("//etc/passwd", b"a"))


@refused("ZIP_PATH")
def path_on_a_drive(path: Path) -> None:
    _with(path, Member("C:\\evil.xml", b"<a/>"))


@refused("ZIP_PATH")
def name_with_a_zero(path: Path) -> None:
    _with(path, Member("xl/evil.xml\0.png", b"<a/>"))


@refused("ZIP_DAMAGED")
def header_with_another_name(path: Path) -> None:
    _spoiled(path, local_name="xl/worksheets/sheet9.xml")


@refused("ZIP_SYMLINK")
def symbolic_link(path: Path) -> None:
    _with(path, Member("xl/media/link", b"/etc/passwd", STORED, external=0o120777 << 16))


@refused("ZIP_DUPLICATE")
def member_twice(path: Path) -> None:
    _with(path, Member(SHEET, sheet("<row/>")))


@refused("ZIP_DUPLICATE")
def member_twice_in_other_case(path: Path) -> None:
    _with(path, Member("XL/Worksheets/SHEET1.xml", sheet("<row/>")))


@refused("ZIP_DUPLICATE")
def member_twice_by_another_slash(path: Path) -> None:
    _with(path, Member("xl\\worksheets\\sheet1.xml", sheet("<row/>")))


# flags and methods ------------------------------------------------------------


@refused("ZIP_ENCRYPTED")
def encrypted_member(path: Path) -> None:
    _spoiled(path, flags=0x1)


@refused("ZIP_ENCRYPTED")
def strongly_encrypted_member(path: Path) -> None:
    _spoiled(path, flags=0x41)


@refused("ZIP_METHOD")
def unknown_method(path: Path) -> None:
    _spoiled(path, method=97)


@refused("ZIP_METHOD")
def bzip2(path: Path) -> None:
    _spoiled(path, method=12)


# sizes ------------------------------------------------------------------------


@refused("ZIP_OVERLAP")
def two_members_at_one_place(path: Path) -> None:
    _spoiled(path, offset=0)


@refused("ZIP_OVERLAP")
def member_that_holds_the_next_ones(path: Path) -> None:
    """Quoted headers: each member's bytes contain the headers of those behind it."""
    given = [
        replace(each, method=STORED, data=bytes(40), packed=each.data) for each in members(parts())
    ]
    given[1] = replace(given[1], packed_size=5_000, size=5_000)
    path.write_bytes(archive(given))


@refused("ZIP_OVERLAP")
def member_that_reaches_into_the_directory(path: Path) -> None:
    _with(path, Member(_MEDIA, b"1" * 50, STORED, packed_size=5_000, size=5_000))


@refused("PART_DAMAGED")
def member_without_bytes(path: Path) -> None:
    _spoiled(path, packed=b"", packed_size=0, crc=0)


@refused("PART_DAMAGED")
def member_that_holds_more_than_it_says(path: Path) -> None:
    _spoiled(path, size=100)


@refused("PART_DAMAGED")
def member_that_holds_less_than_it_says(path: Path) -> None:
    _spoiled(path, size=100_000)


@refused("ZIP_DAMAGED")
def headers_that_differ_on_the_size(path: Path) -> None:
    _spoiled(path, local_size=7)


@refused("PART_DAMAGED")
def stored_member_of_two_sizes(path: Path) -> None:
    data = sheet()
    _spoiled(path, method=STORED, packed=data, size=len(data) - 20)


@reads(3, "600.00")
def sizes_in_zip64(path: Path) -> None:
    """As some writers always do; the values are true."""
    data = sheet()
    extra = _ZIP64.pack(1, 16, len(data), len(deflate(data)))
    most = 0xFFFFFFFF
    _spoiled(
        path, size=most, packed_size=most, extra=extra, local_extra=extra, packed=deflate(data)
    )


@refused("ZIP_OVERLAP")
def zip64_that_lies(path: Path) -> None:
    extra = _ZIP64.pack(1, 16, 2**40, 2**40)
    _spoiled(path, size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=extra)


@refused("ZIP_DAMAGED")
def zip64_that_is_cut(path: Path) -> None:
    _spoiled(path, size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=b"\1\0\4\0\0\0\0\0")


@reads(3, "600.00")
def sizes_behind_the_data(path: Path) -> None:
    """Written to a stream: the header before the data has no sizes."""
    data = sheet()
    descriptor = b"PK\7\x08" + struct.pack("<3I", 0, len(deflate(data)), len(data))
    body = deflate(data)
    given = changed(parts(), SHEET, flags=0x8, packed=body + descriptor, packed_size=len(body))
    path.write_bytes(archive(given))


# expansion --------------------------------------------------------------------


@refused("ZIP_BOMB")
def zeros_in_a_part(path: Path) -> None:
    """40 MB of zeros in 40 KB, of which nobody reads more than the beginning."""
    _with(path, Member(_MEDIA, bytes(40 * _M)))


@refused("ZIP_BOMB")
def blanks_in_the_sheet(path: Path) -> None:
    path.write_bytes(zipped(parts({SHEET: sheet(" " * 40 * _M)})))


@refused("ZIP_BOMB")
def many_small_bombs(path: Path) -> None:
    """Each is below what is looked at, all together are not."""
    packed = deflate(bytes(8 * _M))
    given = [
        Member(f"xl/media/image{n}.png", b"", size=8 * _M, packed=packed, crc=0) for n in range(9)
    ]
    _with(path, *given)


@refused("ZIP_TOO_LARGE")
def five_gigabytes(path: Path) -> None:
    """Sizes alone say so: nothing is inflated."""
    packed = deflate(bytes(_M))
    given = [
        Member(f"xl/media/image{n}.png", b"", size=2**30, packed=packed, crc=0) for n in range(5)
    ]
    _with(path, *given)


@refused("PART_DAMAGED")
def bomb_that_says_it_is_small(path: Path) -> None:
    """The size is that of the first bytes: whoever believes the data inflates 64 MB."""
    packed = deflate(sheet(" " * 64 * _M))
    _spoiled(path, packed=packed, size=len(sheet()))


@refused("ZIP_TOO_LARGE")
def a_million_members(path: Path) -> None:
    """As many as the directory has, whatever the end says of their number."""
    entry = Member("a", b"", DEFLATED).central(0)
    data = bytearray(_GOOD)
    start = data.index(b"PK\1\2")
    end = data[-22:]
    directory = bytes(data[start:-22]) + entry * 1_000_000
    struct.pack_into("<I", end, 12, len(directory))
    path.write_bytes(bytes(data[:start]) + directory + end)


@refused("ZIP_TOO_LARGE")
def thirty_thousand_parts(path: Path) -> None:
    _with(path, *(Member(f"xl/media/{n}.png", b"", STORED) for n in range(30_000)))
