"""Which sheets users see."""

from __future__ import annotations

import xlwings as xw

_VISIBLE = -1  # XlSheetVisibility


def is_visible(sheet: xw.Sheet) -> bool:
    """Whether a sheet has a tab; Excel for Windows says 2, which is true, of a very hidden one."""
    state = sheet.visible
    return state if isinstance(state, bool) else bool(state == _VISIBLE)
