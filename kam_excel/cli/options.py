"""The options that commands share, and what is made of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import click

from kam_excel.cli.language import LANGUAGES, language_of_locale, said
from kam_excel.host import Host, make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.survey import Options
from kam_excel.settings.find import find_config
from kam_excel.settings.settings import Settings, load_plugin_settings

VERSION = installed_version("kam_excel")

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help=said("使用的 config.yaml。", "The config.yaml to use."),
)

own_language_option = click.option(
    "--language",
    type=click.Choice(["auto", "zh", "en"]),
    help=said("[与系统语言一致]", "[that of your locale]"),
)

json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=said("以 JSON 输出结果。", "Print the result as JSON."),
)

output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=said("结果文件或文件夹。", "File or folder for the result."),
)

in_place_option = click.option(
    "--in-place",
    is_flag=True,
    help=said("直接存回原工作簿（先备份）。", "Save into the workbook itself (with a backup)."),
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command on a workbook has."""
    for option in (
        config_option,
        click.option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            help=said("统计截止日期 [当天]。", "Date of the figures [today]."),
        ),
        click.option(
            "--language",
            type=click.Choice(["auto", "zh", "en"]),
            help=said(
                "输出语言 [auto：与工作簿一致]。",
                "Language of the output [auto: that of the workbook].",
            ),
        ),
        click.option(
            "--strategies",
            help=said(
                "策略名称，以逗号分隔 [全部可运行的]。",
                "Names, separated by commas [all that can run].",
            ),
        ),
        click.option(
            "--partial",
            is_flag=True,
            help=said("略过无法运行的策略。", "Leave out strategies that cannot run."),
        ),
        json_option,
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            help=said("说明每个步骤和改动的部件。", "Explain each step and every changed part."),
        ),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Setup:
    """What every command starts from."""

    host: Host
    settings: Settings


def load_setup(config: Path | None) -> Setup:
    """Load the plugins that config.yaml names, then the settings of all their policies."""
    path = find_config(config)
    plugins = load_plugin_settings(path)
    host = make_host(core, discover=True, folders=plugins.folders, disabled=plugins.disabled)
    tables = {table.id: table.columns for table in host.tables()}
    return Setup(host, Settings.load(path, host.policies(), tables))


def run_options(rest: dict[str, Any], verbose: bool) -> Options:
    as_of: datetime | None = rest["as_of"]
    language: str | None = rest["language"]
    day: date | None = as_of.date() if as_of else None
    return Options(
        strategies=listed_names(rest["strategies"]),
        as_of=day,
        language=LANGUAGES.get(language or "auto"),
        partial=rest["partial"],
        fallback=language_of_locale(),
        progress=progress if verbose or sys.stderr.isatty() else lambda step: None,
    )


def listed_names(listed: str | None) -> list[str] | None:
    return [name.strip() for name in listed.split(",")] if listed else None


def progress(step: str) -> None:
    click.echo(step, err=True)
