"""The text of a cell as runs, each with a font of its own or with the cell's."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from kam_excel.headless.cells.strings import decode, escape
from kam_excel.headless.cells.values import RichText
from kam_excel.headless.xml.tree import local_name


@dataclass(slots=True, eq=False)
class Run:
    """Characters that look alike; `properties` is their `rPr`, None is the font of the cell."""

    text: str
    properties: etree._Element | None = None


class RichRuns:
    """The runs of a text. Phonetic readings are kept as they are."""

    def __init__(self, text: str, item: etree._Element | None = None) -> None:
        """`item` is the element around the text (`si`, `is`), None for a plain one."""
        self.runs = [Run(text)] if item is None else list(_runs(item))
        readings = [] if item is None else [e for e in item if local_name(e) not in ("t", "r")]
        self._readings = "".join(map(_plain, readings))

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)

    def inside(self, start: int, stop: int) -> list[Run]:
        """The runs that have characters from `start` to `stop`."""
        found, position = [], 0
        for run in self.runs:
            if position < stop and position + len(run.text) > start:
                found.append(run)
            position += len(run.text)
        return found

    def cut(self, start: int, stop: int) -> list[Run]:
        """The runs of the characters from `start` to `stop` and no others."""
        for place in (start, stop):
            self.runs = self._cut_at(place)
        return self.inside(start, stop)

    def _cut_at(self, place: int) -> list[Run]:
        pieces: list[Run] = []
        position = 0
        for run in self.runs:
            at = place - position
            position += len(run.text)
            if 0 < at < len(run.text):
                pieces.append(Run(run.text[:at], run.properties))
                pieces.append(Run(run.text[at:], deepcopy(run.properties)))
            else:
                pieces.append(run)
        return pieces

    def rich_text(self) -> RichText:
        """The text as a cell holds it."""
        return RichText(self.text, "".join(map(_markup, self.runs)) + self._readings)


def _runs(item: etree._Element) -> Iterator[Run]:
    for each in item:
        if local_name(each) == "t":
            yield Run(decode(each.text or ""))
        elif local_name(each) == "r":
            texts = (decode(t.text or "") for t in each if local_name(t) == "t")
            yield Run("".join(texts), each.find("{*}rPr"))


def _markup(run: Run) -> str:
    properties = "" if run.properties is None else _plain(run.properties)
    return f'<r>{properties}<t xml:space="preserve">{escape(run.text)}</t></r>'


def _plain(element: etree._Element) -> str:
    """An element as it is written where its namespace has no prefix."""
    made = deepcopy(element)
    made.tail = None
    for each in made.iter():
        each.tag = local_name(each)
    etree.cleanup_namespaces(made)
    return etree.tostring(made, encoding="unicode")
