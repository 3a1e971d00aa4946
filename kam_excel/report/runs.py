"""What a person reads after a run, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.outputs import DataIssues
from kam_excel.pipeline.compute import Computed, Output
from kam_excel.pipeline.prepare import Inputs
from kam_excel.pipeline.workbook_file import FileResult
from kam_excel.report.accounts import counts, doubts
from kam_excel.report.differences import differences_as_json, differences_as_text
from kam_excel.report.layout import as_json
from kam_excel.report.lists import lacks_as_text
from kam_excel.report.recalculations import formulas_as_json, formulas_of_run
from kam_excel.workbook.cellvalues import cell_values

NOTHING_WRITTEN: dict[Language, str] = {
    "zh": "没有写入任何内容。",
    "en": "Nothing was written.",
}
WORDS: dict[str, dict[Language, str]] = {
    "saved": {"zh": "已保存：{path}", "en": "Saved: {path}"},
    "unchanged": {"zh": "内容没有变化：{path}", "en": "Unchanged: {path}"},
    "backup": {"zh": "原文件备份：{path}", "en": "The original is kept in {path}"},
    "sheet": {"zh": "工作表 {sheet}：{rows}", "en": "Sheet {sheet}: {rows}"},
    "skipped": {
        "zh": "跳过 {strategy}：缺少 {tables}",
        "en": "Skipped {strategy}: it needs {tables}",
    },
    "issue": {"zh": "{level} {code}：{count} 条，{what}", "en": "{level} {code}: {count}, {what}"},
    "part": {"zh": "  {change} {part}：{why}", "en": "  {change} {part}: {why}"},
    "dry": {
        "zh": "试运行：将改动 {parts} 个部件，未保存。",
        "en": "Dry run: {parts} parts would change; nothing was saved.",
    },
    "left_out": {"zh": "未运行的策略：{names}", "en": "Left out: {names}"},
    "as_of": {"zh": "截止日期 {day}", "en": "As of {day}"},
}
# Why a part is touched, by what is in its name; the first that fits.
PARTS: dict[str, dict[Language, str]] = {
    "[Content_Types].xml": {"zh": "部件清单", "en": "the list of parts"},
    ".rels": {"zh": "部件之间的关系", "en": "which parts belong together"},
    "styles.xml": {"zh": "追加的单元格格式", "en": "cell formats that were appended"},
    "workbook.xml": {"zh": "工作表清单", "en": "the list of sheets"},
    "calcChain.xml": {"zh": "计算顺序", "en": "the order of calculation"},
    "/tables/": {"zh": "输出表", "en": "the table of an output"},
    "/worksheets/": {"zh": "输出工作表", "en": "the sheet of an output"},
    "": {"zh": "输出工作表的附属部件", "en": "belongs to the sheet of an output"},
}


def run_as_text(done: FileResult, verbose: bool) -> str:
    """The headline figures, the sheets written, the issues, where the result lies."""
    language = done.result.inputs.run.language
    lines = _preamble(done.result.inputs, language)
    for output in done.result.computed.outputs:
        lines += _headlines(output, language)
    for output in done.result.computed.outputs:
        if output.table.id in done.result.sheets:
            sheet = done.result.sheets[output.table.id]
            rows = _count(len(output.frame), language)
            lines.append(_word("sheet", language, sheet=sheet, rows=rows))
    lines += _issue_lines(done.result.computed.issues, language)
    lines += differences_as_text(done.differences or (), language)
    lines += formulas_of_run(done.formulas, language)
    lines.append(_where(done, language))
    if done.record:
        lines.append(_word("backup", language, path=done.record))
    if verbose:
        lines += [
            _word("part", language, change=change, part=part, why=_why(part, language))
            for part, change in sorted(done.changes.items())
        ]
    return "\n".join(lines)


def run_as_json(done: FileResult) -> str:
    """The same as JSON: headline figures, sheets, issues by code, changed parts."""
    result = done.result
    data = {
        "path": str(done.path) if done.path else None,
        "unchanged": not done.changes,
        "as_of": result.inputs.run.as_of.isoformat(),
        "fingerprint": result.fingerprint,
        "headlines": {o.table.id: _figures(o) for o in result.computed.outputs if _figures(o)},
        "sheets": {
            name: {"sheet": sheet, "rows": _rows(result.computed.outputs, name)}
            for name, sheet in result.sheets.items()
        },
        "issues": counts(result.computed.issues, result.inputs.run.language),
        "changes": done.changes,
        "formulas": formulas_as_json(done.formulas),
        "failed": _failed(result.computed, result.inputs.run.language),
        **_skipped(result.inputs),
    }
    if done.differences is not None:
        data["differences"] = differences_as_json(done.differences)
    return as_json(data)


def failures(computed: Computed, language: Language) -> list[str]:
    """One line for each problem of the strategies that a partial run left out."""
    problems = dict.fromkeys(p.text(language) for each in computed.failed.values() for p in each)
    names = ", ".join(computed.failed)
    return [*problems, _word("left_out", language, names=names)] if problems else []


def _failed(computed: Computed, language: Language) -> dict[str, Any]:
    return {
        name: [problem.to_json(language) for problem in problems]
        for name, problems in computed.failed.items()
    }


def _where(done: FileResult, language: Language) -> str:
    if done.path is None:
        return _word("dry", language, parts=len(done.changes))
    return _word("saved" if done.changes else "unchanged", language, path=done.path)


def _why(part: str, language: Language) -> str:
    """Why a save touches this part."""
    fitting = (text for name, text in PARTS.items() if name in part)
    return next(fitting)[language]


def _word(name: str, language: Language, **facts: Any) -> str:
    return WORDS[name][language].format(**facts)


def _count(rows: int, language: Language) -> str:
    if language == "zh":
        return f"{rows} 行"
    return f"{rows} row" if rows == 1 else f"{rows} rows"


def _preamble(inputs: Inputs, language: Language) -> list[str]:
    lines = [_word("as_of", language, day=inputs.run.as_of.isoformat())]
    for name in inputs.selection.skipped:
        names = lacks_as_text(inputs.selection, name, language)
        lines.append(_word("skipped", language, strategy=name, tables=names))
    return lines


def _skipped(inputs: Inputs) -> dict[str, Any]:
    return {
        "skipped": {
            name: [table.id for table in tables]
            for name, tables in inputs.selection.skipped.items()
        }
    }


def _headline_columns(output: Output) -> list[Column]:
    return [column for column in output.table.columns.values() if column.headline]


def _headlines(output: Output, language: Language) -> list[str]:
    columns = _headline_columns(output)
    if not columns or output.frame.empty:
        return []
    row = cell_values(output.frame, columns, language)[0]
    colon = "：" if language == "zh" else ": "
    return [
        f"{column.header(language)}{colon}{_shown(value, column)}"
        for column, value in zip(columns, row, strict=True)
        if value is not None
    ]


def _shown(value: Any, column: Column) -> str:
    if column.kind is Kind.PERCENT:
        return f"{value:.1%}"
    return f"{value:,.2f}" if column.kind is Kind.MONEY else str(value)


def _figures(output: Output) -> dict[str, Any]:
    columns = _headline_columns(output)
    if not columns or output.frame.empty:
        return {}
    row = cell_values(output.frame, columns, "en")[0]
    return {column.id: value for column, value in zip(columns, row, strict=True)}


def _rows(outputs: Sequence[Output], table: str) -> int:
    return next(len(output.frame) for output in outputs if output.table.id == table)


def _issue_lines(issues: pd.DataFrame, language: Language) -> list[str]:
    levels = DataIssues.columns["level"]
    return [
        _word(
            "issue",
            language,
            level=levels.shown(doubt.level, language),
            code=doubt.code,
            count=doubt.count or 1,
            what=doubt.text(language),
        )
        for doubt in doubts(issues, language)
    ]
