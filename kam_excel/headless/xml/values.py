"""Values of attributes, as XML Schema writes them."""

from __future__ import annotations


def is_true(value: str | None) -> bool:
    """Whether an xsd:boolean is true; one that is missing is not."""
    return value in ("1", "true")
