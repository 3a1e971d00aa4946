import datetime as dt
import re
import zipfile

import openpyxl
import pytest
import xlwings as xw
from lxml import etree

from kam_excel.errors import WorkbookError
from kam_excel.headless.charts.drawings import SheetDrawing
from kam_excel.headless.charts.kinds import KINDS

SALES = [["客户", "净销售额", "累计占比"], ["甲", 60, 0.6], ["乙", 30, 0.9], ["丙", 10, 1]]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.fixture
def sheet(new_book):
    """A sheet with the customers, their sales and the cumulative share."""
    sheet = new_book.sheets[0]
    sheet.name = "销售 Q'1"
    sheet["A1"].value = SALES
    sheet["C2:C4"].number_format = "0%"
    return sheet


def chart_xml(book, number=1):
    """The tree of a chart's part, after a flush."""
    book.impl.flush()
    return book.impl.package.tree(f"xl/charts/chart{number}.xml")


def formulas(element):
    """The references of an element's series, with quotes and sheet taken off."""
    return [each.text.rpartition("!")[2] for each in element.iter(f"{C}f")]


def cached(element, path):
    """The cached values below the first element of a path, such as `ser/cat`."""
    found = element.find(".//" + "/".join(f"{C}{each}" for each in path.split("/")))
    return [each.text for each in found.iter(f"{C}v")]


# finding and adding ---------------------------------------------------------


def test_charts_are_a_collection(sheet):
    assert len(sheet.charts) == 0
    first = sheet.charts.add(source=sheet["A1:B4"])
    second = sheet.charts.add(10, 20, name="份额", chart_type="pie", source=sheet["A1:B4"])
    assert [chart.name for chart in sheet.charts] == ["Chart 1", "份额"]
    assert sheet.charts["份额"].name == sheet.charts[1].name == second.name
    assert "chart 1" in sheet.charts
    assert "Chart 2" not in sheet.charts
    assert first.parent.name == sheet.name
    with pytest.raises(KeyError):
        sheet.charts["none"]
    with pytest.raises(xw.ShapeAlreadyExists):
        sheet.charts.add(name="份额")
    with pytest.raises(WorkbookError, match="NAME_TAKEN"):
        first.name = "份额"


def test_a_chart_stands_where_it_is_put(app, sheet, tmp_path):
    sheet["B1"].column_width = 20
    sheet.charts.add(width=300, height=200, anchor=sheet["C3"], name="anchored")
    free = sheet.charts.add(left=100, top=50, name="free")
    free.left, free.width = 120, 400
    sheet.book.save(tmp_path / "places.xlsx")
    again = app.books.open(tmp_path / "places.xlsx").sheets[0].charts
    boxes = {each.name: (each.left, each.top, each.width, each.height) for each in again}
    assert boxes == {"anchored": (156.75, 30, 300, 200), "free": (120, 50, 400, 211)}


@pytest.mark.parametrize("chart_type", sorted(KINDS))
def test_every_type_is_drawn_and_read_again(app, sheet, tmp_path, chart_type):
    chart = sheet.charts.add(chart_type=chart_type, source=sheet["A1:C4"])
    chart.title = "标题"
    sheet.book.save(tmp_path / "type.xlsx")
    again = app.books.open(tmp_path / "type.xlsx").sheets[0].charts[0]
    assert (again.chart_type, again.title) == (chart_type, "标题")
    other = openpyxl.load_workbook(tmp_path / "type.xlsx").active._charts
    assert [len(each.series) for each in other] == [2]


@pytest.mark.parametrize("chart_type", ["bubble", "3d_pie", "surface", "combination"])
def test_a_type_that_cannot_be_drawn_says_so_and_leaves_nothing(sheet, chart_type):
    with pytest.raises(NotImplementedError, match=r"chart_type|need Excel"):
        sheet.charts.add(chart_type=chart_type, source=sheet["A1:C4"])
    assert len(sheet.charts) == 0


def test_pictures_of_charts_need_excel(sheet):
    with pytest.raises(NotImplementedError, match=r"Chart.to_png .*Excel"):
        sheet.charts.add().to_png("chart.png")


