"""A pivot table for a workbook of XlsxWriter, which makes none: its parts, put into the package.

The parts follow ECMA-376 part 1, 18.10 (pivot tables): the cache definition names the fields and
their items, the records hold the source rows as item numbers, the table lays the fields out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Value = str | int | Decimal
Parts = dict[str, bytes]

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = (
    DECLARATION
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "</Relationships>"
)
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."

CACHE = "xl/pivotCache/pivotCacheDefinition1.xml"
RECORDS = "xl/pivotCache/pivotCacheRecords1.xml"
TABLE = "xl/pivotTables/pivotTable1.xml"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the source. Text fields list their `items`; number fields have none."""

    name: str
    values: Sequence[Value]
    items: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, values: Sequence[Value]) -> Field:
        """A field with its items in the order in which they first appear."""
        items = tuple(dict.fromkeys(value for value in values if isinstance(value, str)))
        return cls(name, values, items)


@dataclass(frozen=True, slots=True)
class Pivot:
    """The sum of `data` by `row` and `column`, filtered by one item of `page`.

    `data_caption` is what Excel calls the sum, `values_caption` what it calls data fields.
    """

    fields: Sequence[Field]
    source_sheet: str
    source_ref: str
    sheet_part: str
    name: str
    location: str
    row: str
    row_items: Sequence[str]
    column: str
    column_items: Sequence[str]
    page: str
    page_item: str
    data: str
    data_caption: str
    values_caption: str
    number_format_id: int = 4

    def index(self, name: str) -> int:
        """The number of the field `name` in the source."""
        return [field.name for field in self.fields].index(name)


