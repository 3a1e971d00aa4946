"""The command that runs strategies on many workbooks, each in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from kam_excel.batch.finding import WORKBOOKS, Findings, Found, find
from kam_excel.batch.jobs import Job, JobResult, Limits
from kam_excel.batch.local import LocalExecutor, default_jobs
from kam_excel.batch.probe import Probed, probe
from kam_excel.batch.reporting import Report, as_line
from kam_excel.batch.running import refusals_of, run_batch, was_started
from kam_excel.batch.targets import jobs_in_place, jobs_into, jobs_of_dry_run
from kam_excel.cli.interrupts import Interrupts
from kam_excel.cli.language import said
from kam_excel.cli.options import NamedPath, listed_names, shared_options
from kam_excel.cli.progress import Progress
from kam_excel.cli.streams import aside, encoding, silence
from kam_excel.codes import Language
from kam_excel.codes.locale import chosen
from kam_excel.errors import Problem, problem, reason_of
from kam_excel.pipeline.graph import check_names
from kam_excel.pipeline.setup import VERSION
from kam_excel.report import batches

FAILED, STOPPED_EARLY, INTERRUPTED = 1, 3, 130
_MOST_SECONDS, _LEAST_MEGABYTES, _MOST_MEGABYTES = 86_400, 256, 1_000_000
_DEFAULTS = Limits()


def _checked_seconds(context: click.Context, option: click.Parameter, seconds: float) -> float:
    if not 0 < seconds <= _MOST_SECONDS:  # which no NaN is
        raise click.BadParameter(
            said(
                f"须大于 0，至多 {_MOST_SECONDS}（秒）",
                f"it has to be above 0 and at most {_MOST_SECONDS} (seconds)",
            )
        )
    return seconds


@click.command(
    "batch",
    help=said(
        "在许多工作簿上运行策略，每个工作簿一个独立进程。参数为文件夹（含子文件夹）、加引号的"
        "通配符（如 'data/**/*.xlsx'）或文件。\n\n不指定 --output 或 --dry-run 时，"
        "结果直接存回原工作簿：每个原文件先备份到其旁的 .kam/runs。",
        "Run strategies on many workbooks, each in a process of its own: on all in a FOLDER and "
        "below, on those of a quoted pattern such as 'data/**/*.xlsx', on files.\n\nWithout "
        "--output or --dry-run results are saved INTO THE WORKBOOKS THEMSELVES; each original is "
        "kept in .kam/runs beside it.",
    ),
)
@click.argument("arguments", metavar="FOLDER|GLOB...", nargs=-1, required=True)
@click.option(
    "--output",
    type=NamedPath(),
    help=said(
        "存放结果的文件夹，其下路径与原文件夹一致 [存回原工作簿]。",
        "Folder for the results, which lie in it as their workbooks do [in place].",
    ),
)
@click.option(
    "--in-place",
    is_flag=True,
    help=said(
        "存回原工作簿（先备份）；这是默认。",
        "Save into the workbooks (with a backup): the default.",
    ),
)
@click.option("--dry-run", is_flag=True, help=said("试运行，不保存。", "Do everything but save."))
@click.option(
    "--jobs",
    "at_once",
    type=click.IntRange(1, 1000),
    help=said(
        "同时处理几个工作簿 [核数减一，且不超出可用内存]。",
        "Workbooks at once [cores less one, as memory allows].",
    ),
)
@click.option(
    "--timeout",
    type=float,
    default=_DEFAULTS.seconds,
    callback=_checked_seconds,
    help=said(
        f"每个工作簿的时限（秒）[{_DEFAULTS.seconds:g}]。",
        f"Seconds for each workbook [{_DEFAULTS.seconds:g}].",
    ),
)
@click.option(
    "--memory",
    type=click.IntRange(_LEAST_MEGABYTES, _MOST_MEGABYTES),
    default=_DEFAULTS.megabytes,
    help=said(
        f"每个工作簿的内存上限（MB）[{_DEFAULTS.megabytes}]。",
        f"Megabytes of memory for each workbook [{_DEFAULTS.megabytes}].",
    ),
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help=said("每个结果写一行 JSON 的文件。", "File with a line of JSON for each result."),
)
@click.option(
    "--fail-fast",
    is_flag=True,
    help=said("首次失败后不再开始新的。", "Start nothing new after the first failure."),
)
@shared_options
def batch_command(
    arguments: tuple[str, ...],
    output: Path | None,
    in_place: bool,
    dry_run: bool,
    at_once: int | None,
    timeout: float,
    memory: int,
    report: Path | None,
    fail_fast: bool,
    as_json: bool,
    verbose: bool,
    **rest: Any,
) -> int:
    """Run strategies on many workbooks, each in a process of its own."""
    _check_usage(output, in_place, dry_run, report)
    language, limits = chosen(rest["language"]), Limits(timeout, memory)
    findings = find(arguments, output)
    config = str(rest["config"].absolute()) if rest["config"] else ""
    like = _like(rest, probe(config, limits), limits)
    jobs = _jobs(findings.workbooks, output, dry_run, like)
    at_once = at_once or default_jobs(limits)
    interrupts = Interrupts(language)
    executor = LocalExecutor(at_once, interrupts.stop, interrupts.cancel, fail_fast=fail_fast)
    refusals = refusals_of(findings.workbooks, language)
    names = ("as_of", "today", "config")
    facts = {"version": VERSION, **{name: getattr(like, name) for name in names}}
    with (
        Report(report, facts) if report else nullcontext() as file,
        interrupts.taken(),
    ):
        _say_start(findings, at_once, output, dry_run, language)
        results = run_batch(jobs, executor, interrupts.stop, refusals=refusals, fail_fast=fail_fast)
        told = _Told(findings.workbooks, file, interrupts, as_json, verbose)
        for result in results:
            told.tell(result)
    told.sum_up()
    return INTERRUPTED if interrupts.count else told.exit_code


class _Told:
    """The results that were told: to stdout, to the report, and counted."""

    def __init__(
        self,
        found: Sequence[Found],
        report: Report | None,
        interrupts: Interrupts,
        as_json: bool,
        verbose: bool,
    ) -> None:
        self._report, self._language, self._stop = report, interrupts.language, interrupts.stop
        self._progress = Progress({str(each.path): each.size for each in found}, self._language)
        self._unwritten: Problem | None = None
        self._as_json, self._verbose = as_json, verbose
        self._not_started, self._has_errors = 0, False

    def tell(self, result: JobResult) -> None:
        """Tell a result, and how far the batch is."""
        self._not_started += not was_started(result)
        self._has_errors |= any(each["level"] == "error" for each in result.problems)
        self._progress.add(result)
        self._progress.clear()
        if self._report:
            self._report.add(result)
        self._say(
            as_line(result.to_json(), encoding())
            if self._as_json
            else batches.result_as_text(result, self._language, self._verbose)
        )
        self._progress.show()

    def _say(self, text: str) -> None:
        """Write to stdout; once that cannot be, nothing new is started."""
        if self._unwritten:
            return
        try:
            click.echo(text)
        except OSError as error:
            silence()
            self._stop.set()
            self._unwritten = problem("BATCH_OUTPUT_BROKEN", reason=reason_of(error))

    def sum_up(self) -> None:
        """Tell how the batch ended."""
        progress = self._progress
        progress.clear()
        text = batches.summary_as_text(
            progress.counts, self._not_started, progress.elapsed, self._language
        )
        aside(text)
        for each in self._failures:
            aside(each.text(self._language))

    @property
    def exit_code(self) -> int:
        """0 where all is done or unchanged, and was told."""
        if self._not_started and not self._unwritten:
            return STOPPED_EARLY
        return FAILED if self._has_errors or self._failures else 0

    @property
    def _failures(self) -> list[Problem]:
        """Why results could not be told."""
        failures = (self._unwritten, self._report.failure if self._report else None)
        return [each for each in failures if each]


def _check_usage(output: Path | None, in_place: bool, dry_run: bool, report: Path | None) -> None:
    if (output is not None) + in_place + dry_run > 1:
        raise click.UsageError(
            said(
                "--output、--in-place 和 --dry-run 只能指定一个",
                "only one of --output, --in-place and --dry-run",
            )
        )
    if report is not None and report.name.lower().endswith(WORKBOOKS):
        raise click.UsageError(
            said("--report 不能是工作簿", "--report would replace a workbook: name a .jsonl file")
        )


def _like(rest: dict[str, Any], probed: Probed, limits: Limits) -> Job:
    """What all jobs have in common; raises ConfigError where a strategy is not known.

    The day is settled here: a batch over midnight has one date.
    """
    names = listed_names(rest["strategies"]) or ()
    check_names(names, probed.strategies)
    as_of: datetime | None = rest["as_of"]
    return Job(
        workbook="",
        target="",
        root="",
        as_of=as_of.date().isoformat() if as_of else "",
        today=date.today().isoformat(),
        config=probed.config,
        language=rest["language"] or "auto",
        strategies=tuple(names),
        partial=rest["partial"],
        limits=limits,
    )


def _jobs(found: Sequence[Found], output: Path | None, dry_run: bool, like: Job) -> list[Job]:
    if dry_run:
        return jobs_of_dry_run(found, like)
    return jobs_in_place(found, like) if output is None else jobs_into(output, found, like)


def _say_start(
    findings: Findings, at_once: int, output: Path | None, dry_run: bool, language: Language
) -> None:
    for argument in findings.empty:
        aside(batches.empty_as_text(argument, language))
    for folder in findings.linked:
        aside(batches.linked_as_text(folder, language))
    count = len(findings.workbooks)
    aside(batches.start_as_text(count, at_once, output, dry_run, language))
