"""Features that no library makes: their parts are written here and tied into a workbook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from featured.drawn import looks, sheet_with_data

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
_X14 = f"{_MICROSOFT}/spreadsheetml/2009/9/main"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EXCEL = "application/vnd.ms-excel"
_NAMESPACES = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'

BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"


class Parts:
    """The parts of a workbook, to which others are added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with sheet_with_data(path):
            pass
        with zipfile.ZipFile(path) as archive:
            self.all = {name: archive.read(name).decode() for name in archive.namelist()}
        self.binary: dict[str, bytes] = {}

    def add(self, name: str, content: str | bytes, content_type: str) -> None:
        """A part of its own type."""
        if isinstance(content, bytes):
            self.binary[name] = content
        else:
            self.all[name] = _XML + content
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        self.put("[Content_Types].xml", "</Types>", override)

    def relate(self, part: str, kind: str, target: str, external: bool = False) -> str:
        """Relate a part to a target as written; the new relationship's id."""
        folder, _, base = part.rpartition("/")
        name = f"{folder}/_rels/{base}.rels"
        empty = f'{_XML}<Relationships xmlns="{_PACKAGE_RELS}"></Relationships>'
        rels = self.all.setdefault(name, empty)
        id_ = f"rId{len(re.findall('<Relationship ', rels)) + 1}"
        type_ = kind if ":" in kind else f"{_OFFICE}/{kind}"
        mode = ' TargetMode="External"' if external else ""
        tag = f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"{mode}/>'
        self.put(name, "</Relationships>", f"{tag}</Relationships>")
        return id_

    def put(self, part: str, old: str, new: str) -> None:
        """Put `new` in the place of `old`."""
        assert old in self.all[part], (part, old)
        self.all[part] = self.all[part].replace(old, new, 1)

    def write(self) -> None:
        """Write the file."""
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in (self.all | self.binary).items():
                archive.writestr(zipfile.ZipInfo(name), content)


