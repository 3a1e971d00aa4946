import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.areas import areas_text, corner, parse_areas, without
from kam_excel.headless.references.filling import shift
from kam_excel.headless.rules.conditionalmarkup import custom, data_bar
from kam_excel.headless.rules.conditionalxml import SheetRules
from kam_excel.headless.rules.outline import Outline
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import scan

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
SPARKLINES = (
    '<ext uri="{05C60535-1F16-4fd2-B693-F4F36F0B64E0}"><y:sparklineGroups xmlns:y="y"/></ext>'
)
EXTENSION = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
RED, DARK = (255, 199, 206), (156, 0, 6)


def block(sqref, *rules):
    return f'<conditionalFormatting sqref="{sqref}">{"".join(rules)}</conditionalFormatting>'


def expression(priority, formula):
    return f'<cfRule type="expression" priority="{priority}"><formula>{formula}</formula></cfRule>'


def x14_block(sqref, id_, formula):
    return (
        f'<x14:conditionalFormatting xmlns:xm="{XM}"><x14:cfRule type="expression" priority="9" '
        f'id="{id_}"><xm:f>{formula}</xm:f><x14:dxf><fill><patternFill>'
        '<bgColor rgb="FFFFC7CE"/></patternFill></fill></x14:dxf></x14:cfRule>'
        f"<xm:sqref>{sqref}</xm:sqref></x14:conditionalFormatting>"
    )


def x14_list(*blocks):
    inside = f"<x14:conditionalFormattings>{''.join(blocks)}</x14:conditionalFormattings>"
    return f'<ext uri="{EXTENSION}" xmlns:x14="{X14}">{inside}</ext>'


def worksheet(content):
    return f'<worksheet xmlns="{MAIN}"><sheetData/>{content}</worksheet>'


class Sheet:
    """Rules in the XML of a sheet, without a workbook."""

    def __init__(self, content):
        self.shell = Shell(worksheet(content).encode())
        self._outline = Outline(lambda: self.shell)
        self.rules = SheetRules(self._outline)

    @property
    def content(self):
        self._outline.flush()
        return self.shell.data.decode().partition("<sheetData/>")[2].removesuffix("</worksheet>")


def add_all(cells):
    """Every kind of rule on a range."""
    formats = cells.conditional_formats
    formats.add_cell_value("between", 1, 9.5, fill_color=RED, stop_if_true=True)
    formats.add_cell_value("equal_to", '="红"', font_color=DARK, font_bold=True, font_italic=False)
    formats.add_custom("=$A1>1", fill_color=RED)
    formats.add_color_scale(["#f8696b", "#ffeb84", "#63be7b"])
    formats.add_data_bar("#638ec6", gradient=False)
    formats.add_data_bar("#638ec6", minimum=-5, maximum=50)
    formats.add_icon_set("3_arrows", thresholds=[2, 5], show_value=False, reverse_order=True)
    formats.add_icon_set("3_stars")


# what is read back ----------------------------------------------------------


def reopened(app, book, tmp_path, name="rules.xlsx"):
    book.save(tmp_path / name)
    book.close()
    return app.books.open(tmp_path / name).sheets[0]


def test_the_latest_rule_comes_first(app, new_book, tmp_path):
    add_all(new_book.sheets[0]["B2:B9"])
    sheet = reopened(app, new_book, tmp_path)
    kinds = "icon_set icon_set data_bar data_bar color_scale custom cell_value cell_value"
    assert [rule.type for rule in sheet["B2:B9"].conditional_formats] == kinds.split()
    assert len(sheet["B9:Z99"].conditional_formats) == 8
    assert len(sheet["B10"].conditional_formats) == 0
    with pytest.raises(IndexError):
        sheet["B2"].conditional_formats[8]


