"""The executor of this machine: a few threads that wait, each for one job at a time."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Sequence

import psutil

from kam_excel.batch.failures import failed
from kam_excel.batch.jobs import Job, JobResult, Limits
from kam_excel.batch.starting import nursery_at_hand
from kam_excel.batch.work import work
from kam_excel.errors import problem

_LOOK = 0.2  # seconds; a lock without a time cannot be interrupted on Windows

_MB = 10**6


def default_jobs(limits: Limits) -> int:
    """One job less than cores, and no more than may all take `limits` of the memory that is
    free; at least one.
    """
    by_memory = psutil.virtual_memory().available // (limits.megabytes * _MB)
    return max(1, min(_cores() - 1, by_memory))


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalExecutor:
    """Works `processes` jobs at once, each in a process of its own.

    With `stop` set, which `fail_fast` does at the first failure, no further job is started; with
    `cancel` set those that run are ended too. Each still has its result. A consumer that goes
    away ends everything.
    """

    def __init__(
        self,
        processes: int,
        stop: threading.Event | None = None,
        cancel: threading.Event | None = None,
        *,
        fail_fast: bool = False,
    ) -> None:
        self._processes = processes
        self._stop = stop or threading.Event()
        self._cancel = cancel or threading.Event()
        self._fail_fast = fail_fast

    def run(self, jobs: Sequence[Job]) -> Iterator[JobResult]:
        """Exactly one result for each job, as they come; never raises for a job."""
        waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        for job in jobs:
            waiting.put(job)
        results: queue.SimpleQueue[JobResult] = queue.SimpleQueue()
        is_gone = threading.Event()
        threads = [
            threading.Thread(target=self._work, args=(waiting, results, is_gone))
            for _ in range(min(max(1, self._processes), len(jobs)))
        ]
        with nursery_at_hand():
            try:
                for thread in threads:
                    thread.start()
                for _ in jobs:
                    yield _next(results, threads)
            finally:
                is_gone.set()
                for thread in threads:
                    if thread.ident is not None:
                        thread.join()

    def _work(
        self,
        waiting: queue.SimpleQueue[Job],
        results: queue.SimpleQueue[JobResult],
        is_gone: threading.Event,
    ) -> None:
        def is_cancelled() -> bool:
            return is_gone.is_set() or self._cancel.is_set()

        while True:
            try:
                job = waiting.get_nowait()
            except queue.Empty:
                return
            if is_cancelled() or self._stop.is_set():
                results.put(failed(job, problem("BATCH_NOT_STARTED")))
            else:
                result = work(job, is_cancelled)
                if self._fail_fast and result.status == "failed":
                    self._stop.set()
                results.put(result)


def _next(results: queue.SimpleQueue[JobResult], threads: Sequence[threading.Thread]) -> JobResult:
    while True:
        is_over = not any(thread.is_alive() for thread in threads)
        try:
            return results.get(timeout=_LOOK)
        except queue.Empty:
            if is_over:
                raise RuntimeError("a job has no result: its thread has raised") from None
