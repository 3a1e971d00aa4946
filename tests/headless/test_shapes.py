"""Shapes that a workbook holds: found, measured, moved, renamed, written on, deleted."""

import re

import pytest
import xlwings as xw

from kam_excel.headless.shapes import drawn as drawnshapes
from kam_excel.headless.shapes import placing
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import tree


@pytest.fixture
def drawn_file(make_file):
    """A sheet with a text box of two paragraphs, a picture, a chart and a button."""

    def fill(workbook):
        sheet = workbook.add_worksheet("图")
        sheet.insert_textbox(
            "B2",
            "大客户\n2026",
            {
                "width": 160,
                "height": 80,
                "font": {"bold": True, "size": 14, "color": "#112233", "name": "Arial"},
            },
        )
        chart = workbook.add_chart({"type": "pie"})
        chart.add_series({"values": "=图!$A$1:$A$2"})
        sheet.insert_chart("F2", chart)
        sheet.insert_textbox("B20", "", {"textlink": "=$A$1"})

    return make_file(fill)


@pytest.fixture
def sheet(app, drawn_file):
    return app.books.open(drawn_file).sheets[0]


def test_shapes_are_listed_from_below(sheet):
    shapes = sheet.shapes
    assert [(each.name, each.type) for each in shapes] == [
        ("Chart 1", "chart"),
        ("TextBox 2", "text_box"),
        ("TextBox 3", "text_box"),
    ]
    assert shapes["textbox 2"] == shapes(2) == shapes[1]
    assert shapes[0].parent == sheet
    with pytest.raises(KeyError):
        shapes["none"]


def test_a_shape_is_measured_and_moved_in_points(sheet, tmp_path):
    shape = sheet.shapes["TextBox 2"]
    assert (shape.left, shape.top) == (sheet["B2"].left, sheet["B2"].top)
    assert (shape.width, shape.height) == (120, 60)
    for side, value in (("left", 10), ("top", 20.25), ("width", 200), ("height", 33)):
        setattr(shape, side, value)
        assert getattr(shape, side) == value
    sheet.book.save(tmp_path / "moved.xlsx")
    again = sheet.book.app.books.open(tmp_path / "moved.xlsx").sheets[0].shapes["TextBox 2"]
    assert (again.left, again.top, again.width, again.height) == (10, 20.25, 200, 33)


@pytest.mark.parametrize(
    ("scale", "place"),
    [
        ("scale_from_top_left", (10, 10)),
        ("scale_from_middle", (-5, 10)),
        ("scale_from_bottom_right", (-20, 10)),
    ],
)
def test_scaling_keeps_a_corner_or_the_middle(sheet, scale, place):
    shape = sheet.shapes["TextBox 2"]
    shape.left, shape.top, shape.width = 100, 10, 30
    shape.scale_width(2, scale=scale)
    assert shape.width == 60
    assert (shape.left - 90, shape.top) == place
    with pytest.raises(ValueError, match="original size"):
        shape.scale_height(2, relative_to_original_size=True)


def test_a_chart_is_a_shape_as_well(sheet):
    chart, shape = sheet.charts["Chart 1"], sheet.shapes["Chart 1"]
    assert (shape.left, shape.width) == (chart.left, chart.width)
    new = sheet.charts.add(name="Neu", left=20)
    assert sheet.shapes["Neu"].left == 20
    sheet.shapes["Neu"].left = 30
    assert new.left == 30
    shape.delete()
    assert [each.name for each in sheet.shapes] == ["TextBox 2", "TextBox 3", "Neu"]
    sheet.book.impl.flush()
    assert [each.name for each in sheet.shapes] == ["TextBox 2", "TextBox 3", "Neu"]


def test_a_name_is_all_that_renaming_changes(sheet):
    package = sheet.book.impl.package
    before = package.read("xl/drawings/drawing1.xml")
    sheet.shapes["TextBox 2"].name = 'A & "B"'
    after = package.read("xl/drawings/drawing1.xml")
    assert after == before.replace(b'name="TextBox 2"', b'name="A &amp; &quot;B&quot;"')
    assert sheet.shapes[1].name == 'A & "B"'