def test_comparisons_are_read_back(app, new_book, tmp_path):
    formats = new_book.sheets[0]["B2:B9"].conditional_formats
    formats.add_cell_value(
        "equal_to", 'say "x"', font_color=DARK, font_bold=True, font_italic=False
    )
    formats.add_cell_value("not_between", 1, '=$C$1&"<"', fill_color=RED, stop_if_true=True)
    formats.add_custom('=AND($A2<>"", $A2<5)')
    rules = reopened(app, new_book, tmp_path)["B2"].conditional_formats
    assert (rules[0].formula, rules[0].stop_if_true) == ('=AND($A2<>"", $A2<5)', False)
    assert (rules[0].fill_color, rules[0].font_bold, rules[0].operator) == (None, None, None)
    between = rules[1]
    assert (between.operator, between.formula1, between.formula2) == (
        "not_between",
        "=1",
        '=$C$1&"<"',
    )
    assert (between.fill_color, between.font_color, between.stop_if_true) == (RED, None, True)
    assert (rules[2].formula1, rules[2].formula2) == ('="say ""x"""', None)
    assert (rules[2].font_color, rules[2].font_bold, rules[2].font_italic) == (DARK, True, False)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (5.0, "=5"),
        ("1e3", "=1000"),
        ("nan", '="nan"'),
        ("TRUE", "=TRUE"),
        ("=A1", "=A1"),
        ("001x", '="001x"'),
    ],
)
def test_what_is_compared_with_becomes_a_formula_as_in_excel(new_book, given, stored):
    rule = new_book.sheets[0]["A1"].conditional_formats.add_cell_value("less_than", given)
    assert rule.formula1 == stored


def test_scales_are_read_back(app, new_book, tmp_path):
    formats = new_book.sheets[0]["B2:B9"].conditional_formats
    formats.add_color_scale([(1, 2, 3), (4, 5, 6)], thresholds=[10, 90], threshold_type="percent")
    formats.add_color_scale(["#f8696b", "#ffeb84", "#63be7b"])
    rules = reopened(app, new_book, tmp_path)["B2"].conditional_formats
    assert rules[0].colors == ((248, 105, 107), (255, 235, 132), (99, 190, 123))
    assert rules[0].threshold_types == ("lowest_value", "percentile", "highest_value")
    assert rules[0].thresholds == (None, 50.0, None)
    assert (rules[1].colors, rules[1].thresholds) == (((1, 2, 3), (4, 5, 6)), (10.0, 90.0))
    assert (rules[1].stop_if_true, rules[1].bar_color, rules[1].gradient) == (None, None, None)


def test_bars_are_read_back(app, new_book, tmp_path):
    formats = new_book.sheets[0]["B2:B9"].conditional_formats
    formats.add_data_bar("#638ec6", gradient=False, show_value=False)
    formats.add_data_bar((1, 2, 3), minimum=-5)
    rules = reopened(app, new_book, tmp_path)["B2"].conditional_formats
    assert (rules[0].bar_color, rules[0].gradient, rules[0].show_value) == ((1, 2, 3), True, True)
    assert rules[0].threshold_types == ("number", "automatic")
    assert rules[0].thresholds == (-5.0, None)
    assert (rules[1].bar_color, rules[1].gradient) == ((99, 142, 198), False)
    assert (rules[1].show_value, rules[1].threshold_types) == (False, ("automatic",) * 2)


def test_icons_are_read_back(app, new_book, tmp_path):
    formats = new_book.sheets[0]["B2:B9"].conditional_formats
    formats.add_icon_set("5_quarters", show_value=False, reverse_order=True)
    formats.add_icon_set("3_stars", thresholds=[60, 80])
    rules = reopened(app, new_book, tmp_path)["B2"].conditional_formats
    assert (rules[0].icon_set, rules[0].thresholds) == ("3_stars", (60.0, 80.0))
    assert (rules[0].show_value, rules[0].reverse_order) == (True, False)
    assert (rules[1].icon_set, rules[1].thresholds) == ("5_quarters", (20.0, 40.0, 60.0, 80.0))
    assert (rules[1].show_value, rules[1].reverse_order) == (False, True)
    assert rules[1].threshold_types == ("percent",) * 4


def test_openpyxl_reads_the_same(new_book, tmp_path):
    add_all(new_book.sheets[0]["B2:B9"])
    new_book.save(tmp_path / "rules.xlsx")
    found = openpyxl.load_workbook(tmp_path / "rules.xlsx").active.conditional_formatting
    rules = sorted((rule for each in found for rule in each.rules), key=lambda rule: rule.priority)
    kinds = "iconSet dataBar dataBar colorScale expression cellIs cellIs"  # stars are an extension
    assert [rule.type for rule in rules] == kinds.split()
    assert [rule.priority for rule in rules] == [2, 3, 4, 5, 6, 7, 8]
    assert rules[0].iconSet.reverse
    assert [each.type for each in rules[2].dataBar.cfvo] == ["min", "max"]
    assert rules[4].dxf.fill.bgColor.rgb == "FFFFC7CE"
    assert (rules[5].dxf.font.b, rules[5].dxf.font.i) == (True, False)
    assert (rules[6].operator, rules[6].formula, rules[6].stopIfTrue) == (
        "between",
        ["1", "9.5"],
        True,
    )


