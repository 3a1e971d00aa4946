"""One job: a workbook in a process of its own, and one result, whatever happens.

This is fault isolation and no sandbox: foreign code has the rights of whoever runs it.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from kam_excel.batch.failures import failed, language_of, left_running, problem_of
from kam_excel.batch.jobs import Job, JobResult
from kam_excel.batch.starting import end_of
from kam_excel.batch.watch import End, IsCancelled, printed
from kam_excel.errors import Problem, problem
from kam_excel.headless.saving import locks, temporaries
from kam_excel.pipeline import records


def work(job: Job, is_cancelled: IsCancelled = lambda: False) -> JobResult:
    """Run a job in a process of its own; what became of it.

    Whatever happens it gives a result and never raises. Where the job is not done, the workbook is
    as it was, nothing of the run lies about and nothing that it started runs. `is_cancelled` is
    asked ten times a second.
    """
    try:
        return _worked(job, is_cancelled)
    except Exception as error:  # whatever is left is a bug of ours and says so
        told = problem("BATCH_BUG", error=traceback.format_exception_only(error)[-1].strip())
        return replace(failed(job, told), output=printed(traceback.format_exc()))


def _worked(job: Job, is_cancelled: IsCancelled) -> JobResult:
    paths = [os.path.abspath(each) if each else "" for each in (job.workbook, job.target, job.root)]
    there = replace(job, workbook=paths[0], target=paths[1], root=paths[2])
    before = _identity(there.target)
    try:
        end = end_of({"task": "run", "job": there.to_json()}, job.limits, is_cancelled)
    except OSError as error:
        end = End("unwatched", reason=str(error))
    result = _result(there, end, was_saved=_identity(there.target) != before)
    _tidy(there)
    return replace(
        result,
        workbook=job.workbook,
        target=job.target,
        seconds=round(end.seconds, 3),
        megabytes=round(end.megabytes, 1),
        output=end.output,
    )


def _result(job: Job, end: End, *, was_saved: bool) -> JobResult:
    """What the child told, or what its end says; a save that took place is not denied."""
    if "result" in end.messages:
        return _with(job, end.messages["result"], left_running(end))
    if "saving" in end.messages and was_saved:
        told = [problem("BATCH_SAVED_THEN_ENDED"), *left_running(end)]
        return _with(job, end.messages["saving"], told)
    return failed(job, problem_of(end, job.limits), *left_running(end))


def _with(job: Job, result: Mapping[str, Any], problems: Sequence[Problem]) -> JobResult:
    said = [each.to_json(language_of(job)) for each in problems]
    return JobResult(**{**result, "problems": [*result["problems"], *said]})


def _identity(path: str) -> tuple[int, int, int] | None:
    """What tells a file from the one that a save puts into its place."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _tidy(job: Job) -> None:
    """Remove what the save of a process left behind that was ended; all of it is told by names.

    What cannot be removed now is by the next run.
    """
    with suppress(OSError):
        records.settle(Path(job.workbook).parent)
    if job.target:
        target = Path(os.path.realpath(job.target))
        with suppress(OSError):
            temporaries.sweep(target.parent)
            locks.sweep(target)
