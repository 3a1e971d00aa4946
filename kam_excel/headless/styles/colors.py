"""Colours as workbooks write them (RGB, theme with tint, palette) and as RGB tuples."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

from lxml import etree

from kam_excel.headless.package.parts import Package
from kam_excel.headless.xml.tree import local_name

RGB = tuple[int, int, int]

# ECMA-376 part 1, 18.8.27 (indexedColors): 0-7 and 8-15 are the same, 64 and 65 the system's.
_PALETTE = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
# The theme of Office 2013 and later, in the order that theme="n" counts.
_OFFICE_THEME = (
    "FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72"
)
_THEME_ORDER = (
    "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"
).split()


def from_hex(text: str) -> RGB:
    """(r, g, b) of "RRGGBB" or "AARRGGBB"."""
    value = int(text[-6:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def to_hex(color: RGB) -> str:
    """(r, g, b) as "FFRRGGBB"."""
    return "FF{:02X}{:02X}{:02X}".format(*color)


_FIRST_INDEXED = 7  # ColorIndex 1 is the palette's entry 8


def indexed(color_index: int) -> RGB:
    """The colour that ColorIndex, from 1 to 56, means in Excel's own palette."""
    if not 1 <= color_index <= 56:
        raise ValueError(f"ColorIndex is 1 to 56, not {color_index}")
    return from_hex(_PALETTE.split()[_FIRST_INDEXED + color_index])


def index_of(color: RGB) -> int:
    """The ColorIndex of the colour of the palette that is nearest."""

    def distance(index: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(indexed(index), color, strict=True))

    return min(range(1, 57), key=distance)


class Colors:
    """What the colour elements of one workbook mean."""

    def __init__(self, theme: Sequence[RGB], palette: Sequence[RGB]) -> None:
        self._theme = theme
        self._palette = palette

    @classmethod
    def of(cls, package: Package, styles: etree._Element) -> Colors:
        """The colours of the package's theme and of the palette in its styles part."""
        own = [
            from_hex(each.get("rgb", "0"))
            for each in styles.iterfind("{*}colors/{*}indexedColors/{*}rgbColor")
        ]
        default = [from_hex(each) for each in _PALETTE.split()]
        return cls(_theme(package), own + default[len(own) :])

    def rgb(self, element: etree._Element | None) -> RGB | None:
        """(r, g, b) of a colour element; None where it is absent or automatic."""
        if element is None:
            return None
        color = self._untinted(element)
        tint = float(element.get("tint", "0"))
        return tinted(color, tint) if color and tint else color

    def scheme(self, slot: str) -> RGB | None:
        """(r, g, b) of a slot of the theme ("accent1", "tx1"); None for an unknown one."""
        name = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}.get(slot, slot)
        places = {each: place for place, each in enumerate(_THEME_ORDER)}
        return self._theme[places[name]] if name in places else None

    def _untinted(self, element: etree._Element) -> RGB | None:
        if element.get("rgb"):
            return from_hex(element.get("rgb", ""))
        for attribute, table in (("theme", self._theme), ("indexed", self._palette)):
            index = int(element.get(attribute, "-1"))
            if 0 <= index < len(table):
                return table[index]
        return None


def tinted(color: RGB, tint: float) -> RGB:
    """`color` made lighter (tint > 0) or darker (tint < 0); ECMA-376 part 1, 18.8.19 (tint)."""
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in color))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _theme(package: Package) -> list[RGB]:
    part = package.related(package.workbook, "theme")
    found = {}
    if part is not None:
        scheme = package.tree(part).find("{*}themeElements/{*}clrScheme")
        for slot in scheme if scheme is not None else ():
            for color in slot:
                found[local_name(slot)] = color.get("lastClr") or color.get("val")
    office = zip(_THEME_ORDER, _OFFICE_THEME.split(), strict=True)
    return [from_hex(found.get(name) or default) for name, default in office]