def test_bars_have_what_modern_excel_needs(new_book):
    sheet = new_book.sheets[0]
    sheet["B2:B9"].conditional_formats.add_data_bar("#638ec6", gradient=False)
    new_book.impl.flush()
    xml = new_book.impl.package.read("xl/worksheets/sheet1.xml").decode()
    link = re.search(r"<x14:id>(\{[0-9A-F-]{36}\})</x14:id>", xml)[1]
    assert f'<x14:cfRule type="dataBar" id="{link}">' in xml
    bar = re.search(r"<x14:dataBar.*</x14:dataBar>", xml)[0]
    assert '<x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/>' in bar
    assert 'gradient="0"' in bar
    assert '<x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/>' in bar
    assert "<xm:sqref>B2:B9</xm:sqref>" in xml


# changes --------------------------------------------------------------------


def test_a_rule_is_changed_in_place(app, new_book, tmp_path):
    cells = new_book.sheets[0]["B2:B9"]
    rule = cells.conditional_formats.add_cell_value("between", 1, 2, fill_color=RED)
    cells.conditional_formats.add_custom("=B2=1", fill_color=RED)
    rule.set(operator="less_than", formula1=7, font_bold=True, stop_if_true=True)
    cells.conditional_formats[0].set(formula="=B2=2", fill_color=DARK)
    rules = reopened(app, new_book, tmp_path)["B2"].conditional_formats
    assert (rules[0].formula, rules[0].fill_color, rules[0].font_bold) == ("=B2=2", DARK, None)
    assert (rules[1].operator, rules[1].formula1, rules[1].formula2) == ("less_than", "=7", None)
    assert (rules[1].fill_color, rules[1].font_bold, rules[1].stop_if_true) == (RED, True, True)


def test_rules_are_known_while_others_come_and_go(new_book):
    formats = new_book.sheets[0]["B2:B9"].conditional_formats
    bar, stars = formats.add_data_bar("#638ec6"), formats.add_icon_set("3_stars")
    arrows = formats.add_icon_set("3_arrows")
    assert (bar.type, stars.icon_set, arrows.icon_set) == ("data_bar", "3_stars", "3_arrows")
    bar.delete()
    assert (stars.icon_set, arrows.icon_set) == ("3_stars", "3_arrows")
    for rule in formats:
        rule.delete()
    assert len(formats) == 0
    with pytest.raises(KeyError, match="deleted"):
        arrows.type  # noqa: B018


def test_looks_are_shared_and_never_renumbered(new_book, parts, tmp_path):
    formats = new_book.sheets[0]["B2:B9"].conditional_formats
    formats.add_custom("=B2=1", fill_color=RED)
    new_book.save(tmp_path / "rules.xlsx")
    before = re.search(b"<dxfs.*</dxfs>", parts(tmp_path / "rules.xlsx")["xl/styles.xml"])[0]
    formats.add_custom("=B2=2", fill_color=RED)
    formats.add_custom("=B2=3", fill_color=DARK)
    new_book.save()
    after = re.search(b"<dxfs.*</dxfs>", parts(tmp_path / "rules.xlsx")["xl/styles.xml"])[0]
    assert before == (
        b'<dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill>'
        b"</dxf></dxfs>"
    )
    grown = before.replace(b'count="1"', b'count="2"').removesuffix(b"</dxfs>")
    assert after.startswith(grown)
    assert after.count(b"<dxf>") == 2


def test_clearing_formats_takes_rules_with_it_as_in_excel(new_book):
    sheet = new_book.sheets[0]
    for each in ("A1:A9", "C1:C9"):
        sheet[each].conditional_formats.add_custom("=A1=1")
    sheet["A1:A9"].clear_formats()
    sheet["C1:C9"].clear()
    assert len(sheet["A1:C9"].conditional_formats) == 0


# what a company has stays ---------------------------------------------------


