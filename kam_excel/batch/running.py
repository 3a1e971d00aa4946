"""A batch from its first result to its last: one for each workbook, also where it ends early."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from kam_excel.batch.jobs import Executor, Job, JobResult
from kam_excel.codes import Language
from kam_excel.errors import Place, Problem, problem

NOT_STARTED = "BATCH_NOT_STARTED"


def run_batch(
    jobs: Sequence[Job],
    executor: Executor,
    stop: threading.Event | None = None,
    fail_fast: bool = False,
    language: Language = "en",
) -> Iterator[JobResult]:
    """The results of `jobs` as they come, exactly one for each.

    Once `stop` is set, which the executor was given too, nothing new starts; `fail_fast` sets it
    at the first failure. What was not started then has a result that says so, in `language`.
    """
    stop = stop or threading.Event()
    waiting = {job.workbook: job for job in jobs}
    for result in executor.run(jobs):
        del waiting[result.workbook]
        if fail_fast and result.status == "failed":
            stop.set()
        yield result
    for job in waiting.values():
        why = problem(NOT_STARTED, Place(file=job.workbook))
        yield refused(job.workbook, why, language, job.target)


def refused(workbook: str, why: Problem, language: Language, target: str = "") -> JobResult:
    """The result of a workbook that was not opened."""
    return JobResult(workbook, target, "failed", (why.to_json(language),))


def was_started(result: JobResult) -> bool:
    """Whether a workbook came to its turn before the batch ended."""
    return all(each["code"] != NOT_STARTED for each in result.problems)
