"""Recalculating workbook files without running a strategy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from kam_excel.errors import KamError, Problem
from kam_excel.headless.recalc.engines import Engine
from kam_excel.headless.recalc.libreoffice import LibreOffice
from kam_excel.headless.recalc.recalculator import default_engines
from kam_excel.headless.recalc.report import RecalculationReport
from kam_excel.pipeline.records import kept
from kam_excel.pipeline.workbook_file import open_headless, target_path


@dataclass(frozen=True, slots=True)
class RecalcOptions:
    """How to recalculate. output: file or folder of the results, None for the workbooks
    themselves. as_of: what TODAY and NOW say, None leaves them as they are.
    """

    output: Path | None = None
    dry_run: bool = False
    as_of: date | None = None
    libreoffice: bool = False


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A workbook that was recalculated: where the result lies (None: nowhere, a dry run), what
    its save changed, by package part, and where the original was kept.
    """

    path: Path
    report: RecalculationReport
    saved: Path | None
    changes: dict[str, str]
    record: Path | None


@dataclass(slots=True)
class Recalculations:
    """Several workbooks: those that were done, and what stood in the way of the others."""

    done: list[Recalculated] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def recalc_files(paths: Sequence[Path], options: RecalcOptions) -> Recalculations:
    """Recalculate workbooks one by one; a problem with one does not keep the others."""
    found = Recalculations()
    for path in paths:
        try:
            found.done.append(recalc_file(path, options))
        except KamError as error:
            found.problems += error.problems
    return found


def recalc_file(path: Path, options: RecalcOptions) -> Recalculated:
    """Compute the formulas of the file at `path` and store what engines are trusted on.

    Raises a KamError where the file cannot be opened or saved; then it is as it was.
    """
    with open_headless(path) as book:
        recalculator = book.impl.recalculator
        if options.libreoffice:
            engines: list[Engine] = [*default_engines(), LibreOffice()]
            recalculator.engines = engines
        if options.as_of is not None:
            recalculator.clock = datetime.combine(options.as_of, time())
        recalculator.calculate(advance=options.as_of is not None, survey=True)
        report: RecalculationReport = recalculator.settle(everything=True)
        changes = dict(book.impl.package.changes())
        if options.dry_run:
            return Recalculated(path, report, None, changes, None)
        target = target_path(path, options.output)
        in_place = target.resolve() == path.resolve()
        keeping = kept(path, "recalc", {}) if in_place and changes else nullcontext()
        with keeping as record:
            book.save(None if in_place else str(target))
    return Recalculated(path, report, target, changes, record)
