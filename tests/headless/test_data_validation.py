import datetime as dt
import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.rules.outline import Outline
from kam_excel.headless.rules.validationxml import Criteria, SheetValidations
from kam_excel.headless.xml.shell import Shell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


class Sheet:
    """Validations in the XML of a sheet, without a workbook."""

    def __init__(self, content):
        self.shell = Shell(f'<worksheet xmlns="{MAIN}"><sheetData/>{content}</worksheet>'.encode())
        self._outline = Outline(lambda: self.shell)
        self.validations = SheetValidations(self._outline)

    @property
    def content(self):
        self._outline.flush()
        return self.shell.data.decode().partition("<sheetData/>")[2].removesuffix("</worksheet>")


def item(sqref, formula, attributes='type="custom"'):
    inside = f"<formula1>{formula}</formula1>"
    return f'<dataValidation {attributes} sqref="{sqref}">{inside}</dataValidation>'


def items(*markup):
    return f'<dataValidations count="{len(markup)}">{"".join(markup)}</dataValidations>'


def reopened(app, book, tmp_path, name="checked.xlsx"):
    book.save(tmp_path / name)
    book.close()
    return app.books.open(tmp_path / name).sheets[0]


# what is read back ----------------------------------------------------------


def test_a_list_of_texts_is_read_back(app, new_book, tmp_path):
    new_book.sheets[0]["A1:A9"].data_validation.set_list(["开", 'say "x"', 3, True, "<&>"])
    rule = reopened(app, new_book, tmp_path)["A1:A9"].data_validation
    assert (rule.type, rule.source) == ("list", '开,say "x",3,TRUE,<&>')
    assert (rule.in_cell_dropdown, rule.ignore_blank, rule.show_input) == (True, True, True)
    assert (rule.show_error, rule.alert_style, rule.error_title) == (True, "stop", "")
    assert (rule.operator, rule.formula1, rule.formula) == (None, None, None)