def test_only_priorities_that_must_make_room_change():
    content = block("A1:A9", expression(1, "A1=1"), expression(2, "A1=2")) + "\n"
    content += block("B1:B9", expression(5, "B1=1")) + '<pageMargins left="1"/>'
    sheet = Sheet(content)
    sheet.rules.add(Area(1, 3, 9, 3), custom("C1=1", None, False))
    moved = content.replace('priority="2"', 'priority="3"').replace('priority="1"', 'priority="2"')
    new = block("C1:C9", expression(1, "C1=1"))
    assert sheet.content == moved.replace("<pageMargins", f"{new}<pageMargins")


def test_a_gap_before_the_first_rule_is_used():
    content = block("A1", expression(4, "A1=1"))
    sheet = Sheet(content)
    sheet.rules.add(Area(1, 3, 1, 3), custom("C1=1", None, False))
    assert sheet.content == content + block("C1", expression(3, "C1=1"))


@pytest.mark.parametrize("priorities", [(0, 0), (1, 1), (1, 2), (-3, 7), (2, 2)])
def test_odd_priorities_stay_in_order(priorities):
    sheet = Sheet("".join(block("A1", expression(each, f"A1={each}")) for each in priorities))
    new = sheet.rules.add(Area(1, 1, 1, 1), custom("TRUE", None, False))
    first, *others = sheet.rules.touching(Area(1, 1, 1, 1))
    assert first.key is new
    assert first.priority >= 1
    assert [each.formulas for each in others] == [[f"A1={each}"] for each in sorted(priorities)]


def test_rules_of_the_extension_are_read_trimmed_and_deleted(app, make_file, parts, tmp_path):
    path = make_file(lambda workbook: workbook.add_worksheet().write("A1", 1))
    sheet_part = parts(path)["xl/worksheets/sheet1.xml"].decode()
    ours = x14_list(x14_block("A1:A9", "{00000000-0000-0000-0000-000000000001}", "A1=Other!A1"))
    content = f"<extLst>{ours}{SPARKLINES}</extLst></worksheet>"
    book = app.books.open(path)
    book.impl.package.write(
        "xl/worksheets/sheet1.xml", sheet_part.replace("</worksheet>", content).encode()
    )
    cells = book.sheets[0]["A5"]
    rule = cells.conditional_formats[0]
    assert (rule.type, rule.formula, rule.fill_color) == ("custom", "=A1=Other!A1", RED)
    with pytest.raises(NotImplementedError, match="delete it"):
        rule.set(fill_color=DARK)
    book.sheets[0]["A1:A3"].conditional_formats.clear()
    assert rule.formula == "=A4=Other!A4"
    rule.delete()
    book.impl.flush()
    left = book.impl.package.read("xl/worksheets/sheet1.xml").decode()
    assert left.endswith(f"<extLst>{SPARKLINES}</extLst></worksheet>")


def test_our_extension_comes_and_goes_beside_others():
    content = f"<tableParts/><extLst>{SPARKLINES}</extLst>"
    sheet = Sheet(content)
    bar = data_bar(RED, ("autoMin", None), ("autoMax", None), gradient=True, show_value=True)
    key = sheet.rules.add(Area(1, 1, 9, 1), bar)
    assert f'<tableParts/><extLst><ext xmlns:x14="{X14}" uri="{EXTENSION}">' in sheet.content
    assert sheet.content.endswith(f"</x14:conditionalFormattings></ext>{SPARKLINES}</extLst>")
    sheet.rules.delete(sheet.rules.find(key))
    assert sheet.content == content


def test_clear_trims_what_reaches_beyond():
    sheet = Sheet(
        block("A1:A4", expression(1, "A1=1"))
        + block("A1:C9 E5", expression(2, "A1+$A1+A$1&gt;LEN(&quot;A1&quot;)"))
        + block("F1", expression(3, "F1"))
    )
    sheet.rules.clear(Area(1, 1, 4, 3))
    assert sheet.content == (
        block("A5:C9 E5", expression(2, 'A5+$A5+A$1&gt;LEN("A1")'))
        + block("F1", expression(3, "F1"))
    )


areas = st.builds(
    lambda row, column, rows, columns: Area(row, column, row + rows, column + columns),
    *(st.integers(1, 6), st.integers(1, 6), st.integers(0, 4), st.integers(0, 4)),
)


