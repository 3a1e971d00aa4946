"""What is declared, for people at a terminal: an overview, or all about one name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from kam_excel.codes import Language, Text
from kam_excel.contract.outputs import DataIssues
from kam_excel.description.facts import (
    FORMAT,
    CodeFacts,
    ColumnFacts,
    Description,
    PolicyFacts,
    SettingFacts,
    StrategyFacts,
    TableFacts,
)
from kam_excel.report.layout import as_json, listed, padded, wrapped
from kam_excel.workbook.cellvalues import text_width

HEADINGS = {
    "strategies": Text("策略", "Strategies"),
    "inputs": Text("从工作簿读取的表", "Tables that are read from the workbook"),
    "outputs": Text("写入工作簿的表", "Tables that are written into the workbook"),
    "passed": Text("只在策略之间传递的表", "Tables that are only passed between strategies"),
    "policies": Text("设置段", "Sections of settings"),
}
WORDS = {
    "more": Text("详细内容：kam-excel describe 名称", "More of each: kam-excel describe NAME"),
    "reads": Text("读取", "reads"),
    "optional": Text("可选", "optional"),
    "previous": Text("上次运行", "of the latest earlier run"),
    "manual": Text("手工填写的列", "what was filled in by hand"),
    "gives": Text("输出", "gives"),
    "if_it_can": Text("视数据而定", "if the data allow"),
    "settings": Text("设置段", "settings"),
    "reasons": Text("原因代码", "reason codes"),
    "aliases": Text("也叫", "also"),
    "required_by": Text("必需它的策略", "needed by"),
    "optional_for": Text("可选用它的策略", "optional for"),
    "given_by": Text("由策略输出", "given by"),
    "excel_table": Text("Excel 表名", "Excel table"),
    "charts": Text("图表", "charts"),
    "key": Text("主键", "key"),
    "one_of": Text("至少有其一（标 +）", "at least one of (marked +)"),
    "legend": Text("* 必需  + 至少有其一", "* required  + at least one of them"),
    "choices": Text("取值", "one of"),
    "by_hand": Text("手工填写", "filled in by hand"),
    "filled_with": Text("须同时填写", "to be filled in with it"),
    "decisive": Text("如有该列，须全部可读", "readable if there"),
    "personal": Text("个人信息", "personal data"),
    "link": Text("链接", "link"),
    "default": Text("默认", "default"),
    "read_by": Text("使用它的策略", "read by"),
}
KINDS = {
    "key": Text("编码", "id"),
    "text": Text("文本", "text"),
    "date": Text("日期", "date"),
    "money": Text("金额", "amount"),
    "percent": Text("百分比", "percentage"),
    "number": Text("数字", "number"),
    "integer": Text("整数", "whole number"),
    "boolean": Text("是/否", "yes or no"),
    "enum": Text("选项", "choice"),
}
MARKS = {"required": "* ", "one_of": "+ ", "optional": "  "}


def description_as_json(description: Description) -> str:
    """The facts as they are declared in `kam_excel.description.facts`, in both languages."""
    return as_json({"format": FORMAT, **asdict(description)})


def overview(whole: Description, language: Language) -> str:
    """One line or two for each strategy, table and section."""
    inputs = [table for table in whole.tables if table.origin == "workbook"]
    outputs = [table for table in whole.tables if table.excel_table]
    passed = [table for table in whole.tables if table not in inputs + outputs]
    lines = [HEADINGS["strategies"].in_(language)]
    for strategy in whole.strategies:
        lines += _entry(strategy.name, strategy.title.in_(language))
        lines += _reads(strategy, language, " " * 6)
    for heading, tables in (("inputs", inputs), ("outputs", outputs), ("passed", passed)):
        if tables:
            lines += ["", HEADINGS[heading].in_(language)]
            lines += [x for t in tables for x in _entry(t.id, _both(t.name, language))]
    lines += ["", HEADINGS["policies"].in_(language)]
    lines += [x for p in whole.policies for x in _entry(p.section, p.title.in_(language))]
    return "\n".join([*lines, "", WORDS["more"].in_(language)])


def details(part: Description, language: Language) -> str:
    """All about the strategies, tables, sections and codes of `part`."""
    blocks = [
        *(_strategy(each, language) for each in part.strategies),
        *(_table(each, language) for each in part.tables),
        *(_policy(each, language) for each in part.policies),
        *(_code(each, language) for each in part.codes),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _strategy(strategy: StrategyFacts, language: Language) -> list[str]:
    lines = [_title(strategy.name, strategy.title, language), *_about(strategy, language)]
    lines += _reads(strategy, language, "  ")
    lines += _fact("settings", strategy.policies, language)
    if strategy.reasons:
        lines.append(f"  {WORDS['reasons'].in_(language)}")
        for code, text in strategy.reasons.items():
            lines += wrapped(f"{code}  {text.in_(language)}", " " * 4, " " * 6)
    return lines


def _reads(strategy: StrategyFacts, language: Language, indent: str) -> list[str]:
    names = []
    for read in strategy.reads:
        role = "optional" if read.role == "table" and not read.required else read.role
        names.append(read.table + ("" if role == "table" else _remark(role, language)))
    gives = [
        name + (_remark("if_it_can", language) if name in strategy.gives_optionally else "")
        for name in strategy.gives
    ]
    return [*_fact("reads", names, language, indent), *_fact("gives", gives, language, indent)]


def _remark(word: str, language: Language) -> str:
    text = WORDS[word].in_(language)
    return f"（{text}）" if language == "zh" else f" ({text})"


def _table(table: TableFacts, language: Language) -> list[str]:
    lines = [_title(table.id, table.name, language), *_about(table, language)]
    for name in ("required_by", "optional_for", "given_by", "aliases", "key"):
        lines += _fact(name, getattr(table, name), language)
    if table.excel_table:
        lines += _fact("excel_table", [table.excel_table], language)
    lines += _fact("charts", [chart.title.in_(language) for chart in table.charts], language)
    lines += _fact("one_of", [" + ".join(group) for group in table.one_of], language, between="; ")
    if table.origin == "workbook":
        lines.append(f"  {WORDS['legend'].in_(language)}")
    ids = max(text_width(column.id) for column in table.columns) + 2
    heads = max(text_width(column.header.in_(language)) for column in table.columns) + 2
    marked = table.origin == "workbook"
    return lines + [
        line
        for column in table.columns
        for line in _column(column, language, min(ids, 22), min(heads, 30), marked)
    ]


def _column(
    column: ColumnFacts, language: Language, ids: int, heads: int, marked: bool
) -> list[str]:
    kind = KINDS[column.kind].in_(language) + _unit(column.unit_text, language)
    kept = {
        "decisive": column.decisive and marked,
        "link": column.link,
        "personal": column.personal,
        "by_hand": column.manual,
    }
    remarks = [WORDS[name].in_(language) for name, holds in kept.items() if holds]
    head = padded(column.id, ids) + padded(column.header.in_(language), heads)
    mark = MARKS[column.need] if marked else "  "
    lines = wrapped(head + ", ".join([kind, *remarks]), f"  {mark}", " " * 8)
    if column.filled_with:
        lines += _fact("filled_with", [column.filled_with], language, " " * 8)
    other = column.header.en if language == "zh" else column.header.zh
    lines += _fact("choices", [t.in_(language) for t in column.choices.values()], language, " " * 8)
    if marked:
        lines += _fact("aliases", [other, *column.aliases], language, " " * 8)
    note = column.note.in_(language)
    return lines + (wrapped(note, " " * 8, " " * 8) if note else [])


def _policy(policy: PolicyFacts, language: Language) -> list[str]:
    title = _title(f"{policy.section}:", policy.title, language)
    lines = [title, *_fact("read_by", policy.read_by, language)]
    for setting in policy.settings:
        lines += wrapped(f"{setting.path}: {setting.default}{bounds(setting)}", "    ", " " * 8)
        label = setting.label.in_(language) + _unit(setting.unit_text, language)
        lines += wrapped(label, " " * 8, " " * 8)
        lines += _fact("choices", setting.choices, language, " " * 8)
    return lines


def bounds(setting: SettingFacts) -> str:
    """The bounds of a setting, as in " (0 … 1)" or " (≥ 1)"; "" where it has none."""
    if setting.at_least and setting.at_most:
        return f" ({setting.at_least} … {setting.at_most})"
    if setting.at_least or setting.at_most:
        sign = "≥" if setting.at_least else "≤"
        return f" ({sign} {setting.at_least or setting.at_most})"
    return ""


def _code(code: CodeFacts, language: Language) -> list[str]:
    level = DataIssues.columns["level"].shown(code.level, language)
    lines = [f"{code.name}（{level}）" if language == "zh" else f"{code.name} ({level})"]
    for text in (code.what, code.hint):
        if text.in_(language):
            lines += wrapped(text.in_(language), "  ", "  ")
    return lines


def _title(name: str, title: Text, language: Language) -> str:
    return f"{name}  {_both(title, language)}"


def _both(title: Text, language: Language) -> str:
    """The title in the language of the user, then as the other one knows it."""
    mine, other = (title.zh, title.en) if language == "zh" else (title.en, title.zh)
    return mine if mine == other else f"{mine} · {other}"


def _entry(name: str, text: str) -> list[str]:
    return wrapped(padded(name, 20) + text, "  ", " " * 22)


def _about(declared: StrategyFacts | TableFacts, language: Language) -> list[str]:
    """What it says to users; a plugin that says nothing has the start of its docstring shown."""
    paragraph = " ".join(declared.doc.partition("\n\n")[0].split())
    text = declared.about.in_(language) or paragraph
    return wrapped(text, "  ", "  ") if text else []


def _unit(unit: Text, language: Language) -> str:
    return f" [{unit.in_(language)}]" if unit.in_(language) else ""


def _fact(
    name: str, values: Iterable[str], language: Language, indent: str = "  ", between: str = ""
) -> list[str]:
    """A named list of values; nothing where there are none."""
    shown = list(values)
    colon = "：" if language == "zh" else ": "
    first = f"{indent}{WORDS[name].in_(language)}{colon}"
    comma = "、" if language == "zh" else ", "
    return listed(shown, first, f"{indent}  ", between or comma) if shown else []
