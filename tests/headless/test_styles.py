import io
import re

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.package.parts import Package
from kam_excel.headless.styles import numberformats, part
from kam_excel.headless.styles.part import CellFormat, Edge, Styles
from kam_excel.headless.xml.tree import parse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RED, WHITE = (192, 0, 0), (255, 255, 255)


def with_styles(body):
    package = Package.blank()
    package.write("xl/styles.xml", body.encode())
    return package


def reopened(package):
    stream = io.BytesIO()
    package.save_to(stream)
    return Package(stream.getvalue())


def workbook_with(**properties):
    """A workbook by XlsxWriter whose format 1 has these properties."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write(0, 0, 1, book.add_format(properties))
    return Package(stream.getvalue())


def test_formats_are_read():
    package = workbook_with(
        bold=True, font_color="#C00000", bg_color="#FFFFFF", num_format="#,##0.00;[Red]-#,##0.00",
        align="center", valign="top", text_wrap=True, border=1, locked=False, font_name="等线",
        font_size=10.5, underline=1, indent=0,
    )  # fmt: skip
    edge = Edge("thin")
    assert Styles(package).format_of(1) == CellFormat(
        number_format="#,##0.00;[Red]-#,##0.00", font_name="等线", font_size=10.5, font_color=RED,
        bold=True, underline=True, fill=WHITE, horizontal="center", vertical="top", wrap=True,
        locked=False, left=edge, right=edge, top=edge, bottom=edge,
    )  # fmt: skip


CHANGES = {
    "number_format": st.sampled_from(["0.00", "#,##0", "0.0%", 'yyyy"年"', "General"]),
    "bold": st.booleans(),
    "italic": st.booleans(),
    "underline": st.booleans(),
    "strike": st.booleans(),
    "font_name": st.sampled_from(["Calibri", "微软雅黑"]),
    "font_size": st.sampled_from([9.0, 10.5, 11.0]),
    "font_color": st.sampled_from([None, RED]),
    "fill": st.sampled_from([None, RED, WHITE]),
    "horizontal": st.sampled_from([None, "center", "right"]),
    "vertical": st.sampled_from([None, "top"]),
    "wrap": st.booleans(),
    "indent": st.sampled_from([0, 2]),
    "locked": st.booleans(),
    "left": st.sampled_from([None, Edge("thin"), Edge("double", RED)]),
    "bottom": st.sampled_from([None, Edge("medium", WHITE)]),
}
changes = st.fixed_dictionaries({}, optional=CHANGES)


@given(st.lists(changes, min_size=1, max_size=4))
def test_what_is_asked_for_is_what_is_read_again(edits):
    package = Package.blank()
    styles = Styles(package)
    numbers, formats, number = [], [], 0
    for edit in edits:
        number = styles.xf(number, **edit)
        numbers.append(number)
        formats.append(styles.format_of(number))
        assert {name: getattr(formats[-1], name) for name in edit} == edit
    styles.flush()
    again = Styles(reopened(package))
    assert [again.format_of(number) for number in numbers] == formats


@given(st.lists(changes, min_size=1, max_size=4))
def test_the_same_edits_again_append_nothing(edits):
    package = Package.blank()
    styles = Styles(package)
    first = [styles.xf(0, **edit) for edit in edits]
    styles.flush()
    saved = reopened(package)
    again = Styles(saved)
    assert [again.xf(0, **edit) for edit in edits] == first
    again.flush()
    assert saved.changes() == {}


def test_a_change_that_changes_nothing_is_the_same_format():
    styles = Styles(workbook_with(bold=True))
    assert styles.xf(1, bold=True, number_format="General") == 1


def test_flush_without_a_new_format_touches_nothing():
    package = workbook_with(bold=True)
    styles = Styles(package)
    styles.xf(0, bold=True, font_name="Calibri")
    styles.flush()
    assert package.changes() == {}


def test_formats_asked_for_between_flushes_keep_their_numbers():
    package = Package.blank()
    styles = Styles(package)
    bold = styles.xf(0, bold=True)
    styles.flush()
    red = styles.xf(bold, fill=RED)
    styles.flush()
    again = Styles(package)
    assert (bold, red) == (1, 2)
    assert (again.format_of(red).bold, again.format_of(red).fill) == (True, RED)


def test_everything_else_in_the_part_keeps_its_bytes():
    part = """<?xml version="1.0" encoding="UTF-8"?>
