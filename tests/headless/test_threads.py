"""Threaded comments: read with their authors and replies, settled, otherwise left alone."""

import datetime as dt

import pytest

_MS = "http://schemas.microsoft.com/office"
_SPACE = f"{_MS}/spreadsheetml/2018/threadedcomments"
THREADS = f"""<ThreadedComments xmlns="{_SPACE}">
<threadedComment ref="C5" dT="2026-03-01T08:30:00.50" personId="{{P1}}" id="{{T1}}">\
<text>为什么 &lt; 10%?</text></threadedComment>
<threadedComment ref="C5" dT="2026-03-02T08:30:00.00" personId="{{P2}}" id="{{T2}}" \
parentId="{{T1}}"><text>Rabatt_x000a_?</text></threadedComment>
<threadedComment ref="A1" personId="{{P9}}" id="{{T3}}" done="1"><text>ok</text>\
</threadedComment></ThreadedComments>"""
PERSONS = f"""<personList xmlns="{_SPACE}"><person displayName="王芳" id="{{P1}}"/>\
<person displayName="Eva" id="{{P2}}"/></personList>"""
PART = "xl/threadedComments/threadedComment1.xml"


@pytest.fixture
def sheet(new_book):
    """A sheet with two threads, one of them with a reply."""
    package = new_book.impl.package
    package.write(PART, THREADS.encode(), "application/vnd.ms-excel.threadedcomments+xml")
    package.write("xl/persons/person.xml", PERSONS.encode(), "application/vnd.ms-excel.person+xml")
    relationships = f"{_MS}/2017/10/relationships"
    package.rels("xl/worksheets/sheet1.xml").add(f"{relationships}/threadedComment", PART)
    package.rels(package.workbook).add(f"{relationships}/person", "xl/persons/person.xml")
    return new_book.sheets[0]


def test_threads_are_told_row_by_row(sheet):
    assert [(each.location.address, each.text) for each in sheet.comments] == [
        ("$A$1", "ok"),
        ("$C$5", "为什么 < 10%?"),
    ]
    assert len(sheet.book.comments) == 2
    thread = sheet["C5"].comment
    assert (thread.author, thread.resolved) == ("王芳", False)
    assert thread.creation_date == dt.datetime(2026, 3, 1, 8, 30, 0, 500_000)
    assert [reply.text for reply in thread.replies] == ["Rabatt\n?"]
    assert sheet["B1"].comment is None


def test_who_is_not_listed_is_unknown(sheet):
    thread = sheet.comments["A1"]
    assert (thread.author, thread.creation_date, thread.resolved) == ("", None, True)


def test_a_thread_is_settled_and_opened_again(sheet):
    thread = sheet["C5"].comment
    thread.resolve()
    assert thread.resolved
    thread.reopen()
    data = sheet.book.impl.package.read(PART)
    assert (
        data
        == THREADS.replace('ref="C5" dT="2026-03-01', 'done="0" ref="C5" dT="2026-03-01').encode()
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda cell: cell.add_comment("x"),
        lambda cell: cell.comment.add_reply("x"),
        lambda cell: cell.comment.delete(),
        lambda cell: setattr(cell.comment, "text", "x"),
    ],
)
def test_words_are_left_to_people(sheet, change):
    with pytest.raises(NotImplementedError, match="a note instead"):
        change(sheet["C5"])
