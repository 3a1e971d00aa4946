"""Whatever our work in an open workbook uses of xlwings, xlwings' engines for Excel define."""

from __future__ import annotations

import types

import pytest
import xlwings as xw

from kam_excel import headless
from kam_excel.headless.api.charts import Charts
from kam_excel.headless.api.ranges import Range
from kam_excel.workbook import adapter
from live.engines import PLATFORMS, live_engine
from live.lacks import lacks
from live.recording import recording
from live.uses import Kind, Use

ENGINES = [live_engine(platform) for platform in PLATFORMS]
BOTH = ["Windows", "macOS"]
# Of each class something, and what only breaking off or a second run does.
EXPECTED = """
App.alert App.calculation App.enable_events App.screen_updating App.status_bar Book.sheets
Chart.delete Chart.legend Chart.secondary_value_axis Chart.set_x_axis_values ChartAxis.set
ChartLegend.position ChartSeries.set ChartSeriesCollection.__call__ Charts.__iter__ Charts.add
ConditionalFormats.add_color_scale ConditionalFormats.add_data_bar ConditionalFormats.add_icon_set
ConditionalFormats.add_custom ConditionalFormats.clear
DataValidation.delete DataValidation.set_list DataValidation.set_rule
Engine.clean_value_data Engine.prepare_xl_data_element Font.color Note.text PageSetup.print_area
Range.add_hyperlink Range.add_note Range.clear Range.color Range.number_format Range.raw_value
Range.row_height Sheet.delete Sheet.used_range Sheet.visible Sheets.__iter__ Sheets.active
Sheets.add Table.data_body_range Table.resize Tables.__iter__ Tables.add
""".split()
SET = ["App.calculation", "Chart.title", "Font.bold", "Note.text", "Range.color", "Sheet.visible"]


def test_all_that_is_used_is_defined(recorded):
    assert lacks(recorded.uses, ENGINES) == []


def test_all_that_is_done_was_recorded(recorded):
    assert set(EXPECTED) - recorded.names() == set()
    assert set(SET) - {use.name for use in recorded.uses if use.kind is Kind.SET} == set()
    (added,) = {
        use for use in recorded.uses if use.name == "Tables.add" and use.kind is Kind.CALLED
    }
    assert {"name", "table_style_name"} <= set(added.keywords)
    places = set(recorded.uses.values())
    for module in ("workbook.write", "workbook.restoring", "workbook.charts", "ribbon.guard"):
        assert any(place.startswith(f"kam_excel.{module}:") for place in places), module
    assert ".every_look:" in recorded.uses[Use("Font", "italic", Kind.SET)]
    assert not any("headless" in place or "adapter" in place for place in places)


# planted uses -------------------------------------------------------------------


@pytest.fixture
def sheet():
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app.books.add().sheets[0]
    app.quit()


def planted(sheet: xw.Sheet, line: str) -> list[str]:
    """What is said of a module of the workbook layer that does this to a sheet."""
    module = types.ModuleType("kam_excel.workbook.planted")
    exec(f"def use(sheet):\n    {line}", vars(module))
    with recording() as noted:
        vars(module)["use"](sheet)
    return lacks(noted.uses, ENGINES)


def test_a_use_that_excel_lacks_is_told_with_member_platform_and_place(sheet):
    said = planted(sheet, "sheet.freeze_panes.freeze_at('1:5')")
    assert said[:2] == [
        f"Sheet.freeze_panes, read at kam_excel.workbook.planted:2: xlwings for {platform} does"
        " not define it. Give it a function in kam_excel/workbook/adapter with a live and a"
        " headless side."
        for platform in BOTH
    ]


@pytest.mark.parametrize(
    ("line", "name", "platforms"),
    [
        ("sheet.range('A2:A3').group(by='rows')", "Range.group", BOTH),
        ("sheet.range('A1').api.Font.Bold = True", "Range.api.Font", BOTH),
        ("sheet.range('A1').impl.is_bold = True", "Range.is_bold", BOTH),
        ("sheet.range('A1').impl.column_values", "Range.column_values", BOTH),
        ("sheet.range('A1:B3').remove_duplicates([1])", "Range.remove_duplicates", ["macOS"]),
        ("sheet.range('A1').comment", "Range.comment", ["macOS"]),
        ("sheet.range('A1').number_format = '0'", "Range.number_format", []),
    ],
)
def test_members_that_one_of_them_lacks(line, name, platforms, sheet):
    said = [text for text in planted(sheet, line) if text.startswith(f"{name},")]
    assert [each for text in said for each in BOTH if f" {each} " in text] == platforms


def test_calls_with_arguments_that_excels_engines_do_not_take_are_told():
    calls = {
        Use("Tables", "add", Kind.CALLED, 1, ("names",)): "a:1",
        Use("Sheet", "delete", Kind.CALLED, 2): "a:2",
        Use("Sheet", "delete", Kind.CALLED): "a:3",
        Use("Range", "row", Kind.SET): "a:4",
    }
    said = lacks(calls, ENGINES[:1])
    assert [text.split(":")[1].split()[0] for text in said] == ["1", "2", "4"]
    assert "takes other arguments (got an unexpected keyword argument 'names')" in said[0]
    assert "cannot set it" in said[2]


def test_classes_are_as_before_after_a_recording(sheet):
    before = [dict(vars(cls)) for cls in (Range, Charts)]
    planted(sheet, "sheet.range('A1').value = len(sheet.charts)")
    assert [dict(vars(cls)) for cls in (Range, Charts)] == before


# the adapter --------------------------------------------------------------------


def test_what_the_live_side_of_the_adapter_uses_of_xlwings_is_defined(sheet, monkeypatch):
    sheet.range("A1:B3").value = [["a", "b"], [1, 2], [3, 4]]
    sheet.range("A2:A3").merge()
    for each in (adapter.columns, adapter.front, adapter.looks):
        monkeypatch.setattr(each, "is_headless", lambda book: False)
    with recording(left_out=()) as noted:
        adapter.bring_to_front(sheet)
        assert adapter.read_columns(sheet.range("A1:B3"))[1] == ["b", 2, 4]
        adapter.write_columns(sheet.range("D1:D2"), [["=1", "x"]], [True])
        assert adapter.number_formats(sheet, 1, [1, 2]) == ["General"] * 2
        assert adapter.hidden_rows(sheet, [1, 2]) == set()
        assert adapter.merged_areas(sheet.range("A2:B3")) == [(2, 1, 3, 1)]
    assert lacks(noted.uses, ENGINES) == []
    assert {"Sheet.activate", "Range.merge_area", "Range.number_format"} <= noted.names()