def test_shapes_of_one_name_and_number_are_kept_apart():
    one = '<sp><nvSpPr><cNvPr id="2" name="x"/><cNvSpPr/></nvSpPr><spPr/></sp>'
    anchors = "".join(f"<absoluteAnchor>{one}<clientData/></absoluteAnchor>" for _ in range(2))
    found = drawnshapes.shapes(tree(f"<wsDr>{anchors}</wsDr>".encode()))
    assert [(each.number, each.name, each.kind) for each in found] == [(2, "x", "auto_shape")] * 2


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ('<sp><nvSpPr>{}<cNvSpPr txBox="1"/></nvSpPr><spPr/></sp>', "text_box"),
        ("<sp><nvSpPr>{}</nvSpPr><spPr><custGeom/></spPr></sp>", "free_form"),
        (
            '<sp><nvSpPr>{}</nvSpPr><spPr><prstGeom prst="borderCallout1"/></spPr></sp>',
            "callout",
        ),
        ('<cxnSp><nvCxnSpPr>{}</nvCxnSpPr><spPr><prstGeom prst="line"/></spPr></cxnSp>', "line"),
        ("<grpSp><nvGrpSpPr>{}</nvGrpSpPr></grpSp>", "group"),
        ('<pic><nvPicPr>{}</nvPicPr><blipFill><blip r:embed="rId1"/></blipFill></pic>', "picture"),
        (
            '<pic><nvPicPr>{}</nvPicPr><blipFill><blip r:link="rId1"/></blipFill></pic>',
            "linked_picture",
        ),
        (
            "<AlternateContent><Choice><graphicFrame><nvGraphicFramePr>{}</nvGraphicFramePr>"
            '<graphic><graphicData uri="http://x/slicer"/></graphic></graphicFrame></Choice>'
            "</AlternateContent>",
            "slicer",
        ),
    ],
)
def test_kinds_have_the_names_of_xlwings(markup, kind):
    anchor = markup.format('<cNvPr id="7" name="x"/>')
    data = f'<wsDr xmlns:r="r"><twoCellAnchor>{anchor}</twoCellAnchor></wsDr>'.encode()
    assert [each.kind for each in drawnshapes.shapes(tree(data))] == [kind]


def test_a_shape_that_lies_on_its_side_has_its_own_width_and_height(sheet):
    geometry = sheet.impl.model.geometry
    markup = (
        b'<wsDr><absoluteAnchor><pos x="1270000" y="1270000"/><ext cx="254000" cy="508000"/>'
        b'<sp><nvSpPr><cNvPr id="2" name="x"/></nvSpPr><spPr><xfrm rot="5400000">'
        b'<off x="0" y="0"/><ext cx="508000" cy="254000"/></xfrm></spPr></sp>'
        b"</absoluteAnchor></wsDr>"
    )
    (shape,) = drawnshapes.shapes(tree(markup))
    assert placing.box(shape, geometry) == (90, 110, 40, 20)
    moved = splice.apply(markup, placing.moved(shape, geometry, (90, 110, 80, 20)))
    (again,) = drawnshapes.shapes(tree(moved))
    assert placing.box(again, geometry) == (90, 110, 80, 20)
    assert b'<ext cx="254000" cy="1016000"/>' in moved


def test_text_takes_the_look_of_the_first_characters(sheet, tmp_path):
    shape = sheet.shapes["TextBox 2"]
    assert shape.text == "大客户\n2026"
    shape.text = "甲 & 乙\n\n丙"
    assert shape.text == "甲 & 乙\n\n丙"
    font = shape.font
    assert (font.bold, font.italic, font.size) == (True, False, 14)
    assert (font.color, font.name) == ((0x11, 0x22, 0x33), "Arial")
    sheet.book.save(tmp_path / "said.xlsx")
    again = sheet.book.app.books.open(tmp_path / "said.xlsx").sheets[0]
    assert again.shapes["TextBox 2"].text == "甲 & 乙\n\n丙"
    assert again.shapes["TextBox 2"].font.name == "Arial"


def test_some_characters_of_a_shape_get_another_font(sheet):
    shape = sheet.shapes["TextBox 2"]
    part = shape.characters[1:3]
    part.font.set(bold=False, italic=True, size=20.5, color="#FF0000", name="等线")
    assert (part.text, part.font.bold, part.font.italic, part.font.size) == (
        "客户",
        False,
        True,
        20.5,
    )
    assert (part.font.color, part.font.name) == ((255, 0, 0), "等线")
    assert (shape.font.bold, shape.font.size, shape.font.name) == (None, None, None)
    assert (shape.characters[0].font.bold, shape.characters[4:].font.size) == (True, 14)
    assert shape.text == "大客户\n2026"
    shape.font.bold = True
    assert shape.font.bold is True


