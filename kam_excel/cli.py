"""The command `kam-excel`: parse, call, print. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import click

from kam_excel.codes import Language, Text
from kam_excel.description.collect import describe
from kam_excel.description.lookup import named
from kam_excel.errors import KamError
from kam_excel.host import Host, make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.compute import Computed
from kam_excel.pipeline.inspect_file import inspect_file
from kam_excel.pipeline.prepare import Inputs, Options
from kam_excel.pipeline.template_file import init_file
from kam_excel.pipeline.workbook_file import check_file, run_file, target_path
from kam_excel.report import descriptions, inspections, runs, templates
from kam_excel.settings.find import find_config
from kam_excel.settings.settings import Settings, load_plugin_settings

VERSION = installed_version("kam_excel")
BUG = 4
_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}
INTERRUPTED = 130


def _language_of_locale() -> Language:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "zh" if (locale or "").lower().startswith("zh") else "en"


def _said(zh: str, en: str) -> str:
    """A help text in the language of the user's locale."""
    return Text(zh, en).in_(_language_of_locale())


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
        code = cli.main(args=list(arguments), prog_name="kam-excel", standalone_mode=False)
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
    return code or 0


def _language(arguments: Sequence[str]) -> Language:
    """The language of messages: as asked for, else that of the user's locale."""
    for option, value in zip(arguments, [*arguments[1:], ""], strict=False):
        if option in ("--language=zh", "--language=en"):
            return "zh" if option.endswith("zh") else "en"
        if option == "--language" and value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    return _language_of_locale()


def _complain(error: KamError, as_json: bool, language: Language) -> None:
    if as_json:
        problems = [each.to_json(language) for each in error.problems]
        click.echo(json.dumps({"problems": problems}, ensure_ascii=False, indent=2))
        return
    for each in error.problems:
        click.echo(each.text(language), err=True)
    click.echo(runs.NOTHING_WRITTEN[language], err=True)


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help=_said("使用的 config.yaml。", "The config.yaml to use."),
)


