"""Small files that would take gigabytes or minutes: each part is below what preflight refuses."""

from __future__ import annotations

import base64
import random
from pathlib import Path

from badbooks.declaring import refused
from badbooks.packages import (
    MAIN,
    SHEET,
    STRINGS,
    STYLES,
    WORKBOOK,
    XML,
    parts,
    relationships,
    rows,
    sheet,
    strings,
    styles,
    workbook,
)
from badbooks.zips import archive, changed, zipped

_M = 1024**2
_SIZE = 31 * _M  # below what is looked at for its expansion
_TEXT_BELOW = '<row r="5"><c r="D5" t="s"><v>0</v></c></row>'


def _filled(piece: str, size: int = _SIZE) -> str:
    return piece * (size // len(piece))


def _noise() -> str:
    """What hardly shrinks: with it a part of 70 MB expands by less than 200 to 1."""
    return base64.b64encode(random.Random(1).randbytes(_M // 2)).decode()


def _with(path: Path, name: str, data: bytes) -> None:
    path.write_bytes(zipped(parts({name: data})))


@refused("SHEET_XML_UNUSUAL")
def more_rows_than_a_sheet_has(path: Path) -> None:
    _with(path, SHEET, sheet(_filled("<row/>", 7 * _M)))


@refused("SHEET_XML_UNUSUAL")
def one_row_five_hundred_thousand_times(path: Path) -> None:
    _with(path, SHEET, sheet(_filled('<row r="1"/>', 6 * _M)))


@refused("SHEET_XML_UNUSUAL")
def seven_million_cells_in_a_row(path: Path) -> None:
    _with(path, SHEET, sheet(f'<row r="1">{_filled("<c/>")}</row>'))


@refused("SHEET_XML_UNUSUAL")
def blanks_behind_the_rows(path: Path) -> None:
    data = sheet(rows() + " " * 70 * _M, behind=f"<!-- {_noise()} -->")
    _with(path, SHEET, data)


@refused("SHEET_XML_UNUSUAL")
def blanks_around_the_rows(path: Path) -> None:
    data = sheet(behind=" " * 70 * _M + f"<!-- {_noise()} -->")
    _with(path, SHEET, data)


@refused("PART_TOO_LARGE")
def five_million_formats(path: Path) -> None:
    _with(path, STYLES, styles(_filled("<xf/>")))


@refused("PART_TOO_LARGE")
def eight_million_elements_in_the_workbook(path: Path) -> None:
    _with(path, WORKBOOK, workbook(behind=_filled("<a/>")))


@refused("PART_TOO_LARGE")
def a_hundred_thousand_sheets(path: Path) -> None:
    names = _filled('<sheet name="b" sheetId="2"/>', 3 * _M)
    data = workbook().replace(b"</sheets>", f"{names}</sheets>".encode())
    _with(path, WORKBOOK, data)


@refused("PART_TOO_LARGE")
def eight_million_relationships(path: Path) -> None:
    name = "xl/_rels/workbook.xml.rels"
    data = parts()[name].replace(b"</Rel", _filled("<a/>").encode() + b"</Rel")
    _with(path, name, data)


@refused("PART_TOO_LARGE")
def six_million_strings(path: Path) -> None:
    given = {STRINGS: strings(_filled("<si/>")), SHEET: sheet(rows() + _TEXT_BELOW)}
    path.write_bytes(zipped(parts(given)))


@refused("PART_TOO_LARGE")
def strings_of_300_megabytes(path: Path) -> None:
    """By its size in the directory: nothing of it need be inflated."""
    given = parts({STRINGS: strings(f"<si><t>{_noise() * 5}</t></si>")})
    given[SHEET] = sheet(rows() + _TEXT_BELOW)
    path.write_bytes(archive(changed(given, STRINGS, size=300 * _M, local_size=300 * _M)))


@refused("PART_DAMAGED")
def table_of_a_hundred_thousand_columns(path: Path) -> None:
    columns = '<tableColumn id="1" name="a"/>' * 100_000
    table = f'{XML}<table xmlns="{MAIN}" id="1" name="t" displayName="t" ref="A1:C4">'
    table += f"<tableColumns>{columns}</tableColumns></table>"
    given = {
        SHEET: sheet(behind='<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'),
        "xl/worksheets/_rels/sheet1.xml.rels": relationships([("table", "../tables/table1.xml")]),
        "xl/tables/table1.xml": table.encode(),
    }
    path.write_bytes(zipped(parts(given)))
