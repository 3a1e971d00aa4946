"""The command `kam-excel`: parse, call, print. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence

import click

from kam_excel.cli import streams
from kam_excel.cli.adding import addin_group
from kam_excel.cli.batching import batch_command
from kam_excel.cli.declaring import describe_command, init_command
from kam_excel.cli.language import language_of, said
from kam_excel.cli.mapping import map_command
from kam_excel.cli.packages import inspect_command
from kam_excel.cli.recalculating import recalc_command
from kam_excel.cli.running import check_command, run_command
from kam_excel.codes import Language
from kam_excel.errors import KamError
from kam_excel.pipeline.setup import VERSION
from kam_excel.report import runs

BUG = 4
INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    streams.settle()
    sys.exit(run_cli(sys.argv[1:]))


def run_cli(arguments: Sequence[str]) -> int:
    """Run the command line; the exit code is 0, 1, 2, 3, 4 or 130 as documented."""
    try:
        code = cli.main(args=list(arguments), prog_name="kam-excel", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return INTERRUPTED
    except KamError as error:
        _complain(error, "--json" in arguments, language_of(arguments))
        return error.exit_code
    except Exception:  # whatever is left is a bug of ours and says so
        traceback.print_exc()
        is_batch = list(arguments[:1]) == [batch_command.name]
        rest = "workbooks not told as done are as they were" if is_batch else "nothing was written"
        click.echo(f"kam_excel {VERSION}: this is a bug; {rest}.", err=True)
        return BUG
    return code or 0


def _complain(error: KamError, as_json: bool, language: Language) -> None:
    if as_json:
        problems = [each.to_json(language) for each in error.problems]
        click.echo(json.dumps({"problems": problems}, ensure_ascii=False, indent=2))
        return
    for each in error.problems:
        click.echo(each.text(language), err=True)
    click.echo(runs.NOTHING_WRITTEN[language], err=True)


@click.group(
    help=said(
        "在公司自己的 Excel 工作簿中做大客户管理。",
        "Key account management inside your own Excel workbooks.",
    )
)
@click.version_option(VERSION, prog_name="kam-excel")
def cli() -> None:
    """The command line."""


for command in (
    run_command,
    batch_command,
    check_command,
    map_command,
    describe_command,
    init_command,
    recalc_command,
    inspect_command,
    addin_group,
):
    cli.add_command(command)
