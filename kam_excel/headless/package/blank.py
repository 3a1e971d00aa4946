"""The parts of a new workbook with one empty sheet."""

from __future__ import annotations

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"

STYLES_TYPE = f"{_SHEETML}.styles+xml"
STYLES = f"""{_XML}\
<styleSheet xmlns="{_MAIN}">\
<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
<dxfs count="0"/>\
</styleSheet>"""

PARTS = {
    "[Content_Types].xml": f"""{_XML}\
<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_SHEETML}.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEETML}.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{STYLES_TYPE}"/>\
</Types>""",
    "_rels/.rels": f"""{_XML}\
<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>\
</Relationships>""",
    "xl/workbook.xml": f"""{_XML}\
<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">\
<bookViews><workbookView/></bookViews>\
<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>\
</workbook>""",
    "xl/_rels/workbook.xml.rels": f"""{_XML}\
<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>\
</Relationships>""",
    "xl/worksheets/sheet1.xml": f"""{_XML}\
<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>""",
    "xl/styles.xml": STYLES,
}