own_language_option = click.option(
    "--language",
    type=click.Choice(["auto", "zh", "en"]),
    help=_said("[与系统语言一致]", "[that of your locale]"),
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command on a workbook has."""
    for option in (
        config_option,
        click.option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            help=_said("统计截止日期 [当天]。", "Date of the figures [today]."),
        ),
        click.option(
            "--language",
            type=click.Choice(["auto", "zh", "en"]),
            help=_said(
                "输出语言 [auto：与工作簿一致]。",
                "Language of the output [auto: that of the workbook].",
            ),
        ),
        click.option(
            "--strategies",
            help=_said(
                "策略名称，以逗号分隔 [全部可运行的]。",
                "Names, separated by commas [all that can run].",
            ),
        ),
        click.option(
            "--partial",
            is_flag=True,
            help=_said("略过无法运行的策略。", "Leave out strategies that cannot run."),
        ),
        click.option(
            "--json",
            "as_json",
            is_flag=True,
            help=_said("以 JSON 输出结果。", "Print the result as JSON."),
        ),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            help=_said("说明每个步骤和改动的部件。", "Explain each step and every changed part."),
        ),
    ):
        command = option(command)
    return command


@click.group(
    help=_said(
        "在公司自己的 Excel 工作簿中做大客户管理。",
        "Key account management inside your own Excel workbooks.",
    )
)
@click.version_option(VERSION, prog_name="kam-excel")
def cli() -> None:
    """The command line."""


@cli.command(
    "run",
    help=_said(
        "在工作簿 WORKBOOK 上运行策略，把结果工作表写入原文件或副本。",
        "Run strategies on WORKBOOK and write their sheets into it or a copy.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=_said("结果文件或文件夹。", "File or folder for the result."),
)
@click.option(
    "--in-place",
    is_flag=True,
    help=_said("直接存回原工作簿（先备份）。", "Save into the workbook itself (with a backup)."),
)
@click.option("--dry-run", is_flag=True, help=_said("试运行，不保存。", "Do everything but save."))
@click.option(
    "--diff",
    is_flag=True,
    help=_said(
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
            _said(
                "请指定结果存到哪里：--output PATH、--in-place 或 --dry-run",
                "say where the result goes: --output PATH, --in-place or --dry-run",
            )
        )
    setup = _setup(rest["config"])
    target = None if dry_run else target_path(workbook, output)
    options = _options(rest, verbose)
    done = run_file(workbook, target, setup.host, setup.settings, options, VERSION, diff=diff)
    click.echo(runs.run_as_json(done) if as_json else runs.run_as_text(done, verbose))
    return _after(done.result.computed, done.result.inputs)


@cli.command(
    "check",
    help=_said(
        "说明运行时会从 WORKBOOK 读取什么、哪些数据可疑；不写入任何内容。",
        "Say what a run on WORKBOOK would read, and what is doubtful in it; write nothing.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@shared_options
def check_command(workbook: Path, as_json: bool, verbose: bool, **rest: Any) -> int:
    """Say what a run on WORKBOOK would read, and what is doubtful in it; write nothing."""
    setup = _setup(rest["config"])
    options = _options(rest, verbose)
    inputs, computed = check_file(workbook, setup.host, setup.settings, options)
    if as_json:
        click.echo(runs.check_as_json(inputs, computed))
    else:
        click.echo(runs.check_as_text(inputs, computed, verbose))
    return _after(computed, inputs)


@cli.command(
    "describe",
    help=_said(
        "说明各策略读取、输出什么，以及可以设置什么。NAME 为策略、表、设置段或代码；"
        "不填则全部列出。",
        "Say what the strategies read and give, and what can be set. NAME is a strategy, a table, "
        "a section of settings or a code; without it all are listed.",
    ),
)
@click.argument("name", required=False)
@config_option
@own_language_option
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=_said("以 JSON 输出全部声明。", "Print everything declared as JSON."),
)
def describe_command(
    name: str | None, config: Path | None, language: str | None, as_json: bool
) -> None:
    """Say what the strategies read and give, and what can be set."""
    whole = describe(_setup(config).host)
    part = named(whole, name) if name else whole
    shown = _chosen(language)
    if as_json:
        click.echo(descriptions.description_as_json(part))
    else:
        say = descriptions.details if name else descriptions.overview
        click.echo(say(part, shown))


@cli.command(
    "init",
    help=_said(
        "在 PATH 生成空白工作簿，策略读取的每张表各有一个工作表。",
        "Write a blank workbook to PATH with a sheet for each table that the strategies read.",
    ),
)
@click.argument("path", type=click.Path(path_type=Path))
@config_option
@own_language_option
@click.option(
    "--strategies", help=_said("策略名称，以逗号分隔 [全部]。", "Names, separated by commas [all].")
)
@click.option(
    "--json", "as_json", is_flag=True, help=_said("以 JSON 输出结果。", "Print the result as JSON.")
)
def init_command(
    path: Path, config: Path | None, language: str | None, strategies: str | None, as_json: bool
) -> None:
    """Write a blank workbook to PATH with a sheet for each table that the strategies read."""
    shown = _chosen(language)
    inputs = init_file(path, _setup(config).host, _names(strategies), shown)
    click.echo((templates.as_json if as_json else templates.as_text)(path, inputs, shown))


@cli.command(
    "inspect",
    help=_said(
        "说明 WORKBOOK 文件包里有什么，以及编辑会触及哪些部件；不写入任何内容。",
        "Say what the package of WORKBOOK holds and what an edit would touch; write nothing.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@own_language_option
@click.option(
    "--json", "as_json", is_flag=True, help=_said("以 JSON 输出结果。", "Print the result as JSON.")
)
@click.option("-v", "--verbose", is_flag=True, help=_said("列出全部部件。", "List every part."))
def inspect_command(workbook: Path, language: str | None, as_json: bool, verbose: bool) -> None:
    """Say what the package of WORKBOOK holds and what an edit would touch; write nothing."""
    shown, found = _chosen(language), inspect_file(workbook)
    if as_json:
        click.echo(inspections.inspection_as_json(found, shown))
    else:
        click.echo(inspections.inspection_as_text(found, shown, verbose))


def _after(computed: Computed, inputs: Inputs) -> int:
    """Say what a partial run left out; the exit code."""
    for line in runs.failures(computed, inputs.run.language):
        click.echo(line, err=True)
    return 1 if computed.failed else 0


def _setup(config: Path | None) -> Setup:
    """Load the plugins that config.yaml names, then the settings of all their policies."""
    path = find_config(config)
    plugins = load_plugin_settings(path)
    host = make_host(core, discover=True, folders=plugins.folders, disabled=plugins.disabled)
    tables = {table.id: tuple(table.columns) for table in host.tables()}
    return Setup(host, Settings.load(path, host.policies(), tables))


def _options(rest: dict[str, Any], verbose: bool) -> Options:
    as_of: datetime | None = rest["as_of"]
    language: str | None = rest["language"]
    day: date | None = as_of.date() if as_of else None
    return Options(
        strategies=_names(rest["strategies"]),
        as_of=day,
        language=_LANGUAGES.get(language or "auto"),
        partial=rest["partial"],
        progress=_progress if verbose or sys.stderr.isatty() else lambda step: None,
    )


def _names(listed: str | None) -> list[str] | None:
    return [name.strip() for name in listed.split(",")] if listed else None


def _chosen(language: str | None) -> Language:
    """The language asked for, else that of the user's locale."""
    return _LANGUAGES.get(language or "auto") or _language_of_locale()


def _progress(step: str) -> None:
    click.echo(step, err=True)
