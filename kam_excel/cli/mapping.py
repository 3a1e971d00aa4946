"""The command that proposes where tables stand, asks, and remembers it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from kam_excel.cli.dialogue import Dialogue
from kam_excel.cli.language import said
from kam_excel.cli.options import (
    config_option,
    json_option,
    output_option,
    own_language_option,
)
from kam_excel.codes import Language, Text
from kam_excel.codes.locale import chosen
from kam_excel.errors import Place, PolicyError, problem
from kam_excel.pipeline.effective import effective_settings
from kam_excel.pipeline.mapping import Mapper
from kam_excel.pipeline.mapping_file import Saved, save_in_workbook
from kam_excel.pipeline.setup import VERSION, load_setup
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import open_headless, target_path
from kam_excel.report import mappings
from kam_excel.settings.find import find_config, user_config
from kam_excel.settings.remember import save_tables
from kam_excel.settings.settings import Settings
from kam_excel.settings.shapes import TABLES, TableMapping

_SAVED = Text("已保存：{path}", "Saved: {path}")
_BACKUP = Text("原文件备份：{path}", "The original is kept in {path}")


@click.command(
    "map",
    help=said(
        "建议 WORKBOOK 中各表的位置和列，逐表询问，并记住答复。",
        "Propose where the tables of WORKBOOK are and their columns, ask, and remember it.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--save",
    type=click.Choice(["config", "workbook"]),
    help=said(
        "记到 config.yaml，或工作簿的“KAM 设置”表（先备份）。",
        "Remember it in config.yaml, or on the workbook's settings sheet (with a backup).",
    ),
)
@click.option("--yes", is_flag=True, help=said("不询问，采用建议。", "Take the proposal unasked."))
@output_option
@config_option
@own_language_option
@json_option
def map_command(
    workbook: Path,
    save: str | None,
    yes: bool,
    output: Path | None,
    config: Path | None,
    language: str | None,
    as_json: bool,
) -> int:
    """Propose where the tables of a workbook are, ask, and remember it."""
    asks = not (yes or as_json) and is_terminal()
    _check_usage(save, yes, output, asks)
    setup, shown = load_setup(config), chosen(language)
    if save == "workbook":
        _check_lock(setup.settings)
    with open_headless(workbook) as book:
        settings = effective_settings(book, setup.settings)
        mapper = Mapper(book, setup.host, settings, Options(language=shown))
        found: dict[str, TableMapping] = {}
        if asks:
            found, save = Dialogue(mapper, shown).hold(save)
            if save == "workbook":
                _check_lock(settings)
        elif yes:
            found = mapper.found()
        saved = None
        if save == "config" and found:
            saved = _save_in_config(config, found)
        elif save == "workbook" and found:
            target = target_path(workbook, output)
            tables = {table.id: table for table in setup.host.tables()}
            saved = save_in_workbook(book, workbook, target, found, tables, shown, VERSION)
    if as_json:
        click.echo(mappings.proposals_as_json(mapper, saved, shown))
    elif not asks:
        click.echo(mappings.proposals_as_yaml(mapper.proposals(), shown))
    if saved and not as_json:
        _say_saved(saved, shown)
    return 0 if mapper.is_complete() else 1


def _save_in_config(config: Path | None, found: Mapping[str, TableMapping]) -> Saved:
    """Remember the mappings for every workbook."""
    saved = Saved(find_config(config) or user_config())
    save_tables(saved.path, found)
    return saved


def is_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _check_usage(save: str | None, yes: bool, output: Path | None, asks: bool) -> None:
    if yes and save is None:
        raise click.UsageError(said("--yes 须与 --save 同用", "--yes goes with --save"))
    if save and not (yes or asks):
        raise click.UsageError(
            said(
                "此处无法询问，--save 须与 --yes 同用",
                "nobody can be asked here: --save needs --yes",
            )
        )
    if output is not None and save == "config":
        raise click.UsageError(
            said("--output 只用于 --save workbook", "--output goes with --save workbook")
        )


def _check_lock(settings: Settings) -> None:
    """A workbook cannot say what config.yaml keeps to itself."""
    if TABLES in settings.locked:
        raise PolicyError(problem("POLICY_LOCKED", Place(path=TABLES), section=TABLES))


def _say_saved(saved: Saved, language: Language) -> None:
    """On stderr where stdout holds YAML."""
    to_stderr = not is_terminal()
    click.echo(_SAVED.in_(language).format(path=saved.path), err=to_stderr)
    if saved.record:
        click.echo(_BACKUP.in_(language).format(path=saved.record), err=to_stderr)