# source data ----------------------------------------------------------------

DAY = dt.datetime(2026, 1, 31)


@pytest.mark.parametrize(
    ("rows", "plot_by", "expected"),
    [
        (SALES, None, ["B1", "A2:A4", "B2:B4", "C1", "A2:A4", "C2:C4"]),
        (SALES, "rows", ["A2", "B1:C1", "B2:C2", "A3", "B1:C1", "B3:C3", "A4", "B1:C1", "B4:C4"]),
        ([["a", "b", "c"], [1, 2, 3]], None, ["A1:C1", "A2:C2"]),
        ([[None, 2024, 2025], [1, 5, 6], [2, 7, 8], [3, 9, 9]], None,
         ["B1", "A2:A4", "B2:B4", "C1", "A2:A4", "C2:C4"]),
        ([["年", "额"], [2024, 5], [2025, 6]], None, ["A1", "A2:A3", "B1", "B2:B3"]),
        ([["日", "额"], [DAY, 5], [DAY, 6]], None, ["B1", "A2:A3", "B2:B3"]),
        ([["省", "市", "额"], ["a", "b", 5], ["a", "c", 6]], None, ["C1", "A2:B3", "C2:C3"]),
        ([["额"], [5], [6]], None, ["A1", "A2:A3"]),
        ([[5], [6]], None, ["A1:A2"]),
    ],
)  # fmt: skip
def test_a_range_is_read_as_excel_reads_it(new_book, rows, plot_by, expected):
    sheet = new_book.sheets[0]
    sheet["A1"].value = rows
    source = sheet["A1"].resize(len(rows), len(rows[0]))
    sheet.charts.add(source=source, plot_by=plot_by)
    assert [each.replace("$", "") for each in formulas(chart_xml(new_book))] == expected


def test_sheet_names_are_quoted_and_follow_a_new_name(sheet):
    sheet.charts.add(source=sheet["A1:B4"])
    assert chart_xml(sheet.book).findtext(f".//{C}f") == "'销售 Q''1'!$B$1"
    other = sheet.book.sheets.add("新")
    other["A1"].value = [1, 2]
    other.charts.add(source=other["A1:B1"])
    sheet.book.impl.flush()
    other.name = "更新"
    assert chart_xml(sheet.book, 2).findtext(f".//{C}f") == "更新!$A$1:$B$1"


def test_cells_are_kept_as_values_that_need_no_recalculation(sheet):
    sheet["A4"].value = "007"
    sheet["B3"].value = None
    sheet.charts.add(source=sheet["A1:C4"])
    root = chart_xml(sheet.book)
    assert cached(root, "ser/tx") == ["净销售额"]
    assert cached(root, "ser/cat/strRef") == ["甲", "乙", "007"]
    assert cached(root, "ser/val") == ["60", "10"]
    assert [each.get("idx") for each in root.find(f".//{C}val").iter(f"{C}pt")] == ["0", "2"]
    assert [each.text for each in root.iter(f"{C}formatCode")] == ["General", "0%"]
    sheet["B2"].value = 70
    assert cached(chart_xml(sheet.book), "ser/val") == ["70", "10"]


def test_dates_are_numbers_with_their_format(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["日", "额"], [DAY, 5], [dt.datetime(2026, 2, 28), 6]]
    sheet.charts.add(source=sheet["A1:B3"], chart_type="line")
    category = chart_xml(new_book).find(f".//{C}cat")
    assert cached(category, "numRef") == ["46053", "46081"]
    assert category.findtext(f".//{C}formatCode") == "yyyy-mm-dd"


def test_text_cells_of_any_content_make_well_formed_xml(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["a<b & \x07c", "'=\"'"], ["x", 1]]
    sheet["B1"].value = "'=1<2"
    chart = sheet.charts.add(source=sheet["A1:B2"], plot_by="columns", name='"<&>')
    chart.title = "\x01a < b & c"
    root = chart_xml(new_book)
    assert cached(root, "ser/tx") == ["=1<2"]
    assert chart.title == "a < b & c"
    for name in new_book.impl.package.names():
        etree.fromstring(new_book.impl.package.read(name))


