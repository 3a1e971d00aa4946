"""Pivot tables of the file: what their parts say of them. Excel alone makes and computes them."""

import pytest

from kam_excel.errors import WorkbookError

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PIVOT = f"""<pivotTableDefinition xmlns="{_MAIN}" name="Umsatz" cacheId="1" dataCaption="Werte"
 colGrandTotals="0"><location ref="B5:D9" firstHeaderRow="1" firstDataRow="2" firstDataCol="1"/>
<pivotFields count="4"><pivotField axis="axisRow" compact="0"/><pivotField axis="axisPage"/>
<pivotField axis="axisCol"/><pivotField dataField="1"/></pivotFields>
<rowFields count="1"><field x="0"/></rowFields>
<colFields count="2"><field x="2"/><field x="-2"/></colFields>
<pageFields count="1"><pageField fld="1"/></pageFields>
<dataFields count="2"><dataField name="金额合计" fld="3" numFmtId="4"/>
<dataField name="Anzahl" fld="3" subtotal="countNums"/></dataFields></pivotTableDefinition>"""
CACHE = f"""<pivotCacheDefinition xmlns="{_MAIN}"><cacheSource type="worksheet">
<worksheetSource ref="A1:D9" sheet="Sheet1"/></cacheSource><cacheFields count="4">
<cacheField name="客户"/><cacheField name="地区"/><cacheField name="年"/><cacheField name="金额"/>
</cacheFields></pivotCacheDefinition>"""


@pytest.fixture
def sheet(new_book):
    """A sheet with one pivot table, as Excel stores it."""
    package, part = new_book.impl.package, "xl/pivotTables/pivotTable1.xml"
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    package.write(part, PIVOT.encode(), f"{_SHEETML}.pivotTable+xml")
    package.write(cache, CACHE.encode(), f"{_SHEETML}.pivotCacheDefinition+xml")
    package.rels(part).add("pivotCacheDefinition", cache)
    package.rels("xl/worksheets/sheet1.xml").add("pivotTable", part)
    return new_book.sheets[0]


def test_where_it_stands(sheet):
    pivot = sheet.pivot_tables["umsatz"]
    assert (len(sheet.pivot_tables), pivot == sheet.pivot_tables[0]) == (1, True)
    assert (pivot.range.address, pivot.data_body_range.address) == ("$B$5:$D$9", "$C$7:$D$9")
    assert pivot.parent == sheet
    with pytest.raises(KeyError):
        sheet.pivot_tables["none"]


def test_how_its_fields_are_arranged(sheet):
    pivot = sheet.pivot_tables[0]
    assert pivot.field_names == ["客户", "地区", "年", "金额"]
    assert [field.name for field in pivot.rows] == ["客户"]
    assert [field.name for field in pivot.columns] == ["年"]  # not the values themselves
    assert [field.name for field in pivot.filters] == ["地区"]
    assert "客户" in pivot.rows
    assert [(each.name, each.source_field, each.function) for each in pivot.values] == [
        ("金额合计", "金额", "sum"),
        ("Anzahl", "金额", "count_numbers"),
    ]
    assert [each.number_format for each in pivot.values] == ["#,##0.00", "General"]


def test_how_it_looks(sheet):
    pivot = sheet.pivot_tables[0]
    assert (pivot.layout, pivot.show_row_grand_totals, pivot.show_column_grand_totals) == (
        "outline",
        True,
        False,
    )


def test_excel_is_asked_to_refresh_it(sheet):
    with pytest.warns(UserWarning, match="when Excel opens the file"):
        sheet.pivot_tables[0].refresh()
    package = sheet.book.impl.package
    root = package.tree("xl/pivotCache/pivotCacheDefinition1.xml")
    assert root.get("refreshOnLoad") == "1"
    assert package.read("xl/pivotTables/pivotTable1.xml") == PIVOT.encode()


def test_it_can_be_renamed_unless_something_shows_it(sheet):
    pivot = sheet.pivot_tables[0]
    pivot.name = "A & B"
    assert sheet.pivot_tables[0].name == "A & B"
    package = sheet.book.impl.package
    assert package.read(pivot.impl.xml.part) == PIVOT.replace("Umsatz", "A &amp; B").encode()
    package.write("xl/slicerCaches/slicerCache1.xml", b'<x><pivotTable name="A &amp; B"/></x>')
    with pytest.raises(NotImplementedError, match="slicers"):
        pivot.name = "C"


@pytest.mark.parametrize(
    "change",
    [
        lambda pivot: pivot.delete(),
        lambda pivot: pivot.rows.add("年"),
        lambda pivot: pivot.values.add("金额"),
        lambda pivot: pivot.rows[0].remove(),
        lambda pivot: setattr(pivot, "layout", "tabular"),
        lambda pivot: setattr(pivot, "show_row_grand_totals", False),
        lambda pivot: setattr(pivot.values[0], "function", "max"),
    ],
)
def test_all_else_is_left_to_excel(sheet, change):
    with pytest.raises(NotImplementedError, match="Excel"):
        change(sheet.pivot_tables[0])


def test_none_is_made(sheet):
    with pytest.raises(NotImplementedError, match="made in Excel"):
        sheet.pivot_tables.add(sheet["A1:D9"], sheet["H1"])


def test_a_cache_that_is_missing_is_no_reason_to_fail(sheet):
    package = sheet.book.impl.package
    package.remove("xl/pivotCache/pivotCacheDefinition1.xml")
    pivot = sheet.pivot_tables[0]
    assert (pivot.field_names, [field.name for field in pivot.rows]) == ([], ["Field1"])


def test_a_book_without_any_has_none(new_book):
    assert len(new_book.sheets[0].pivot_tables) == 0


def test_taken_names_are_refused(sheet):
    package = sheet.book.impl.package
    other = PIVOT.replace("Umsatz", "Andere")
    package.write("xl/pivotTables/pivotTable2.xml", other.encode(), f"{_SHEETML}.pivotTable+xml")
    package.rels("xl/worksheets/sheet1.xml").add("pivotTable", "xl/pivotTables/pivotTable2.xml")
    with pytest.raises(WorkbookError, match="NAME_TAKEN"):
        sheet.pivot_tables["Andere"].name = "UMSATZ"
