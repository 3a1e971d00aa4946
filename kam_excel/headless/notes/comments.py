"""The comments part of a sheet: notes, and the shadows of threaded comments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.strings import decode, escape, plain_text
from kam_excel.headless.references.addressing import cell_name, parse_area
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import Edit, Element
from kam_excel.headless.xml.tree import MAIN, parse

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
).encode()
_ORDER = ("authors", "commentList", "extLst")
# How Excel writes plain notes.
_FONT = '<{0}sz val="9"/><{0}color indexed="81"/><{0}rFont val="Tahoma"/><{0}family val="2"/>'
_SHADOW = "tc="  # the author of the note that stands for a threaded comment in old versions

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the part, by its place in the list; `cell` is (row, column)."""

    place: int
    cell: Cell
    text: str
    author: str

    @property
    def is_shadow(self) -> bool:
        """Whether it stands for a threaded comment."""
        return self.author.startswith(_SHADOW)


def unusual(part: str, reason: str) -> WorkbookError:
    """The refusal of a part whose notes cannot be edited without harm."""
    return WorkbookError(problem("NOTES_UNUSUAL", Place(), part=part, reason=reason))


class CommentsXml:
    """A comments part. Raises WorkbookError where it has not the form that Excel knows."""

    def __init__(self, data: bytes, part: str) -> None:
        self._part = part
        try:
            self._shell = Shell(splice.utf8(data), _ORDER)
            if self._shell.root.local != "comments":
                raise unusual(part, self._shell.root.name)
            self.comments = list(self._read())
        except (expat.ExpatError, etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise unusual(part, str(error)) from error

    @property
    def data(self) -> bytes:
        """The part as it is now."""
        return self._shell.data

    def _read(self) -> list[Comment]:
        root = parse(self._shell.data)
        authors = [decode(each.text or "") for each in root.iterfind("{*}authors/{*}author")]
        found = []
        for place, each in enumerate(root.iterfind("{*}commentList/{*}comment")):
            area = parse_area(each.get("ref", ""))
            text = each.find("{*}text")
            words = "" if text is None else plain_text(text)
            author = authors[int(each.get("authorId", "0"))]
            found.append(Comment(place, (area.row1, area.col1), words, author))
        return found

    def change(
        self, gone: Collection[int], texts: Mapping[int, str], added: Mapping[Cell, str]
    ) -> None:
        """Take out the comments at places, give others new texts, and append new ones."""
        comments = self._shell.items("commentList", "comment")
        edits = [splice.delete(comments[place]) for place in gone]
        edits += [self._retold(comments[place], text) for place, text in texts.items()]
        self._shell.edit(*edits)
        if added:
            author = self._nobody()
            markup = (self._markup(cell, text, author) for cell, text in added.items())
            self._shell.append("commentList", "".join(markup))
        self.comments = self._read()

    def _retold(self, comment: Element, text: str) -> Edit:
        data = self._shell.data
        for each in splice.scan(data, 3):
            if each.local == "text" and comment.start < each.start < comment.end:
                return Edit(each.start, each.end, self._text(text).encode())
        raise unusual(self._part, "comment without text")

    def _nobody(self) -> int:
        """The number of the author without a name: a server has no user."""
        authors = self._shell.items("authors", "author")
        for number, each in enumerate(authors):
            if not self._shell.inner(each):
                return number
        self._shell.append("authors", f"<{self._shell.prefix}author/>")
        return len(authors)

    def _markup(self, cell: Cell, text: str, author: int) -> str:
        p = self._shell.prefix
        given = f'ref="{cell_name(*cell)}" authorId="{author}" shapeId="0"'
        return f"<{p}comment {given}>{self._text(text)}</{p}comment>"

    def _text(self, text: str) -> str:
        p = self._shell.prefix
        words = f'<{p}t xml:space="preserve">{escape(text)}</{p}t>'
        return f"<{p}text><{p}r><{p}rPr>{_FONT.format(p)}</{p}rPr>{words}</{p}r></{p}text>"
