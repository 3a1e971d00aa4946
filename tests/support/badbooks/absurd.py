"""Sheets, styles and lists of absurd sizes, and numbers that mislead whoever believes them."""

from __future__ import annotations

from pathlib import Path

from badbooks.declaring import reads, refused
from badbooks.packages import (
    HEADER,
    MAIN,
    ROWS,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    parts,
    relationships,
    rows,
    sheet,
    strings,
    styles,
    workbook,
)
from badbooks.zips import Member, archive, members, zipped

_RELS = "xl/_rels/workbook.xml.rels"
_SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"


def _with(path: Path, name: str, data: bytes) -> None:
    path.write_bytes(zipped(parts({name: data})))


def _sheet(path: Path, data: str = "", **around: str) -> None:
    _with(path, SHEET, sheet(data, **around))


# edges ------------------------------------------------------------------------


@reads(3, "600.00")
def style_in_the_last_cell(path: Path) -> None:
    """Nothing but a format, for which a whole range would have 17 billion cells."""
    _sheet(path, rows() + '<row r="1048576"><c r="XFD1048576" s="1"/></row>')


@reads(3, "600.00")
def value_in_the_last_cell(path: Path) -> None:
    _sheet(path, rows() + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@reads(3, "600.00")
def formats_down_to_the_last_row(path: Path) -> None:
    """A border that was dragged down to the end: a million blank rows."""
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(5, 60_000))
    _sheet(path, rows() + blank + '<row r="1048576"><c r="A1048576" s="1"/></row>')


@reads(3, "600.00")
def formats_right_to_the_last_column(path: Path) -> None:
    names = [a + b + c for a in ("", *LETTERS) for b in ("", *LETTERS) for c in LETTERS if a < "X"]
    names = [name for name in dict.fromkeys(names) if len(name) > 1][:16_000]
    names.sort(key=lambda name: (len(name), name))
    cells = "".join(f'<c r="{name}5" s="1"/>' for name in names)
    _sheet(path, f'{rows()}<row r="5">{cells}</row>')


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@refused("SHEET_XML_UNUSUAL")
def column_behind_the_last_one(path: Path) -> None:
    _sheet(path, rows() + '<row r="5"><c r="XFE5"><v>1</v></c></row>')


@refused("SHEET_XML_UNUSUAL")
def row_below_the_last_one(path: Path) -> None:
    _sheet(path, rows() + '<row r="1048577"><c r="A1048577"><v>1</v></c></row>')


@refused("SHEET_XML_UNUSUAL")
def row_zero(path: Path) -> None:
    _sheet(path, '<row r="0"><c r="A0"><v>1</v></c></row>' + rows())


@refused("SHEET_XML_UNUSUAL")
def address_that_is_none(path: Path) -> None:
    """In a row with a formula, which is looked at cell by cell."""
    cells = '<c r="$A$5"><v>1</v></c><c r="D5"><f>C2</f><v>100</v></c>'
    _sheet(path, f'{rows()}<row r="5">{cells}</row>')


@refused("SHEET_XML_UNUSUAL")
def rows_out_of_order(path: Path) -> None:
    _sheet(path, rows(ROWS, 2) + rows([HEADER], 1))


@refused("SHEET_XML_UNUSUAL")
def row_twice(path: Path) -> None:
    _sheet(path, rows() + rows([(46_057, "C4", 400)], 4))


@refused("SHEET_XML_UNUSUAL")
def cell_twice(path: Path) -> None:
    _sheet(path, rows().replace('<c r="C2">', '<c r="C2"><v>7</v></c><c r="C2">'))


@refused("SHEET_XML_UNUSUAL")
def cell_in_a_row_of_another_number(path: Path) -> None:
    _sheet(path, rows().replace('r="C2"', 'r="C9"'))


@reads(3, "600.00")
def cells_without_addresses(path: Path) -> None:
    """Rows and cells may leave their places to their order (18.3.1.4 and 18.3.1.73)."""
    data = rows()
    for name in ("A", "B", "C"):
        for n in range(1, 5):
            data = data.replace(f' r="{name}{n}"', "")
    _sheet(path, data)


@reads(3, "600.00")
def dimension_that_lies(path: Path) -> None:
    _sheet(path, before='<dimension ref="A1:XFD1048576"/>')


@reads(3, "600.00")
def dimension_beyond_the_sheet(path: Path) -> None:
    _sheet(path, before='<dimension ref="A1:ZZZZ99999999"/>')


@reads(3, "600.00")
def dimension_that_is_too_small(path: Path) -> None:
    """As some writers leave it; whoever believes it reads no data."""
    _sheet(path, before='<dimension ref="A1"/>')


# counts -----------------------------------------------------------------------


@reads(3, "600.00")
def four_billion_strings_by_their_count(path: Path) -> None:
    _with(path, STRINGS, strings("<si><t>a</t></si>", 4_294_967_295))


@reads(3, "600.00")
def four_billion_formats_by_their_count(path: Path) -> None:
    _with(path, STYLES, styles(count=4_294_967_295))


