"""The compression of VBA sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.ribbon.addin.compression import compress, decompress

# The examples of [MS-OVBA] 3.2, which say how it is read; which copy is chosen is free.
EXAMPLES = {
    b"abcdefghijklmnopqrstuv.": (
        "01 19 B0 00 61 62 63 64 65 66 67 68 00 69 6A 6B 6C 6D 6E 6F 70 00 71 72 73 74 75 76 2E"
    ),
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": (
        "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D "
        "6E 6F 70 06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C"
    ),
    b"a" * 73: "01 03 B0 02 61 45 00",
}


@pytest.mark.parametrize("data", EXAMPLES)
def test_the_examples_of_the_specification_are_read(data):
    assert decompress(bytes.fromhex(EXAMPLES[data])) == data


def test_a_repetition_is_written_as_the_specification_does():
    assert compress(b"a" * 73) == bytes.fromhex(EXAMPLES[b"a" * 73])


@given(st.text("ab\r\n", max_size=9000) | st.text(st.characters(codec="ascii"), max_size=3000))
def test_what_is_compressed_reads_back(text):
    data = text.encode()
    assert decompress(compress(data)) == data


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4095, 4096, 4097, 8192, 50_000])
def test_chunks_of_every_size_read_back(size):
    data = (b"Dim place As Long\r\n" * 3000)[:size]
    assert decompress(compress(data)) == data
    assert len(compress(data)) < size / 4 + 40


def noise(size: int) -> bytes:
    """Bytes without a repetition that would be worth a copy."""
    return b"".join(i.to_bytes(2, "big") for i in range(0, 65536, 13))[:size]


def test_a_whole_chunk_that_cannot_be_shortened_is_stored_as_it_is():
    assert len(compress(noise(4096))) == 1 + 2 + 4096
    assert decompress(compress(noise(4096))) == noise(4096)


def test_a_last_chunk_is_not_filled_up_in_silence():
    with pytest.raises(ValueError, match="last chunk"):
        compress(noise(4000))


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\x02\x03\xb0\x02aE\x00",  # signature
        b"\x01\x03\xb0\x02aE",  # cut off
        b"\x01\x03\xc0\x02aE\x00",  # signature of the chunk
        b"\x01\x03\xb0\x01E\x00a",  # a copy of what is not there
    ],
)
def test_damage_is_told(damaged):
    with pytest.raises(ValueError, match=r"container|chunk"):
        decompress(damaged)
