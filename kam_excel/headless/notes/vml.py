"""The VML drawing of a sheet: the boxes of its notes among form controls and other shapes.

VML is what Excel still draws notes with (ECMA-376 part 4, 14.1 and 19.4).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from kam_excel.headless.notes.comments import Cell, unusual
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.splice import Element

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_NOTE_TYPE = "_x0000_t202"
_SHAPE_TYPE = (
    f'<v:shapetype{{}} id="{_NOTE_TYPE}" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f'<v:shape{{}} id="_x0000_s{{}}" type="#{_NOTE_TYPE}" style="position:absolute;'
    'width:{:g}pt;height:{:g}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>"
)
_BLOCK = 1024  # the ids of shapes are given out in blocks, of which `idmap` lists the part's own
_SHAPE_ID = re.compile(rb"""\bid\s*=\s*["'][^"']*?_s(\d+)["']""")
_ID_MAP = re.compile(rb"""<[\w.-]+:idmap\b[^>]*?\bdata\s*=\s*["']([\d,\s]*)["']""")


@dataclass(frozen=True, slots=True)
class Box:
    """Where a note's box stands: cells from 0 with pixels, as VML counts; its size in points."""

    anchor: tuple[int, int, int, int, int, int, int, int]
    width: float
    height: float


def new(block: int) -> bytes:
    """A drawing without shapes, whose ids come from `block`."""
    layout = f'<o:idmap v:ext="edit" data="{block}"/>'
    layout = f'<o:shapelayout v:ext="edit">{layout}</o:shapelayout>'
    return f"<xml{_DECLARED}>{layout}{_SHAPE_TYPE.format('')}</xml>".encode()


def blocks(data: bytes) -> set[int]:
    """The blocks of ids that a drawing has."""
    listed = {int(each) for found in _ID_MAP.findall(data) for each in re.findall(rb"\d+", found)}
    return listed | {int(each) // _BLOCK for each in _SHAPE_ID.findall(data)}


class VmlDrawing:
    """A VML part. Raises WorkbookError where it is no XML, as old writers left it."""

    def __init__(self, data: bytes, part: str) -> None:
        self._part = part
        try:
            self.data = splice.utf8(data)
            self._elements = splice.scan(self.data, 3)
        except (expat.ExpatError, UnicodeDecodeError, LookupError) as error:
            raise unusual(part, str(error)) from error
        if self._elements[0].local != "xml":
            raise unusual(part, self._elements[0].name)

    @property
    def is_bare(self) -> bool:
        """Whether no shape is left."""
        below = (each.local for each in self._elements if each.depth == 1)
        return all(name in ("shapelayout", "shapetype") for name in below)

    def _notes(self) -> Iterator[tuple[Cell, Element]]:
        """The boxes of notes with their cells, (row, column) from 1."""
        for place, each in enumerate(self._elements):
            if each.depth != 2 or each.local != "ClientData":
                continue
            if each.attributes.get("ObjectType") == "Note":
                row, column = self._number(place, "Row"), self._number(place, "Column")
                yield (row + 1, column + 1), self._elements[each.parent]

    def _number(self, parent: int, name: str) -> int:
        for each in self._elements:
            if each.parent == parent and each.local == name:
                text = self.data[each.inner : each.inner_end].strip()
                if text.isdigit():
                    return int(text)
        raise unusual(self._part, f"note without {name}")

    def check(self) -> None:
        """Raise WorkbookError where a note's box does not say which cell it belongs to."""
        list(self._notes())

    def change(
        self, gone: Collection[Cell], added: Mapping[Cell, Box], taken: Collection[int]
    ) -> None:
        """Take out the boxes of cells and append others; `taken` are blocks of other drawings."""
        edits = [splice.delete(shape) for cell, shape in self._notes() if cell in gone]
        self._edit(edits)
        if not added:
            return
        numbers = self._free_numbers(len(added), taken)
        declared = self._declarations()
        pieces = [] if self._has_type() else [_SHAPE_TYPE.format(declared)]
        for number, ((row, column), box) in zip(numbers, added.items(), strict=True):
            anchor = ", ".join(map(str, box.anchor))
            given = (declared, number, box.width, box.height, anchor, row - 1, column - 1)
            pieces.append(_SHAPE.format(*given))
        root = self._elements[0]
        self._edit([splice.append_child(self.data, root, "".join(pieces).encode())])

    def _edit(self, edits: list[splice.Edit]) -> None:
        self.data = splice.apply(self.data, edits)
        self._elements = splice.scan(self.data, 3)

    def _declarations(self) -> str:
        """What the root does not declare of the prefixes that we write."""
        given = self._elements[0].attributes
        return "".join(
            f' xmlns:{prefix}="{uri}"'
            for prefix, uri in _NAMESPACES.items()
            if given.get(f"xmlns:{prefix}") != uri
        )

    def _has_type(self) -> bool:
        types = (each for each in self._elements if each.local == "shapetype")
        return any(each.attributes.get("id") == _NOTE_TYPE for each in types)

    def _free_numbers(self, count: int, taken: Collection[int]) -> list[int]:
        """Free ids of the part's own blocks, then of new ones, which are listed."""
        own = sorted(blocks(self.data))
        used = {int(each) for each in _SHAPE_ID.findall(self.data)}
        free: list[int] = []
        for block in own:
            free += [each for each in _ids(block) if each not in used]
        block = 0
        while len(free) < count:
            block += 1
            if block not in taken and block not in own:
                own.append(block)
                free += _ids(block)
        self._list_blocks(own)
        return free[:count]

    def _list_blocks(self, own: list[int]) -> None:
        for each in self._elements:
            listed = each.attributes.get("data", "")
            if each.local == "idmap" and {*map(int, re.findall(r"\d+", listed))} != set(own):
                text = ",".join(map(str, own))
                self._edit([splice.set_attribute(self.data, each, "data", text)])
                return


def _ids(block: int) -> range:
    return range(block * _BLOCK + 1, (block + 1) * _BLOCK)