@refused("SHEET_XML_UNUSUAL")
def string_beyond_the_table(path: Path) -> None:
    _sheet(path, rows().replace("</row>", '<c r="D1" t="s"><v>4000000000</v></c></row>', 1))


@refused("SHEET_XML_UNUSUAL")
def string_of_a_negative_number(path: Path) -> None:
    _sheet(path, rows().replace("</row>", '<c r="D1" t="s"><v>-1</v></c></row>', 1))


@reads(3, "600.00")
def format_beyond_the_table(path: Path) -> None:
    _sheet(path, rows().replace('<c r="C3">', '<c r="C3" s="70000">'))


@refused("SHEET_XML_UNUSUAL")
def format_beyond_all_tables(path: Path) -> None:
    _sheet(path, rows().replace('<c r="C3">', '<c r="C3" s="2147483648">'))


@reads(3, "600.00")
def sixty_four_thousand_formats(path: Path) -> None:
    """As many as Excel takes; workbooks that were copied together for years come to it."""
    xf = '<xf numFmtId="14" fontId="{}" fillId="0" borderId="0" xfId="0"/>'
    formats = "".join(xf.format(n % 2) for n in range(63_998))
    data = rows().replace('s="1"', 's="63999"')
    font = '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    given = {STYLES: styles(formats, font, count=64_000), SHEET: sheet(data)}
    path.write_bytes(zipped(parts(given)))


@reads(3, "600.00")
def sixty_thousand_fonts_and_named_styles(path: Path) -> None:
    fonts = '<font><sz val="11"/><name val="Calibri"/></font>' * 30_000
    named = "".join(f'<cellStyle name="Style {n}" xfId="0"/>' for n in range(30_000))
    _with(path, STYLES, styles(fonts=fonts, more=f"<cellStyles>{named}</cellStyles>"))


@reads(3, "600.00")
def thirty_thousand_names(path: Path) -> None:
    """Left behind by sheets that were copied between workbooks."""
    names = "".join(
        f'<definedName name="_n{n}">#REF!$A${n + 1}</definedName>' for n in range(30_000)
    )
    _with(path, WORKBOOK, workbook(behind=f"<definedNames>{names}</definedNames>"))


@reads(3, "600.00")
def a_hundred_thousand_merged_areas(path: Path) -> None:
    merged = "".join(f'<mergeCell ref="E{n}:F{n}"/>' for n in range(10, 100_010))
    _sheet(path, behind=f"<mergeCells>{merged}</mergeCells>")


@reads(3, "600.00")
def merged_area_of_the_whole_sheet(path: Path) -> None:
    _sheet(path, behind='<mergeCells><mergeCell ref="D10:XFD1048576"/></mergeCells>')


@reads(3, "600.00")
def a_hundred_thousand_columns(path: Path) -> None:
    """More descriptions of columns than there are columns, one upon the other."""
    cols = '<col min="1" max="16384" width="9"/>' * 100_000
    _sheet(path, before=f"<cols>{cols}</cols>")


@reads(3, "600.00")
def a_hundred_thousand_conditional_formats(path: Path) -> None:
    one = (
        '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="{}">'
        "<formula>A1&gt;1</formula></cfRule></conditionalFormatting>"
    )
    _sheet(path, behind="".join(one.format(n) for n in range(1, 100_001)))


@reads(3, "600.00")
def validation_of_a_hundred_thousand_areas(path: Path) -> None:
    areas = " ".join(f"E{n}" for n in range(1, 200_001, 2))
    _sheet(
        path,
        behind=f'<dataValidations><dataValidation type="list" sqref="{areas}">'
        '<formula1>"a,b"</formula1></dataValidation></dataValidations>',
    )


@reads(3, "600.00")
def ten_thousand_relationships(path: Path) -> None:
    """Of the sheet, to pictures that are not there."""
    _with(path, _SHEET_RELS, relationships([("image", "../media/a.png")] * 10_000))


@reads(3, "600.00")
def ten_thousand_relationships_of_the_workbook(path: Path) -> None:
    whole = parts()[_RELS].decode()
    more = "".join(
        f'<Relationship Id="x{n}" Type="{MAIN}/x" Target="x.xml"/>' for n in range(10_000)
    )
    _with(path, _RELS, whole.replace("</Relationships>", f"{more}</Relationships>").encode())


@reads(3, "600.00")
def two_hundred_sheets(path: Path) -> None:
    path.write_bytes(zipped(parts(sheets=200)))


@reads(3, "600.00")
def text_of_three_megabytes(path: Path) -> None:
    """Excel holds 32,767 characters in a cell."""
    long = "长" * 1_000_000
    _sheet(path, rows([HEADER, *ROWS, (None, None, None, long)]))


@reads(3, "600.00")
def thirty_megabytes_of_strings_that_nobody_uses(path: Path) -> None:
    items = "".join(f"<si><t>text {n:08} {'x' * 90}</t></si>" for n in range(260_000))
    _with(path, STRINGS, strings(items, 260_000))


@refused("ZIP_BOMB")
def strings_beyond_measure(path: Path) -> None:
    _with(path, STRINGS, strings("<si><t>a</t></si>" * 2_200_000))


# shapes of the package --------------------------------------------------------