<x:styleSheet xmlns:x="MAIN" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
   mc:Ignorable="v" xmlns:v="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">
 <x:fonts {fonts} v:knownFonts="1"><x:font><x:name val="宋体"/></x:font>{font}</x:fonts>
 <x:fills {fills}><x:fill><x:patternFill patternType="none"/></x:fill>{fill}</x:fills>
 {borders}<x:cellXfs{xfs}><x:xf numFmtId="0" fontId="0" fillId="0"/>{xf}</x:cellXfs>
 <!-- kept --><x:dxfs count="0"/>
</x:styleSheet>""".replace("MAIN", MAIN)
    nothing = dict.fromkeys(("font", "fill", "borders", "xfs", "xf"), "")
    package = with_styles(part.format(fonts='count="1"', fills="count='1'", **nothing))
    styles = Styles(package)
    assert styles.xf(0, bold=True, fill=RED) == 1
    styles.flush()
    assert package.read("xl/styles.xml").decode() == part.format(
        fonts='count="2"',
        font='<x:font><x:b/><x:name val="宋体"/></x:font>',
        fills='count="3"',
        fill=f'<fill xmlns="{MAIN}"><patternFill patternType="gray125"/></fill>'
        '<x:fill><x:patternFill patternType="solid"><x:fgColor rgb="FFC00000"/>'
        '<x:bgColor indexed="64"/></x:patternFill></x:fill>',
        borders=f'<x:borders count="1"><border xmlns="{MAIN}"><left/><right/><top/><bottom/>'
        "<diagonal/></border></x:borders>",
        xfs=' count="2"',
        xf='<x:xf numFmtId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/>',
    )


def test_a_workbook_without_styles_gets_them_when_they_are_needed():
    package = Package.blank()
    package.remove("xl/styles.xml")
    for each in package.rels("xl/workbook.xml").of_type("styles"):
        package.rels("xl/workbook.xml").remove(each.id)
    styles = Styles(package)
    assert styles.format_of(0).font_name == "Calibri"
    styles.flush()
    assert "xl/styles.xml" not in package
    number = styles.xf(0, italic=True)
    styles.flush()
    assert Styles(reopened(package)).format_of(number).italic


def test_theme_colours_and_tints():
    package = with_styles(
        f"""<styleSheet xmlns="{MAIN}">
        <fonts><font><color theme="1"/></font><font><color indexed="10"/></font></fonts>
        <fills><fill><patternFill patternType="solid"><fgColor theme="4" tint="0.6"/></patternFill>
        </fill></fills><borders><border/></borders>
        <cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>"""
    )
    styles = Styles(package)
    assert styles.format_of(0).font_color == (0, 0, 0)
    assert styles.format_of(1).font_color == (255, 0, 0)
    assert styles.format_of(0).fill == (180, 199, 231)  # accent 1, 60 % lighter, as Excel shows it


def test_an_unknown_format_is_the_workbooks_fault():
    with pytest.raises(WorkbookError, match="STYLE_UNKNOWN"):
        Styles(Package.blank()).format_of(99)


def test_an_unknown_property_is_a_programming_error():
    with pytest.raises(TypeError):
        Styles(Package.blank()).xf(0, boldness=True)


def test_damaged_styles_are_the_workbooks_fault():
    with pytest.raises(WorkbookError, match="PART_DAMAGED"):
        Styles(with_styles("<styleSheet>"))


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("General", False),
        ("0.00", False),
        ("#,##0;[Red]-#,##0", False),
        ('0"days"', False),
        (r"0\d", False),
        ("0_d", False),
        ("[$-804]#,##0", False),
        ("[DBNum1]0", False),
        ("yyyy-mm-dd", True),
        ("[h]:mm", True),
        ("[ss]", True),
        ("[$-804]aaaa;@", True),
        ('e"年"', True),
        ("0.00E+00", False),
        ('General"元"', False),
        ('yyyy"年"m"月"', True),
        ("[Red]d", True),
    ],
)
def test_is_date(number_format, expected):
    assert numberformats.is_date(number_format) is expected


@pytest.mark.parametrize("number", [*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
def test_built_in_dates(number):
    assert numberformats.is_date(numberformats.BUILTIN[number])


@pytest.mark.parametrize("number", [*range(14), *range(37, 45), 48, 49])
def test_built_in_numbers(number):
    assert not numberformats.is_date(numberformats.BUILTIN.get(number, "General"))


def test_a_number_format_of_the_file_goes_before_the_built_in_one():
    package = with_styles(
        f"""<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="14" formatCode="yyyy/m/d"/>
        </numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>
        <cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>"""
    )
    styles = Styles(package)
    assert styles.number_format(0) == "yyyy/m/d"
    assert styles.is_date(0)
    american = styles.xf(0, number_format="m/d/yyyy")
    styles.flush()
    assert Styles(package).number_format(american) == "m/d/yyyy"
    ids = re.findall(rb'numFmtId="(\d+)"', package.read("xl/styles.xml"))
    assert ids == [b"14", b"164", b"14", b"164"]


def test_a_font_made_from_one_in_another_order_has_the_order_of_excel():
    package = Package.blank()
    odd = (
        '<font><name val="Calibri"/><family val="2"/><color theme="1"/><sz val="11"/>'
        '<scheme val="minor"/></font>'
    )
    text = package.read("xl/styles.xml").decode()
    package.write("xl/styles.xml", re.sub("<font>.*?</font>", odd, text, count=1).encode())
    styles = Styles(package)
    styles.xf(0, bold=True)
    styles.xf(0, font_color=RED)
    styles.flush()
    fonts = package.tree("xl/styles.xml").findall(f"{{{MAIN}}}fonts/*")
    orders = [[each.tag.rpartition("}")[2] for each in font] for font in fonts]
    assert orders == [
        ["name", "family", "color", "sz", "scheme"],
        ["b", "sz", "color", "name", "family", "scheme"],
        ["sz", "color", "name", "family", "scheme"],
    ]


def test_no_more_formats_than_excel_takes(monkeypatch):
    styles = Styles(workbook_with(bold=True))
    monkeypatch.setattr(part, "MOST_FORMATS", 3)
    third = styles.xf(0, italic=True)
    assert styles.xf(0, italic=True, bold=False) == third
    assert styles.xf(1, bold=True) == 1
    with pytest.raises(WorkbookError, match="STYLE_LIMIT"):
        styles.xf(0, strike=True)


def test_what_else_the_part_holds_stays():
    """Cell styles, differential formats, styles of tables, colours, extensions."""
    lists = (
        '<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>',
        '<cellStyles count="1"><cellStyle name="KPI" xfId="0"/></cellStyles>',
        '<dxfs count="1"><dxf><font><b/></font></dxf></dxfs>',
        '<tableStyles count="1"><tableStyle name="House" count="0"/></tableStyles>',
        '<colors><mruColors><color rgb="FF123456"/></mruColors></colors>',
        '<extLst><ext uri="{EB79DEF2}" xmlns:y="y"><y:slicerStyles/></ext></extLst>',
    )
    package = with_styles(f'<styleSheet xmlns="{MAIN}">{"".join(lists)}</styleSheet>')
    styles = Styles(package)
    styles.xf(0, bold=True, number_format="0.000", fill=RED)
    styles.flush()
    data = package.read("xl/styles.xml").decode()
    assert [each in data for each in lists] == [True] * len(lists)
    parse(data.encode())
