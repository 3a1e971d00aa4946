"""How many workbooks this machine works at once, unless told."""

from __future__ import annotations

import os

import psutil

from kam_excel.batch.jobs import Limits

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
