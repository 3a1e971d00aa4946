"""The issue sheet of an open workbook, where a run is only looked at."""

from __future__ import annotations

import xlwings as xw

from kam_excel.contract.outputs import DataIssues
from kam_excel.errors import WorkbookError, raise_if
from kam_excel.host import Host
from kam_excel.pipeline.examine import Examination
from kam_excel.pipeline.run import fingerprint_of
from kam_excel.pipeline.workbook_file import recalculated
from kam_excel.workbook.adapter import is_headless
from kam_excel.workbook.restoring import all_or_nothing
from kam_excel.workbook.write import conflicts, write_output


def mark_of(found: Examination, host: Host, version: str) -> str:
    """The fingerprint of what was looked at."""
    return fingerprint_of(found.inputs, found.settings, host, version)


def write_issue_sheet(book: xw.Book, found: Examination, host: Host, version: str) -> xw.Sheet:
    """Write the issue sheet, as a run would, and compute what depends on it; Excel does by itself.

    Raises WorkbookError where the sheet is taken or protected, or the book takes none.
    """
    run = found.survey.run
    frame = next(each.frame for each in found.computed.outputs if each.table is DataIssues)
    raise_if(conflicts(book, {DataIssues: len(frame)}, run.language), WorkbookError)
    with all_or_nothing(book, [DataIssues], run):
        sheet = write_output(book, DataIssues, frame, run, mark_of(found, host, version))
    if is_headless(book):
        recalculated(book, run.as_of, [sheet.name])
    return sheet
