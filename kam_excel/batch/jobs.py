"""Jobs and their results: plain strings and numbers, which any executor can carry anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

Status = Literal["done", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take: seconds of wall clock, megabytes of memory (MB are 10^6 bytes)."""

    seconds: float = 600.0
    megabytes: int = 2000


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook to run.

    `target` is where the result goes: the workbook itself (in place), another path, or ""
    (a dry run). `root` is the folder that nothing may be written outside of. `config` is the
    path of config.yaml, "" where it is looked for. `as_of` is an ISO date, "" leaves it to the
    settings; `today`, another, is what these take for the day.
    """

    workbook: str
    target: str
    root: str
    as_of: str = ""
    today: str = ""
    config: str = ""
    language: str = "auto"
    strategies: tuple[str, ...] = ()
    partial: bool = False
    limits: Limits = field(default_factory=Limits)

    def to_json(self) -> dict[str, Any]:
        """The job as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Job:
        """The job that became `data`."""
        names = tuple(data["strategies"])
        return cls(**{**data, "strategies": names, "limits": Limits(**data["limits"])})


@dataclass(frozen=True, slots=True)
class JobResult:
    """What became of one job.

    "unchanged" is a workbook that was to be saved in place and is already what the run gives:
    nothing was written. `problems` are as `Problem.to_json`; those of a job that was ended (time,
    memory, a process that died) too, and those of strategies that a partial run left out. `sheets`
    are the names of those written, `changed` the package parts that differ, `issues` counts of the
    issue sheet by level. `output` is what the process printed, at most 2,000 characters from its
    end (of a crash, from its begin). `seconds` is wall clock, `megabytes` the most memory that was
    seen.
    """

    workbook: str
    target: str
    status: Status
    problems: Sequence[Mapping[str, Any]] = ()
    strategies: Sequence[str] = ()
    sheets: Sequence[str] = ()
    changed: Sequence[str] = ()
    issues: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    megabytes: float = 0.0
    output: str = ""

    def to_json(self) -> dict[str, Any]:
        """The result as plain data, one line of a report."""
        return asdict(self)


class Executor(Protocol):
    """Whatever works jobs: threads here, a cluster elsewhere."""

    def run(self, jobs: Sequence[Job]) -> Iterator[JobResult]:
        """Exactly one result for each job, in any order; never raises for a job."""
