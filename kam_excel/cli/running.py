"""The commands that run strategies on a workbook, or only look what a run would do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kam_excel.cli.language import said
from kam_excel.cli.options import (
    in_place_option,
    output_option,
    run_options,
    shared_options,
)
from kam_excel.pipeline.compute import Computed
from kam_excel.pipeline.examine import Examination
from kam_excel.pipeline.issue_file import FileCheck, write_issues
from kam_excel.pipeline.prepare import Inputs
from kam_excel.pipeline.setup import VERSION, load_setup
from kam_excel.pipeline.workbook_file import check_file, run_file, target_path
from kam_excel.report import checks, runs
from kam_excel.report.check_data import check_as_json


@click.command(
    "run",
    help=said(
        "在工作簿 WORKBOOK 上运行策略，把结果工作表写入原文件或副本。",
        "Run strategies on WORKBOOK and write their sheets into it or a copy.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@output_option
@in_place_option
@click.option("--dry-run", is_flag=True, help=said("试运行，不保存。", "Do everything but save."))
@click.option(
    "--diff",
    is_flag=True,
    help=said(
        "显示输出表的变化；单独使用时为试运行。",
        "Show what changes in our sheets; alone: a dry run.",
    ),
)
@shared_options
def run_command(
    workbook: Path,
    output: Path | None,
    in_place: bool,
    dry_run: bool,
    diff: bool,
    as_json: bool,
    verbose: bool,
    **rest: Any,
) -> int:
    """Run strategies on WORKBOOK and write their sheets into it or a copy."""
    dry_run = dry_run or (diff and output is None and not in_place)
    if (output is not None) + in_place + dry_run != 1:
        raise click.UsageError(
            said(
                "请指定结果存到哪里：--output PATH、--in-place 或 --dry-run",
                "say where the result goes: --output PATH, --in-place or --dry-run",
            )
        )
    setup = load_setup(rest["config"])
    target = None if dry_run else target_path(workbook, output)
    options = run_options(rest, verbose)
    done = run_file(workbook, target, setup.host, setup.settings, options, VERSION, diff=diff)
    click.echo(runs.run_as_json(done) if as_json else runs.run_as_text(done, verbose))
    return after(done.result.computed, done.result.inputs)


@click.command(
    "check",
    help=said(
        "说明运行时会从 WORKBOOK 读取什么、哪些数据可疑、什么妨碍运行。",
        "Say what a run on WORKBOOK would read, what is doubtful, what stands in the way.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--write",
    is_flag=True,
    help=said("写入“数据问题”表，此外不写入任何内容。", "Write the issue sheet, and nothing else."),
)
@in_place_option
@output_option
@shared_options
def check_command(
    workbook: Path,
    write: bool,
    in_place: bool,
    output: Path | None,
    as_json: bool,
    verbose: bool,
    **rest: Any,
) -> int:
    """Say what a run on WORKBOOK would read, what is doubtful, what stands in the way."""
    if (output is not None) + in_place != write:
        raise click.UsageError(
            said(
                "--write 须与 --output PATH 或 --in-place 之一同用",
                "--write goes with one of --output PATH and --in-place",
            )
        )
    setup = load_setup(rest["config"])
    options = run_options(rest, verbose)
    if write:
        target = target_path(workbook, output)
        done = write_issues(workbook, target, setup.host, setup.settings, options, VERSION)
    else:
        done = FileCheck(check_file(workbook, setup.host, setup.settings, options))
    if as_json:
        click.echo(check_as_json(workbook, done))
    else:
        click.echo(checks.check_as_text(workbook, done, verbose))
        _warn(done.found)
    return 0 if done.found.is_fine else 1


def _warn(found: Examination) -> None:
    """Where the page goes into a file, whoever sits there reads what is wrong as well."""
    if not sys.stdout.isatty():
        for each in found.all_problems:
            click.echo(each.text(found.survey.run.language), err=True)


def after(computed: Computed, inputs: Inputs) -> int:
    """Say what a partial run left out; the exit code."""
    for line in runs.failures(computed, inputs.run.language):
        click.echo(line, err=True)
    return 1 if computed.failed else 0
