"""The commands on a workbook's package, without any strategy."""

from __future__ import annotations

from pathlib import Path

import click

from kam_excel.cli.language import said
from kam_excel.cli.options import json_option, own_language_option
from kam_excel.codes.locale import chosen
from kam_excel.pipeline.inspect_file import inspect_file
from kam_excel.report import inspections


@click.command(
    "inspect",
    help=said(
        "说明 WORKBOOK 文件包里有什么，以及编辑会触及哪些部件；不写入任何内容。",
        "Say what the package of WORKBOOK holds and what an edit would touch; write nothing.",
    ),
)
@click.argument("workbook", type=click.Path(path_type=Path))
@own_language_option
@json_option
@click.option("-v", "--verbose", is_flag=True, help=said("列出全部部件。", "List every part."))
def inspect_command(workbook: Path, language: str | None, as_json: bool, verbose: bool) -> None:
    """Say what the package of WORKBOOK holds and what an edit would touch; write nothing."""
    shown, found = chosen(language), inspect_file(workbook)
    if as_json:
        click.echo(inspections.inspection_as_json(found, shown))
    else:
        click.echo(inspections.inspection_as_text(found, shown, verbose))
