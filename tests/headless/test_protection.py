"""A workbook whose structure is protected keeps its sheets as they are."""

import pytest
import xlwings as xw

from kam_excel.errors import WorkbookError

CHANGES = {
    "add": lambda book: book.sheets.add("New"),
    "rename": lambda book: setattr(book.sheets[0], "name", "Other"),
    "delete": lambda book: book.sheets["Table"].delete(),
    "hide": lambda book: setattr(book.sheets["Table"], "visible", False),
    "show": lambda book: setattr(book.sheets["Hidden"], "visible", True),
    "move": lambda book: book.sheets["Table"].impl.move(before=book.sheets[0].impl),
}


@pytest.fixture
def locked(app: xw.App, rich_file, parts, write_parts):
    """A book whose sheets are locked."""
    content = parts(rich_file)
    tag = b'<workbookProtection lockStructure="1"/><bookViews>'
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(b"<bookViews>", tag)
    return app.books.open(write_parts(content, "locked.xlsx"))


@pytest.mark.parametrize("change", CHANGES)
def test_the_sheets_stay(locked, change):
    with pytest.raises(WorkbookError, match="STRUCTURE_LOCKED"):
        CHANGES[change](locked)
    assert not locked.impl.package.is_changed


def test_cells_can_be_written_and_the_lock_stays(locked, tmp_path, parts):
    locked.sheets[0]["A30"].value = 1
    locked.save(tmp_path / "result.xlsx")
    assert b'lockStructure="1"' in parts(tmp_path / "result.xlsx")["xl/workbook.xml"]