@refused("PART_DAMAGED")
def sheet_that_is_not_there(path: Path) -> None:
    given = parts()
    del given[SHEET]
    path.write_bytes(zipped(given))


@refused("PART_MISSING")
def table_that_is_not_there(path: Path) -> None:
    given = parts({_SHEET_RELS: relationships([("table", "../tables/table1.xml")])})
    given[SHEET] = sheet(behind='<tableParts count="1"><tablePart r:id="rId1"/></tableParts>')
    path.write_bytes(zipped(given))


@refused("PART_DAMAGED")
def workbook_without_sheets(path: Path) -> None:
    _with(path, WORKBOOK, workbook([]))


@refused("PART_DAMAGED")
def sheet_without_a_relationship(path: Path) -> None:
    _with(path, WORKBOOK, parts()[WORKBOOK].replace(b'r:id="rId1"', b'r:id="rId99"'))


@refused("PART_DAMAGED")
def sheet_that_is_elsewhere(path: Path) -> None:
    """Its relationship leads to a server."""
    target = b'Target="worksheets/sheet1.xml"'
    outside = b'Target="http://example.com/sheet1.xml" TargetMode="External"'
    _with(path, _RELS, parts()[_RELS].replace(target, outside))


@refused("PART_DAMAGED")
def two_sheets_of_one_part(path: Path) -> None:
    given = parts(sheets=2)
    given[_RELS] = given[_RELS].replace(b"sheet2.xml", b"sheet1.xml")
    path.write_bytes(zipped(given))


@refused("PART_DAMAGED")
def two_sheets_of_one_name(path: Path) -> None:
    given = parts(sheets=2)
    given[WORKBOOK] = given[WORKBOOK].replace(b"Sheet2", "销售明细".encode())
    path.write_bytes(zipped(given))


@refused("SHEET_XML_UNUSUAL")
def workbook_that_is_its_own_sheet(path: Path) -> None:
    _with(path, _RELS, parts()[_RELS].replace(b"worksheets/sheet1.xml", b"workbook.xml"))


@refused("SHEET_XML_UNUSUAL")
def strings_that_are_the_styles(path: Path) -> None:
    data = rows().replace("</row>", '<c r="D1" t="s"><v>0</v></c></row>', 1)
    given = parts({SHEET: sheet(data)})
    given[_RELS] = given[_RELS].replace(b"sharedStrings.xml", b"styles.xml")
    path.write_bytes(zipped(given))


@reads(3, "600.00", NUMBER_DATE=3)
def styles_that_are_missing(path: Path) -> None:
    given = parts({SHEET: sheet(rows().replace(' s="1"', ""))})
    del given[STYLES]
    given[_RELS] = given[_RELS].replace(b"styles.xml", b"nothing.xml")
    path.write_bytes(zipped(given))


@reads(3, "600.00")
def names_with_a_leading_slash(path: Path) -> None:
    """As some writers name the members."""
    given = [Member(f"/{name}", data) for name, data in parts().items()]
    path.write_bytes(archive(given))


@reads(3, "600.00")
def names_with_backslashes(path: Path) -> None:
    given = [Member(name.replace("/", "\\"), data) for name, data in parts().items()]
    path.write_bytes(archive(given))


@reads(3, "600.00")
def content_types_by_extension_alone(path: Path) -> None:
    given = parts()
    given[TYPES] = given[TYPES].replace(b"/xl/sharedStrings.xml", b"/xl/other.xml")
    path.write_bytes(archive(members(given)))


# cells that are no values -----------------------------------------------------


def _amount(path: Path, markup: str) -> None:
    _sheet(path, rows().replace('<c r="C3"><v>200</v></c>', f'<c r="C3"{markup}</c>'))


@refused("SHEET_XML_UNUSUAL")
def number_with_an_underscore(path: Path) -> None:
    """Python reads 1_000 as a thousand."""
    _amount(path, "><v>1_000</v>")


@refused("SHEET_XML_UNUSUAL")
def number_that_is_none(path: Path) -> None:
    _amount(path, "><v>NaN</v>")


@refused("SHEET_XML_UNUSUAL")
def number_that_is_infinite(path: Path) -> None:
    _amount(path, "><v>1e999</v>")


@refused("SHEET_XML_UNUSUAL")
def number_in_full_width_digits(path: Path) -> None:
    """float() takes digits of any script."""
    _amount(path, "><v>２００</v>")


@refused("SHEET_XML_UNUSUAL")
def number_in_hexadecimal(path: Path) -> None:
    _amount(path, "><v>0x10</v>")


@refused("SHEET_XML_UNUSUAL")
def truth_value_of_seven(path: Path) -> None:
    _amount(path, ' t="b"><v>7</v>')


@refused("SHEET_XML_UNUSUAL")
def cell_of_an_unknown_type(path: Path) -> None:
    _amount(path, ' t="zz"><v>200</v>')


@reads(3, "600.00")
def number_with_blanks_around(path: Path) -> None:
    _amount(path, "><v> 200 </v>")


@reads(3, "600.00")
def number_of_an_exponent(path: Path) -> None:
    _amount(path, "><v>2.0E2</v>")