def add_pivot(package: bytes, pivot: Pivot) -> bytes:
    """`package` with the parts of `pivot`; the bytes depend on nothing but the arguments."""
    with ZipFile(BytesIO(package)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts[CACHE] = cache_definition(pivot).encode()
    parts[RECORDS] = cache_records(pivot.fields).encode()
    parts[TABLE] = pivot_table(pivot).encode()
    _relate(parts, CACHE, "pivotCacheRecords", "pivotCacheRecords1.xml")
    _relate(parts, TABLE, "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
    _relate(parts, pivot.sheet_part, "pivotTable", "../pivotTables/pivotTable1.xml")
    relation = _relate(
        parts, "xl/workbook.xml", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"
    )
    caches = f'<pivotCaches><pivotCache cacheId="1" r:id="{relation}"/></pivotCaches>'
    _insert_before(parts, "xl/workbook.xml", "</workbook>", caches)
    _declare_types(parts)
    return _zip(parts)


def cache_definition(pivot: Pivot) -> str:
    """The cache: where the source is, and the fields with their items."""
    fields = "".join(
        f'<cacheField name={quoteattr(field.name)} numFmtId="0">{_shared_items(field)}</cacheField>'
        for field in pivot.fields
    )
    return (
        f'{DECLARATION}<pivotCacheDefinition {MAIN} xmlns:r="{OFFICE}" r:id="rId1" '
        'createdVersion="6" refreshedVersion="6" minRefreshableVersion="3" '
        f'recordCount="{len(pivot.fields[0].values)}"><cacheSource type="worksheet">'
        f'<worksheetSource ref="{pivot.source_ref}" sheet={quoteattr(pivot.source_sheet)}/>'
        f'</cacheSource><cacheFields count="{len(pivot.fields)}">{fields}</cacheFields>'
        "</pivotCacheDefinition>"
    )


def _shared_items(field: Field) -> str:
    if field.items:
        items = "".join(f"<s v={quoteattr(item)}/>" for item in field.items)
        return f'<sharedItems count="{len(field.items)}">{items}</sharedItems>'
    integers = ' containsInteger="1"' if all(isinstance(v, int) for v in field.values) else ""
    numbers = [Decimal(value) for value in field.values]
    return (
        '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1"'
        f'{integers} minValue="{min(numbers)}" maxValue="{max(numbers)}"/>'
    )


def cache_records(fields: Sequence[Field]) -> str:
    """The source rows: item numbers of text fields, the numbers themselves of the others."""
    columns = [_record_column(field) for field in fields]
    rows = "".join(f"<r>{''.join(row)}</r>" for row in zip(*columns, strict=True))
    count = len(fields[0].values)
    return (
        f'{DECLARATION}<pivotCacheRecords {MAIN} xmlns:r="{OFFICE}" count="{count}">'
        f"{rows}</pivotCacheRecords>"
    )


def _record_column(field: Field) -> list[str]:
    if not field.items:
        return [f'<n v="{value}"/>' for value in field.values]
    number_of = {item: number for number, item in enumerate(field.items)}
    return [f'<x v="{number_of[str(value)]}"/>' for value in field.values]


def pivot_table(pivot: Pivot) -> str:
    """The layout: which field stands where, in which order its items are shown."""
    shown = {pivot.row: pivot.row_items, pivot.column: pivot.column_items}
    fields = "".join(_pivot_field(pivot, field, shown) for field in pivot.fields)
    data, page = pivot.index(pivot.data), pivot.index(pivot.page)
    page_item = pivot.fields[page].items.index(pivot.page_item)
    return (
        f"{DECLARATION}<pivotTableDefinition {MAIN} name={quoteattr(pivot.name)} "
        'cacheId="1" applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" '
        'applyPatternFormats="0" applyAlignmentFormats="0" applyWidthHeightFormats="1" '
        f'dataCaption={quoteattr(pivot.values_caption)} updatedVersion="6" '
        'minRefreshableVersion="3" useAutoFormatting="1" '
        'itemPrintTitles="1" createdVersion="6" indent="0" outline="1" outlineData="1" '
        f'multipleFieldFilters="0" rowHeaderCaption={quoteattr(pivot.row)} '
        f"colHeaderCaption={quoteattr(pivot.column)}>"
        f'<location ref="{pivot.location}" firstHeaderRow="1" firstDataRow="2" firstDataCol="1" '
        'rowPageCount="1" colPageCount="1"/>'
        f'<pivotFields count="{len(pivot.fields)}">{fields}</pivotFields>'
        f"{_axis('row', pivot.index(pivot.row), len(pivot.row_items))}"
        f"{_axis('col', pivot.index(pivot.column), len(pivot.column_items))}"
        f'<pageFields count="1"><pageField fld="{page}" item="{page_item}" hier="-1"/></pageFields>'
        f'<dataFields count="1"><dataField name={quoteattr(pivot.data_caption)} fld="{data}" '
        f'baseField="0" baseItem="0" numFmtId="{pivot.number_format_id}"/></dataFields>'
        '<pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1" '
        'showRowStripes="0" showColStripes="0" showLastColumn="1"/></pivotTableDefinition>'
    )


def _pivot_field(pivot: Pivot, field: Field, shown: dict[str, Sequence[str]]) -> str:
    axis = {pivot.row: "axisRow", pivot.column: "axisCol", pivot.page: "axisPage"}.get(field.name)
    if field.name == pivot.data:
        return '<pivotField dataField="1" showAll="0"/>'
    if axis is None:
        return '<pivotField showAll="0"/>'
    # Items without data stand after those that are shown.
    order = tuple(dict.fromkeys((*shown.get(field.name, ()), *field.items)))
    items = "".join(f'<item x="{field.items.index(item)}"/>' for item in order)
    return (
        f'<pivotField axis="{axis}" showAll="0"><items count="{len(order) + 1}">{items}'
        '<item t="default"/></items></pivotField>'
    )


def _axis(kind: str, field: int, count: int) -> str:
    """The field of an axis and its lines: each item, then the grand total."""
    first = "<i><x/></i>"
    others = "".join(f'<i><x v="{number}"/></i>' for number in range(1, count))
    return (
        f'<{kind}Fields count="1"><field x="{field}"/></{kind}Fields>'
        f'<{kind}Items count="{count + 1}">{first}{others}<i t="grand"><x/></i></{kind}Items>'
    )


def _relate(parts: Parts, part: str, kind: str, target: str) -> str:
    """Add a relationship of `part`; its new id."""
    folder, name = part.rsplit("/", 1)
    rels = f"{folder}/_rels/{name}.rels"
    text = parts.get(rels, RELATIONSHIPS.encode()).decode()
    used = [int(number) for number in re.findall(r'Id="rId(\d+)"', text)]
    relation = f"rId{max(used, default=0) + 1}"
    entry = f'<Relationship Id="{relation}" Type="{OFFICE}/{kind}" Target="{target}"/>'
    parts[rels] = text.encode()
    _insert_before(parts, rels, "</Relationships>", entry)
    return relation


def _declare_types(parts: Parts) -> None:
    kinds = ((CACHE, "pivotCacheDefinition"), (RECORDS, "pivotCacheRecords"), (TABLE, "pivotTable"))
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{CONTENT_TYPE}{kind}+xml"/>'
        for part, kind in kinds
    )
    _insert_before(parts, "[Content_Types].xml", "</Types>", overrides)


def _insert_before(parts: Parts, part: str, mark: str, text: str) -> None:
    before, found, after = parts[part].decode().rpartition(mark)
    if not found:
        raise ValueError(f"{part} has no {mark}")
    parts[part] = f"{before}{text}{found}{after}".encode()


def _zip(parts: Parts) -> bytes:
    """A package of `parts`, in their order, without a clock in it."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, FIXED_TIME)
            entry.create_system = 0
            archive.writestr(entry, data, ZIP_DEFLATED, 9)
    return target.getvalue()
