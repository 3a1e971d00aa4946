"""The page of a check: what a run would read, what becomes of it, what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from xlwings.utils import col_name as column_name

from kam_excel.codes import Language, Text
from kam_excel.contract.outputs import NetSales
from kam_excel.contract.policies import RunPolicy
from kam_excel.contract.table import Table
from kam_excel.errors import Problem
from kam_excel.pipeline.examine import Examination
from kam_excel.pipeline.issue_file import FileCheck
from kam_excel.report import accounts, layout
from kam_excel.report.lists import comma, lacks_as_text
from kam_excel.settings.yaml_text import yaml_text
from kam_excel.workbook.finding.location import Location, Region

_HEAD = Text(
    "截止日期 {day} · 本位币 {currency} · 金额口径 {basis}",
    "As of {day} · base currency {currency} · amounts are {basis}",
)
_BASIS = {"net": Text("不含税", "net of tax"), "gross": Text("含税", "gross of tax")}
_SAVED = Text("“数据问题”表已写入：{path}", "The issue sheet was written: {path}")
_UNCHANGED = Text("“数据问题”表没有变化：{path}", "The issue sheet is unchanged: {path}")
_BACKUP = Text("原文件备份：{path}", "The original is kept in {path}")
_SETTINGS = Text("本工作簿的设置", "Settings of this workbook")
_TABLES, _ABSENT = Text("数据表", "Tables"), Text("未找到的表", "Tables that were not found")
_ACCOUNT = Text("行数与金额核对", "Reconciliation")
_DOUBTS = Text("数据中的疑点", "What was doubtful")
_REFUSED = Text("无法读取", "What cannot be read")
_STRATEGIES = Text("策略", "Strategies")
_NO_DOUBTS = Text("没有疑点。", "Nothing was doubtful.")
_STOPS = Text("因此不能运行：{names}", "Stops {names}")
_AT = Text("{sheets}，第 {row} 行为表头", "{sheets}, headers in row {row}")
_SHAPES = {
    "long": Text("每行一条", "one row each"),
    "wide": Text("按月分列 {first} 至 {last}", "months {first} to {last} in columns"),
    "sheets": Text("{count} 张同构的工作表", "{count} sheets of one layout"),
    "blocks": Text("{count} 块区域", "{count} blocks of cells"),
    "split": Text("单据头与明细分开", "documents and lines apart"),
}
_FOUND_BY = {
    "config": Text("按设置", "as set"),
    "plugin": Text("由插件指定", "by a plugin"),
    "search": Text("自动查找", "by search"),
}
_COLUMNS, _UNUSED = Text("{count} 列", "{count} columns"), Text("未使用的列：", "Not used: ")
_MONTHS = Text("{count} 个月份", "{count} months")
_ELSEWHERE = Text("也像此表而未读取：", "Fit too, and are not read: ")
_NEAR = Text(
    "最接近：{sheet} 第 {row} 行，缺少 {lacks}", "nearest: {sheet} row {row}, which lacks {lacks}"
)
_NOT_NAMED = Text(
    "{sheet} 第 {row} 行符合，但工作表不是此名",
    "{sheet} row {row} fits, but does not bear its name",
)
_NOT_NEAR = Text("没有相近的表头", "no header row comes near")
_NEEDED, _USED = Text("{names} 需要", "needed by {names}"), Text("可供 {names} 使用", "for {names}")
_PERCENTS = {
    "percent": Text("13 为 13%", "13 is 13%"),
    "fraction": Text("0.13 为 13%", "0.13 is 13%"),
}
_RUNS, _SKIPPED = Text("可运行", "run"), Text("跳过", "skipped")
_STOPPED = Text("不能运行", "stopped")
_LACKS = Text("{name}（缺少 {tables}）", "{name} (needs {tables})")
_IDLE = Text("{name}（跳过）可用：", "for {name}, which is skipped:")
_PLAN = 10  # columns of the word before strategies


def check_as_text(path: Path, done: FileCheck, verbose: bool) -> str:
    """The page, 80 columns wide; `verbose` names every column and those that are not used.

    Headings and problems are styled for a terminal; click takes the styles away elsewhere.
    """
    found = done.found
    language = found.survey.run.language
    lines = [click.style(path.name, bold=True), _head(found, language)]
    sections: list[tuple[Text, Iterable[str]]] = [
        (_SETTINGS, _settings(found)),
        (_TABLES, _tables(found, language, verbose)),
        (_ABSENT, _absent(found, language)),
        (_ACCOUNT, _account(found, language)),
        (_DOUBTS, _doubts(found, language)),
        (_REFUSED, _refused(found, language)),
        (_STRATEGIES, _strategies(found, language)),
    ]
    for title, section in sections:
        content = list(section)
        if content:
            lines += ["", click.style(title.in_(language), bold=True), *content]
    lines += _saved(done, language)
    return "\n".join(lines)


def _saved(done: FileCheck, language: Language) -> Iterator[str]:
    """Where the workbook lies with its issue sheet."""
    if done.path:
        yield ""
        yield (_SAVED if done.is_changed else _UNCHANGED).in_(language).format(path=done.path)
    if done.record:
        yield _BACKUP.in_(language).format(path=done.record)


def _head(found: Examination, language: Language) -> str:
    run = found.survey.run
    basis = _BASIS[found.settings.policy(RunPolicy).tax_basis].in_(language)
    return _HEAD.in_(language).format(day=run.as_of.isoformat(), currency=run.currency, basis=basis)


def _settings(found: Examination) -> Iterator[str]:
    for each in found.settings.overrides():
        yield from layout.wrapped(
            f"{each.section}.{each.path}: {yaml_text(each.value)}", "  ", "    "
        )


def _tables(found: Examination, language: Language, verbose: bool) -> Iterator[str]:
    for name, location in found.survey.search.found.items():
        title = layout.padded(location.table.title(language), 20)
        facts = [place_text(location, language), shape_text(location, language)]
        count = len(location.columns)
        facts += [_COLUMNS.in_(language).format(count=count)]
        facts += [_FOUND_BY[location.found_by].in_(language)]
        yield from layout.listed(facts, f"  {title}", " " * 22, " · ")
        if location.elsewhere:
            first = " " * 22 + _ELSEWHERE.in_(language)
            yield from layout.listed(location.elsewhere, first, " " * 24, comma(language))
        if verbose:
            yield from _columns(location, language)
            columns = found.survey.unused.get(name, ())
            unused = [f"{column_name(each.column)} {each.header}" for each in columns]
            if unused:
                first = f"    {_UNUSED.in_(language)}"
                yield from layout.listed(unused, first, "      ", comma(language))


def place_text(location: Location, language: Language) -> str:
    """The sheets, and their header row where it is the same in all."""
    rows = {region.header_row for region in location.all_regions}
    if len(rows) > 1:
        return comma(language).join(
            f"{region.sheet}!{region.header_row}:{region.header_row}"
            for region in location.all_regions
        )
    sheets = comma(language).join(location.sheets)
    return _AT.in_(language).format(sheets=sheets, row=rows.pop())


def shape_of(location: Location) -> str:
    """long, wide, sheets, blocks or split."""
    if location.lines:
        return "split"
    if location.regions[0].months:
        return "wide"
    if len(location.sheets) > 1:
        return "sheets"
    return "blocks" if len(location.regions) > 1 else "long"


def shape_text(location: Location, language: Language) -> str:
    """The shape in words, with how many sheets or blocks, from which month to which."""
    months = sorted(f"{m.year}-{m.month:02}" for r in location.regions for m in r.months)
    shape = shape_of(location)
    count = len(location.sheets) if shape == "sheets" else len(location.regions)
    first, last = (months[0], months[-1]) if months else ("", "")
    return _SHAPES[shape].in_(language).format(count=count, first=first, last=last)


def _columns(location: Location, language: Language) -> Iterator[str]:
    """Each column with its header and where that stands; regions of one layout once."""
    shown: set[tuple[tuple[str, int], ...]] = set()
    for region in location.all_regions:
        layout_of = tuple(sorted(region.columns.items()))
        if layout_of in shown:
            continue
        shown.add(layout_of)
        if len(location.all_regions) > 1:
            yield f"    {region.sheet}"
        for name, position in region.columns.items():
            title = layout.padded(location.table.columns[name].header(language), 20)
            cell = layout.padded(f"{column_name(position)}{region.header_row}", 6)
            header = region.headers.get(name, "")
            yield from layout.wrapped(
                f"{cell} {header}{_unit(region, name, language)}", f"    {title}← ", " " * 26
            )
        if region.months:
            yield from _months(location, region, language)


def _months(location: Location, region: Region, language: Language) -> Iterator[str]:
    """The columns that are months, and what their figures are."""
    _, value = location.table.wide
    title = layout.padded(location.table.columns[value].header(language), 20)
    columns = sorted(month.column for month in region.months)
    first, last = column_name(columns[0]), column_name(columns[-1])
    cells = f"{first}{region.header_row}:{last}{region.header_row}"
    text = _MONTHS.in_(language).format(count=len(columns))
    yield f"    {title}← {cells}  {text}{_unit(region, value, language)}"


def _unit(region: Region, name: str, language: Language) -> str:
    """What the figures of a column are, where its header or people say so."""
    facts = []
    if factor := region.factors.get(name):
        facts.append(f"× {factor:,}")
    if sense := region.percents.get(name):
        facts.append(_PERCENTS[sense].in_(language))
    return f"  ({', '.join(facts)})" if facts else ""


def _absent(found: Examination, language: Language) -> Iterator[str]:
    """Tables that strategies could read and the workbook does not have.

    Those that only a skipped strategy would read, and nothing comes near, are told as a list.
    """
    skipped, near_to = found.inputs.selection.skipped, found.survey.search.near
    idle: dict[str, list[str]] = {}
    for each in found.survey.absent:
        readers = {*each.needed_by, *each.used_by}
        if len(readers) == 1 and readers <= skipped.keys() and each.table.id not in near_to:
            idle.setdefault(min(readers), []).append(each.table.title(language))
            continue
        table, names = each.table, comma(language).join(each.needed_by or each.used_by)
        text = (_NEEDED if each.needed_by else _USED).in_(language).format(names=names)
        near = found.survey.search.near.get(table.id)
        where = _NOT_NEAR.in_(language)
        if near and not near.missing:
            where = _NOT_NAMED.in_(language).format(sheet=near.head.page.sheet, row=near.head.row)
        elif near:
            sheet, row = near.head.page.sheet, near.head.row
            lacks = comma(language).join(_titles(table, near.missing, language))
            where = _NEAR.in_(language).format(sheet=sheet, row=row, lacks=lacks)
        first = f"  {layout.padded(table.title(language), 20)}"
        yield from layout.wrapped(f"{text} · {where}", first, " " * 22)
    for name, titles in idle.items():
        first = f"  {_IDLE.in_(language).format(name=name)} "
        yield from layout.listed(titles, first, "    ", comma(language))


def _titles(table: type[Table], names: Sequence[str], language: Language) -> list[str]:
    """Columns as users call them, alone or in alternatives such as `amount/qty+price`."""

    def title(found: re.Match[str]) -> str:
        column = table.columns.get(found[0])
        return column.header(language) if column else found[0]

    return [re.sub(r"\w+", title, name).replace("+", " + ").replace("/", " / ") for name in names]


def _account(found: Examination, language: Language) -> Iterable[str]:
    account = found.account
    if account.empty:
        return ()
    return accounts.ledger_as_text(account, _table_titles(found, language), language)


def _table_titles(found: Examination, language: Language) -> dict[str, str]:
    """The tables that rows are counted of, by their ids."""
    titles = {name: each.table.title(language) for name, each in found.survey.search.found.items()}
    return titles | {NetSales.id: NetSales.title(language)}


def _doubts(found: Examination, language: Language) -> Iterable[str]:
    if found.issues.empty:
        return [f"  {_NO_DOUBTS.in_(language)}"]
    return accounts.doubts_as_text(found.issues, _table_titles(found, language), language)


def _refused(found: Examination, language: Language) -> Iterator[str]:
    for each in found.all_problems:
        yield from layout.wrapped(each.text(language), "  ", "    ")
        stopped = stopped_by(found, each)
        if stopped:
            text = _STOPS.in_(language).format(names=comma(language).join(stopped))
            yield from layout.wrapped(text, "    ", "    ")


def stopped_by(found: Examination, problem: Problem) -> list[str]:
    """The strategies that a problem keeps from running."""
    return [name for name, problems in found.stopped.items() if problem in problems]


def _strategies(found: Examination, language: Language) -> Iterator[str]:
    between = comma(language)
    selection = found.inputs.selection
    lacking = [
        _LACKS.in_(language).format(name=name, tables=lacks_as_text(selection, name, language))
        for name in selection.skipped
    ]
    plan = ((_RUNS, found.runs), (_STOPPED, list(found.stopped)), (_SKIPPED, lacking))
    for word, names in plan:
        if names:
            first = f"  {layout.padded(word.in_(language), _PLAN)}"
            yield from layout.listed(names, first, " " * (_PLAN + 2), between)
