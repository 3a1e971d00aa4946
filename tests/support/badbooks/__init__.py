"""Workbooks that are bad, each with what must come of it: a code, or the totals that are read."""

from __future__ import annotations

from badbooks import absurd, archives, cells, kinds, layouts, markup, nasty
from badbooks.declaring import BADBOOKS, Badbook, Reads, Refused

__all__ = ["BADBOOKS", "MODULES", "Badbook", "Reads", "Refused"]

MODULES = (absurd, archives, cells, kinds, layouts, markup, nasty)
