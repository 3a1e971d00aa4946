"""The command `kam-excel`: parse, call, print. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import click

from kam_excel import report
from kam_excel.codes import Language
from kam_excel.errors import KamError
from kam_excel.host import Host, make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.run import Options
from kam_excel.pipeline.workbook_file import check_file, run_file, target_path
from kam_excel.settings.find import find_config
from kam_excel.settings.settings import Settings, load_plugin_settings

VERSION = installed_version("kam_excel")
BUG = 4
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Setup:
    """What every command starts from."""

    host: Host
    settings: Settings


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run_cli(sys.argv[1:]))


def run_cli(arguments: Sequence[str]) -> int:
    """Run the command line; the exit code is 0, 1, 2, 4 or 130 as documented."""
    try:
        cli.main(args=list(arguments), prog_name="kam-excel", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return INTERRUPTED
    except KamError as error:
        _complain(error, "--json" in arguments, _language(arguments))
        return error.exit_code
    except Exception:  # whatever is left is a bug of ours and says so
        traceback.print_exc()
        click.echo(f"kam_excel {VERSION}: this is a bug; nothing was written.", err=True)
        return BUG
    return 0


def _language(arguments: Sequence[str]) -> Language:
    return "zh" if any(a in ("zh", "--language=zh") for a in arguments) else "en"


def _complain(error: KamError, as_json: bool, language: Language) -> None:
    if as_json:
        problems = [each.to_json(language) for each in error.problems]
        click.echo(json.dumps({"problems": problems}, ensure_ascii=False, indent=2))
        return
    for each in error.problems:
        click.echo(each.text(language), err=True)
    click.echo(report.NOTHING_WRITTEN[language], err=True)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command on a workbook has."""
    for option in (
        click.option("--config", type=click.Path(path_type=Path), help="The config.yaml to use."),
        click.option(
            "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Date of the figures [today]."
        ),
        click.option("--language", type=click.Choice(["auto", "zh", "en"]), help="[auto]"),
        click.option("--strategies", help="Names, separated by commas [all that can run]."),
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
        click.option("-v", "--verbose", is_flag=True, help="Explain every changed part."),
    ):
        command = option(command)
    return command


@click.group()
@click.version_option(VERSION, prog_name="kam-excel")
def cli() -> None:
    """Key account management inside your own Excel workbooks."""


@cli.command("run")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="File or folder for the result.")
@click.option("--in-place", is_flag=True, help="Save into the workbook itself (with a backup).")
@shared_options
def run_command(
    workbook: Path, output: Path | None, in_place: bool, as_json: bool, verbose: bool, **rest: Any
) -> None:
    """Run strategies on WORKBOOK and write their sheets into it or a copy."""
    if (output is None) == (not in_place):
        raise click.UsageError("say where the result goes: either --output PATH or --in-place")
    setup = _setup(rest["config"])
    done = run_file(
        workbook,
        target_path(workbook, None if in_place else output),
        setup.host,
        setup.settings,
        _options(rest),
        VERSION,
    )
    click.echo(report.run_as_json(done) if as_json else report.run_as_text(done, verbose))


@cli.command("check")
@click.argument("workbook", type=click.Path(path_type=Path))
@shared_options
def check_command(workbook: Path, as_json: bool, verbose: bool, **rest: Any) -> None:
    """Say what a run on WORKBOOK would read, and what is doubtful in it; write nothing."""
    setup = _setup(rest["config"])
    checked = check_file(workbook, setup.host, setup.settings, _options(rest))
    click.echo(report.check_as_json(checked) if as_json else report.check_as_text(checked, verbose))


def _setup(config: Path | None) -> Setup:
    """Load the plugins that config.yaml names, then the settings of all their policies."""
    path = find_config(config)
    plugins = load_plugin_settings(path)
    host = make_host(core, discover=True, folders=plugins.folders, disabled=plugins.disabled)
    tables = {table.id: tuple(table.columns) for table in host.tables()}
    return Setup(host, Settings.load(path, host.policies(), tables))


def _options(rest: dict[str, Any]) -> Options:
    as_of: datetime | None = rest["as_of"]
    names: str | None = rest["strategies"]
    language: str | None = rest["language"]
    day: date | None = as_of.date() if as_of else None
    return Options(
        strategies=[name.strip() for name in names.split(",")] if names else None,
        as_of=day,
        language=None if language in (None, "auto") else language,  # type: ignore[arg-type]
    )