def test_categories_are_set_apart_from_the_values(sheet):
    chart = sheet.charts.add(source=sheet["B1:B4"], chart_type="xy_scatter_lines")
    assert chart_xml(sheet.book).find(f".//{C}xVal") is None
    chart.set_x_axis_values(sheet["C2:C4"])
    root = chart_xml(sheet.book)
    assert formulas(root) == ["$B$1", "$C$2:$C$4", "$B$2:$B$4"]
    assert cached(root, "ser/xVal/numRef") == ["0.6", "0.9", "1"]


def test_whole_columns_are_read_as_far_as_they_are_used(sheet):
    sheet.charts.add(source=sheet["A:B"])
    assert formulas(chart_xml(sheet.book)) == ["$B$1", "$A$2:$A$4", "$B$2:$B$4"]


def test_the_source_can_be_turned_and_replaced(sheet):
    chart = sheet.charts.add()
    assert len(chart.series) == 0
    chart.set_source_data(sheet["A1:C4"])
    assert (chart.plot_by, [each.name for each in chart.series]) == (
        "columns",
        ["净销售额", "累计占比"],
    )
    chart.plot_by = "rows"
    assert [each.name for each in chart.series] == ["甲", "乙", "丙"]


def test_too_many_series_are_refused(new_book):
    sheet = new_book.sheets[0]
    with pytest.raises(WorkbookError, match="CHART_TOO_MANY_SERIES"):
        sheet.charts.add(source=sheet["A1:IW300"])
    assert len(sheet.charts) == 0


# combinations, axes, looks --------------------------------------------------


def test_a_combination_has_both_pairs_of_axes(sheet):
    chart = sheet.charts.add(source=sheet["A1:C4"])
    chart.series[1].set(chart_type="line", axis_group="secondary")
    chart.secondary_value_axis.set(title="占比", maximum_scale=1)
    assert (chart.chart_type, chart.series[0].chart_type) == ("combination", "column_clustered")
    area = chart_xml(sheet.book).find(f".//{C}plotArea")
    kinds = [re.sub(".*}", "", each.tag) for each in area]
    assert kinds == ["layout", "barChart", "lineChart", "catAx", "valAx", "valAx", "catAx"]
    plots = [{each.get("val") for each in area[i].iter(f"{C}axId")} for i in (1, 2)]
    assert not plots[0] & plots[1]
    second = area[5]
    assert second.find(f"{C}crosses").get("val") == "max"
    assert float(second.find(f"{C}scaling/{C}max").get("val")) == 1
    assert second.find(f"{C}numFmt").attrib == {"formatCode": "0%", "sourceLinked": "1"}


