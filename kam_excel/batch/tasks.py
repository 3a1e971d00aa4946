"""What children do: run a job, or look whether plugins and settings can be loaded at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from kam_excel.batch.failures import failed, language_of
from kam_excel.batch.jobs import Job, JobResult
from kam_excel.batch.messages import Teller
from kam_excel.codes import Language
from kam_excel.errors import ConfigError, KamError, Problem
from kam_excel.headless.saving.save import failure
from kam_excel.pipeline.setup import VERSION, load_setup
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import FileResult, run_file
from kam_excel.settings.find import find_config


def run_job(task: Mapping[str, Any], teller: Teller) -> None:
    """Run a job. Tells `saving` with the result before the workbook is replaced, then `result`;
    raises MemoryError where a plugin got none.
    """
    job = Job.from_json(task["job"])

    def before_save(done: FileResult) -> None:
        _make_folder(job)
        teller.tell("saving", **_result(job, done).to_json())

    language = language_of(job)
    try:
        done = _run(job, language, before_save)
        result = _result(job, done)
    except KamError as error:
        _raise_memory_error(error)
        result = failed(job, *error.problems)
    teller.tell("result", **result.to_json())


def _run(job: Job, fallback: Language, before_save: Callable[[FileResult], None]) -> FileResult:
    setup = load_setup(Path(job.config) if job.config else None)
    options = Options(
        strategies=job.strategies or None,
        as_of=_day(job.as_of),
        today=_day(job.today),
        language=None if job.language == "auto" else fallback,
        partial=job.partial,
        fallback=fallback,
    )
    return run_file(
        Path(job.workbook),
        Path(job.target) if job.target else None,
        setup.host,
        setup.settings,
        options,
        VERSION,
        root=Path(job.root) if job.root else None,
        before_save=before_save,
    )


def _make_folder(job: Job) -> None:
    """Make the folder of the target. Outside of the root it isn't made: the save refuses that."""
    target = Path(job.target)
    if job.root and Path(job.root).resolve() not in target.resolve().parents:
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failure(error, target.parent) from error


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _result(job: Job, done: FileResult) -> JobResult:
    computed, inputs = done.result.computed, done.result.inputs
    in_place = done.path is not None and done.path.resolve() == Path(job.workbook).resolve()
    levels = Counter(map(str, computed.issues["level"])) if len(computed.issues) else {}
    return JobResult(
        job.workbook,
        job.target,
        "unchanged" if in_place and not done.changes else "done",
        problems=_as_json(_once(computed.failed.values()), inputs.run.language),
        strategies=[
            each.name for each in inputs.selection.order if each.name not in computed.failed
        ],
        sheets=list(done.result.sheets.values()),
        changed=sorted(done.changes),
        issues=dict(levels),
    )


def _once(groups: Iterable[Sequence[Problem]]) -> list[Problem]:
    found: list[Problem] = []
    for problems in groups:
        found += [each for each in problems if each not in found]
    return found


def _as_json(problems: Sequence[Problem], language: Language) -> list[dict[str, Any]]:
    return [each.to_json(language) for each in problems]


def _raise_memory_error(error: BaseException | None) -> None:
    """A plugin that got no memory raised that, whatever was made of it."""
    while error is not None:
        if isinstance(error, MemoryError):
            raise error
        error = error.__cause__


def probe(task: Mapping[str, Any], teller: Teller) -> None:
    """Load plugins and settings. Tells `probed`: what is wrong, and whose it is to mend."""
    try:
        config = find_config(Path(task["config"]) if task["config"] else None)
        setup = load_setup(config)
    except KamError as error:
        said = [_in_both(each) for each in error.problems]
        teller.tell("probed", problems=said, is_config=isinstance(error, ConfigError))
    else:
        path = str(config.absolute()) if config else ""
        teller.tell("probed", config=path, strategies=list(setup.host.strategies))


def _in_both(problem: Problem) -> dict[str, Any]:
    """A problem with its texts in both languages: whoever reads it need not know its code."""
    texts = {"zh": problem.to_json("zh"), "en": problem.to_json("en")}
    return {**texts, "place": asdict(problem.where)}


TASKS: Mapping[str, Callable[[Mapping[str, Any], Teller], None]] = {"run": run_job, "probe": probe}
