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
