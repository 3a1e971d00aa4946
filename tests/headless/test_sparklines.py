import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.rules.conditionalmarkup import data_bar
from kam_excel.headless.rules.conditionalxml import SheetRules
from kam_excel.headless.rules.outline import Outline
from kam_excel.headless.rules.sparklines import EXTENSION, SheetSparklines
from kam_excel.headless.xml.shell import Shell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
RULES = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
SLICERS = '<ext uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}"><y:slicerList xmlns:y="y"/></ext>'
BLUE = (0, 0, 255)
BAR = data_bar(BLUE, ("autoMin", None), ("autoMax", None), gradient=True, show_value=True)


class Sheet:
    """Sparklines and rules in the XML of a sheet, without a workbook."""

    def __init__(self, content, prefix=""):
        p = prefix and f"{prefix}:"
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        self.start = f'<{p}worksheet {name}="{MAIN}"><{p}sheetData/>'
        self.end = f"</{p}worksheet>"
        self.shell = Shell(f"{self.start}{content}{self.end}".encode())
        self._outline = Outline(lambda: self.shell)
        self.sparklines = SheetSparklines(self._outline)
        self.rules = SheetRules(self._outline)

    def add(self, cells, source, sheet="Sheet1", kind="line"):
        self.sparklines.add(parse_area(cells), parse_area(source), sheet, kind, BLUE)

    def clear(self, cells):
        self.sparklines.clear(parse_area(cells))

    @property
    def content(self):
        self._outline.flush()
        return self.shell.data.decode().removeprefix(self.start).removesuffix(self.end)

    @property
    def drawn(self):
        """{cell: what it draws}."""
        sparkline = r"f>([^<]*)</\w+:f>\s*<\w+:sqref>([^<]*)<"
        return {cell: source for source, cell in re.findall(sparkline, self.content)}


def group(**drawn):
    """A group as a company has it: with markers, and with prefixes of its own."""
    sparklines = "".join(
        f"<a:sparkline><m:f>{source}</m:f><m:sqref>{cell}</m:sqref></a:sparkline>"
        for cell, source in drawn.items()
    )
    return (
        f'<a:sparklineGroup lineWeight="2.25" markers="1"><a:colorLow theme="9"/><m:f>Days!1:1'
        f"</m:f><a:sparklines>{sparklines}</a:sparklines></a:sparklineGroup>"
    )


def extension(*groups):
    inside = f'<a:sparklineGroups xmlns:m="{XM}">{"".join(groups)}</a:sparklineGroups>'
    return f'<ext uri="{EXTENSION}" xmlns:a="{X14}">{inside}</ext>'


def extensions(*markup):
    return f"<extLst>{''.join(markup)}</extLst>"


def uris(content):
    """The extensions of the sheet, without those of its rules."""
    return re.findall(r'uri="([^"]*)"', content.rpartition("</conditionalFormatting>")[2])


# what Excel expects ---------------------------------------------------------


@pytest.mark.parametrize("kind", ["line", "column"])
def test_the_markup_is_that_of_xlsxwriter(app, make_file, parts, tmp_path, kind):
    def fill(workbook):
        options = {"type": kind, "series_color": "#0000FF"}
        options["location"] = ["F2", "F3"]
        options["range"] = ["'销 ''售'!$A$2:$E$2", "'销 ''售'!$A$3:$E$3"]
        sheet = workbook.add_worksheet("销 '售")
        sheet.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_sparkline("F2", options)

    def tidy(path):
        """The extensions, with namespaces where they are needed alone."""
        root = etree.fromstring(parts(path)["xl/worksheets/sheet1.xml"])
        return [
            etree.tostring(each, method="c14n", exclusive=True)
            for each in root.iterfind("{*}extLst/{*}ext")
        ]

    theirs = make_file(fill, "theirs.xlsx")
    book = app.books.open(theirs)
    cells = book.sheets[0]["F2:F3"]
    cells.clear()
    model = cells.sheet.impl.model
    model.sparklines.add(cells.impl.area, parse_area("A2:E3"), cells.sheet.name, kind, BLUE)
    book.save(tmp_path / "ours.xlsx")
    ours = tidy(tmp_path / "ours.xlsx")
    assert (len(ours), ours) == (2, tidy(theirs))


# what a company has stays ---------------------------------------------------


def test_a_group_of_the_company_keeps_what_is_not_replaced():
    company = group(F1="S!A1:E1", F2="S!A2:E2", F3="S!A3:E3")
    sheet = Sheet(extensions(extension(company, group(H1="S!1:1")), SLICERS))
    sheet.add("F2", "A2:B2")
    rest = group(F1="S!A1:E1", F3="S!A3:E3")
    assert re.sub(r"<x14:.*</x14:\w+>", "", sheet.content) == extensions(
        extension(rest, group(H1="S!1:1")), SLICERS
    )
    assert sheet.drawn == {
        "F1": "S!A1:E1",
        "F2": "Sheet1!A2:B2",
        "F3": "S!A3:E3",
        "H1": "S!1:1",
    }


def test_nothing_to_clear_changes_nothing():
    empty = group()
    content = extensions(SLICERS, extension(empty, group(F1="S!A1:E1")))
    sheet = Sheet(content)
    sheet.clear("A1:E99")
    assert sheet.content == content


def test_the_last_sparkline_takes_its_extension_along():
    sheet = Sheet(extensions(extension(group(F1="S!A1:E1")), SLICERS))
    sheet.clear("E1:F9")
    assert sheet.content == extensions(SLICERS)
    sheet = Sheet(extensions(extension(group(F1="S!A1:E1"))))
    sheet.clear("F:F")
    assert sheet.content == ""


