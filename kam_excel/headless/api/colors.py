"""Colours as xlwings takes them."""

from __future__ import annotations

from typing import Any

from xlwings import utils

from kam_excel.headless.styles.colors import RGB


def stored_color(color: Any) -> RGB | None:
    """A colour as xlwings takes it (RGB, "#rrggbb", an integer of VBA's, None) as RGB."""
    if color is None:
        return None
    if isinstance(color, str):
        color = utils.hex_to_rgb(color)
    if isinstance(color, int):
        color = utils.int_to_rgb(color)
    red, green, blue = (int(channel) for channel in color)
    return red, green, blue
