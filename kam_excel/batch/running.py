"""A batch from its first result to its last: one for each workbook, also where it ends early."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from itertools import chain

from kam_excel.batch.finding import Found
from kam_excel.batch.jobs import Executor, Job, JobResult
from kam_excel.codes import Language

_NOT_STARTED = "BATCH_NOT_STARTED"


def run_batch(
    jobs: Sequence[Job],
    executor: Executor,
    stop: threading.Event,
    *,
    refusals: Sequence[JobResult] = (),
    fail_fast: bool = False,
) -> Iterator[JobResult]:
    """The results of `jobs` as they come, after those of the workbooks that are not opened.

    `stop` is what `executor` looks at before it starts a job; with `fail_fast` the first failure
    sets it, at the latest when its result comes.
    """
    if fail_fast and refusals:
        stop.set()
    for result in chain(refusals, executor.run(jobs)):
        if fail_fast and result.status == "failed":
            stop.set()
        yield result


def refusals_of(found: Sequence[Found], language: Language) -> list[JobResult]:
    """A result for each workbook that is not to be opened."""
    return [
        JobResult(str(each.path), "", "failed", (each.problem.to_json(language),))
        for each in found
        if each.problem
    ]


def was_started(result: JobResult) -> bool:
    """Whether a workbook came to its turn before the batch ended."""
    return all(each["code"] != _NOT_STARTED for each in result.problems)
