"""Parts that are kept outside of memory: the same bytes as in memory, whatever is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.api.engine import EngineImpl
from kam_excel.headless.package import parts, spool
from kam_excel.headless.package.spool import Spool, gathered, pieces_of, same

numbers = st.integers(-30, 30)


@given(
    st.lists(st.binary(max_size=6)), st.binary(max_size=3), st.binary(max_size=3), numbers, numbers
)
def test_slices_are_those_of_bytes(pieces, head, tail, start, stop):
    data = head + b"".join(pieces) + tail
    spooled = Spool.of(pieces).within(head, tail)
    assert len(spooled) == len(data)
    assert spooled[start:stop] == data[start:stop]
    assert spooled[:] == data
    assert spooled.within(b"<", b">")[:] == b"<" + data + b">"


@given(st.binary(min_size=1, max_size=40), st.binary(min_size=1, max_size=2), st.integers(1, 9))
def test_the_last_place_is_that_of_bytes(data, text, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "PIECE", piece)
        assert Spool.of([data]).rfind(text) == data.rfind(text)
        assert b"".join(pieces_of(Spool.of([data]), 1)) == data[1:]


def test_what_is_large_goes_outside_of_memory(monkeypatch):
    monkeypatch.setattr(spool, "LARGE", 20)
    assert gathered([b"ab", b"cd"]) == b"abcd"
    large = gathered(iter([b"ab", b"cd", b"ef", b"gh"]))
    assert isinstance(large, Spool)
    assert large[:] == b"abcdefgh"
    assert same(large, [b"abc", b"defgh"])
    assert not same(large, [b"abc", b"defg"])
    assert not same(large, [b"abc", b"defgX"])


def edit(path, rows):
    book = EngineImpl().apps.add(add_book=False).books.open(str(path))
    sheet = book.sheets(1)
    sheet.range("B2").raw_value = "changed"
    sheet.range((50, 1), (49 + rows, 2)).raw_value = [[float(row), "new"] for row in range(rows)]
    sheet.range("C1").number_format = "0.0"
    book.save()
    return [sheet.range("A1:C3").raw_value, sheet.used_range.address if rows else ""]


@pytest.mark.parametrize("rows", [3, 1200])
def test_a_large_sheet_is_edited_to_the_same_bytes(rich_file, tmp_path, monkeypatch, rows):
    ordinary, large = tmp_path / "ordinary.xlsx", tmp_path / "large.xlsx"
    for path in (ordinary, large):
        path.write_bytes(rich_file.read_bytes())
    expected = edit(ordinary, rows)
    monkeypatch.setattr(spool, "LARGE", 1)
    monkeypatch.setattr(parts, "LARGE", 1)
    monkeypatch.setattr(spool, "PIECE", 100)
    assert edit(large, rows) == expected
    assert large.read_bytes() == ordinary.read_bytes()
