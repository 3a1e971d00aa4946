"""The questions of `kam-excel map`: table by table, until each stands where people say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import click

from kam_excel.codes import Language, Text
from kam_excel.contract.table import Table
from kam_excel.pipeline.mapping import Mapper, Proposal
from kam_excel.report import mappings
from kam_excel.settings.shapes import TableMapping
from kam_excel.workbook.finding.headers import normal

_ACTIONS = {
    "k": Text("采用", "keep"),
    "s": Text("换工作表", "other sheet"),
    "h": Text("换表头行", "other header row"),
    "c": Text("逐列指定", "columns one by one"),
    "y": Text("月份的年份", "year of the months"),
    "x": Text("不记此表", "leave out"),
    "r": Text("其余都不记", "leave out the rest"),
}
_NOT_READABLE = Text("按此无法读取，不能采用。", "It cannot be read like this.")
_LACKS = Text("按此无法读取，缺少：{names}。", "It cannot be read like this; it lacks: {names}.")
_SHEETS = Text("工作表：{names}", "Sheets: {names}")
_SHEET = Text(
    "名称或序号；多张用分号隔开，可用 20* 这样的通配符",
    "Name or number; several with semicolons, wildcards as in 20*",
)
_ROW, _YEAR = Text("表头所在的行", "Row of the headers"), Text("年份", "Year")
_COLUMN = Text("{title}（- 没有，. 结束）", "{title} (- none, . done)")
_NO_HEADER = Text("没有这个标题；有：{there}", "There is no such header; there are: {there}")
_TAKEN = Text("该标题已用于“{other}”。", 'The header is that of "{other}".')
_NOT_NUMBER = Text("请输入整数。", "Enter a whole number.")
_CHOICES = Text("请输入其中之一：{choices}。", "Enter one of these: {choices}.")
_RESULT = Text("将会读取：", "What would be read:")
_WHERE = Text(
    "记到哪里：c config.yaml，w 工作簿的设置表，n 不保存",
    "Remember it: c in config.yaml, w on the workbook's settings sheet, n not at all",
)
_PLACES = {"c": "config", "w": "workbook", "n": None}

Ask = Callable[[str, str], str]
Say = Callable[[str], None]


def ask_on_terminal(text: str, default: str) -> str:
    """Ask with a default answer."""
    answer: str = click.prompt(text, default=default)
    return answer.strip()


class Dialogue:
    """Asks about each table, shows what comes of the answers, and where to remember them."""

    def __init__(
        self,
        mapper: Mapper,
        language: Language,
        ask: Ask = ask_on_terminal,
        say: Say = click.echo,
    ) -> None:
        self._mapper, self._language = mapper, language
        self._ask, self._say = ask, say
        self._enough = False

    def hold(self, save: str | None) -> tuple[dict[str, TableMapping], str | None]:
        """What people said, by table id, and where to remember it ("config", "workbook", None)."""
        kept: dict[str, TableMapping] = {}
        self._enough = False
        for each in self._mapper.proposals():
            if self._enough:
                break
            mapping = self._about(each.table)
            if mapping is not None:
                kept[each.table.id] = mapping
        if not kept:
            return kept, None
        self._say("")
        self._say(_RESULT.in_(self._language))
        for line in mappings.read_as_text(self._mapper.survey, kept, self._language):
            self._say(line)
        if save is None:
            answer = self._choose(self._text(_WHERE), "n", _PLACES)
            save = _PLACES[answer]
        return kept, save

    def _about(self, table: type[Table]) -> TableMapping | None:
        """Ask about a table until it is kept or left out."""
        before = self._mapper.said(table.id)
        steps: Mapping[str, Callable[[Proposal], TableMapping | None]] = {
            "s": self._sheet,
            "h": self._row,
            "c": self._columns,
            "y": self._year,
        }
        while True:
            each = self._mapper.proposal(table)
            self._say("")
            for line in mappings.proposal_as_text(each, self._language):
                self._say(line)
            is_readable = bool(each.location and each.mapping and not each.problems)
            is_unclear = each.mapping is None and bool(each.problems)
            default = "k" if is_readable else "s" if is_unclear else "x"
            action = self._choose(self._menu(each), default, self._actions(each))
            self._enough = action == "r"
            if action in ("x", "r"):
                if self._mapper.said(table.id) != before:
                    self._mapper.say(table.id, before)
                return None
            if action == "k" and is_readable:
                return each.mapping
            if action == "k":
                self._say(self._why_not(each))
                continue
            mapping = steps[action](each)
            if mapping is not None:
                self._mapper.say(table.id, mapping)

    def _actions(self, each: Proposal) -> dict[str, Text]:
        return {key: text for key, text in _ACTIONS.items() if key != "y" or each.table.wide}

    def _menu(self, each: Proposal) -> str:
        actions = self._actions(each)
        return ", ".join(f"{key} {self._text(text)}" for key, text in actions.items())

    def _choose(self, text: str, default: str, choices: Collection[str]) -> str:
        """Ask until the answer is one of `choices`."""
        while (answer := self._ask(text, default)) not in choices:
            self._say(self._text(_CHOICES, choices=", ".join(choices)))
        return answer

    def _why_not(self, each: Proposal) -> str:
        """Why a table cannot be kept as it is; its problems were shown with it."""
        lacking = [each.table.columns[name].header(self._language) for name in each.lacking]
        if not lacking:
            return self._text(_NOT_READABLE)
        between = "、" if self._language == "zh" else ", "
        return self._text(_LACKS, names=between.join(lacking))

    def _sheet(self, each: Proposal) -> TableMapping | None:
        sheets = self._mapper.sheets
        names = [f"{number} {name}" for number, name in enumerate(sheets, 1)]
        self._say(self._text(_SHEETS, names=", ".join(names)))
        mapping = each.mapping or TableMapping()
        current = "; ".join(mapping.sheets) or mapping.sheet or sheets[0]
        answer = self._ask(self._text(_SHEET), current)
        chosen = [_sheet_of(part.strip(), sheets) for part in answer.split(";") if part.strip()]
        is_one = len(chosen) == 1 and not {"*", "?"} & set(chosen[0])
        return TableMapping(sheet=chosen[0]) if is_one else TableMapping(sheets=tuple(chosen))

    def _row(self, each: Proposal) -> TableMapping | None:
        mapping = each.mapping or TableMapping()
        row = self._number(_ROW, mapping.header_row)
        if row is None:
            return None
        return TableMapping(sheet=mapping.sheet, sheets=mapping.sheets, header_row=row)

    def _year(self, each: Proposal) -> TableMapping | None:
        year = self._number(_YEAR, each.mapping.year if each.mapping else None)
        if year is None:
            return None
        return (each.mapping or TableMapping()).model_copy(update={"year": year})

    def _number(self, text: Text, current: int | None) -> int | None:
        answer = self._ask(self._text(text), str(current or ""))
        if answer.isdecimal() and int(answer) > 0:
            return int(answer)
        self._say(self._text(_NOT_NUMBER))
        return None

    def _columns(self, each: Proposal) -> TableMapping | None:
        """Each column with the header that it has or may have; what is needed comes first."""
        mapping = each.mapping or TableMapping()
        columns: dict[str, str | None] = dict(mapping.columns)
        needed = [name for group in each.table.one_of for name in group]
        names = [*each.table.required(), *needed, *each.table.stand_ins.values()]
        order = dict.fromkeys([*names, *each.table.columns])
        for name in order:
            default = columns.get(name) or each.nearest.get(name, "-")
            header = self._header(each, name, default, columns)
            if header == ".":
                break
            if header == "-":
                columns.pop(name, None)
                if name in mapping.columns:
                    columns[name] = None
            else:
                columns[name] = header
        return mapping.model_copy(update={"columns": columns})

    def _header(
        self, each: Proposal, name: str, default: str, columns: Mapping[str, str | None]
    ) -> str:
        """A header that is there and of no other column, or one of the signs."""
        title = each.table.columns[name].header(self._language)
        there = {normal(header): header for header in each.headers.values()}
        while True:
            answer = self._ask(self._text(_COLUMN, title=title), default)
            if answer in ("-", "."):
                return answer
            header = there.get(normal(answer))
            other = next((n for n, h in columns.items() if h == header and n != name), None)
            if header is None:
                self._say(self._text(_NO_HEADER, there=", ".join(there.values())))
            elif other is not None:
                shown = each.table.columns[other].header(self._language)
                self._say(self._text(_TAKEN, other=shown))
            else:
                return header

    def _text(self, text: Text, **facts: Any) -> str:
        return text.in_(self._language).format(**facts)


def _sheet_of(answer: str, sheets: list[str]) -> str:
    """The sheet that a name or a number in the list means; a pattern stays one."""
    if answer not in sheets and answer.isdecimal() and 0 < int(answer) <= len(sheets):
        return sheets[int(answer) - 1]
    return answer