@pytest.mark.parametrize(
    "content", ["", "<s:extLst/>", "<s:tableParts/>", f"<s:extLst>{SLICERS}</s:extLst>"]
)
def test_sparklines_go_below_a_root_with_a_prefix(content):
    sheet = Sheet(content, prefix="s")
    sheet.add("B2:B3", "C2:D3", "A & <b>")
    root = etree.fromstring(f"{sheet.start}{sheet.content}{sheet.end}")
    path = f"{{{MAIN}}}extLst/{{{MAIN}}}ext/{{{X14}}}sparklineGroups/{{{X14}}}sparklineGroup"
    sources = root.findall(f"{path}/{{{X14}}}sparklines/{{{X14}}}sparkline/{{{XM}}}f")
    assert [each.text for each in sources] == ["'A & <b>'!C2:D2", "'A & <b>'!C3:D3"]
    sheet.clear("B2:B3")
    assert sheet.content == content.replace("<s:extLst/>", "")


# the order of extensions and groups -----------------------------------------


@pytest.mark.parametrize("rule_first", [True, False])
def test_extensions_stand_in_the_order_of_excel_whoever_comes_first(rule_first):
    sheet = Sheet(extensions(SLICERS))
    for add_rule in (rule_first, not rule_first):
        if add_rule:
            sheet.rules.add(Area(1, 1, 9, 1), BAR)
        else:
            sheet.add("F1", "A1:E1")
    assert uris(sheet.content) == [RULES, EXTENSION, *uris(SLICERS)]


def test_an_empty_list_is_filled():
    sheet = Sheet(extensions(f'<ext uri="{EXTENSION}"><b:sparklineGroups xmlns:b="{X14}"/></ext>'))
    sheet.add("F1", "A1:E1")
    assert uris(sheet.content) == [EXTENSION]
    assert sheet.drawn == {"F1": "Sheet1!A1:E1"}


columns = st.permutations(["F1:F3", "H2:H2", "A2:A9", "F7:F9"])


@given(columns, st.data())
def test_sparklines_put_anew_stand_where_they_stood(order, data):
    company = extensions(extension(group(J5="S!1:1", J1="S!2:2"), group(B1="S!3:3")), SLICERS)
    sheet = Sheet(data.draw(st.sampled_from(["", company, extensions(SLICERS)])))
    for cells in order:
        sheet.add(cells, cells)
    before = sheet.content
    for cells in data.draw(columns):
        sheet.clear(cells)
        sheet.add(cells, cells)
    assert sheet.content == before


# laws -----------------------------------------------------------------------

areas = st.builds(
    lambda row, column, rows: Area(row, column, row + rows, column),
    *(st.integers(1, 5), st.integers(1, 3), st.integers(0, 3)),
)
steps = st.lists(st.tuples(areas, st.sampled_from(["One", "Two", None])), max_size=6)


@given(steps)
def test_each_cell_draws_what_it_was_given_last(changes):
    """Sparklines that draw their own cell, put on columns one over the other."""
    sheet, expected = Sheet(""), {}
    for area, source in changes:
        names = [str(Area(*cell, *cell)) for cell in area.cells()]
        if source is None:
            sheet.sparklines.clear(area)
            expected = {name: each for name, each in expected.items() if name not in names}
        else:
            sheet.sparklines.add(area, area, source, "line", BLUE)
            expected |= {name: f"{source}!{name}" for name in names}
    assert sheet.drawn == expected
    assert expected or sheet.content == ""


# in a workbook --------------------------------------------------------------


def renew(book):
    sheet = book.sheets["销售"]
    for cells, source in (("H2:H6", "A2:C6"), ("E2:E6", "C2:C6")):
        model, area = sheet.impl.model, parse_area(cells)
        model.sparklines.clear(area)
        model.sparklines.add(area, parse_area(source), sheet.name, "line", BLUE)


def test_doing_the_same_again_changes_nothing(app, rich_file, parts):
    book = app.books.open(rich_file)
    renew(book)
    book.save()
    book.close()
    before = parts(rich_file)
    again = app.books.open(rich_file)
    renew(again)
    again.impl.flush()
    assert again.impl.package.changes() == {}
    again.save()
    assert parts(rich_file) == before


def test_coming_and_going_leaves_the_package_as_it_was(app, rich_file):
    book = app.books.open(rich_file)
    renew(book)
    book.impl.flush()
    assert list(book.impl.package.changes()) == ["xl/worksheets/sheet1.xml"]
    original = app.books.open(rich_file, read_only=True).impl.package
    for cells in ("H2:H6", "E2:E6"):
        book.sheets["销售"].impl.model.sparklines.clear(parse_area(cells))
    book.impl.flush()
    part = "xl/worksheets/sheet1.xml"
    assert book.impl.package.read(part) == original.read(part)


def test_clearing_a_range_takes_its_sparklines_as_in_excel(new_book):
    sheet = new_book.sheets[0]
    sparklines = sheet.impl.model.sparklines
    sparklines.add(parse_area("F1:F3"), parse_area("A1:E3"), "Sheet1", "line", BLUE)
    sheet["F1:F3"].clear_contents()
    sheet["F1:F3"].clear_formats()
    sheet.impl.model.flush()
    assert sheet.impl.model.grid.shell.data.count(b"<x14:sparkline>") == 3
    sheet["F2:G3"].clear()
    sheet.impl.model.flush()
    assert sheet.impl.model.grid.shell.data.count(b"<x14:sparkline>") == 1
