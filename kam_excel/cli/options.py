"""The options that commands share, and what is made of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from kam_excel.cli.language import said
from kam_excel.codes import Language
from kam_excel.codes.locale import LANGUAGES, chosen, language_of_locale
from kam_excel.pipeline.steps import Progress, Step, silent
from kam_excel.pipeline.survey import Options


class NamedPath(click.Path):
    """A path that says something: an empty one, of a variable that is not set, is no folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a usage error for an empty one."""
        if not str(value).strip():
            self.fail(said("路径为空", "the path is empty"), param, ctx)
        return super().convert(value, param, ctx)


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
    type=NamedPath(),
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
        progress=_printer(chosen(language)) if verbose or sys.stderr.isatty() else silent,
    )


def listed_names(listed: str | None) -> list[str] | None:
    """The names of a list like "a, b"; a usage error where it has none."""
    if listed is None:
        return None
    names = [name.strip() for name in listed.split(",") if name.strip()]
    if not names:
        raise click.UsageError(said("--strategies 没有名称", "--strategies names nothing"))
    return names


def _printer(language: Language) -> Progress:
    """Print each step in `language` as it begins."""

    def tell(step: Step) -> None:
        click.echo(step.text(language), err=True)

    return tell