def test_lists_from_cells_and_names_are_read_back(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    lists = new_book.sheets.add("选 项", after=sheet)
    new_book.names.add("Statuses", "=Sheet1!$D$1:$D$3")
    sheet["A1"].data_validation.set_list(sheet["D1:D3"], in_cell_dropdown=False)
    sheet["A2"].data_validation.set_list(lists["B1:B3"])
    sheet["A3"].data_validation.set_list(new_book.names["Statuses"])
    again = reopened(app, new_book, tmp_path)
    rules = [again[f"A{row}"].data_validation for row in (1, 2, 3)]
    assert [rule.source for rule in rules] == ["=$D$1:$D$3", "='选 项'!$B$1:$B$3", "=Statuses"]
    assert [rule.in_cell_dropdown for rule in rules] == [False, True, True]


def test_comparisons_are_read_back(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet["A1"].data_validation.set_whole_number("between", -5, 10.0)
    sheet["A2"].data_validation.set_decimal("not_equal_to", "B1*2")
    sheet["A3"].data_validation.set_date("greater_than_or_equal", dt.date(2026, 3, 5))
    sheet["A4"].data_validation.set_time("less_than", dt.time(9, 30))
    sheet["A5"].data_validation.set_text_length("not_between", 1, 5)
    sheet["A6"].data_validation.set_custom('=A6<>""')
    again = reopened(app, new_book, tmp_path)
    read = [again[f"A{row}"].data_validation for row in range(1, 7)]
    assert [(rule.type, rule.operator, rule.formula1, rule.formula2) for rule in read] == [
        ("whole_number", "between", "=-5", "=10"),
        ("decimal", "not_equal_to", "=B1*2", None),
        ("date", "greater_than_or_equal", "=DATE(2026,3,5)", None),
        ("time", "less_than", "=TIME(9,30,0)", None),
        ("text_length", "not_between", "=1", "=5"),
        ("custom", None, None, None),
    ]
    assert read[5].formula == '=A6<>""'
    assert (read[5].source, read[5].in_cell_dropdown) == (None, None)


def test_openpyxl_reads_the_same(new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet["A1:A9"].data_validation.set_list(["a", "b"])
    sheet["B:B"].data_validation.set_whole_number("less_than", 5)
    new_book.save(tmp_path / "checked.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "checked.xlsx").active.data_validations
    first, second = rules.dataValidation
    assert (first.type, first.formula1, str(first.sqref)) == ("list", '"a,b"', "A1:A9")
    assert (first.allowBlank, first.showErrorMessage, first.showDropDown) == (True, True, False)
    assert (second.operator, second.formula1, str(second.sqref)) == (
        "lessThan",
        "5",
        "B1:B1048576",
    )


def test_ranges_over_several_rules_tell_so(new_book):
    sheet = new_book.sheets[0]
    sheet["A1:A3"].data_validation.set_custom("=A1=1")
    sheet["A4:A6"].data_validation.set_custom("=A4=1")
    sheet["A7:A9"].data_validation.set_custom("=A7=2")
    kinds = {each: sheet[each].data_validation.type for each in ("A2:A5", "A5:A8", "A9:A10", "B1")}
    assert kinds == {
        "A2:A5": "custom",  # the same rule, seen from each cell
        "A5:A8": "inconsistent",
        "A9:A10": "mixed_criteria",
        "B1": "none",
    }
    assert sheet["A2:A5"].data_validation.formula == "=A2=1"
    assert sheet["A5:A8"].data_validation.formula is None
    assert sheet["B1"].data_validation.ignore_blank is None


# what is refused ------------------------------------------------------------


@pytest.mark.parametrize("items", [["a,b"], ["x" * 130, "y" * 125]])
def test_xlwings_refuses_lists_that_excel_would_and_names_ranges(new_book, items):
    with pytest.raises(ValueError, match="use a Range"):
        new_book.sheets[0]["A1"].data_validation.set_list(items)


def test_long_characters_count_twice_as_in_excel(new_book):
    new_book.sheets[0]["A1"].data_validation.set_list(["x" * 255])
    with pytest.raises(WorkbookError, match="LIST_TOO_LONG") as error:
        new_book.sheets[0]["A1"].data_validation.set_list(["😀" * 128])
    assert error.value.problems[0].facts["length"] == 256


def test_different_rules_are_not_changed_at_once(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].data_validation.set_list(["a"])
    with pytest.raises(WorkbookError, match="VALIDATION_DIFFERS"):
        sheet["A1:A2"].data_validation.set_list(["b"])
    sheet["A1:A2"].data_validation.delete()
    sheet["A1:A2"].data_validation.set_list(["b"])
    assert sheet["A1:A2"].data_validation.source == "b"


# what a company has stays ---------------------------------------------------

PROMPTED = (
    'type="list" errorStyle="warning" imeMode="on" allowBlank="1" showErrorMessage="true" '
    'errorTitle="Title" error="No_x000a_&#10;way" promptTitle="p" prompt="q"'
)


def test_prompts_and_alerts_are_kept(app, make_file):
    def fill(workbook):
        options = {
            "validate": "list",
            "source": ["a", "b"],
            "input_title": "Choose",
            "input_message": "one of <these>",
            "error_title": "Wrong",
            "error_message": "another one",
            "error_type": "information",
            "ignore_blank": False,
        }
        workbook.add_worksheet().data_validation("A1:A9", options)

    book = app.books.open(make_file(fill))
    for area, source in (("A1:A9", "c"), ("A2:A3", "d")):
        rule = book.sheets[0][area].data_validation
        rule.set_list([source])
        assert (rule.source, rule.input_title, rule.input_message) == (
            source,
            "Choose",
            "one of <these>",
        )
        assert (rule.error_title, rule.error_message) == ("Wrong", "another one")
        assert (rule.alert_style, rule.ignore_blank) == ("information", False)
    assert book.sheets[0]["A4:A9"].data_validation.source == "c"


def test_a_part_of_a_rule_is_set_and_the_rest_means_the_same():
    sheet = Sheet(items(item("A1:A9", '"a"', PROMPTED), item("C1", "C1=1")))
    (old,), everywhere = sheet.validations.criteria(Area(1, 1, 3, 1))
    assert everywhere
    sheet.validations.put(Area(1, 1, 3, 1), old.with_(['"b"']))
    assert sheet.content == items(
        item("A1:A3", '"b"', PROMPTED.replace("true", "1")),
        item("A4:A9", '"a"', PROMPTED),
        item("C1", "C1=1"),
    )


def test_a_rule_is_replaced_where_it_stands():
    sheet = Sheet(items(item("A1", "A1=1"), item("C1", "C1=1")))
    sheet.validations.put(Area(1, 1, 1, 1), Criteria({"type": "custom"}, ("A1=2",)))
    assert sheet.content == items(item("A1", "A1=2"), item("C1", "C1=1"))


def test_rules_of_the_extension_are_read_trimmed_and_deleted():
    namespaces = f'xmlns:x14="{X14}" xmlns:xm="{XM}"'

    def extended(sqref, formula):
        return (
            f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {namespaces}>'
            f'<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1">'
            f"<x14:formula1><xm:f>{formula}</xm:f></x14:formula1><xm:sqref>{sqref}</xm:sqref>"
            "</x14:dataValidation></x14:dataValidations></ext></extLst>"
        )

    sheet = Sheet(extended("B1:B9", "Lists!A1:A3"))
    cells = Area(2, 2, 9, 2)
    (found,), everywhere = sheet.validations.criteria(cells)
    assert everywhere
    assert (found["type"], found["allowBlank"], found.formulas) == ("list", "1", ("Lists!A2:A4",))
    sheet.validations.delete(Area(1, 2, 3, 2))
    assert sheet.content == extended("B4:B9", "Lists!A4:A6")
    sheet.validations.put(Area(4, 2, 9, 2), found.with_(["$A$1:$A$3"]))
    assert sheet.content == items(item("B4:B9", "$A$1:$A$3", 'type="list" allowBlank="1"'))
    sheet.validations.delete(Area(1, 1, 99, 99))
    assert sheet.content == ""


def test_clearing_a_range_takes_its_validation_as_in_excel(new_book):
    sheet = new_book.sheets[0]
    sheet["A1:A9"].data_validation.set_list(["a"])
    sheet["A1:A9"].clear_contents()
    assert sheet["A1:A9"].data_validation.type == "list"
    sheet["A2:A9"].clear()
    assert sheet["A1"].data_validation.type == "list"
    assert sheet["A2:A9"].data_validation.type == "none"


# laws -----------------------------------------------------------------------


def test_doing_the_same_again_changes_nothing(app, rich_file):
    def renew(book):
        sheet = book.sheets["销售"]
        sheet["D2:D6"].data_validation.delete()
        sheet["D2:D6"].data_validation.set_list(["是", "否"])
        sheet["C2:C6"].data_validation.set_decimal("greater_than", 0)
        sheet["B2:B6"].data_validation.set_list(["客户1", "客户2"])  # the company's own

    book = app.books.open(rich_file)
    company = book.sheets["销售"]["B2:B6"].data_validation
    assert company.source == "客户1,客户2"
    renew(book)
    book.save()
    book.close()
    again = app.books.open(rich_file)
    renew(again)
    again.impl.flush()
    assert again.impl.package.changes() == {}


def test_the_company_s_own_rule_set_again_changes_nothing(app, rich_file):
    book = app.books.open(rich_file)
    book.sheets["销售"]["B2:B6"].data_validation.set_list(["客户1", "客户2"])
    book.sheets["销售"]["B3:B4"].data_validation.set_list(["客户1", "客户2"])
    book.impl.flush()
    assert book.impl.package.changes() == {}


@given(st.permutations(["A1", "C1:C9", "B2:B9", "B12"]))
def test_the_order_of_rules_does_not_depend_on_when_they_were_put(order):
    company = items(item("A5", "A5=1"), item("A3", "A3=1"))
    sheet = Sheet(company)
    for sqref in order:
        sheet.validations.put(parse_area(sqref), Criteria({"type": "custom"}, ("1=1",)))
    found = re.findall('sqref="([^"]*)"', sheet.content)
    assert found == ["A1", "C1:C9", "B2:B9", "A5", "A3", "B12"]


areas = st.builds(
    lambda row, column, rows, columns: Area(row, column, row + rows, column + columns),
    *(st.integers(1, 5), st.integers(1, 5), st.integers(0, 3), st.integers(0, 3)),
)
steps = st.lists(st.tuples(areas, st.sampled_from(["1", "2", None])), max_size=6)


@given(steps)
def test_each_cell_has_what_it_was_given_last(changes):
    """Rules whose formula is their own cell, put on areas one over the other."""
    sheet, expected = Sheet(""), {}
    for area, number in changes:
        first = Area(area.row1, area.col1, area.row1, area.col1)
        if number is None:
            sheet.validations.delete(area)
        else:
            criteria = Criteria({"type": "custom"}, (f"{first}={number}",))
            sheet.validations.put(area, criteria)
        expected |= dict.fromkeys(area.cells(), number)
    for (row, column), number in expected.items():
        cell = Area(row, column, row, column)
        found, everywhere = sheet.validations.criteria(cell)
        assert everywhere == (number is not None)
        assert [each.formulas for each in found] == ([(f"{cell}={number}",)] if number else [])
