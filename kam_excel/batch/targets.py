"""Where the results of a batch go, settled before anything starts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kam_excel.batch.finding import Found
from kam_excel.batch.jobs import Job
from kam_excel.errors import NOWHERE, ConfigError, Place, Problem, problem, raise_if


def jobs_in_place(found: Sequence[Found], like: Job) -> list[Job]:
    """A job `like` the given one for each workbook, saved into the workbook itself."""
    return [_job(each, str(each.path), each.root, like) for each in _opened(found)]


def jobs_of_dry_run(found: Sequence[Found], like: Job) -> list[Job]:
    """A job `like` the given one for each workbook, saved nowhere."""
    return [_job(each, "", each.root, like) for each in _opened(found)]


def jobs_into(output: Path, found: Sequence[Found], like: Job) -> list[Job]:
    """A job `like` the given one for each workbook, saved below `output` as it lies below its
    root.

    Raises ConfigError where `output` is a file, two results would be one file, or a result
    would replace a workbook of the batch. Makes no folder.
    """
    output = Path(os.path.abspath(output))
    if output.exists() and not output.is_dir():
        raise ConfigError(problem("BATCH_OUTPUT_NO_FOLDER", Place(file=str(output))))
    opened = _opened(found)
    targets = [output / each.path.relative_to(each.root) for each in opened]
    raise_if(_clashes(opened, targets), ConfigError)
    return [
        _job(each, str(target), output, like) for each, target in zip(opened, targets, strict=True)
    ]


def _opened(found: Sequence[Found]) -> list[Found]:
    return [each for each in found if each.problem is None]


def _job(each: Found, target: str, root: Path, like: Job) -> Job:
    return replace(like, workbook=str(each.path), target=target, root=str(root))


def _clashes(found: Sequence[Found], targets: Sequence[Path]) -> list[Problem]:
    workbooks = {_key(each.path) for each in found}
    taken: dict[str, Path] = {}
    problems = []
    for each, target in zip(found, targets, strict=True):
        key = _key(target)
        first = taken.setdefault(key, each.path)
        if first != each.path:
            two = {"first": str(first), "second": str(each.path)}
            problems.append(problem("BATCH_TARGET_TWICE", NOWHERE, target=str(target), **two))
        elif key in workbooks:
            problems.append(problem("BATCH_TARGET_IS_WORKBOOK", target=str(target)))
    return problems


def _key(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
