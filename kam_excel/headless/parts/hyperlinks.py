"""The hyperlinks of one sheet: what is stored with what was changed since, until `flush`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote

from lxml import etree

from kam_excel.errors import WorkbookError, problem
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.strings import decode, encode
from kam_excel.headless.cells.values import checked_text
from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.references.addressing import Area, area_or_none
from kam_excel.headless.references.areas import without
from kam_excel.headless.styles.colors import RGB, Colors
from kam_excel.headless.styles.part import Styles
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import Element, attribute_text

# Excel's specifications and limits: links of a sheet, characters of an address and of a tip.
MAX_LINKS, MAX_ADDRESS, MAX_TIP = 65_530, 2_079, 255
# What xlwings passes where no tip was given; Excel shows the same in its own language.
_DEFAULT_TIP = "{} - Click once to follow. Click and hold to select this cell."
_DRIVE_OR_SHARE = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_IS_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_URI_SAFE = "!#$&'()*+,/:;=?@\\|~"
_THEME_HYPERLINK = etree.Element("color", theme="10")


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A hyperlink: an external `target`, a `location` in it or in this workbook, a `tip`."""

    target: str
    location: str
    tip: str = ""
    display: str = ""

    @property
    def address(self) -> str:
        """The address as it was given: the location stands behind `#`."""
        return f"{self.target}#{self.location}" if self.location else self.target

    def means(self, other: Link) -> bool:
        """Whether both lead to the same place and say the same; not all store what they show."""
        same = (self.target, self.location, self.tip) == (other.target, other.location, other.tip)
        return same and len({self.display, other.display} - {""}) < 2


def make_link(address: str, text: str, tip: str | None) -> Link:
    """A hyperlink to `address`; `#'Sheet 1'!A12` and `#Name` lead to places in the workbook.

    Raises WorkbookError for an address or a tip that Excel does not take.
    """
    target, _, location = address.partition("#")
    if not target and not location:
        raise WorkbookError(problem("HYPERLINK_EMPTY"))
    target = _uri(target)
    tip = "" if tip is None or tip == _DEFAULT_TIP.format(address) else tip
    for part, limit in ((target + location, MAX_ADDRESS), (tip, MAX_TIP)):
        if len(part) > limit:
            start, length = part[:40], len(part)
            raise WorkbookError(
                problem("HYPERLINK_TOO_LONG", start=start, length=length, limit=limit)
            )
    return Link(target, location, tip, text)


def _uri(target: str) -> str:
    """An address as relationships hold it: files as file:///, blanks and the like escaped."""
    if _DRIVE_OR_SHARE.match(target):
        target = f"file:///{target}"
    safe = _URI_SAFE + "%" * bool(_IS_ESCAPED.search(target))
    return "".join(each if ord(each) > 127 else quote(each, safe=safe) for each in target)


def write_link(links: Hyperlinks, grid: Grid, styles: Styles, area: Area, link: Link) -> None:
    """Give a cell a hyperlink with its text, blue and underlined as Excel does.

    Raises ValueError for more than one cell.
    """
    if not _is_cell(area):
        raise ValueError(f"a hyperlink is added to a single cell, not to {area}")
    grid.write(area.row1, area.col1, [[checked_text(link.display) or None]])
    links.put(area.row1, area.col1, link)
    grid.restyle(area, lambda xf: styles.xf(xf, font_color=links.color, underline=True))