_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def pivots(path: Path) -> None:
    """A pivot table on the second sheet, its cache and the records."""
    parts = Parts(path)
    cache = (
        f'<pivotCacheDefinition {_NAMESPACES} r:id="rId1" refreshOnLoad="1" recordCount="3">'
        '<cacheSource type="worksheet"><worksheetSource ref="A1:B4" sheet="Data"/></cacheSource>'
        '<cacheFields count="2"><cacheField name="Item" numFmtId="0"><sharedItems count="3">'
        '<s v="a"/><s v="b"/><s v="c"/></sharedItems></cacheField><cacheField name="Amount" '
        'numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" '
        'containsNumber="1" minValue="5" maxValue="25.5"/></cacheField></cacheFields>'
        "</pivotCacheDefinition>"
    )
    records = "".join(f'<r><x v="{i}"/><n v="{v}"/></r>' for i, v in enumerate((10, 25.5, 5)))
    table = (
        f'<pivotTableDefinition xmlns="{_MAIN}" name="Pivot" cacheId="7" dataCaption="Values" '
        'updatedVersion="6" minRefreshableVersion="3" createdVersion="6" outline="1">'
        '<location ref="C3:D7" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="4">'
        '<item x="0"/><item x="1"/><item x="2"/><item t="default"/></items></pivotField>'
        '<pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/>'
        '</rowFields><rowItems count="4"><i><x/></i><i><x v="1"/></i><i><x v="2"/></i>'
        '<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems><dataFields count="1">'
        '<dataField name="Sum" fld="1" baseField="0" baseItem="0"/></dataFields>'
        '<pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1"/>'
        "</pivotTableDefinition>"
    )
    folder = "xl/pivotCache"
    parts.add(f"{folder}/pivotCacheDefinition1.xml", cache, f"{_SHEETML}.pivotCacheDefinition+xml")
    parts.add(
        f"{folder}/pivotCacheRecords1.xml",
        f'<pivotCacheRecords {_NAMESPACES} count="3">{records}</pivotCacheRecords>',
        f"{_SHEETML}.pivotCacheRecords+xml",
    )
    parts.relate(
        f"{folder}/pivotCacheDefinition1.xml", "pivotCacheRecords", "pivotCacheRecords1.xml"
    )
    parts.add("xl/pivotTables/pivotTable1.xml", table, f"{_SHEETML}.pivotTable+xml")
    definition = "../pivotCache/pivotCacheDefinition1.xml"
    parts.relate("xl/pivotTables/pivotTable1.xml", "pivotCacheDefinition", definition)
    parts.relate("xl/worksheets/sheet2.xml", "pivotTable", "../pivotTables/pivotTable1.xml")
    id_ = parts.relate(BOOK, "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    caches = f'<pivotCaches><pivotCache cacheId="7" r:id="{id_}"/></pivotCaches>'
    parts.put(BOOK, "</workbook>", f"{caches}</workbook>")
    parts.write()


def slicers(path: Path) -> None:
    """A slicer with its cache, named by extensions of the workbook and the sheet."""
    parts = Parts(path)
    parts.add(
        "xl/slicerCaches/slicerCache1.xml",
        f'<slicerCacheDefinition xmlns="{_X14}" name="Slicer_Item" sourceName="Item"/>',
        f"{_EXCEL}.slicerCache+xml",
    )
    parts.add(
        "xl/slicers/slicer1.xml",
        f'<slicers xmlns="{_X14}"><slicer name="Item" cache="Slicer_Item" caption="Item" '
        'rowHeight="241300"/></slicers>',
        f"{_EXCEL}.slicer+xml",
    )
    kinds = f"{_MICROSOFT}/2007/relationships"
    of_book = parts.relate(BOOK, f"{kinds}/slicerCache", "slicerCaches/slicerCache1.xml")
    of_sheet = parts.relate(SHEET, f"{kinds}/slicer", "../slicers/slicer1.xml")
    parts.put(
        BOOK,
        "</workbook>",
        f'<extLst><ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" xmlns:x14="{_X14}">'
        f'<x14:slicerCaches><x14:slicerCache r:id="{of_book}"/></x14:slicerCaches></ext></extLst>'
        "</workbook>",
    )
    parts.put(
        SHEET,
        "</worksheet>",
        f'<extLst><ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" xmlns:x14="{_X14}">'
        f'<x14:slicerList><x14:slicer r:id="{of_sheet}"/></x14:slicerList></ext></extLst>'
        "</worksheet>",
    )
    parts.write()


def threaded_comments(path: Path) -> None:
    """A comment with an answer, and the people who wrote them."""
    parts = Parts(path)
    space = f"{_MICROSOFT}/spreadsheetml/2018/threadedcomments"
    person, first, second = (f"{{{n}0000000-0000-0000-0000-000000000000}}" for n in "123")
    said = f'ref="A2" dT="2026-01-05T10:00:00.00" personId="{person}"'
    parts.add(
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{space}"><threadedComment {said} id="{first}"><text>Why?</text>'
        f'</threadedComment><threadedComment {said} id="{second}" parentId="{first}">'
        "<text>Because.</text></threadedComment></ThreadedComments>",
        f"{_EXCEL}.threadedcomments+xml",
    )
    parts.add(
        "xl/persons/person.xml",
        f'<personList xmlns="{space}"><person displayName="Someone" id="{person}" '
        'userId="someone" providerId="None"/></personList>',
        f"{_EXCEL}.person+xml",
    )
    parts.add(
        "xl/comments1.xml",
        f'<comments xmlns="{_MAIN}"><authors><author>tc={first}</author></authors><commentList>'
        '<comment ref="A2" authorId="0"><text><t>[Threaded comment] Why?</t></text></comment>'
        "</commentList></comments>",
        f"{_SHEETML}.comments+xml",
    )
    kinds = f"{_MICROSOFT}/2017/10/relationships"
    parts.relate(SHEET, f"{kinds}/threadedComment", "../threadedComments/threadedComment1.xml")
    parts.relate(SHEET, "comments", "../comments1.xml")
    parts.relate(BOOK, f"{kinds}/person", "persons/person.xml")
    parts.write()


def external_links(path: Path) -> None:
    """A formula that looks into another workbook, with the values that it had."""
    parts = Parts(path)
    name = "xl/externalLinks/externalLink1.xml"
    book = parts.relate(name, "externalLinkPath", "other.xlsx", external=True)
    parts.add(
        name,
        f'<externalLink {_NAMESPACES}><externalBook r:id="{book}"><sheetNames><sheetName val="S"/>'
        '</sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>3</v></cell>'
        "</row></sheetData></sheetDataSet></externalBook></externalLink>",
        f"{_SHEETML}.externalLink+xml",
    )
    id_ = parts.relate(BOOK, "externalLink", "externalLinks/externalLink1.xml")
    links = f'<externalReferences><externalReference r:id="{id_}"/></externalReferences>'
    parts.put(BOOK, "<calcPr", f"{links}<calcPr")
    cell = '<row r="6"><c r="A6"><f>[1]S!$A$1</f><v>3</v></c></row></sheetData>'
    parts.put(SHEET, "</sheetData>", cell)
    parts.write()


def printer_settings(path: Path) -> None:
    """What the driver of a printer wants to know."""
    parts = Parts(path)
    name = "xl/printerSettings/printerSettings1.bin"
    parts.add(name, bytes(range(256)), f"{_SHEETML}.printerSettings")
    id_ = parts.relate(SHEET, "printerSettings", "../printerSettings/printerSettings1.bin")
    setup = f'<pageSetup paperSize="9" orientation="landscape" r:id="{id_}"/></worksheet>'
    parts.put(SHEET, "</worksheet>", setup)
    parts.write()


def custom_xml(path: Path) -> None:
    """Data of another program, with its properties."""
    parts = Parts(path)
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    parts.all["customXml/item1.xml"] = '<order xmlns="urn:example"><number>7</number></order>'
    parts.add(
        "customXml/itemProps1.xml",
        '<ds:datastoreItem ds:itemID="{00000000-0000-0000-0000-000000000001}" '
        f'xmlns:ds="{custom}"><ds:schemaRefs/></ds:datastoreItem>',
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    parts.relate("customXml/item1.xml", "customXmlProps", "itemProps1.xml")
    parts.relate(BOOK, "customXml", "../customXml/item1.xml")
    parts.write()


def controls(path: Path) -> None:
    """An ActiveX control, in the sheet for new versions and old ones."""
    parts = Parts(path)
    name = "xl/activeX/activeX1.xml"
    parts.relate(name, f"{_MICROSOFT}/2006/relationships/activeXControlBinary", "activeX1.bin")
    parts.add(
        name,
        f'<ax:ocx xmlns:ax="{_MICROSOFT}/2006/activeX" xmlns:r="{_OFFICE}" r:id="rId1" '
        'ax:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}" ax:persistence="persistStreamInit"/>',
        f"{_EXCEL.replace('excel', 'office.activeX')}+xml",
    )
    parts.add("xl/activeX/activeX1.bin", b"\0\1\2", "application/vnd.ms-office.activeX")
    parts.add(
        "xl/drawings/vmlDrawing1.vml",
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1025"/></xml>',
        "application/vnd.openxmlformats-officedocument.vmlDrawing",
    )
    control = parts.relate(SHEET, "control", "../activeX/activeX1.xml")
    drawing = parts.relate(SHEET, "vmlDrawing", "../drawings/vmlDrawing1.vml")
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    tag = f'<control shapeId="1025" r:id="{control}" name="CheckBox1"/>'
    parts.put(
        SHEET,
        "</worksheet>",
        f'<legacyDrawing r:id="{drawing}"/><mc:AlternateContent xmlns:mc="{mc}">'
        f'<mc:Choice xmlns:x14="{_X14}" Requires="x14"><controls>{tag}</controls></mc:Choice>'
        f"<mc:Fallback><controls>{tag}</controls></mc:Fallback></mc:AlternateContent>"
        "</worksheet>",
    )
    parts.write()


def data_tables(path: Path) -> None:
    """A what-if table, and shared formulas whose first cell stands elsewhere."""
    parts = Parts(path)
    parts.put(
        SHEET,
        "</sheetData>",
        '<row r="7"><c r="A7"><f>B2*2</f><v>20</v></c><c r="B7"><v>1</v></c></row>'
        '<row r="8"><c r="A8"><v>1</v></c><c r="B8"><f t="dataTable" ref="B8:B9" dt2D="1" '
        'dtr="1" r1="B2" r2="B3"/><v>2</v></c></row>'
        '<row r="9"><c r="A9"><v>2</v></c><c r="B9"><v>4</v></c></row>'
        '<row r="11"><c r="A11"><f t="shared" ref="A11:A12" si="0">B2+1</f><v>11</v></c></row>'
        '<row r="12"><c r="A12"><f t="shared" si="0"/><v>26.5</v></c></row></sheetData>',
    )
    parts.write()


def queries(path: Path) -> None:
    """A connection to a text file and the table that it fills."""
    parts = Parts(path)
    parts.add(
        "xl/connections.xml",
        f'<connections xmlns="{_MAIN}"><connection id="1" name="text" type="6" '
        'refreshedVersion="6"><textPr sourceFile="data.txt"/></connection></connections>',
        f"{_SHEETML}.connections+xml",
    )
    parts.add(
        "xl/queryTables/queryTable1.xml",
        f'<queryTable xmlns="{_MAIN}" name="text" connectionId="1"/>',
        f"{_SHEETML}.queryTable+xml",
    )
    parts.relate(BOOK, "connections", "connections.xml")
    parts.relate(SHEET, "queryTable", "../queryTables/queryTable1.xml")
    parts.write()


def named_styles(path: Path) -> None:
    """Cell styles, styles of tables, differential formats, an extension of the styles part."""
    parts = Parts(path)
    styles = "xl/styles.xml"
    parts.put(
        styles,
        "</cellStyles>",
        '<cellStyle name="KPI" xfId="0" customBuiltin="1"/></cellStyles>',
    )
    found = re.search('<dxfs count="0"/>.*</styleSheet>', parts.all[styles])
    assert found
    parts.put(
        styles,
        found[0],
        '<dxfs count="2"><dxf><font><b/></font></dxf><dxf><fill><patternFill><bgColor '
        'rgb="FFFFEE00"/></patternFill></fill></dxf></dxfs><tableStyles count="1" '
        'defaultTableStyle="TableStyleMedium9" defaultPivotStyle="PivotStyleLight16"><tableStyle '
        'name="House" pivot="0" count="1"><tableStyleElement type="headerRow" dxfId="0"/>'
        '</tableStyle></tableStyles><colors><mruColors><color rgb="FF123456"/></mruColors></colors>'
        f'<extLst><ext uri="{{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}}" xmlns:x14="{_X14}">'
        '<x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/></ext></extLst></styleSheet>',
    )
    parts.write()


def rich_values(path: Path) -> None:
    """Cells that hold more than they show: their data types stand in parts of their own."""
    parts = Parts(path)
    rich = f"{_MICROSOFT}/spreadsheetml/2017/richdata"
    parts.add(
        "xl/richData/rdrichvalue.xml",
        f'<rvData xmlns="{rich}" count="1"><rv s="0"><v>7</v></rv></rvData>',
        f"{_EXCEL}.rdrichvalue+xml",
    )
    parts.add(
        "xl/richData/rdrichvaluestructure.xml",
        f'<rvStructures xmlns="{rich}" count="1"><s t="_entity"><k n="_Icon"/></s></rvStructures>',
        f"{_EXCEL}.rdrichvaluestructure+xml",
    )
    parts.add(
        "xl/metadata.xml",
        f'<metadata xmlns="{_MAIN}" xmlns:xlrd="{rich}"><metadataTypes count="1"><metadataType '
        'name="XLRICHVALUE" minSupportedVersion="120000" copy="1"/></metadataTypes>'
        '<futureMetadata name="XLRICHVALUE" count="1"><bk><extLst><ext '
        'uri="{3e2802c4-a4d2-4d8b-9148-e3be6c30e623}"><xlrd:rvb i="0"/></ext></extLst></bk>'
        '</futureMetadata><valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata>'
        "</metadata>",
        f"{_SHEETML}.sheetMetadata+xml",
    )
    kinds = f"{_MICROSOFT}/2017/06/relationships"
    parts.relate(BOOK, "sheetMetadata", "metadata.xml")
    parts.relate(BOOK, f"{kinds}/rdRichValue", "richData/rdrichvalue.xml")
    parts.relate(BOOK, f"{kinds}/rdRichValueStructure", "richData/rdrichvaluestructure.xml")
    cell = '<row r="6"><c r="A6" t="e" vm="1"><v>#VALUE!</v></c></row></sheetData>'
    parts.put(SHEET, "</sheetData>", cell)
    parts.write()


def strict(path: Path) -> None:
    """Strict Open XML: other names of the same elements; a note, whose VML keeps its name."""
    looks(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rb"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006/"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            usual = rb"(?!relationships/vmlDrawing)"
            content = re.sub(name + usual, rb"http://purl.oclc.org/ooxml/\1/", data)
            archive.writestr(zipfile.ZipInfo(part), content)


MAKERS: list[Callable[[Path], None]] = [
    pivots,
    slicers,
    threaded_comments,
    external_links,
    printer_settings,
    custom_xml,
    controls,
    data_tables,
    queries,
    named_styles,
    rich_values,
    strict,
]
