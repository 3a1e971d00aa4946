"""The commands that tell what is declared, and make a blank workbook of it."""

from __future__ import annotations

from pathlib import Path

import click

from kam_excel.cli.language import said
from kam_excel.cli.options import (
    config_option,
    json_option,
    listed_names,
    own_language_option,
)
from kam_excel.codes.locale import chosen
from kam_excel.description.collect import describe
from kam_excel.description.lookup import named
from kam_excel.pipeline.setup import load_setup
from kam_excel.pipeline.template_file import init_file
from kam_excel.report import descriptions, templates


@click.command(
    "describe",
    help=said(
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
    help=said("以 JSON 输出全部声明。", "Print everything declared as JSON."),
)
def describe_command(
    name: str | None, config: Path | None, language: str | None, as_json: bool
) -> None:
    """Say what the strategies read and give, and what can be set."""
    whole = describe(load_setup(config).host)
    part = named(whole, name) if name else whole
    shown = chosen(language)
    if as_json:
        click.echo(descriptions.description_as_json(part))
    else:
        say = descriptions.details if name else descriptions.overview
        click.echo(say(part, shown))


@click.command(
    "init",
    help=said(
        "在 PATH 生成空白工作簿，策略读取的每张表各有一个工作表。",
        "Write a blank workbook to PATH with a sheet for each table that the strategies read.",
    ),
)
@click.argument("path", type=click.Path(path_type=Path))
@config_option
@own_language_option
@click.option(
    "--strategies", help=said("策略名称，以逗号分隔 [全部]。", "Names, separated by commas [all].")
)
@json_option
def init_command(
    path: Path, config: Path | None, language: str | None, strategies: str | None, as_json: bool
) -> None:
    """Write a blank workbook to PATH with a sheet for each table that the strategies read."""
    shown = chosen(language)
    inputs = init_file(path, load_setup(config).host, listed_names(strategies), shown)
    click.echo((templates.as_json if as_json else templates.as_text)(path, inputs, shown))
