"""The command that recalculates workbooks, without any strategy."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kam_excel.cli.language import said
from kam_excel.cli.options import json_option, output_option, own_language_option
from kam_excel.codes.locale import chosen
from kam_excel.pipeline.recalc_file import RecalcOptions, recalc_files
from kam_excel.report import recalculations


@click.command(
    "recalc",
    help=said(
        "重新计算 WORKBOOK 中的公式：只保存经核对可信的结果，其余保留原值并列出。",
        "Compute the formulas of WORKBOOKs: store results that are trusted, keep and list others.",
    ),
)
@click.argument("workbooks", nargs=-1, required=True, type=click.Path(path_type=Path))
@output_option
@click.option(
    "--in-place",
    is_flag=True,
    help=said(
        "直接存回原工作簿（先备份）。", "Save into the workbooks themselves (with a backup)."
    ),
)
@click.option("--dry-run", is_flag=True, help=said("只报告，不保存。", "Report, do not save."))
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help=said("TODAY 和 NOW 的日期 [保持原值]。", "What TODAY and NOW say [left as they are]."),
)
@click.option(
    "--libreoffice",
    is_flag=True,
    help=said(
        "其余公式再用 LibreOffice 核对和计算。",
        "Let LibreOffice try what is left.",
    ),
)
@own_language_option
@json_option
def recalc_command(
    workbooks: tuple[Path, ...],
    output: Path | None,
    in_place: bool,
    dry_run: bool,
    as_of: datetime | None,
    libreoffice: bool,
    language: str | None,
    as_json: bool,
) -> int:
    """Compute the formulas of workbooks and store the results that are trusted."""
    if (output is not None) + in_place + dry_run != 1:
        raise click.UsageError(
            said(
                "请指定结果存到哪里：--output PATH、--in-place 或 --dry-run",
                "say where the result goes: --output PATH, --in-place or --dry-run",
            )
        )
    if output is not None and len(workbooks) > 1 and output.suffix.lower() in (".xlsx", ".xlsm"):
        raise click.UsageError(
            said(
                "多个工作簿的 --output 须为文件夹",
                "--output has to be a folder where there are several workbooks",
            )
        )
    shown = chosen(language)
    day = as_of.date() if as_of else None
    found = recalc_files(workbooks, RecalcOptions(output, dry_run, day, libreoffice))
    if as_json:
        click.echo(recalculations.recalculations_as_json(found, shown))
        return 1 if found.problems else 0
    if found.done:
        click.echo(recalculations.recalculations_as_text(found, shown))
    for problem in found.problems:
        click.echo(problem.text(shown), err=True)
    return 1 if found.problems else 0
