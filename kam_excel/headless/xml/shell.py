"""A part as an ordered list of elements below its root, of which some are changed or added."""

from __future__ import annotations

from kam_excel.headless.xml import splice
from kam_excel.headless.xml.splice import Element

# CT_Worksheet and CT_Workbook, ECMA-376 part 1, 18.3.1.99 and 18.2.27.
WORKSHEET = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
WORKBOOK = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)


class Shell:
    """The elements of a part in their order. Changes are spliced in; the rest keeps its bytes.

    Of a worksheet it is all but the rows, in whose place an empty `<sheetData/>` stands.
    """

    def __init__(self, data: bytes, order: tuple[str, ...] = WORKSHEET) -> None:
        self._order = {name: place for place, name in enumerate(order)}
        self._scans: dict[int, list[Element]] = {}
        self._data = data

    @property
    def data(self) -> bytes:
        """The XML as it is now."""
        return self._data

    @property
    def prefix(self) -> str:
        """The prefix of the root with its colon, or ""."""
        return self.root.prefix

    @property
    def root(self) -> Element:
        """The root element."""
        return self._scan(0)[0]

    def names(self) -> list[str]:
        """The local names of the elements directly below the root."""
        return [each.local for each in self._scan(1) if each.depth == 1]

    def children(self, name: str) -> list[Element]:
        """The elements called `name` directly below the root."""
        return [each for each in self._scan(1) if each.depth == 1 and each.local == name]

    def child(self, name: str) -> Element | None:
        """The first element called `name` directly below the root, or None."""
        found = self.children(name)
        return found[0] if found else None

    def items(self, parent: str, name: str) -> list[Element]:
        """The elements called `name` inside the elements called `parent`."""
        elements = self._scan(2)
        return [
            each
            for each in elements
            if each.depth == 2 and each.local == name and elements[each.parent].local == parent
        ]

    def edit(self, *edits: splice.Edit) -> None:
        """Carry out edits that were made from this very state."""
        self._data = splice.apply(self._data, edits)
        self._scans.clear()

    def set_attribute(self, element: Element, name: str, value: str) -> None:
        """Give an attribute another value; nothing happens where it has that value."""
        if element.attributes.get(name) != value:
            self.edit(splice.set_attribute(self._data, element, name, value))

    def remove_attribute(self, element: Element, name: str) -> None:
        """Take an attribute out; nothing happens where there is none."""
        self.edit(*splice.remove_attribute(self._data, element, name))

    def put(self, name: str, markup: str) -> None:
        """Replace the first element `name` by `markup` or insert it at its place."""
        found = self.child(name)
        start, end = (found.start, found.end) if found else (self._place(name),) * 2
        self.edit(splice.Edit(start, end, markup.encode()))

    def append(self, parent: str, markup: str) -> None:
        """Put `markup` behind the last child of the element `parent`, which is made if missing."""
        found = self.child(parent)
        if found is None:
            p = self.prefix
            self.put(parent, f"<{p}{parent}>{markup}</{p}{parent}>")
        else:
            self.edit(splice.append_child(self._data, found, markup.encode()))

    def remove(self, name: str) -> None:
        """Take out the elements called `name` below the root."""
        self.edit(*[splice.delete(each) for each in self.children(name)])

    def inner(self, element: Element) -> bytes:
        """The bytes between the tags of `element`."""
        return self._data[element.inner : element.inner_end]

    def outer(self, element: Element) -> bytes:
        """The bytes of `element`, its tags included."""
        return self._data[element.start : element.end]

    def _place(self, name: str) -> int:
        for each in self._scan(1)[1:]:
            if self._order.get(each.local, -1) > self._order[name]:
                return each.start
        return self.root.inner_end

    def _scan(self, deepest: int) -> list[Element]:
        if deepest not in self._scans:
            self._scans[deepest] = splice.scan(self._data, deepest)
        return self._scans[deepest]
