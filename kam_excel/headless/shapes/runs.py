"""The runs of a paragraph: cutting them where some of their characters shall look different."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from kam_excel.headless.xml.tree import local_name


def text(run: etree._Element) -> str:
    """The text of a run or a field."""
    return "".join(each.text or "" for each in run if local_name(each) == "t")


def inside(
    runs: Iterable[etree._Element], start: int, stop: int, split: bool
) -> list[etree._Element]:
    """The runs that have characters from `start` to `stop`; `split` cuts them at these places."""
    found, position = [], 0
    for each in list(runs):
        run, length = each, len(text(each))
        first, last = max(start - position, 0), min(stop - position, length)
        position += length
        if first >= last:
            continue
        if split and last < length:
            _cut(run, last)
        if split and first > 0:
            run = _cut(run, first)
        found.append(run)
    return found


def _cut(run: etree._Element, place: int) -> etree._Element:
    """Cut a run in two; returns the second."""
    second, whole = deepcopy(run), text(run)
    _set_text(run, whole[:place])
    _set_text(second, whole[place:])
    run.addnext(second)
    return second


def _set_text(run: etree._Element, value: str) -> None:
    next(each for each in run if local_name(each) == "t").text = value
