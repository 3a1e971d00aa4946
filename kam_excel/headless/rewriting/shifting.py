"""Cells of a sheet make room or close up: all parts of the package afterwards, or a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from kam_excel.headless.cells.sheetxml import unusual
from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.parts.workbook import SheetEntry
from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.rewriting import (
    anchors,
    attached,
    cellformulas,
    checks,
    markup,
    rows,
    shell,
    tables,
)
from kam_excel.headless.rewriting.cellformulas import Following
from kam_excel.headless.rewriting.changes import CellsShifted, Change
from kam_excel.headless.rewriting.package import may_concern, rewritten
from kam_excel.headless.rewriting.rows import Origin
from kam_excel.headless.rewriting.sheettext import SheetText
from kam_excel.headless.rewriting.tables import Table
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import tree


@dataclass(slots=True)
class Outcome:
    """The parts that change; tables that go; header cells to fill; columns that go by table."""

    parts: dict[str, bytes]
    gone: list[Table] = field(default_factory=list)
    headers: dict[tuple[int, int], str] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)


def shifted(
    package: Package, sheets: list[SheetEntry], sheet: SheetEntry, shift: Shift, origin: Origin
) -> Outcome:
    """The package after `shift` on one of its sheets; nothing is written yet.

    Raises WorkbookError where something would come apart, or has a form that cannot be followed.
    """
    change = CellsShifted(sheet.name, shift)
    text = SheetText.split(package.read(sheet.part), sheet.part)
    parts = _related(package, sheet.part, "table")
    own_tables = [Table.read(part, package.read(part)) for part in parts]
    checks.tables(own_tables, shift)
    checks.merges(_areas(text, "mergeCells", "mergeCell"), shift)
    checks.arrays(checks.array_areas(text.rows, text.xml), shift)
    checks.pivots(pivot_areas(package, sheet.part), shift)
    others = [each for each in sheets if each.part != sheet.part]
    outcome = Outcome(carried(package, sheets, others, change, change))
    try:
        own = _own(text, shift, origin, change, sheet.name)
    except ValueError as error:  # addresses that no sheet has
        raise unusual(sheet.part, str(error)) from error
    _keep(outcome, package, sheet.part, own)
    _follow_tables(outcome, package, own_tables, shift)
    _follow_attached(outcome, package, sheet.part, shift)
    return outcome


def _keep(outcome: Outcome, package: Package, part: str, data: bytes) -> None:
    if data != package.read(part):
        outcome.parts[part] = data


def _own(text: SheetText, shift: Shift, origin: Origin, change: Change, home: str) -> bytes:
    """The sheet itself."""

    def formula(old: str) -> str:
        return change.formula(old, home)

    following = Following(lambda old, _: formula(old), lambda cell: shift.cell(*cell), shift.follow)
    text.rows = cellformulas.changed(text.rows, text.xml, following)
    text.rows = rows.shifted(text.rows, text.xml, shift, origin)
    around = markup.rewritten_attributes(text.shell.data, home, change)
    text.shell = type(text.shell)(shell.shifted(around, shift, origin, formula))
    return text.joined()


def carried(
    package: Package,
    sheets: list[SheetEntry],
    followed: list[SheetEntry],
    change: Change,
    rules: Change,
) -> dict[str, bytes]:
    """The parts after a change that means different things to different cells.

    Cells do not move on the `followed` sheets; `rules` is the change for what surrounds them.
    """
    with_cells = {each.part for each in sheets if each.is_worksheet}
    parts = rewritten(package, sheets, change, exempt=with_cells)
    for sheet in followed:
        if sheet.is_worksheet:
            data = package.read(sheet.part)
            after = _elsewhere(data, sheet, change, rules)
            if after != data:
                parts[sheet.part] = after
    return parts


def _elsewhere(data: bytes, sheet: SheetEntry, change: Change, rules: Change) -> bytes:
    if not may_concern(data, sheet.name, change.word):
        return data
    text = SheetText.split(data, sheet.part)
    following = Following(
        lambda old, _: change.formula(old, sheet.name), lambda cell: cell, lambda area: area
    )
    before = text.rows
    text.rows = cellformulas.changed(before, text.xml, following)
    around = markup.rewritten_around(text.shell.data, sheet.name, change, rules)
    if text.rows == before and around == text.shell.data:
        return data
    text.shell = type(text.shell)(around)
    return text.joined()


def _areas(text: SheetText, *path: str) -> list[Area]:
    found = (each.attributes.get("ref", "") for each in text.shell.items(*path))
    return [parse_area(ref) for ref in found]


def _follow_tables(outcome: Outcome, package: Package, own: Iterable[Table], shift: Shift) -> None:
    for table in own:
        if checks.fate(table.area, shift) == "goes":
            outcome.gone.append(table)
            continue
        data = outcome.parts.get(table.part, package.read(table.part))
        after = tables.shifted(splice.utf8(data), shift)
        _keep(outcome, package, table.part, after.data)
        outcome.headers |= after.headers
        if after.deleted:
            outcome.columns[table.name] = after.deleted


def _follow_attached(outcome: Outcome, package: Package, sheet: str, shift: Shift) -> None:
    for _, part in relating.targets(package, sheet):
        if not part.lower().endswith((".xml", ".vml")):
            continue
        data = splice.utf8(outcome.parts.get(part, package.read(part)))
        root = markup.root_name(data)
        try:
            if root in attached.CELLS:
                after = attached.cells(data, root, shift)
            elif root == "pivotTableDefinition":
                after = attached.pivot(data, shift)
            elif root == "wsDr":
                after = anchors.drawing(data, shift)
            elif root == "xml":
                after = anchors.vml(data, shift)
            else:
                continue
        except (expat.ExpatError, ValueError) as error:
            raise unusual(part, str(error)) from error
        if after != data:
            outcome.parts[part] = after


def _related(package: Package, sheet: str, kind: str) -> list[str]:
    """The parts of one kind that a sheet leads to."""
    return [part for each, part in relating.targets(package, sheet) if each == kind]


def pivot_areas(package: Package, sheet: str) -> list[Area]:
    """The cells that pivot tables of a sheet take."""
    parts = _related(package, sheet, "pivotTable")
    locations = (tree(package.read(part)).first("location") for part in parts)
    return [parse_area(each.attributes["ref"]) for each in locations if each is not None]
