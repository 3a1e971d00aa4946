"""Compound files: what is written is what another reader finds."""

from __future__ import annotations

import io

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.ribbon.addin import compound

NAMES = st.text("abcxyz_1", min_size=1, max_size=31)
PATHS = st.tuples(st.sampled_from(["", "S/", "S/T/"]), NAMES).map("".join)
DATA = st.sampled_from([0, 1, 63, 64, 65, 4095, 4096, 4097, 9000]).map(lambda n: b"\x5a" * n)
STREAMS = st.dictionaries(PATHS, DATA, max_size=20)


@given(STREAMS)
def test_what_is_written_reads_back(streams):
    assert compound.read(compound.write(streams)) == dict(sorted(streams.items()))


def test_many_streams_need_more_than_one_sector_of_every_table():
    streams = {f"VBA/Module{i}": bytes([i % 251]) * (200 + 37 * i) for i in range(160)}
    written = compound.write(streams)
    assert len(written) > 128 * 512 * 2
    assert compound.read(written) == dict(sorted(streams.items()))


def test_the_same_streams_give_the_same_bytes_in_whatever_order_they_come():
    streams = {"VBA/dir": b"d" * 5000, "PROJECT": b"p", "VBA/A": b"a" * 70}
    assert compound.write(streams) == compound.write(dict(reversed(streams.items())))


def test_another_reader_finds_names_sizes_and_no_times():
    written = compound.write({"VBA/dir": b"d" * 5000, "PROJECT": b"p"})
    with olefile.OleFileIO(io.BytesIO(written), raise_defects=olefile.DEFECT_UNSURE) as file:
        assert file.listdir(storages=True) == [["PROJECT"], ["VBA"], ["VBA", "dir"]]
        assert file.get_size("VBA/dir") == 5000
        assert file.getmtime("VBA") is None
        assert file.parsing_issues == []


def test_siblings_are_found_by_the_order_that_the_format_demands():
    names = ["dir", "_VBA_PROJECT", "xlwings", "KamHost", "Sheet2", "ThisWorkbook", "Ab", "aC"]
    written = compound.write(dict.fromkeys(names, b"x"))
    with olefile.OleFileIO(io.BytesIO(written)) as file:
        entries = {entry.sid: entry for entry in file.direntries if entry and entry.sid}
        top = file.root.sid_child
    for name in names:
        place, wanted = top, (len(name), name.upper())
        while entries[place].name != name:
            entry = entries[place]
            is_left = wanted < (len(entry.name), entry.name.upper())
            place = entry.sid_left if is_left else entry.sid_right


@pytest.mark.parametrize("size", [100, 512, 1500, 2000])
def test_a_truncated_file_is_refused(size):
    written = compound.write({"VBA/dir": b"d" * 5000, "PROJECT": b"p"})
    with pytest.raises(ValueError, match=r"\w"):
        compound.read(written[:size])


def test_what_the_format_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="31 characters"):
        compound.write({"n" * 32: b""})
    with pytest.raises(ValueError, match="7 MB"):
        compound.write({"a": bytes(7_200_000)})
