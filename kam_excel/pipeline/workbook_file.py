"""One workbook file without Excel: open it headless, run, save, and remember how it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlwings as xw

from kam_excel import headless
from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.recalc.report import RecalculationReport
from kam_excel.host import Host
from kam_excel.pipeline.examine import Examination, examine
from kam_excel.pipeline.records import kept
from kam_excel.pipeline.run import Result, run
from kam_excel.pipeline.steps import save_step
from kam_excel.pipeline.survey import Options
from kam_excel.settings.settings import Settings
from kam_excel.workbook.difference import SheetDifference, differences
from kam_excel.workbook.snapshot import Snapshot, take_snapshots

_OTHER_KINDS = (".xls", ".xlsb", ".xltx", ".xltm", ".csv", ".ods")


@dataclass(frozen=True, slots=True)
class FileResult:
    """A run on a file: where the result lies (None: nowhere, a dry run), what its save changed,
    by package part, and where the original was kept. `differences` of our sheets, if asked for;
    `formulas` that depend on them.
    """

    result: Result
    path: Path | None
    changes: dict[str, str]
    record: Path | None
    differences: Sequence[SheetDifference] | None = None
    formulas: RecalculationReport = field(default_factory=RecalculationReport)


@contextmanager
def open_headless(path: Path) -> Iterator[xw.Book]:
    """The workbook at `path`, opened without Excel. Raises WorkbookError where it cannot be."""
    if not path.exists():
        raise WorkbookError(problem("FILE_NOT_FOUND", Place(file=str(path))))
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    try:
        yield app.books.open(str(path))
    finally:
        app.quit()


def check_file(path: Path, host: Host, settings: Settings, options: Options) -> Examination:
    """Do all of a run on the file at `path` that can be done, but write.

    Raises WorkbookError where the file or its settings sheet cannot be read.
    """
    with open_headless(path) as book:
        return examine(book, host, settings, options)


def run_file(
    path: Path,
    target: Path | None,
    host: Host,
    settings: Settings,
    options: Options,
    version: str,
    *,
    diff: bool = False,
    root: Path | None = None,
    before_save: Callable[[FileResult], None] = lambda _: None,
) -> FileResult:
    """Run on the file at `path` and save to `target`, which may be the same file; None saves
    nothing. With `diff` our sheets are compared with what they were. Nothing is saved outside of
    `root`. `before_save` is told the result that the save will have.

    In place, the original is kept in `.kam/runs/<id>/` beside it. Raises a KamError with every
    problem; then nothing was written.
    """
    with open_headless(path) as book:
        book.impl.root = root
        before = take_snapshots(book) if diff else {}
        result = run(book, host, settings, options, version)
        found = _differences(before, book, result) if diff else None
        formulas = recalculated(book, result.inputs.run.as_of, result.sheets.values())
        changes = dict(book.impl.package.changes())
        if target is None:
            return FileResult(result, None, changes, None, found, formulas)
        options.progress(save_step(target.name))
        in_place = target.resolve() == path.resolve()
        keeping = _kept(path, result, options, version) if in_place and changes else nullcontext()
        with keeping as record:
            done = FileResult(result, target, changes, record, found, formulas)
            before_save(done)
            book.save(None if in_place else str(target))
    return done


def recalculated(book: xw.Book, as_of: date, sheets: Iterable[str]) -> RecalculationReport:
    """Compute what depends on the sheets written; what becomes of these formulas."""
    recalculator = book.impl.recalculator
    # What Excel's own clock says must not tell two runs of one day apart.
    recalculator.clock = datetime.combine(as_of, time())
    recalculator.about = [book.sheets[name].impl.model.part for name in sheets]
    report: RecalculationReport = book.impl.flush()
    return report


def _differences(
    before: Mapping[str, Snapshot], book: xw.Book, result: Result
) -> list[SheetDifference]:
    tables = {output.table.id: output.table for output in result.computed.outputs}
    return differences(before, take_snapshots(book), tables)


def target_path(path: Path, output: Path | None) -> Path:
    """Where the result goes: the file named, or the same name in the folder named.

    Raises WorkbookError where the file named would be of a kind that we do not write.
    """
    if output is None:
        return path
    if output.suffix.lower() in _OTHER_KINDS and not output.is_dir():
        place = Place(file=output.name)
        raise WorkbookError(problem("FILE_KIND_UNSUPPORTED", place, kind=output.suffix))
    if output.is_dir() or output.suffix.lower() not in (".xlsx", ".xlsm"):
        output.mkdir(parents=True, exist_ok=True)
        return output / path.name
    return output


def _kept(
    path: Path, result: Result, options: Options, version: str
) -> AbstractContextManager[Path]:
    """Keep the original and the facts of the run while the workbook is replaced."""
    facts: dict[str, Any] = {
        "version": version,
        "fingerprint": result.fingerprint,
        "as_of": result.inputs.run.as_of.isoformat(),
        "strategies": list(options.strategies) if options.strategies else None,
        "partial": options.partial,
        "sheets": dict(result.sheets),
    }
    return kept(path, result.fingerprint[:8], facts)
