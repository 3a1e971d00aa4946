"""The result of a job that is not done: the problem that tells how its process ended."""

from __future__ import annotations

import signal

from kam_excel.batch.jobs import Job, JobResult, Limits
from kam_excel.batch.watch import End
from kam_excel.codes import Language
from kam_excel.codes.locale import chosen
from kam_excel.errors import Problem, problem


def language_of(job: Job) -> Language:
    """The language of what is said of a job before its workbook has one."""
    return chosen(job.language)


def failed(job: Job, *problems: Problem) -> JobResult:
    """The result of a job that is not done."""
    said = [each.to_json(language_of(job)) for each in problems]
    return JobResult(job.workbook, job.target, "failed", said)


def problem_of(end: End, limits: Limits) -> Problem:
    """Why there is no result."""
    told = end.messages.get("end", {})
    if end.why == "time":
        return problem("BATCH_TIME", seconds=f"{limits.seconds:g}")
    if end.why == "memory" or told.get("how") == "memory":
        return problem("BATCH_MEMORY", megabytes=limits.megabytes)
    if end.why == "cancelled":
        return problem("BATCH_CANCELLED")
    if end.why == "unwatched":
        return problem("BATCH_NOT_WATCHED", reason=end.reason)
    return _of_itself(end)


def _of_itself(end: End) -> Problem:
    """Why there is no result of a process that nobody ended."""
    told = end.messages.get("end", {})
    match told.get("how"):
        case "bug":
            return problem("BATCH_BUG", error=told["error"])
        case "left":
            return problem("BATCH_PLUGIN_LEFT", error=told["error"])
        case "exit":
            return problem("BATCH_NO_RESULT", exit=told["exit"])
    if end.exit is not None and end.exit < 0:
        return problem("BATCH_SIGNAL", signal=_name(-end.exit))
    if end.is_garbled:
        return problem("BATCH_RESULT_UNREADABLE")
    return problem("BATCH_NO_RESULT", exit=end.exit)


def left_running(end: End) -> list[Problem]:
    """What is told beside any result: processes of the job that could not be ended."""
    left = ", ".join(map(str, end.left))
    return [problem("BATCH_LEFT_RUNNING", processes=left)] if left else []


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
