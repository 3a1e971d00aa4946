"""What a layout leaves open, where guessing would give a wrong number in silence."""

from __future__ import annotations


class UnclearLayout(Exception):  # noqa: N818 - a verdict, not a failure
    """The sheet can be read in two ways; the message is a code."""
