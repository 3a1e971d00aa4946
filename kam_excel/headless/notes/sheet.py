"""The notes of one sheet: what is stored with what was changed since, until `flush`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.geometry import Geometry
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.values import checked_text
from kam_excel.headless.notes import boxes as noteboxes
from kam_excel.headless.notes import comments, vml
from kam_excel.headless.notes.comments import Cell, Comment, CommentsXml
from kam_excel.headless.notes.vml import VmlDrawing
from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.references.addressing import Area, cell_name, parse_area
from kam_excel.headless.styles.part import Styles


@dataclass(slots=True)
class _Note:
    """A text, and the stored comment that it belongs to."""

    text: str
    stored: Comment | None = None


class SheetNotes:
    """The notes of the sheet `part`: texts in the comments part, boxes in the VML drawing.

    Stored ones keep their bytes unless they are changed; threaded comments are never touched.
    """

    def __init__(
        self, package: Package, part: str, styles: Styles, grid: Callable[[], Grid]
    ) -> None:
        self._package, self._part, self._styles, self._grid = package, part, styles, grid
        self._load()

    def _load(self) -> None:
        self._comments_part = self._only_part("comments")
        stored = [] if self._comments_part is None else self._comments(self._comments_part).comments
        self._threaded = {each.cell for each in stored if each.is_shadow} | self._threads()
        self._stored = {each.cell: each for each in stored if each.cell not in self._threaded}
        self._notes = {cell: _Note(each.text, each) for cell, each in self._stored.items()}
        self._is_changed = False

    def _only_part(self, kind: str) -> str | None:
        related = self._package.rels(self._part).of_type(kind)
        if len(related) > 1:
            raise comments.unusual(self._part, f"{len(related)} {kind}")
        return self._package.find(related[0].target) if related else None

    def _comments(self, part: str) -> CommentsXml:
        return CommentsXml(self._package.read(part), part)

    def _threads(self) -> set[Cell]:
        """The cells of threaded comments."""
        found: set[Cell] = set()
        for each in self._package.rels(self._part).of_type("threadedComment"):
            if each.target in self._package:
                root = self._package.tree(each.target)
                areas = [
                    parse_area(thread.get("ref", "")) for thread in root.iterfind("{*}*[@ref]")
                ]
                found |= {(area.row1, area.col1) for area in areas}
        return found

    # reading and changing ---------------------------------------------------

    def __contains__(self, cell: Cell) -> bool:
        return cell in self._notes

    def cells(self) -> list[Cell]:
        """The cells that have a note, row by row."""
        return sorted(self._notes)

    def text(self, cell: Cell) -> str:
        """The text of a note; raises KeyError where there is none."""
        return self._notes[cell].text

    def author(self, cell: Cell) -> str:
        """Who wrote a note, "" for a new one; raises KeyError where there is none."""
        stored = self._notes[cell].stored
        return stored.author if stored else ""

    def add(self, cell: Cell, text: str) -> None:
        """Give a cell without a note one; raises WorkbookError where it has a threaded comment.

        So it does for sheets whose notes have a form that we could not edit without harm.
        """
        if cell in self._threaded:
            place = Place(cell=cell_name(*cell))
            raise WorkbookError(problem("NOTE_THREADED", place))
        self._prepare()
        text, stored = _one_line_end(text), self._stored.get(cell)
        same = stored is not None and stored.text == text
        self._notes[cell] = _Note(text, stored if same else None)

    def set_text(self, cell: Cell, text: str) -> None:
        """Give a note another text; its box and its author stay."""
        self._prepare()
        self._notes[cell].text = _one_line_end(text)

    def remove(self, area: Area) -> None:
        """Take out the notes in an area; threaded comments stay."""
        gone = [cell for cell in self._notes if cell in area]
        if gone:
            self._prepare()
        for cell in gone:
            del self._notes[cell]

    def _prepare(self) -> None:
        """Raise WorkbookError before a change that could not be written."""
        if not self._is_changed:
            part = self._drawing_part()
            if part is not None:
                VmlDrawing(self._package.read(part), part).check()
            self._is_changed = True

    def _drawing_part(self) -> str | None:
        element = self._grid().shell.child("legacyDrawing")
        if element is None:
            return None
        wanted = relating.named(element.attributes)
        for each in self._package.rels(self._part):
            if each.id == wanted and (found := self._package.find(each.target)):
                return found
        raise comments.unusual(self._part, "legacyDrawing")

    # writing ----------------------------------------------------------------

    def flush(self) -> None:
        """Bring the changes into the comments part, the drawing and the sheet."""
        if not self._is_changed:
            return
        kept = {cell: note for cell, note in self._notes.items() if note.stored}
        gone = {cell: each for cell, each in self._stored.items() if cell not in kept}
        texts = {
            note.stored.place: note.text
            for note in kept.values()
            if note.stored and note.stored.text != note.text
        }
        added = {cell: note.text for cell, note in self._notes.items() if cell not in kept}
        if gone or texts or added:
            self._write_comments({each.place for each in gone.values()}, texts, added)
        if gone or added:
            self._write_drawing(set(gone), added)
        self._load()

    def _write_comments(
        self, gone: set[int], texts: Mapping[int, str], added: Mapping[Cell, str]
    ) -> None:
        part = self._comments_part
        if part is None:
            part = self._package.free_name("xl/comments{}.xml")
            self._package.write(part, comments.EMPTY, comments.CONTENT_TYPE)
            self._package.rels(self._part).add("comments", part)
        xml = self._comments(part)
        xml.change(gone, texts, added)
        if xml.comments:
            self._package.write(part, xml.data)
        else:
            self._drop(part)

    def _write_drawing(self, gone: set[Cell], added: Mapping[Cell, str]) -> None:
        part = self._drawing_part()
        if part is None and not added:
            return
        taken = self._blocks(part)
        part = part or self._new_drawing(taken)
        drawing = VmlDrawing(self._package.read(part), part)
        geometry = Geometry(self._grid(), self._styles)
        boxes = {cell: noteboxes.box(cell, text, geometry) for cell, text in added.items()}
        drawing.change(gone, boxes, taken)
        if drawing.is_bare and not self._package.rels(part):
            self._grid().shell.remove("legacyDrawing")
            self._drop(part)
        else:
            self._package.write(part, drawing.data)

    def _blocks(self, own: str | None) -> set[int]:
        """The blocks of ids that other drawings have."""
        others = (n for n in self._package.names() if n.lower().endswith(".vml") and n != own)
        return {block for name in others for block in vml.blocks(self._package.read(name))}

    def _new_drawing(self, taken: set[int]) -> str:
        block = min(set(range(1, len(taken) + 2)) - taken)
        part = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
        self._package.write(part, vml.new(block), vml.CONTENT_TYPE)
        relationship = self._package.rels(self._part).add("vmlDrawing", part)
        shell = self._grid().shell
        named = relating.attribute(shell.root, relationship)
        shell.put("legacyDrawing", f"<{shell.prefix}legacyDrawing {named}/>")
        return part

    def _drop(self, part: str) -> None:
        ids = {each.id for each in self._package.rels(self._part) if each.target == part}
        relating.remove(self._package, self._part, ids)
        self._package.remove(part)


def _one_line_end(text: str) -> str:
    """A note's text, its lines parted by LF as Excel does."""
    return checked_text(text.replace("\r\n", "\n").replace("\r", "\n"))
