"""Members of Excel's own objects, known from `.api`, are told what they are called here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

_ALIKE = {
    "Activate": "activate()",
    "Delete": "delete()",
    "Name": "name",
    "Names": "names",
    "Parent": "parent",
    "Visible": "visible",
    "Left": "left",
    "Top": "top",
    "Width": "width",
    "Height": "height",
}
_NAMES: Mapping[str, Mapping[str, str]] = {
    "App": {
        "Workbooks": "books",
        "ActiveWorkbook": "books.active",
        "ActiveSheet": "books.active.sheets.active",
        "Selection": "selection",
        "ScreenUpdating": "screen_updating",
        "DisplayAlerts": "display_alerts",
        "EnableEvents": "enable_events",
        "Calculation": "calculation",
        "Calculate": "calculate()",
        "Quit": "quit()",
        "Run": "macro(name)",
        "StatusBar": "status_bar",
        "Version": "version",
        "Range": "range(address)",
    },
    "Book": {
        "FullName": "fullname",
        "Sheets": "sheets",
        "Worksheets": "sheets",
        "ActiveSheet": "sheets.active",
        "Save": "save()",
        "SaveAs": "save(path)",
        "SaveCopyAs": "save(path)",
        "Close": "close()",
        "Application": "app",
        "ExportAsFixedFormat": "to_pdf()",
        "Path": "fullname",
        "RefreshAll": "sheet.pivot_tables[...].refresh()",
    },
    "Sheet": {
        "UsedRange": "used_range",
        "Cells": "cells",
        "Range": "range(address)",
        "Rows": "used_range.rows",
        "Columns": "used_range.columns",
        "Index": "index",
        "Select": "select()",
        "Copy": "copy()",
        "Move": "move()",
        "PageSetup": "page_setup",
        "Shapes": "shapes",
        "Pictures": "pictures",
        "ChartObjects": "charts",
        "ListObjects": "tables",
        "PivotTables": "pivot_tables",
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
        "Range": "range",
        "DataBodyRange": "data_body_range",
        "HeaderRowRange": "header_row_range",
        "TotalsRowRange": "totals_row_range",
        "ListColumns": "columns",
        "ListRows": "rows",
        "ShowTotals": "show_totals",
        "ShowHeaders": "show_headers",
        "ShowAutoFilter": "show_autofilter",
        "AutoFilter": "autofilter",
        "TableStyle": "table_style",
        "Resize": "resize(range)",
        "Sort": "sort(keys)",
    },
    "Chart": {
        "SetSourceData": "set_source_data(range)",
        "ChartType": "chart_type",
        "HasTitle": "title",
        "ChartTitle": "title",
        "HasLegend": "legend.visible",
        "Legend": "legend",
        "SeriesCollection": "series",
        "FullSeriesCollection": "series",
        "Axes": "value_axis",
        "ChartStyle": "style",
        "PlotBy": "plot_by",
    },
    "Shape": {
        "Type": "type",
        "TextFrame": "text",
        "TextFrame2": "text",
        "ScaleWidth": "scale_width(factor)",
        "ScaleHeight": "scale_height(factor)",
    },
    "Picture": {
        "LockAspectRatio": "lock_aspect_ratio",
    },
    "PageSetup": {
        "PrintArea": "print_area",
    },
}


class ExcelNames:
    """What is missing of Excel's object model names the member of xlwings to use."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(_advice(type(self), name))

    def __setattr__(self, name: str, value: Any) -> None:
        if name[:1].isupper():
            raise AttributeError(_advice(type(self), name))
        super().__setattr__(name, value)


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
    return _ALIKE.get(name)
