"""One workbook file without Excel: look at it, and write nothing but its issue sheet."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from kam_excel.host import Host
from kam_excel.pipeline.examine import Examination, examine
from kam_excel.pipeline.issue_book import mark_of, write_issue_sheet
from kam_excel.pipeline.records import kept
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What was found in a file. `path` is where it lies with its issue sheet (None: nothing was
    written), `record` where the original was kept, `is_changed` whether the sheet is another.
    """

    found: Examination
    path: Path | None = None
    record: Path | None = None
    is_changed: bool = False


def write_issues(
    path: Path, target: Path, host: Host, settings: Settings, options: Options, version: str
) -> FileCheck:
    """Look at the file at `path` and write its issue sheet, and nothing else, to `target`.

    In place, the original is kept in `.kam/runs/<id>/` beside it. Raises WorkbookError where the
    file or its settings sheet cannot be read, or the issue sheet cannot be written.
    """
    with open_headless(path) as book:
        found = examine(book, host, settings, options)
        mark = mark_of(found, host, version)
        write_issue_sheet(book, found, host, version)
        is_changed = bool(book.impl.package.changes())
        in_place = target.resolve() == path.resolve()
        facts = {"version": version, "check": mark, "as_of": found.survey.run.as_of.isoformat()}
        keeping = kept(path, mark[:8], facts) if in_place and is_changed else nullcontext()
        with keeping as record:
            book.save(None if in_place else str(target))
    return FileCheck(found, target, record, is_changed)
