"""The commands for the add-in that puts the buttons into Excel."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kam_excel.cli.language import said
from kam_excel.cli.options import config_option, json_option
from kam_excel.codes import Language, Text
from kam_excel.codes.locale import LANGUAGES, chosen
from kam_excel.pipeline.setup import load_setup
from kam_excel.ribbon.addin.build import Built, build_addin
from kam_excel.ribbon.addin.sheet import FixedLanguage

_BUILT = Text("已生成加载项：{path}（{count} 个按钮）。", "Built {path} with {count} buttons.")
_RUNS = Text("按钮运行的 Python：{interpreter}", "The buttons run {interpreter}.")
_NEXT = Text(
    """\
接下来：
  Windows：文件 > 选项 > 加载项 > 转到… > 浏览，选择该文件；文件若来自网络，先在其属性中“解除锁定”。
  macOS：先在终端运行一次 xlwings runpython install；再选 工具 > Excel 加载项 > 浏览。
插件增减、升级 xlwings 或移动 Python 之后，请重新生成。""",
    """\
Next:
  Windows: File > Options > Add-ins > Go… > Browse, and choose the file. If it came from the
           internet, unblock it in its properties first.
  macOS:   run xlwings runpython install once in a terminal, then Tools > Excel Add-ins > Browse.
Build it again when plugins come or go, xlwings is upgraded or Python moves.""",
)


@click.group(
    "addin",
    help=said("Excel 功能区加载项。", "The add-in with buttons for Excel's ribbon."),
)
def addin_group() -> None:
    """The add-in with buttons for Excel's ribbon."""


@addin_group.command(
    "build",
    help=said(
        "在 PATH（.xlam）生成加载项：每个已安装的策略一个按钮。请在装有 Excel 的电脑上运行。",
        "Write the add-in to PATH (.xlam), a button for each installed strategy. Run it on the"
        " machine where Excel is.",
    ),
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--language",
    type=click.Choice(["auto", *LANGUAGES]),
    default="auto",
    help=said(
        "按钮的语言 [auto：与 Excel 界面一致]。", "Language of the buttons [auto: Excel's own]."
    ),
)
@click.option(
    "--interpreter",
    metavar="PATH",
    help=said(
        "按钮运行的 Python 解释器 [当前这个]。",
        "The Python that the buttons run, if the add-in is for another machine [this one].",
    ),
)
@config_option
@json_option
def build_command(
    path: Path,
    language: FixedLanguage,
    interpreter: str | None,
    config: Path | None,
    as_json: bool,
) -> None:
    """Write the add-in to PATH."""
    built = build_addin(path, load_setup(config).host, language, interpreter=interpreter)
    click.echo(_as_json(built) if as_json else _as_text(built, chosen(language)))


def _as_text(built: Built, language: Language) -> str:
    head = _BUILT.in_(language).format(path=built.path, count=len(built.actions))
    runs = _RUNS.in_(language).format(interpreter=built.interpreter)
    return "\n".join([head, runs, _NEXT.in_(language)])


def _as_json(built: Built) -> str:
    found = {
        "path": str(built.path),
        "buttons": [each.id for each in built.actions],
        "interpreter": built.interpreter,
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
