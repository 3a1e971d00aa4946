"""The workbook part: its sheets and their order, defined names, dates and calculation."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from xml.sax.saxutils import escape

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.sheetxml import new_sheet
from kam_excel.headless.cells.strings import decode, unescape
from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.references.names import same_name
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import WORKBOOK, Shell
from kam_excel.headless.xml.splice import Element, attribute_text
from kam_excel.headless.xml.values import is_true

_MOST_SHEETS = 10_000
State = Literal["visible", "hidden", "veryHidden"]
WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of the workbook; `place` counts all sheets from 0, chart sheets too."""

    place: int
    name: str
    sheet_id: int
    relationship: str
    state: State
    part: str
    is_worksheet: bool


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name; `scope` is the place of its sheet, None for the whole workbook."""

    name: str
    refers_to: str
    scope: int | None
    hidden: bool


class WorkbookXml:
    """The workbook part of a package; every change is written to the package at once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.rels("").of_type("officeDocument")[0].target
        self._shell = Shell(package.xml(self.part), WORKBOOK)
        self._sheets: list[SheetEntry] | None = None

    def reload(self) -> None:
        """Read the part anew from the package."""
        self._sheets = None
        self._shell = Shell(splice.utf8(self.package.read(self.part)), WORKBOOK)

    def _store(self) -> None:
        self._sheets = None
        self.package.write(self.part, self._shell.data)

    # sheets -----------------------------------------------------------------

    def sheets(self) -> list[SheetEntry]:
        """All sheets in their order."""
        if self._sheets is None:
            try:
                self._sheets = self._read_sheets()
            except (KeyError, ValueError) as error:  # no name, no id, or that of another sheet
                raise self.package.damaged(self.part) from error
        return self._sheets

    def _read_sheets(self) -> list[SheetEntry]:
        related = {each.id: each for each in self.package.rels(self.part)}
        entries: list[SheetEntry] = []
        elements = self._sheet_elements()
        if len(elements) > _MOST_SHEETS:
            raise self.package.too_large(self.part, len(elements), _MOST_SHEETS)
        for place, element in enumerate(elements):
            given = element.attributes
            id_ = relating.named(given)
            state: State = given.get("state", "visible")  # type: ignore[assignment]
            # A sheet of Visual Basic, which Excel 5 had, leads to nothing.
            target = related.get(id_)
            part = target.target if target else ""
            if id_ and (target is None or target.external or part not in self.package):
                raise self.package.damaged(part or id_)
            entries.append(
                SheetEntry(
                    place,
                    decode(given["name"]),
                    int(given["sheetId"]),
                    id_,
                    state,
                    part,
                    target is not None and target.kind == "worksheet" and part in self.package,
                )
            )
        if not entries:
            raise ValueError("no sheets")
        _check_distinct([entry.name.casefold() for entry in entries])
        _check_distinct([entry.part for entry in entries if entry.part])
        return entries

    @property
    def active_tab(self) -> int:
        """The place of the sheet that is on top when the file is opened."""
        views = self._shell.items("bookViews", "workbookView")
        return int(views[0].attributes.get("activeTab", 0)) if views else 0

    def worksheets(self) -> list[SheetEntry]:
        """The sheets that have cells."""
        return [entry for entry in self.sheets() if entry.is_worksheet]

    @property
    def is_locked(self) -> bool:
        """Whether the sheets must stay as they are: none more, none less, none called otherwise."""
        element = self._shell.child("workbookProtection")
        return element is not None and is_true(element.attributes.get("lockStructure"))

    def refuse_locked(self) -> None:
        """Raise WorkbookError where the sheets must stay as they are."""
        if self.is_locked:
            raise WorkbookError(problem("STRUCTURE_LOCKED", Place(self.package.file)))

    def _sheet_elements(self) -> list[Element]:
        return self._shell.items("sheets", "sheet")

    def add_sheet(self, name: str, place: int) -> SheetEntry:
        """Add an empty sheet at `place`; its name must be free."""
        self.refuse_locked()
        part = self.package.free_name(self._pattern())
        self.package.write(part, new_sheet(), WORKSHEET_TYPE)
        relationship = self.package.rels(self.part).add("worksheet", part)
        markup = self._sheet_markup(name, relationship)
        order: list[int | bytes] = list(range(len(self._sheet_elements())))
        order.insert(place, markup.encode())
        self._rearrange(order)
        return self.sheets()[place]

    def _pattern(self) -> str:
        return posixpath.join(posixpath.dirname(self.part), "worksheets/sheet{}.xml")

    def _sheet_markup(self, name: str, relationship: str) -> str:
        taken = {entry.sheet_id for entry in self.sheets()}
        sheet_id = next(number for number in range(1, len(taken) + 2) if number not in taken)
        named = relating.attribute(self._shell.root, relationship)
        given = f'name="{attribute_text(name)}" sheetId="{sheet_id}"'
        return f"<{self._shell.prefix}sheet {given} {named}/>"

    def rename_sheet(self, entry: SheetEntry, name: str) -> None:
        """Give a sheet another name; references to it are the caller's concern."""
        self.refuse_locked()
        self._shell.set_attribute(self._sheet_elements()[entry.place], "name", name)
        self._store()

    def set_state(self, entry: SheetEntry, state: State) -> None:
        """Show or hide a sheet."""
        element = self._sheet_elements()[entry.place]
        if entry.state != state:
            self.refuse_locked()
            self._shell.set_attribute(element, "state", state)
            self._store()

    def move_sheet(self, entry: SheetEntry, place: int) -> None:
        """Put a sheet at another place; names of single sheets follow theirs."""
        order = list(range(len(self._sheet_elements())))
        order.remove(entry.place)
        order.insert(place, entry.place)
        if order != sorted(order):
            self.refuse_locked()
            self._rearrange(order)

    def delete_sheet(self, entry: SheetEntry) -> None:
        """Take a sheet out with its own names and its relationship; its part stays."""
        self.refuse_locked()
        self.package.rels(self.part).remove(entry.relationship)
        places = range(len(self._sheet_elements()))
        self._rearrange([place for place in places if place != entry.place])

    def _rearrange(self, order: Sequence[int | bytes]) -> None:
        """Put the sheets into `order`: old places, or the markup of a new sheet."""
        elements = self._sheet_elements()
        parent = self._shell.child("sheets")
        assert parent is not None
        ends = [parent.inner, *(each.end for each in elements)]
        # What stands between two sheets, such as a comment, stays before the second one.
        spans = [self._shell.data[start:end] for start, end in pairwise(ends)]
        tail = self._shell.data[ends[-1] : parent.inner_end]
        inner = b"".join(each if isinstance(each, bytes) else spans[each] for each in order) + tail
        places = {old: new for new, old in enumerate(order) if isinstance(old, int)}
        edits = [splice.Edit(parent.inner, parent.inner_end, inner)]
        edits += self._moved_scopes(places) + self._moved_views(places, len(order))
        had_names = bool(self._name_elements())
        self._shell.edit(*edits)
        if had_names and not self._name_elements():
            self._shell.remove("definedNames")
        self._store()

    def _moved_scopes(self, places: dict[int, int]) -> list[splice.Edit]:
        edits = []
        for element in self._name_elements():
            scope = element.attributes.get("localSheetId")
            if scope is None:
                continue
            if int(scope) not in places:
                edits.append(splice.delete(element))
            elif places[int(scope)] != int(scope):
                new = str(places[int(scope)])
                edits.append(splice.set_attribute(self._shell.data, element, "localSheetId", new))
        return edits

    def _moved_views(self, places: dict[int, int], count: int) -> list[splice.Edit]:
        edits = []
        for view in self._shell.items("bookViews", "workbookView"):
            for name in ("firstSheet", "activeTab"):
                given = view.attributes.get(name, "0")
                old = int(given) if given.isdecimal() else 0
                new = places.get(old, min(old, count - 1))
                if new != old:
                    edits.append(splice.set_attribute(self._shell.data, view, name, str(new)))
        return edits

    # names ------------------------------------------------------------------

    def names(self) -> list[DefinedName]:
        """The defined names in the order of the file."""
        return [self._name(element) for element in self._name_elements()]

    def _name(self, element: Element) -> DefinedName:
        given = element.attributes
        scope = given.get("localSheetId")
        return DefinedName(
            given["name"],
            unescape(self._shell.inner(element).decode()),
            None if scope is None else int(scope),
            is_true(given.get("hidden")),
        )

    def _name_elements(self) -> list[Element]:
        return self._shell.items("definedNames", "definedName")

    def _find_name(self, name: str, scope: int | None) -> Element | None:
        for element in self._name_elements():
            given = element.attributes
            same = same_name(given["name"], name)
            if same and given.get("localSheetId") == (None if scope is None else str(scope)):
                return element
        return None

    def set_name(
        self, name: str, refers_to: str, scope: int | None = None, hidden: bool | None = None
    ) -> None:
        """Define a name or change what it refers to (a formula without its equals sign)."""
        element = self._find_name(name, scope)
        text = escape(refers_to)
        if element is None:
            p = self._shell.prefix
            given = f'name="{attribute_text(name)}"'
            given += "" if scope is None else f' localSheetId="{scope}"'
            given += ' hidden="1"' if hidden else ""
            self._shell.append("definedNames", f"<{p}definedName {given}>{text}</{p}definedName>")
        else:
            self._shell.edit(splice.Edit(element.inner, element.inner_end, text.encode()))
            if hidden is not None:
                again = self._find_name(name, scope)
                assert again is not None
                if is_true(again.attributes.get("hidden")) != hidden:
                    self._shell.set_attribute(again, "hidden", str(int(hidden)))
        self._store()

    def rename_name(self, name: str, new: str) -> None:
        """Give a name of the whole workbook another one; raises KeyError where there is none."""
        element = self._find_name(name, None)
        if element is None:
            raise KeyError(name)
        self._shell.set_attribute(element, "name", new)
        self._store()

    def delete_name(self, name: str, scope: int | None = None) -> None:
        """Take a name out; raises KeyError where there is none."""
        element = self._find_name(name, scope)
        if element is None:
            raise KeyError(name)
        self._shell.edit(splice.delete(element))
        if not self._name_elements():
            self._shell.remove("definedNames")
        self._store()

    # dates and calculation --------------------------------------------------

    @property
    def date1904(self) -> bool:
        """Whether dates count from 1904, as old workbooks of the Mac do."""
        element = self._shell.child("workbookPr")
        return element is not None and is_true(element.attributes.get("date1904"))

    @property
    def computes_on_load(self) -> bool:
        """Whether Excel is to compute every formula when it opens the file."""
        return is_true(self._calculation.get("fullCalcOnLoad"))

    @property
    def marks_old_values(self) -> bool:
        """Whether formulas whose values are not computed yet say so themselves (`ca`)."""
        return self._calculation.get("calcCompleted") in ("0", "false")

    @property
    def _calculation(self) -> dict[str, str]:
        element = self._shell.child("calcPr")
        return element.attributes if element is not None else {}

    def compute_on_load(self, marked: bool = True) -> None:
        """Let Excel compute every formula when it opens the file.

        Where values that are old are `marked` the calculation is called incomplete
        (calcCompleted, ECMA-376 part 1, 18.2.2), unless the file asked for it already: the
        values of formulas without a mark then hold.
        """
        if self.computes_on_load:
            return
        if self._shell.child("calcPr") is None:
            self._shell.put("calcPr", f"<{self._shell.prefix}calcPr/>")
        given = [("calcCompleted", "0")] if marked else []
        for name, value in (*given, ("fullCalcOnLoad", "1")):
            element = self._shell.child("calcPr")
            assert element is not None
            self._shell.set_attribute(element, name, value)
        self._store()

    def drop_calculation_chain(self) -> None:
        """Take out the order in which Excel computes; it makes a new one."""
        for each in self.package.rels(self.part).of_type("calcChain"):
            self.package.rels(self.part).remove(each.id)
            if each.target in self.package:
                self.package.remove(each.target)


def _check_distinct(given: Sequence[str]) -> None:
    if len(set(given)) < len(given):
        raise ValueError("two sheets of one name or part")
