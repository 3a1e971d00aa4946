"""The add-in's one sheet: what VBA reads there, laid out as VBA looks for it.

A1:E1 are headers; from row 2 on each row holds the id of a control (its tag), its label in zh and
en, its tip in zh and en; then come the texts that VBA itself shows, their ids `message.` and a
name. G2 says the language: auto, zh or en. From I1 on stand the names of xlwings' settings, their
values to the right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Literal

import xlwings as xw

from kam_excel.codes import Text
from kam_excel.ribbon.actions import GROUPS, Action
from kam_excel.ribbon.addin.template import SETTINGS_COLUMN, SETTINGS_SHEET

FixedLanguage = Literal["auto", "zh", "en"]

TAB = "tab"
TAB_LABEL = Text("大客户", "KAM")
LANGUAGE_CELL = "G2"
MESSAGES = {
    "message.starting": Text("正在启动 Python……", "Starting Python ..."),
    "message.no_workbook": Text(
        "没有可用的工作簿：请先打开一个工作簿，受保护的视图须先启用编辑。",
        "There is no workbook: open one, and enable editing where it is in Protected View.",
    ),
    "message.name": Text(
        "工作簿名称中有“=”、“|”或“%变量%”，Python 找不到它：请另存为其他名称。",
        "The name of this workbook holds =, | or a %variable%, so Python cannot find it: save it"
        " under another name.",
    ),
    "message.refused": Text(
        "此按钮不是 kam_excel 的按钮：请重新生成加载项。",
        "This button is none of kam_excel: build the add-in anew.",
    ),
    "message.failed": Text("未能启动 Python：", "Python could not be started:"),
}
_HEADERS = ("id", "zh", "en", "tip zh", "tip en")


@dataclass(frozen=True, slots=True)
class Row:
    """What a control shows, or VBA says. Tabs, groups and messages have no tips."""

    id: str
    zh: str
    en: str
    tip_zh: str = ""
    tip_en: str = ""


def group_id(group: str) -> str:
    """The id of a group in the sheet."""
    return f"group.{group}"


def rows_of(actions: Sequence[Action]) -> list[Row]:
    """A row for the tab, each group that has a button, each button and each message."""
    groups = dict.fromkeys(action.group for action in actions)
    return [
        Row(TAB, TAB_LABEL.zh, TAB_LABEL.en),
        *(Row(group_id(each), GROUPS[each].zh, GROUPS[each].en) for each in groups),
        *(Row(a.id, a.label.zh, a.label.en, a.tip.zh, a.tip.en) for a in actions),
        *(Row(name, text.zh, text.en) for name, text in MESSAGES.items()),
    ]


def write(
    sheet: xw.Sheet, rows: Sequence[Row], language: FixedLanguage, settings: Mapping[str, str]
) -> None:
    """Write the sheet anew, every text as a text. Its code name stays."""
    sheet.clear()
    sheet.name = SETTINGS_SHEET
    labels = [_HEADERS, *(astuple(row) for row in rows)]
    sheet.range("A1").value = [[_typed(text) for text in row] for row in labels]
    sheet.range(LANGUAGE_CELL).offset(-1, 0).value = [["language"], [language]]
    names = sheet.range(f"{SETTINGS_COLUMN}1")
    names.value = [[_typed(name), _typed(value)] for name, value in settings.items()]


def _typed(text: str) -> str | None:
    """A text as it is typed, so that it stays one whatever it begins with."""
    return f"'{text}" if text else None


def read_rows(sheet: xw.Sheet) -> list[Row]:
    """The rows as they stand in the sheet."""
    found = sheet.range("A1").expand("down").resize(column_size=len(_HEADERS)).value
    return [Row(*(str(each or "") for each in row)) for row in found[1:]]