@given(areas, areas, areas)
def test_what_is_left_means_the_same_cells(first, second, cleared):
    """A rule whose formula is its own cell still is so in every cell that is left to it."""
    old = (first, *without((second,), first))
    row, column = corner(old)
    own = Area(row, column, row, column)
    sheet = Sheet(block(areas_text(old), expression(1, f"{own}=$B$2")))
    sheet.rules.clear(cleared)
    cells = {cell for area in old for cell in area.cells()} - set(cleared.cells())
    left = sheet.rules.rules()
    assert cells == {cell for rule in left for area in rule.areas for cell in area.cells()}
    for rule in left:
        row, column = corner(rule.areas)
        assert rule.formulas == [f"{Area(row, column, row, column)}=$B$2"]


@given(areas, areas)
def test_areas_without_another_are_disjoint_and_complete(whole, hole):
    rest = without((whole,), hole)
    cells = [cell for area in rest for cell in area.cells()]
    assert len(cells) == len(set(cells))
    assert set(cells) == set(whole.cells()) - set(hole.cells())
    assert parse_areas(areas_text(rest)) == rest


def test_formulas_are_shifted_from_the_corner_around_all_areas():
    assert corner(parse_areas("C5:D6 B9")) == (5, 2)
    assert shift("B5", 0, 1) == "C5"


# laws -----------------------------------------------------------------------


def test_doing_the_same_again_changes_nothing(app, rich_file):
    """Our rules on two ranges, one of them beside the company's own."""

    def renew(book):
        for area in ("C2:C6", "B2:B6"):
            cells = book.sheets["销售"][area]
            for rule in cells.conditional_formats:
                if rule.bar_color != (99, 142, 198):  # the company's bar
                    rule.delete()
            formats = cells.conditional_formats
            formats.add_custom("=B2=1", fill_color=RED)
            formats.add_data_bar("#000001", gradient=False)
            formats.add_icon_set("3_stars")

    book = app.books.open(rich_file)
    renew(book)
    book.save()
    book.close()
    again = app.books.open(rich_file)
    renew(again)
    again.impl.flush()
    assert again.impl.package.changes() == {}


def test_clearing_and_adding_the_same_changes_nothing(app, new_book, tmp_path):
    def renew(sheet):
        for area in ("B2:B9", "D2:D9"):
            sheet[area].conditional_formats.clear()
            add_all(sheet[area])

    renew(new_book.sheets[0])
    again = reopened(app, new_book, tmp_path)
    renew(again)
    again.book.impl.flush()
    assert again.book.impl.package.changes() == {}


def test_adding_and_deleting_leaves_no_trace_in_the_sheet(app, rich_file, parts):
    book = app.books.open(rich_file)
    cells = book.sheets["Table"]["B3:C4"]
    add_all(cells)
    book.impl.flush()
    cells.conditional_formats.clear()
    book.impl.flush()
    assert set(book.impl.package.changes()) <= {"xl/styles.xml"}


def test_elements_stand_in_the_order_of_the_schema(app, rich_file):
    book = app.books.open(rich_file)
    sheet = book.sheets["销售"]
    sheet["D2:D6"].data_validation.set_list(["是", "否"])
    add_all(sheet["D2:D6"])
    book.impl.flush()
    xml = book.impl.package.read("xl/worksheets/sheet1.xml")
    names = [each.local for each in scan(xml)[1:]]
    tail = names[names.index("sheetData") :]
    assert [name for name in dict.fromkeys(tail) if name != "ignoredErrors"] == [
        "sheetData",
        "mergeCells",
        "conditionalFormatting",
        "dataValidations",
        "pageMargins",
        "drawing",
        "legacyDrawing",
        "extLst",
    ]
    assert len(tail) - len(set(tail)) == tail.count("conditionalFormatting") - 1


def test_prefixed_sheets_work(app, new_book, tmp_path):
    package = new_book.impl.package
    prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/><x:pageMargins/></x:worksheet>'
    package.write("xl/worksheets/sheet1.xml", prefixed.encode())
    sheet = new_book.sheets[0]
    add_all(sheet["B2:B9"])
    sheet["B2:B9"].data_validation.set_list(["a"])
    kinds = [rule.type for rule in sheet["B2"].conditional_formats]
    new_book.impl.flush()
    xml = package.read("xl/worksheets/sheet1.xml").decode()
    assert set(re.findall(r"<(\w+):", xml)) == {"x", "x14", "xm"}
    assert "<c" not in xml
    again = reopened(app, new_book, tmp_path)
    assert [rule.type for rule in again["B2"].conditional_formats] == kinds
    assert again["B2:B9"].data_validation.source == "a"
