"""The text of the bundled config.yaml: every policy with its defaults, labels and units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kam_excel.contract.policy import Group, Policy, Setting, group_of, settings_of
from kam_excel.contract.units import unit_text
from kam_excel.settings.find import VARIABLE
from kam_excel.settings.yaml_text import yaml_text

_WIDTH = 60

_HEADER = f"""\
# kam_excel 的全部设置及其默认值。只需保留要修改的各项，其余按默认值执行。
# Every setting of kam_excel with its default. Keep what you change; the rest holds by default.
#
# 查找顺序：--config 选项、环境变量 {VARIABLE}、当前用户的配置文件夹；
# 工作簿所在的文件夹和当前文件夹中的 config.yaml 一律不读取。
# Looked for at: the option --config, the variable {VARIABLE}, the user's configuration
# folder; never beside the workbook or in the working directory.
#
# 在某一节中写 locked: true，该节就不能在工作簿的“KAM 设置”表或命令行中修改。
# With locked: true in a section, neither a workbook's sheet "KAM settings" nor a command
# can override it.
"""

_FOOTER = """\
# 插件：文件夹以本文件所在位置为起点；按名称停用。
# Plugins: folders, relative to this file; plugins that are not wanted, by name.
plugins:
  folders: []
  disabled: []

# 表的位置：找不到或认错时在此写明（kam-excel map 可代为填写），例如：
# Where tables are, if they are not found or mistaken (kam-excel map can fill it in):
#   sales:
#     sheet: 订单                    # 或 · or: sheets: ["20*", 华东]
#     header_row: 3
#     columns:
#       amount: 成交金额
#     units: {amount: 万元}          # 元, 千元, k, 万元, 百万元, m, 亿元
#     percents: {tax_rate: percent}  # 13 → 13%; fraction: 0.13 → 13%
#     year: 2026                     # 月份列的年份 · the year of months without one
#     lines:                         # 与单据头分开的明细 · lines of documents, if apart
#       sheet: 订单明细
#       header_row: 1
#       columns: {qty: 件数}
tables: {}
"""


def render(policies: Iterable[type[Policy]]) -> str:
    """config.yaml with one section for each of `policies`, in their order."""
    sections = ("\n".join(_section(policy)) + "\n" for policy in policies)
    return "\n".join((_HEADER, *sections, _FOOTER))


def _section(policy: type[Policy]) -> Iterator[str]:
    yield f"# {_both(policy.label.zh, policy.label.en)}"
    yield f"{policy.section}:"
    yield from _entries(policy, "  ")


def _entries(group: type[Group], indent: str) -> Iterator[str]:
    leaves = {leaf.path: leaf for leaf in settings_of(group)}
    for name, info in group.model_fields.items():
        if inner := group_of(info):
            yield f"{indent}# {_both(inner.label.zh, inner.label.en)}"
            yield f"{indent}{name}:"
            yield from _entries(inner, indent + "  ")
        else:
            yield from _comments(leaves[name], indent)
            yield f"{indent}{name}: {yaml_text(leaves[name].default)}"


def _comments(leaf: Setting, indent: str) -> Iterator[str]:
    unit = unit_text(leaf.unit)
    choices = f" ({' | '.join(leaf.choices)})" if leaf.choices else ""
    zh = f"{leaf.zh} [{unit.zh}]" if unit.zh not in ("", unit.en) else leaf.zh
    en = f"{leaf.en} [{unit.en}]" if unit.en else leaf.en
    line = f"{indent}# {_both(zh, en)}{choices}"
    if len(line) <= _WIDTH:
        yield line
    else:
        yield f"{indent}# {zh}"
        yield f"{indent}# {en}{choices}"


def _both(zh: str, en: str) -> str:
    return f"{zh} · {en}"
