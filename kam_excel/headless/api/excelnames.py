"""Members of Excel's own objects, known from `.api`, are told what they are called here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NoReturn

_HUMP = re.compile(r"(?<!^)(?=[A-Z])")
# Where xlwings calls a member otherwise than Excel does, by the class of xlwings.
_NAMES: Mapping[str, Mapping[str, str]] = {
    "App": {
        "Workbooks": "books",
        "ActiveWorkbook": "books.active",
        "ActiveSheet": "books.active.sheets.active",
        "ActiveWindow": "sheet.freeze_panes or sheet.show_gridlines",
        "Run": "macro(name)",
    },
    "Book": {
        "FullName": "fullname",
        "Worksheets": "sheets",
        "ActiveSheet": "sheets.active",
        "SaveAs": "save(path)",
        "SaveCopyAs": "save(path)",
        "Application": "app",
        "ExportAsFixedFormat": "to_pdf()",
        "Path": "fullname",
        "RefreshAll": "sheet.pivot_tables[...].refresh()",
    },
    "Sheet": {
        "Rows": "used_range.rows",
        "Columns": "used_range.columns",
        "ChartObjects": "charts",
        "ListObjects": "tables",
        "Comments": "notes",
        "Hyperlinks": "range(address).hyperlink",
        "AutoFilter": "range(address).autofilter",
        "Parent": "book",
    },
    "Range": {
        "AutoFill": "autofill(destination)",
        "AutoFilter": "autofilter",
        "AddCommentThreaded": "add_comment(text)",
        "Characters": "characters",
        "Copy": "copy(destination)",
        "Cut": "move(destination)",
        "Find": "find(text)",
        "FormatConditions": "conditional_formats",
        "Group": "group()",
        "Height": "height",
        "Hyperlinks": "add_hyperlink(address)",
        "ListObject": "table",
        "NumberFormatLocal": "number_format",
        "Parent": "sheet",
        "PasteSpecial": "paste()",
        "RemoveDuplicates": "remove_duplicates(columns)",
        "Replace": "replace_all(old, new)",
        "Sort": "sort(keys)",
        "SpecialCells": "get_special_cells(cell_type)",
        "Ungroup": "ungroup()",
        "Validation": "data_validation",
        "Worksheet": "sheet",
    },
    "Interior": {"Gradient": "color", "ThemeColor": "color", "TintAndShade": "color"},
    "Font": {"FontStyle": "bold", "ThemeColor": "color", "TintAndShade": "color"},
    "Border": {"ThemeColor": "color", "TintAndShade": "color"},
    "Table": {
        "ListColumns": "columns",
        "ListRows": "rows",
        "ShowAutoFilter": "show_autofilter",
        "AutoFilter": "autofilter",
    },
    "Chart": {
        "HasTitle": "title",
        "ChartTitle": "title",
        "HasLegend": "legend.visible",
        "SeriesCollection": "series",
        "FullSeriesCollection": "series",
        "Axes": "value_axis",
        "ChartStyle": "style",
    },
    "Shape": {
        "TextFrame": "text",
        "TextFrame2": "text",
    },
}


class ExcelNames:
    """What is missing of Excel's object model names the member of xlwings to use."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(_advice(type(self), name))

    def __setattr__(self, name: str, value: Any) -> None:
        if name[:1].isupper():
            raise AttributeError(_advice(type(self), name))
        object.__setattr__(self, name, value)


def tell_names(cls: type) -> None:
    """Make a class of ours behave as ExcelNames, unless it tells names in a way of its own."""
    if not any("__getattr__" in vars(base) for base in cls.__mro__):
        for name in ("__getattr__", "__setattr__"):
            setattr(cls, name, vars(ExcelNames)[name])


def _advice(cls: type, name: str) -> str:
    member = f"{cls.__name__}.{name}"
    if not name[:1].isupper():
        return f"{member} is no member of xlwings"
    known = _known(cls, name)
    advice = f"use the xlwings member {known!r}" if known else "there is no Excel behind it"
    return f"{member} is not available without Excel: {advice}"


def _known(cls: type, name: str) -> str | None:
    for each in cls.__mro__:
        if name in _NAMES.get(each.__name__, {}):
            return _NAMES[each.__name__][name]
    alike = _HUMP.sub("_", name).lower()
    return alike if hasattr(cls, alike) else None
