"""The commands that run strategies on a workbook, or only look what a run would do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kam_excel.cli.language import said
from kam_excel.cli.options import VERSION, load_setup, output_option, run_options, shared_options
from kam_excel.pipeline.compute import Computed
from kam_excel.pipeline.prepare import Inputs
from kam_excel.pipeline.workbook_file import check_file, run_file, target_path
from kam_excel.report import runs


@click.command(
    "run",
    help=said(
        "在工作簿 WORKBOOK 上运行策略，把结果工作表写入原文件或副本。",
        "Run strategies on WORKBOOK and write their sheets into it or a copy.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@output_option
@click.option(
    "--in-place",
    is_flag=True,
    help=said("直接存回原工作簿（先备份）。", "Save into the workbook itself (with a backup)."),
)
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
        "说明运行时会从 WORKBOOK 读取什么、哪些数据可疑；不写入任何内容。",
        "Say what a run on WORKBOOK would read, and what is doubtful in it; write nothing.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@shared_options
def check_command(workbook: Path, as_json: bool, verbose: bool, **rest: Any) -> int:
    """Say what a run on WORKBOOK would read, and what is doubtful in it; write nothing."""
    setup = load_setup(rest["config"])
    options = run_options(rest, verbose)
    found = check_file(workbook, setup.host, setup.settings, options)
    inputs, computed = found.inputs, found.computed
    for each in found.all_problems:
        click.echo(each.text(found.survey.run.language), err=True)
    if as_json:
        click.echo(runs.check_as_json(inputs, computed))
    else:
        click.echo(runs.check_as_text(inputs, computed, verbose))
    return 0 if found.is_fine else 1


def after(computed: Computed, inputs: Inputs) -> int:
    """Say what a partial run left out; the exit code."""
    for line in runs.failures(computed, inputs.run.language):
        click.echo(line, err=True)
    return 1 if computed.failed else 0
