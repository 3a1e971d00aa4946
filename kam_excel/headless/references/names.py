"""Names of sheets, tables, columns and cells: upper and lower case are the same."""

from __future__ import annotations


def same_name(one: str, two: str) -> bool:
    """Whether two names mean one thing."""
    return one.casefold() == two.casefold()
