"""A workbook that is read well, part by part: what bad ones are made from.

Its sales are 3 rows with 600.00 together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"

HEADER = ("日期", "客户编码", "金额")
ROWS = ((46_054, "C1", 100), (46_055, "C2", 200), (46_056, "C3", 300))  # from 2026-02-01

Cell = float | str | None


def cell(name: str, value: Cell) -> str:
    """The markup of a cell; a text stands in the cell itself, markup is taken as it is.

    Integers in column A are dates.
    """
    if value is None:
        return f'<c r="{name}"/>'
    if name.startswith("A") and isinstance(value, int):
        return f'<c r="{name}" s="1"><v>{value}</v></c>'
    if isinstance(value, str):
        if value.startswith("<"):
            return f'<c r="{name}"{value[1:]}</c>'
        return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{name}"><v>{value}</v></c>'


def row(number: int, cells: Iterable[Cell]) -> str:
    """The markup of a row whose cells begin in column A."""
    inner = "".join(cell(f"{chr(65 + i)}{number}", each) for i, each in enumerate(cells))
    return f'<row r="{number}">{inner}</row>'


def rows(given: Iterable[Iterable[Cell]] = (HEADER, *ROWS), first: int = 1) -> str:
    """The markup of rows that follow one another."""
    return "".join(row(first + i, each) for i, each in enumerate(given))


def sheet(data: str = "", before: str = "", behind: str = "", root: str = "") -> bytes:
    """A worksheet with the markup of its rows, and with other markup around them."""
    text = f"{before}<sheetData>{data or rows()}</sheetData>{behind}"
    return f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"{root}>{text}</worksheet>'.encode()


def styles(formats: str = "", fonts: str = "", more: str = "", count: int = 2) -> bytes:
    """The styles: the markup of cell formats and fonts beyond the usual ones, 0 and 1 (a date)."""
    return (
        f'{XML}<styleSheet xmlns="{MAIN}">'
        f'<fonts><font><sz val="11"/><name val="Calibri"/></font>{fonts}</fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{count}"><xf numFmtId="0" fontId="0" fillId="0" '
        'borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" '
        f'applyNumberFormat="1"/>{formats}</cellXfs>{more}</styleSheet>'
    ).encode()


def strings(items: str, count: int = 1) -> bytes:
    """The shared strings, of which there are said to be so many."""
    counts = f'count="{count}" uniqueCount="{count}"'
    return f'{XML}<sst xmlns="{MAIN}" {counts}>{items}</sst>'.encode()


def workbook(names: Iterable[str] = ("销售明细",), before: str = "", behind: str = "") -> bytes:
    """The workbook part with its sheets by name."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    inner = f"{before}<sheets>{listed}</sheets>{behind}"
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{inner}</workbook>'.encode()


def relationships(targets: Iterable[tuple[str, str]]) -> bytes:
    """Relationships by type and target, rId1 and so on; a bare type is one of Office's."""
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "/" in kind else f"{OFFICE}/{kind}"}" '
        f'Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'.encode()


def content_types(overrides: Mapping[str, str], defaults: str = "") -> bytes:
    """The content types of parts; a bare type is one of SpreadsheetML."""
    inner = "".join(
        f'<Override PartName="/{name}" ContentType="{kind if "/" in kind else f"{TYPE}.{kind}"}"/>'
        for name, kind in overrides.items()
    )
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{defaults}{inner}</Types>'
    ).encode()


def parts(more: Mapping[str, bytes] | None = None, sheets: int = 1) -> dict[str, bytes]:
    """The parts of the good workbook with others instead or beside; so many sheets."""
    numbers = range(1, sheets + 1)
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    targets += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    kinds = {f"xl/worksheets/sheet{n}.xml": "worksheet+xml" for n in numbers}
    kinds |= {WORKBOOK: "sheet.main+xml", STYLES: "styles+xml", STRINGS: "sharedStrings+xml"}
    return {
        TYPES: content_types(kinds),
        "_rels/.rels": relationships([("officeDocument", WORKBOOK)]),
        WORKBOOK: workbook(["销售明细", *(f"Sheet{n}" for n in numbers[1:])]),
        "xl/_rels/workbook.xml.rels": relationships(targets),
        **{f"xl/worksheets/sheet{n}.xml": sheet("" if n == 1 else " ") for n in numbers},
        STYLES: styles(),
        STRINGS: strings("<si><t>甲</t></si>"),
    } | dict(more or {})