class Hyperlinks:
    """The hyperlinks of the sheet `part`; `shell` gives its XML around the rows as it is now.

    Stored ones keep their bytes until they are replaced by others.
    """

    def __init__(self, package: Package, part: str, shell: Callable[[], Shell]) -> None:
        self._package, self._part, self._shell = package, part, shell
        self._load()

    def _load(self) -> None:
        related = self._package.rels(self._part).of_type("hyperlink")
        self._targets = {each.id: each.target for each in related}
        self._stored = [self._read(each) for each in self._elements()]
        self._originals = {area: link for area, link in self._stored if area is not None}
        self._links = dict(self._originals)
        self._wide = [area for area in self._links if not _is_cell(area)]
        self._touched: set[Area] = set()

    def _elements(self) -> list[Element]:
        return self._shell().items("hyperlinks", "hyperlink")

    def _read(self, element: Element) -> tuple[Area | None, Link]:
        given = element.attributes
        target = self._targets.get(relating.named(given), "")
        location, tip, display = (
            decode(given.get(name, "")) for name in ("location", "tooltip", "display")
        )
        # Whatever has no area stays as it is.
        return area_or_none(given.get("ref", "")), Link(target, location, tip, display)

    @cached_property
    def color(self) -> RGB:
        """The colour of hyperlinks in the theme of the workbook."""
        found = Colors.of(self._package, etree.Element("styleSheet")).rgb(_THEME_HYPERLINK)
        assert found is not None
        return found

    def find(self, row: int, column: int) -> Link | None:
        """The hyperlink of a cell, or None."""
        cell = Area(row, column, row, column)
        if cell in self._links:
            return self._links[cell]
        wide = (area for area in self._wide if (row, column) in area)
        return next((self._links[area] for area in wide), None)

    def within(self, area: Area) -> list[tuple[Area, Link]]:
        """The hyperlinks of an area with the cells of it that each has."""
        return [(cut, link) for each, link in self._links.items() if (cut := each.common(area))]

    def put(self, row: int, column: int, link: Link) -> None:
        """Give a cell a hyperlink in place of the one that it has.

        Raises WorkbookError where the sheet has as many as Excel allows.
        """
        cell = Area(row, column, row, column)
        self.remove(cell)
        if len(self._links) >= MAX_LINKS:
            raise WorkbookError(problem("HYPERLINK_LIMIT", limit=MAX_LINKS))
        stored = self._originals.get(cell)
        self._links[cell] = stored if stored and stored.means(link) else link
        self._touched.add(cell)

    def remove(self, area: Area) -> None:
        """Take out the hyperlinks of the cells of an area; those of other cells stay."""
        for old in self._within(area):
            link = self._links.pop(old)
            self._touched.add(old)
            if not _is_cell(old):
                self._wide.remove(old)
                self._keep_rest(old, area, link)

    def _within(self, area: Area) -> list[Area]:
        if area.height * area.width > len(self._links):
            return [each for each in self._links if each.common(area)]
        cells = (Area(row, column, row, column) for row, column in area.cells())
        wide = [each for each in self._wide if each.common(area)]
        return [each for each in cells if each in self._links] + wide

    def _keep_rest(self, old: Area, hole: Area, link: Link) -> None:
        for rest in without((old,), hole):
            self._links[rest] = replace(link)
            self._touched.add(rest)
            if not _is_cell(rest):
                self._wide.append(rest)

    # writing ----------------------------------------------------------------

    def flush(self) -> None:
        """Bring the changes into the sheet and its relationships."""
        if not self._touched:
            return
        gone = [
            element
            for element, (area, link) in zip(self._elements(), self._stored, strict=True)
            if area in self._touched and self._links.get(area) is not link
        ]
        stored = {id(link) for _, link in self._stored}
        added = {area: link for area, link in self._links.items() if id(link) not in stored}
        self._shell().edit(*map(splice.delete, gone))
        self._append(added)
        if gone and not self._elements():
            self._shell().remove("hyperlinks")
        used = {relating.named(each.attributes) for each in self._elements()}
        unused = {relating.named(each.attributes) for each in gone} - used
        relating.remove(self._package, self._part, unused & self._targets.keys())
        self._load()

    def _append(self, added: Mapping[Area, Link]) -> None:
        if not added:
            return
        ids = {target: id_ for id_, target in self._targets.items()}
        targets = dict.fromkeys(link.target for link in added.values() if link.target)
        new = [target for target in targets if target not in ids]
        ids |= relating.add_external(self._package, self._part, "hyperlink", new)
        root = self._shell().root
        markup = (_markup(root, area, link, ids.get(link.target)) for area, link in added.items())
        self._shell().append("hyperlinks", "".join(markup))


def _markup(root: Element, area: Area, link: Link, relationship: str | None) -> str:
    given = [f'ref="{area}"']
    if relationship:
        given.append(relating.attribute(root, relationship))
    display = "" if link.display == link.address else link.display
    words = {"location": link.location, "tooltip": link.tip, "display": display}
    given += [_attribute(name, text) for name, text in words.items() if text]
    return f"<{root.prefix}hyperlink {' '.join(given)}/>"


def _attribute(name: str, text: str) -> str:
    return f'{name}="{attribute_text(encode(text))}"'


def _is_cell(area: Area) -> bool:
    return area.height == area.width == 1