def test_what_holds_no_text_says_so(sheet):
    assert sheet.shapes["Chart 1"].text is None
    with pytest.raises(NotImplementedError):
        sheet.shapes["Chart 1"].text = "x"


def test_deleting_a_shape_keeps_the_others(sheet):
    sheet.shapes["TextBox 3"].delete()
    sheet.shapes["Chart 1"].delete()
    sheet.book.impl.flush()
    assert [each.name for each in sheet.shapes] == ["TextBox 2"]
    sheet.shapes["TextBox 2"].delete()
    sheet.book.impl.flush()
    assert not [name for name in sheet.book.impl.package.names() if "drawing" in name.lower()]


def test_controls_are_left_to_excel(app, make_file):
    def fill(workbook):
        workbook.add_worksheet().insert_button("B2", {"caption": "OK"})

    sheet = app.books.open(make_file(fill)).sheets[0]
    assert [shape.type for shape in sheet.shapes] in ([], ["form_control"])
    for shape in sheet.shapes:
        with pytest.raises(NotImplementedError, match="in Excel"):
            shape.delete()


def test_shapes_are_found_by_the_public_class(sheet):
    assert isinstance(sheet.shapes[0], xw.Shape)
    assert repr(sheet.shapes[1]) == "<Shape 'TextBox 2' in 图>"


def test_charts_of_the_file_are_moved_and_renamed(sheet, tmp_path):
    chart = sheet.charts["Chart 1"]
    before = {part: sheet.book.impl.package.read(part) for part in sheet.book.impl.package.names()}
    chart.left, chart.width, chart.name = 12, 345, "客户图"
    assert (chart.left, chart.width, chart.name) == (12, 345, "客户图")
    sheet.book.save(tmp_path / "moved.xlsx")
    package = sheet.book.impl.package
    assert [part for part in before if package.read(part) != before[part]] == [
        "xl/drawings/drawing1.xml"
    ]
    again = sheet.book.app.books.open(tmp_path / "moved.xlsx").sheets[0].charts["客户图"]
    assert (again.left, again.width) == (12, 345)


@pytest.fixture
def charted(app, make_file):
    """A chart of the file with two series, drawn in a way of its own."""

    def fill(workbook):
        sheet = workbook.add_worksheet("数据")
        for row, line in enumerate(
            [["客户", "金额", "成本"], ["甲", 1, 2], ["乙", 3, 4], ["丙", 5, 6]]
        ):
            sheet.write_row(row, 0, line)
        chart = workbook.add_chart({"type": "column"})
        for column in (1, 2):
            chart.add_series(
                {
                    "values": ["数据", 1, column, 2, column],
                    "fill": {"color": "#123456"},
                    "data_labels": {"value": True},
                }
            )
        chart.set_title({"name": "原标题"})
        sheet.insert_chart("F2", chart)

    return app.books.open(make_file(fill)).sheets[0]


def test_a_chart_of_the_file_shows_other_cells_and_looks_the_same(charted, tmp_path):
    package = charted.book.impl.package
    before = package.read("xl/charts/chart1.xml")
    charted.charts[0].set_source_data(charted["A1:C4"])
    after = package.read("xl/charts/chart1.xml")
    assert re.findall(rb"<c:f>(.*?)</c:f>", after) == [
        f"数据!${cells}".encode()
        for cells in ("B$1", "A$2:$A$4", "B$2:$B$4", "C$1", "A$2:$A$4", "C$2:$C$4")
    ]
    for kept in (b"123456", b"dLbls", "原标题".encode()):
        assert after.count(kept) == before.count(kept) > 0
    assert re.findall(rb"<c:v>(.*?)</c:v>", after)[-3:] == [b"2", b"4", b"6"]
    charted.book.save(tmp_path / "shown.xlsx")
    assert charted.charts[0].title == "原标题"


def test_a_chart_of_the_file_keeps_the_number_of_its_series(charted):
    before = charted.book.impl.package.read("xl/charts/chart1.xml")
    with pytest.raises(NotImplementedError, match="has 2 series and the range gives 1"):
        charted.charts[0].set_source_data(charted["A1:B4"])
    assert charted.book.impl.package.read("xl/charts/chart1.xml") == before
