"""What rules are called by xlwings, and in the file (ECMA-376 part 1, 18.18)."""

from __future__ import annotations

TYPES = {
    "cellIs": "cell_value",
    "expression": "custom",
    "colorScale": "color_scale",
    "dataBar": "data_bar",
    "iconSet": "icon_set",
}
OPERATORS = {
    "between": "between",
    "not_between": "notBetween",
    "equal_to": "equal",
    "not_equal_to": "notEqual",
    "greater_than": "greaterThan",
    "less_than": "lessThan",
    "greater_than_or_equal": "greaterThanOrEqual",
    "less_than_or_equal": "lessThanOrEqual",
}
OPERATOR_NAMES = {stored: name for name, stored in OPERATORS.items()}
THRESHOLDS = {
    "lowest_value": "min",
    "highest_value": "max",
    "number": "num",
    "percent": "percent",
    "percentile": "percentile",
}
THRESHOLD_NAMES = {stored: name for name, stored in THRESHOLDS.items()} | {
    "autoMin": "automatic",
    "autoMax": "automatic",
    "formula": "formula",
}
ICON_SETS = {
    "3_arrows": "3Arrows",
    "3_arrows_gray": "3ArrowsGray",
    "3_flags": "3Flags",
    "3_traffic_lights_1": "3TrafficLights1",
    "3_traffic_lights_2": "3TrafficLights2",
    "3_signs": "3Signs",
    "3_symbols": "3Symbols",
    "3_symbols_2": "3Symbols2",
    "4_arrows": "4Arrows",
    "4_arrows_gray": "4ArrowsGray",
    "4_red_to_black": "4RedToBlack",
    "4_rating": "4Rating",
    "4_traffic_lights": "4TrafficLights",
    "5_arrows": "5Arrows",
    "5_arrows_gray": "5ArrowsGray",
    "5_rating": "5Rating",
    "5_quarters": "5Quarters",
    "3_stars": "3Stars",
    "3_triangles": "3Triangles",
    "5_boxes": "5Boxes",
}
ICON_SET_NAMES = {stored: name for name, stored in ICON_SETS.items()}
EXTENDED_ICON_SETS = ("3Stars", "3Triangles", "5Boxes")
