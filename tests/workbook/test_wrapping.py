"""How many lines a text takes in a cell, above all one of ideographs, which may part anywhere."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.workbook.wrapping import IDEOGRAPH, text_lines

SUMMARY = "计提返利 2026-06：2026年度大客户阶梯返利（FL26-01），郑州盛铭商贸有限公司（001797）"
MIXED = st.text("ab1 .,()%中文利，。（）“”ー々ｶ￥\n", max_size=60)
ROOMS = st.floats(1, 40)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 5, 1),
        ("one two", 7, 1),
        ("one two", 6, 2),
        ("one two three", 8, 2),
        ("abcdefgh", 4, 2),
        ("abcdefghi", 4, 3),
        ("a\nb", 9, 2),
        ("返利对账单", 11, 1),
        ("返利对账单", 9, 2),
        ("返利FL26-01对账", 9, 3),
        ("大客户，好", 7, 2),  # the comma does not begin a line, nor does 户 leave it
        ("大（客）", 8, 2),
        (SUMMARY, 79, 2),
        (SUMMARY, 90, 1),
    ],
)
def test_lines_of_texts(text, room, lines):
    assert text_lines(text, room) == lines


def test_ideographs_fill_the_line_where_words_would_leave_it():
    text = "计提 2026年度大客户阶梯返利 2026年度大客户阶梯返利"
    assert text_lines(text, 40) == 2
    assert text_lines("计提 2026年度大客户阶梯返利", 25) == 2
    assert text_lines("计提 wwwwwwwwwwwwwwwwwwwwwww", 25) == 2


@given(MIXED, ROOMS, ROOMS)
def test_more_room_never_takes_more_lines(text, one, other):
    narrow, wide = sorted((one, other))
    assert text_lines(text, wide) <= text_lines(text, narrow)


@given(MIXED, ROOMS)
def test_lines_hold_what_they_show(text, room):
    width = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
    swallowed = text.count(" ") + text.count("\n")
    assert text_lines(text, room) >= math.ceil((width - swallowed) / room)


@given(MIXED, ROOMS)
def test_lines_are_no_fewer_than_where_every_character_may_begin_one(text, room):
    lines, used = 1, 0.0
    for each in text.replace(" ", "").replace("\n", ""):
        width = min(IDEOGRAPH if unicodedata.east_asian_width(each) in "WF" else 1, room)
        lines, used = (lines, used + width) if used + width <= room else (lines + 1, width)
    assert text_lines(text, room) >= lines


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), max_size=9), st.integers(1, 30))
def test_words_of_letters_are_broken_at_spaces_only(words, room):
    lines, used = 1, 0
    for word in words:
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        lines += (len(word) - 1) // room if not used else 0
        used += len(word) + bool(used)
    assert text_lines(" ".join(words), room) == lines


@given(st.text("中文利率", min_size=1, max_size=60), st.integers(3, 60))
def test_ideographs_part_anywhere(text, room):
    a_line = math.floor(room / IDEOGRAPH)
    assert text_lines(text, room) == math.ceil(len(text) / a_line)
