"""Changes of references: as cells move, as sheets are renamed, copied and deleted."""

from __future__ import annotations

from collections.abc import Sequence

from kam_excel.headless.references.formulas import (
    Change,
    Owner,
    Reference,
    changed,
    references,
)
from kam_excel.headless.references.moving import Block, Shift
from kam_excel.headless.references.names import same_name

_NOWHERE = Owner("", "")


def after_shift(formula: str, shift: Shift, sheet: str, home: str) -> str:
    """A formula on the sheet `home` after cells of `sheet` made room or closed up."""
    if not may_refer(formula, sheet, home):
        return formula
    return changed(formula, shifted(shift, sheet, home))


def shifted(shift: Shift, sheet: str, home: str) -> Change:
    """How references in a formula on `home` follow cells of `sheet`."""
    here = same_name(sheet, home)

    def change(reference: Reference) -> Reference:
        if not _is_to(reference, sheet, here):
            return reference
        return _followed(reference, shift)

    return change


def after_shift_in_name(text: str, shift: Shift, sheet: str) -> str:
    """What a defined name refers to: references without dollars mean no fixed cells and stay."""
    follow = shifted(shift, sheet, "")

    def change(reference: Reference) -> Reference:
        fixed = reference.cells is not None and reference.cells.is_fixed
        return follow(reference) if fixed else reference

    return changed(text, change) if may_refer(text, sheet, "") else text


def _followed(reference: Reference, move: Shift | Block) -> Reference:
    assert reference.cells is not None
    old = reference.cells.area
    new = move.follow(old)
    if new is None:
        return reference.lost()
    return reference if new == old else reference.with_cells(reference.cells.over(new))


def after_block(
    formula: str, block: Block, source: str, target: str, home: str, fixed: bool = False
) -> str:
    """A formula on `home` after a block of the sheet `source` was put on `target`.

    With `fixed` references without dollars, which mean no fixed cells, stay.
    """
    if not (may_refer(formula, source, home) or may_refer(formula, target, home)):
        return formula

    def change(reference: Reference) -> Reference:
        if fixed and not (reference.cells and reference.cells.is_fixed):
            return reference
        if same_name(source, target):
            mine = _is_to(reference, source, same_name(source, home))
            return _followed(reference, block) if mine else reference
        if _is_to(reference, source, same_name(source, home)):
            return _to_other_sheet(reference, block, target, home)
        if _is_to(reference, target, same_name(target, home)):
            assert reference.cells is not None
            covered = block.target.covers(reference.cells.area)
            return reference.lost() if covered else reference
        return reference

    return changed(formula, change)


def _to_other_sheet(reference: Reference, block: Block, target: str, home: str) -> Reference:
    assert reference.cells is not None
    if not block.area.covers(reference.cells.area):
        return reference
    moved = reference.with_cells(reference.cells.over(block.moved(reference.cells.area)))
    return moved.with_owner(None if same_name(target, home) else Owner(target, target))


def in_moved_block(formula: str, block: Block, source: str, target: str) -> str:
    """A formula of a block itself: it means the same cells from its new sheet."""

    def change(reference: Reference) -> Reference:
        if not _is_to(reference, source, here=True):
            if reference.owner is None or same_name(source, target):
                return reference
            return reference.with_owner(None) if _is_to(reference, target, False) else reference
        if same_name(source, target):
            return _followed(reference, block)
        assert reference.cells is not None
        if block.area.covers(reference.cells.area):
            moved = reference.with_cells(reference.cells.over(block.moved(reference.cells.area)))
            return moved.with_owner(None)
        return reference.with_owner(reference.owner or Owner(source, source))

    return changed(formula, change)


def renamed(formula: str, sheet: str, name: str) -> str:
    """`formula` after a sheet got another name."""

    def new(old: str) -> str:
        return name if same_name(old, sheet) else old

    def change(reference: Reference) -> Reference:
        owner = reference.owner
        if owner is None or owner.book or not owner.first:
            return reference
        found = Owner(new(owner.first), new(owner.last))
        return reference if found == owner else reference.with_owner(found)

    return changed(formula, change) if "!" in formula else formula


def without_sheet(formula: str, sheet: str, order: Sequence[str]) -> str:
    """`formula` after a sheet is deleted: `#REF!A1`; `order` are the sheets until then.

    References to several sheets in a row begin or end with the next one that is left.
    """
    places = {name.casefold(): place for place, name in enumerate(order)}

    def change(reference: Reference) -> Reference:
        owner = reference.owner
        if owner is None or owner.book or not owner.first:
            return reference
        if owner.names(sheet):
            return reference.with_owner(_NOWHERE)
        first, last = owner.first, owner.last
        if same_name(first, sheet):
            first = order[places[first.casefold()] + 1]
        elif same_name(last, sheet):
            last = order[places[last.casefold()] - 1]
        else:
            return reference
        return reference.with_owner(Owner(first, last))

    return changed(formula, change) if "!" in formula else formula


def refers_to_sheet(formula: str, sheet: str) -> bool:
    """Whether a formula names a sheet."""
    if not may_refer(formula, sheet, ""):
        return False
    owners = [each.owner for each in references(formula) if each.owner and not each.owner.book]
    return any(same_name(sheet, name) for owner in owners for name in (owner.first, owner.last))


def may_refer(formula: str, sheet: str, home: str) -> bool:
    """Whether it is worth looking: a quick test that never says no where there is a reference."""
    if same_name(sheet, home):
        return True
    return "!" in formula and sheet.replace("'", "''").casefold() in formula.casefold()


def _is_to(reference: Reference, sheet: str, here: bool) -> bool:
    """Whether it leads to cells of `sheet` alone; `here` tells whether none need be named."""
    if reference.cells is None:
        return False
    return here if reference.owner is None else reference.owner.names(sheet)
