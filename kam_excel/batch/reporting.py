"""The report of a batch: a file of JSON lines that is readable whenever the batch ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from kam_excel.batch.jobs import JobResult
from kam_excel.errors import ConfigError, Place, Problem, problem, reason_of


class Report:
    """One object a line, all of the same kind: a result with the facts of its batch.

    The file is written anew. Every line is flushed as it comes. Raises ConfigError where the
    file cannot be written at all; `failure` says why it broke off later.
    """

    def __init__(self, path: Path, facts: Mapping[str, Any]) -> None:
        self._path, self._facts = path, dict(facts)
        self.failure: Problem | None = None
        try:
            self._file: TextIO = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise ConfigError(
                problem("BATCH_REPORT_UNWRITABLE", Place(file=str(path)), reason=reason_of(error))
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError) if self.failure else nullcontext():
            self._file.close()

    def add(self, result: JobResult) -> None:
        """Write one line; after a failure nothing more."""
        if self.failure:
            return
        try:
            self._file.write(as_line({**result.to_json(), **self._facts}) + "\n")
            self._file.flush()
        except OSError as error:
            place = Place(file=str(self._path))
            self.failure = problem("BATCH_REPORT_INCOMPLETE", place, reason=reason_of(error))


def as_line(data: Mapping[str, Any], encoding: str = "utf-8") -> str:
    """Plain data as one line of JSON; all that is not ASCII as escapes where `encoding` has not
    every letter of it, or a name is no text.
    """
    line = json.dumps(data, ensure_ascii=False)
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(data)
    return line
