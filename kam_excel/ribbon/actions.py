"""The actions behind the buttons: what the ribbon shows and what a click can ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kam_excel.codes import Language, Text
from kam_excel.contract.action import ACTION_ID, RibbonAction
from kam_excel.contract.strategy import Strategy
from kam_excel.contract.table import Table
from kam_excel.errors import ConfigError, nearest, problem
from kam_excel.hookspecs import PROJECT
from kam_excel.host import Host
from kam_excel.ribbon.buttons import Button, buttons_of

GroupName = Literal["run", "strategies", "plugins", "data", "tools"]

GROUPS: dict[GroupName, Text] = {
    "run": Text("运行", "Run"),
    "strategies": Text("策略", "Strategies"),
    "plugins": Text("本公司", "Company"),
    "data": Text("数据", "Data"),
    "tools": Text("工具", "Tools"),
}


CORE = "core"
READS = Text("读取：{}。", "Reads {}.")
WRITES = Text("写入：{}。", "Writes {}.")


@dataclass(frozen=True, slots=True)
class Action:
    """One button. `id` stands in its tag: letters, digits, `_` and `.`, at most 64.

    `label` is a verb; `tip` says what is read and written; `icon` is an imageMso name: that of
    a command of Excel's own, for Excel shows nothing for some of other programs.
    """

    id: str
    group: GroupName
    label: Text
    tip: Text
    icon: str
    is_large: bool = False


BUILT_IN = (
    Action(
        "run",
        "run",
        Text("全部运行", "Run all"),
        Text(
            "运行所需数据齐全的全部策略，结果写入本工作簿的输出表；不保存工作簿。",
            "Runs every strategy whose tables are there and writes its sheets into this workbook."
            " The workbook is not saved.",
        ),
        "CalculateNow",
        is_large=True,
    ),
    Action(
        "check",
        "data",
        Text("检查数据", "Check data"),
        Text(
            "说明会读取哪些表、哪些数据可疑、什么妨碍运行；只写入“数据问题”表。",
            "Says what a run would read, what is doubtful and what stands in the way; writes the"
            " issue sheet only.",
        ),
        "DataValidation",
        is_large=True,
    ),
    Action(
        "settings",
        "tools",
        Text("设置", "Settings"),
        Text(
            "打开本工作簿的设置表；没有时新建，列出每项设置及其现行值。",
            "Opens the settings sheet of this workbook; where there is none, writes one that lists"
            " every setting with the value in force.",
        ),
        "ControlProperties",
    ),
    Action(
        "log",
        "tools",
        Text("打开日志", "Open log"),
        Text("打开记录每次点击的日志文件。", "Opens the file that records every click."),
        "FileOpen",
    ),
)


def actions_of(host: Host) -> Sequence[Action]:
    """Every action of the loaded plugins, in the order of the ribbon.

    Strategies of the core itself have no button: others run them. Raises PluginError where a
    plugin cannot give its buttons.
    """
    strategies = [each for each in host.strategies.values() if each.group != CORE]
    own = [_strategy(each, host) for each in strategies]
    added = [_added(each.action) for each in buttons_of(host).values()]
    order = list(GROUPS)
    return sorted([*BUILT_IN, *own, *added], key=lambda action: order.index(action.group))


def check_action(action_id: str, host: Host, buttons: Mapping[str, Button]) -> None:
    """Raises ConfigError with the nearest id where no button has this one."""
    shown = [each.name for each in host.strategies.values() if each.group != CORE]
    known = [each.id for each in BUILT_IN] + [f"run.{name}" for name in shown] + [*buttons]
    if ACTION_ID.fullmatch(action_id) is None or action_id not in known:
        said = ascii(action_id)[1:-1][:64]
        raise ConfigError(problem("ACTION_UNKNOWN", id=said, nearest=nearest(said, known)))


def _strategy(strategy: Strategy, host: Host) -> Action:
    is_ours = host.distribution_of(strategy.name) == PROJECT
    group: GroupName = "strategies" if is_ours else "plugins"
    return Action(f"run.{strategy.name}", group, strategy.title, _tip(strategy), strategy.icon)


def _tip(strategy: Strategy) -> Text:
    """What the strategy does, and which tables it reads and writes."""
    return Text(_sentences(strategy, "zh"), _sentences(strategy, "en"))


def _sentences(strategy: Strategy, language: Language) -> str:
    reads = [each.table for each in strategy.inputs if not each.is_state]
    writes = [table for table in strategy.outputs if not table.internal]
    lines = [strategy.about.in_(language), _listed(READS, reads, language)]
    return "\n".join(line for line in [*lines, _listed(WRITES, writes, language)] if line)


def _listed(words: Text, tables: Sequence[type[Table]], language: Language) -> str:
    comma = "、" if language == "zh" else ", "
    titles = comma.join(table.title(language) for table in tables)
    return words.in_(language).format(titles) if titles else ""


def _added(button: RibbonAction) -> Action:
    return Action(f"plugin.{button.name}", "plugins", button.label, button.tip, button.icon)
