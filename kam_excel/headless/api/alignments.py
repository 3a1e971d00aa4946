"""The names that xlwings has for alignments, and what files call them."""

from __future__ import annotations

HORIZONTAL = {
    "general": None,
    "left": "left",
    "center": "center",
    "right": "right",
    "fill": "fill",
    "justify": "justify",
    "center_across_selection": "centerContinuous",
    "distributed": "distributed",
}
HORIZONTAL_NAMES = {stored: name for name, stored in HORIZONTAL.items()}
VERTICAL = {
    "top": "top",
    "center": "center",
    "bottom": None,
    "justify": "justify",
    "distributed": "distributed",
}
VERTICAL_NAMES = {stored: name for name, stored in VERTICAL.items()}

_STACKED, _STACKED_CONSTANT = 255, -4166  # letters one below the other; xlVertical


def degrees(rotation: int) -> int:
    """The turn of text as Excel's Orientation has it: degrees upwards, down is negative."""
    if rotation == _STACKED:
        return _STACKED_CONSTANT
    return 90 - rotation if rotation > 90 else rotation


def rotation(degrees: int) -> int:
    """The turn of text as files have it; raises ValueError beyond 90 degrees up or down."""
    if degrees == _STACKED_CONSTANT:
        return _STACKED
    if degrees == -4128:  # xlHorizontal
        return 0
    if not -90 <= degrees <= 90:
        raise ValueError(f"text turns by -90 to 90 degrees, not by {degrees}")
    return 90 - degrees if degrees < 0 else degrees