def test_one_type_may_be_on_both_pairs_of_axes_beside_another(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [[None, "a", "b", "c"], ["x", 1, 2, 3], ["y", 4, 5, 6]]
    chart = sheet.charts.add(source=sheet["A1:D3"], plot_by="columns")
    chart.series[0].set(chart_type="line", axis_group="secondary")
    chart.series[2].chart_type = "line"
    area = chart_xml(new_book).find(f".//{C}plotArea")
    orders = [
        (re.sub(".*}", "", plot.tag), [each.get("val") for each in plot.iter(f"{C}order")])
        for plot in area
        if plot.tag.endswith("Chart")
    ]
    assert orders == [("barChart", ["1"]), ("lineChart", ["2"]), ("lineChart", ["0"])]
    assert len([each for each in area if each.tag.endswith("Ax")]) == 4


@pytest.mark.parametrize(
    ("first", "change", "message"),
    [
        ("column_clustered", {"chart_type": "pie"}, "column, pie"),
        ("column_clustered", {"chart_type": "bar_stacked"}, "bar, column"),
        ("radar", {"axis_group": "secondary"}, "no secondary axes"),
    ],
)
def test_what_cannot_be_combined_is_refused_and_changes_nothing(sheet, first, change, message):
    chart = sheet.charts.add(source=sheet["A1:C4"], chart_type=first)
    with pytest.raises(NotImplementedError, match=message):
        chart.series[1].set(**change)
    assert chart.chart_type == first
    assert chart.series[1].axis_group == "primary"


def test_one_series_stays_on_the_primary_axes(sheet):
    chart = sheet.charts.add(source=sheet["A1:C4"])
    chart.series[0].axis_group = "secondary"
    with pytest.raises(NotImplementedError, match="primary"):
        chart.series[1].axis_group = "secondary"


def test_series_on_the_same_axes_share_their_stacking(sheet):
    chart = sheet.charts.add(source=sheet["A1:C4"], chart_type="line_markers")
    chart.series[0].chart_type = "line_stacked"
    assert [each.chart_type for each in chart.series] == ["line_stacked", "line_markers_stacked"]


@pytest.mark.parametrize("others", ["xy_scatter_lines_no_markers", "xy_scatter_smooth"])
def test_a_scatter_has_points_beside_lines(app, sheet, tmp_path, others):
    chart = sheet.charts.add(source=sheet["A1:C4"], chart_type=others)
    chart.series[1].set(chart_type="xy_scatter", marker_size=7)
    assert [each.chart_type for each in chart.series] == [others, "xy_scatter"]
    area = chart_xml(sheet.book).find(f".//{C}plotArea")
    assert [re.sub(".*}", "", each.tag) for each in area] == [
        *("layout", "scatterChart", "valAx", "valAx")
    ]
    line, points = area.iter(f"{C}ser")
    assert points.find(f"{C}spPr/{A}ln/{A}noFill") is not None
    assert points.find(f"{C}marker/{C}symbol").get("val") == "circle"
    assert points.find(f"{C}smooth").get("val") == "0"
    assert line.find(f"{C}spPr/{A}ln/{A}noFill") is None
    assert line.find(f"{C}smooth").get("val") == str(int("smooth" in others))
    sheet.book.save(tmp_path / "points.xlsx")
    again = app.books.open(tmp_path / "points.xlsx").sheets[0].charts[0]
    assert again.chart_type == "combination"
    (other,) = openpyxl.load_workbook(tmp_path / "points.xlsx").active._charts
    assert [each.spPr.ln.noFill for each in other.series] == [False, True]


def test_a_scatter_of_the_file_says_what_all_its_series_are(app, sheet, tmp_path):
    chart = sheet.charts.add(source=sheet["A1:C4"], chart_type="xy_scatter_lines")
    chart.series[1].chart_type = "xy_scatter_smooth"
    chart.series[0].chart_type = "xy_scatter_smooth"
    sheet.book.save(tmp_path / "smooth.xlsx")
    assert app.books.open(tmp_path / "smooth.xlsx").sheets[0].charts[0].chart_type == (
        "xy_scatter_smooth"
    )


def test_empty_cells_are_gaps(sheet):
    sheet["B2"].value = None
    sheet.charts.add(source=sheet["B1:C4"], chart_type="xy_scatter_lines", plot_by="columns")
    root = chart_xml(sheet.book)
    assert root.find(f".//{C}dispBlanksAs").get("val") == "gap"
    cache = root.find(f".//{C}ser/{C}yVal/{C}numRef/{C}numCache")
    assert [each.get("idx") for each in cache.iter(f"{C}pt")] == ["1", "2"]
    assert cache.find(f"{C}ptCount").get("val") == "3"


def test_axes_are_set_and_read(sheet):
    axis = sheet.charts.add(source=sheet["A1:C4"]).value_axis
    assert (axis.title, axis.number_format, axis.visible) == (None, "General", True)
    axis.set(title="元", minimum_scale=0, major_unit=20, number_format="#,##0", crosses="maximum")
    axis.reverse_order = True
    found = chart_xml(sheet.book).find(f".//{C}valAx")
    assert "".join(found.find(f"{C}title").itertext()) == axis.title == "元"
    assert found.find(f"{C}scaling/{C}orientation").get("val") == "maxMin"
    assert float(found.find(f"{C}majorUnit").get("val")) == axis.major_unit == 20
    assert found.find(f"{C}numFmt").attrib == {"formatCode": "#,##0", "sourceLinked": "0"}
    assert chart_xml(sheet.book).find(f".//{C}catAx/{C}crosses").get("val") == "max"
    with pytest.raises(NotImplementedError, match="automatic"):
        _ = axis.maximum_scale
    axis.visible = False
    assert axis.title is None
    assert chart_xml(sheet.book).find(f".//{C}valAx/{C}delete").get("val") == "1"


def test_axes_that_are_not_there_say_so(sheet):
    chart = sheet.charts.add(source=sheet["A1:C4"])
    with pytest.raises(xw.XlwingsError, match="no secondary axis group"):
        chart.secondary_value_axis.title = "x"
    chart.chart_type = "pie"
    assert chart.category_axis.visible is False
    with pytest.raises(xw.XlwingsError, match="no axes"):
        chart.category_axis.set(minimum_scale=1)


def test_bars_have_their_categories_upwards(sheet):
    chart = sheet.charts.add(source=sheet["A1:B4"], chart_type="bar_clustered")
    chart.category_axis.set(title="客户", reverse_order=True)
    root = chart_xml(sheet.book)
    assert "".join(root.find(f".//{C}catAx/{C}title").itertext()) == "客户"
    assert root.find(f".//{C}catAx/{C}scaling/{C}orientation").get("val") == "maxMin"
    assert root.find(f".//{C}catAx/{C}majorGridlines") is None


def test_series_take_names_colours_and_markers(sheet):
    chart = sheet.charts.add(source=sheet["A1:C4"], chart_type="line_markers")
    chart.series[0].set(name="新", line_color="#112233", marker_style="diamond", marker_size=9)
    assert (chart.series[0].name, chart.series[0].line_color) == ("新", (0x11, 0x22, 0x33))
    assert chart.series[1].marker_style == "automatic"
    series = chart_xml(sheet.book).find(f".//{C}ser")
    assert series.findtext(f"{C}tx/{C}v") == "新"
    assert series.find(f"{C}spPr").find(".//*[@val='112233']") is not None
    assert series.find(f"{C}marker/{C}symbol").get("val") == "diamond"
    assert series.find(f"{C}marker/{C}size").get("val") == "9"
    with pytest.raises(NotImplementedError, match="the text itself"):
        chart.series[0].name = "=A1"
    with pytest.raises(KeyError):
        chart.series["新"]


def test_a_legend_shows_where_it_tells_something(sheet):
    chart = sheet.charts.add(source=sheet["A1:B4"])
    assert (chart.legend.visible, chart.legend.position) == (False, None)
    chart.set_source_data(sheet["A1:C4"])
    assert (chart.legend.visible, chart.legend.position) == (True, "bottom")
    chart.legend.position = "corner"
    assert chart_xml(sheet.book).find(f".//{C}legendPos").get("val") == "tr"
    chart.legend.visible = False
    assert chart_xml(sheet.book).find(f".//{C}legend") is None


# the package ----------------------------------------------------------------


def draw(sheet):
    """Two charts with everything that can be set."""
    first = sheet.charts.add(source=sheet["A1:C4"], anchor=sheet["E2"], name="pareto")
    first.title = "帕累托"
    first.series[1].set(chart_type="line", axis_group="secondary")
    first.secondary_value_axis.set(title="占比", maximum_scale=1)
    sheet.charts.add(10, 300, source=sheet["A1:B4"], chart_type="pie", name="pie")


def test_only_parts_of_the_chart_are_touched(app, rich_file):
    book = app.books.open(rich_file)
    sheet = book.sheets["Table"]
    sheet.charts.add(source=sheet["B2:C4"])
    book.impl.flush()
    assert book.impl.package.changes() == {
        "[Content_Types].xml": "changed",
        "xl/worksheets/sheet2.xml": "changed",
        "xl/worksheets/_rels/sheet2.xml.rels": "changed",
        "xl/drawings/drawing2.xml": "added",
        "xl/drawings/_rels/drawing2.xml.rels": "added",
        "xl/charts/chart2.xml": "added",
    }
    assert re.search(rb"<drawing r:id=.*<tableParts", book.impl.package.read(sheet.impl.model.part))


def test_a_drawing_that_is_there_keeps_its_bytes(app, rich_file, parts):
    before = parts(rich_file)["xl/drawings/drawing1.xml"]
    book = app.books.open(rich_file)
    sheet = book.sheets["销售"]
    assert [chart.name for chart in sheet.charts] == ["Chart 2"]
    sheet.charts.add(source=sheet["B1:C6"], name="neu")
    book.save()
    data = parts(rich_file)["xl/drawings/drawing1.xml"]
    end = before.rindex(b"</xdr:wsDr>")
    assert data.startswith(before[:end])
    assert data[end:].count(b"<xdr:twoCellAnchor") == 1
    assert [chart.name for chart in sheet.charts] == ["Chart 2", "neu"]
    sheet.charts["neu"].delete()
    book.save()
    assert parts(rich_file)["xl/drawings/drawing1.xml"] == before


def test_the_same_calls_give_the_same_bytes(app, tmp_path):
    files = []
    for name in ("a.xlsx", "b.xlsx"):
        book = app.books.add()
        book.sheets[0]["A1"].value = SALES
        draw(book.sheets[0])
        book.save(tmp_path / name)
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize("flushed", [False, True])
def test_deleting_and_drawing_again_changes_no_byte(app, sheet, tmp_path, flushed):
    draw(sheet)
    sheet.book.save(tmp_path / "drawn.xlsx")
    book = app.books.open(tmp_path / "drawn.xlsx")
    again = book.sheets[0]
    for chart in again.charts:
        chart.delete()
    if flushed:
        book.impl.flush()
        assert not [name for name in book.impl.package.names() if "/charts/" in name]
    draw(again)
    book.impl.flush()
    assert book.impl.package.changes() == {}


def test_one_of_several_is_replaced_in_its_place(app, new_book, tmp_path):
    for name in ("一", "二"):
        sheet = new_book.sheets.add(name)
        sheet["A1"].value = SALES
        draw(sheet)
        sheet["A9"].value = [["x"], [1]]
        sheet.tables.add(sheet["A9:A10"], name=f"t{name}")
    new_book.save(tmp_path / "two.xlsx")
    book = app.books.open(tmp_path / "two.xlsx")
    sheet = book.sheets["一"]
    sheet.charts["pareto"].delete()
    sheet.charts["pie"].delete()
    draw(sheet)
    book.impl.flush()
    assert book.impl.package.changes() == {}
    sheet.charts["pareto"].delete()
    sheet.charts.add(source=sheet["A1:B4"], name="neu")
    assert [chart.name for chart in sheet.charts] == ["neu", "pie"]


_NEW_KIND = """<!-- a chart of a newer Excel --><xdr:absoluteAnchor><xdr:pos x="9" y="9"/>\
<xdr:ext cx="900" cy="900"/><mc:AlternateContent \
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice \
xmlns:cx1="http://schemas.microsoft.com/office/drawing/2015/9/8/chartex" Requires="cx1">\
<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="40" name="Waterfall"/>\
<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm/></xdr:graphicFrame></mc:Choice>\
</mc:AlternateContent><xdr:clientData/></xdr:absoluteAnchor>"""


def test_charts_that_we_do_not_know_stay_below_and_above_ours(app, sheet, tmp_path):
    sheet.charts.add(name="ours", source=sheet["A1:B4"])
    sheet.book.impl.flush()
    package, part = sheet.book.impl.package, "xl/drawings/drawing1.xml"
    below = package.read(part).decode().replace("<xdr:two", f"{_NEW_KIND}<xdr:two")
    given = below.replace("</xdr:wsDr>", f"{_NEW_KIND.replace('40', '41')}</xdr:wsDr>")
    package.write(part, given.encode())
    sheet.book.save(tmp_path / "newer.xlsx")
    book = app.books.open(tmp_path / "newer.xlsx")
    sheet, package = book.sheets[0], book.impl.package
    assert [chart.name for chart in sheet.charts] == ["ours"]
    sheet.charts["ours"].delete()
    sheet.charts.add(name="ours", source=sheet["A1:B4"])
    book.impl.flush()
    assert package.read(part).decode() == given
    sheet.charts.add(name="second", source=sheet["A1:C4"])
    book.impl.flush()
    drawing = package.read(part).decode()
    assert drawing.startswith(given.removesuffix("</xdr:wsDr>"))
    assert 'id="42" name="second"' in drawing
    for name in ("ours", "second"):
        sheet.charts[name].delete()
    book.impl.flush()
    assert package.read(part).decode().count("Waterfall") == 2
    assert "xl/charts/chart1.xml" not in package


@pytest.mark.parametrize(
    "drawing",
    [
        '<xdr:wsDr xmlns:xdr="{0}/spreadsheetDrawing" xmlns:a="{0}/main"/>',
        '<wsDr xmlns="{0}/spreadsheetDrawing"></wsDr>',
        '<d:wsDr xmlns:d="{0}/spreadsheetDrawing" xmlns:xdr="urn:else"><!-- none --></d:wsDr>',
    ],
)
def test_a_drawing_may_be_written_in_other_ways(app, sheet, tmp_path, drawing):
    empty = drawing.format("http://schemas.openxmlformats.org/drawingml/2006")
    package, model = sheet.book.impl.package, sheet.impl.model
    made = SheetDrawing(package, model.part, lambda: model.grid.shell).make()
    package.write(made.part, empty.encode())
    sheet.book.save(tmp_path / "other.xlsx")
    book = app.books.open(tmp_path / "other.xlsx")
    sheet = book.sheets[0]
    sheet.charts.add(name="new", source=sheet["A1:B4"])
    book.save()
    book.close()
    (chart,) = app.books.open(tmp_path / "other.xlsx").sheets[0].charts
    assert (chart.name, chart.chart_type) == ("new", "column_clustered")
    assert len(openpyxl.load_workbook(tmp_path / "other.xlsx").active._charts) == 1


def test_the_last_chart_leaves_nothing_behind(app, sheet, tmp_path):
    sheet.book.save(tmp_path / "plain.xlsx")
    before = (tmp_path / "plain.xlsx").read_bytes()
    draw(sheet)
    sheet.book.save()
    for chart in sheet.charts:
        chart.delete()
    sheet.book.save()
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as after:
        assert not [name for name in after.namelist() if "drawing" in name or "chart" in name]
    assert (tmp_path / "plain.xlsx").read_bytes() == before


def test_charts_of_the_file_are_listed_deleted_and_not_changed(app, rich_file):
    book = app.books.open(rich_file)
    chart = book.sheets["销售"].charts[0]
    assert (chart.name, chart.chart_type, chart.title) == ("Chart 2", "column_clustered", None)
    assert (chart.width, chart.height) == pytest.approx((360, 216))
    for member in ("series", "legend", "style"):
        with pytest.raises(NotImplementedError, match="came with the file"):
            getattr(chart, member)
    chart.delete()
    book.impl.flush()
    assert "xl/charts/chart1.xml" not in book.impl.package
    assert "xl/media/image1.png" in book.impl.package
    assert book.impl.package.changes()["xl/drawings/drawing1.xml"] == "changed"


def test_a_chart_loses_the_cells_of_a_deleted_sheet(sheet):
    book, other = sheet.book, sheet.book.sheets.add("图")
    other.charts.add(source=sheet["A1:B4"])
    sheet.delete()
    book.impl.flush()
    assert b"<c:f>#REF!$B$2:$B$4</c:f>" in book.impl.package.read("xl/charts/chart1.xml")
    book.sheets.add("rest")
    other.delete()
    assert not [name for name in book.impl.package.names() if "/charts/" in name]


def test_a_chart_is_no_reason_to_compute_formulas(app, make_file):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row("A1", [1, 2])
        sheet.write_formula("A2", "=A1+B1", None, 3)

    book = app.books.open(make_file(fill))
    book.sheets[0].charts.add(source=book.sheets[0]["A1:B2"])
    book.impl.flush()
    assert "xl/workbook.xml" not in book.impl.package.changes()
    assert cached(book.impl.package.tree("xl/charts/chart1.xml"), "ser/val") == ["1", "3"]
