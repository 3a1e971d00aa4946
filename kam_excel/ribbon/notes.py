"""What a click tells its user: one short message."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import xlwings as xw

from kam_excel.codes import Language, Text
from kam_excel.contract.outputs import DataIssues
from kam_excel.errors import Problem, problem
from kam_excel.pipeline.examine import Examination
from kam_excel.pipeline.run import Result
from kam_excel.pipeline.setup import VERSION

TITLE = Text("大客户", "KAM")
LONGEST = 120  # characters of what a mistake said

_MORE = Text("另有 {count} 个问题。", "There are {count} more problems.")
_ONE_MORE = Text("另有 1 个问题。", "There is 1 more problem.")
_LISTED = Text(
    "全部问题列在工作表“{sheet}”中，此外没有写入任何内容。",
    'The sheet "{sheet}" lists everything; nothing else was written.',
)
_LOG = Text("日志：{path}", "Log: {path}")
_WRITTEN = Text("已写入：{sheets}。", "Written: {sheets}.")
_AS_OF = Text("截止日期 {day}。", "As of {day}.")
_SKIPPED = Text("缺少数据表而跳过：{names}。", "Left out for want of tables: {names}.")
_DOUBTS = Text("可疑数据：{counts}，见“{sheet}”。", 'Doubtful: {counts}; see "{sheet}".')
_NO_DOUBTS = Text("没有可疑数据。", "Nothing is doubtful.")
_UNSAVED = Text("工作簿尚未保存。", "The workbook is not saved yet.")
_RUNS = Text("可以运行：{names}。", "Can run: {names}.")
_STOPPED = Text("不能运行：{names}。", "Cannot run: {names}.")
_PROBLEMS = Text(
    "{count} 个问题妨碍运行，见“{sheet}”。", '{count} problems stand in the way; see "{sheet}".'
)
_ONE_PROBLEM = Text(
    "1 个问题妨碍运行，见“{sheet}”。", '1 problem stands in the way; see "{sheet}".'
)


@dataclass(frozen=True, slots=True)
class Note:
    """A message as it is shown."""

    text: str
    title: str
    mode: Literal["info", "critical"] = "info"


def success(result: Result, titles: Mapping[str, str], language: Language) -> Note:
    """What a run wrote and what to look at; `titles` are those of strategies by name.

    A run takes a while, leaves the user's own sheet in front and gives Excel its status bar
    back: without this message nothing on the screen would tell that it is over.
    """
    run, computed = result.inputs.run, result.computed
    lines = [
        _AS_OF.in_(language).format(day=run.as_of.isoformat()),
        _WRITTEN.in_(language).format(sheets=_joined(list(result.sheets.values()), language)),
    ]
    lines += _named(_SKIPPED, result.inputs.selection.skipped, titles, language)
    lines.append(_doubts(computed.issues["level"].tolist(), result.sheets[DataIssues.id], language))
    return _note([*lines, _UNSAVED.in_(language)], language)


def summary(found: Examination, sheet: str, titles: Mapping[str, str], language: Language) -> Note:
    """What a check found; the issue sheet, which is in front then, has the details."""
    lines = _named(_RUNS, found.runs, titles, language)
    lines += _named(_STOPPED, found.stopped, titles, language)
    lines += _named(_SKIPPED, found.inputs.selection.skipped, titles, language)
    if count := len(found.all_problems):
        text = _ONE_PROBLEM if count == 1 else _PROBLEMS
        lines.append(text.in_(language).format(count=count, sheet=sheet))
    levels = found.issues["level"].tolist()
    if levels or not count:  # what nobody could look at is not free of doubt
        lines.append(_doubts(levels, sheet, language))
    return _note(lines, language, "info" if found.is_fine else "critical")


def failure(
    problems: Sequence[Problem], language: Language, log: Path | None, listed: str = ""
) -> Note:
    """The first problem and what to do, how many more, the sheet that lists all, the log."""
    first, more = problems[0], len(problems) - 1
    colon = "：" if language == "zh" else ": "
    place = f"{first.where}{colon}" if str(first.where) else ""
    lines = [first.code.name, f"{place}{first.what(language)}", first.hint(language)]
    if more:
        lines.append((_ONE_MORE if more == 1 else _MORE).in_(language).format(count=more))
    if listed:
        lines.append(_LISTED.in_(language).format(sheet=listed))
    if log:
        lines.append(_LOG.in_(language).format(path=log))
    return _note(lines, language, "critical")


def bug(error: Exception) -> Problem:
    """A mistake of ours as a problem; the log has where it came up."""
    said = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST]
    versions = {"python": platform.python_version(), "xlwings": xw.__version__}
    return problem("BUG", version=VERSION, error=said, **versions)


def _named(
    text: Text, names: Iterable[str], titles: Mapping[str, str], language: Language
) -> list[str]:
    """A line that names strategies; none where none of them has a button."""
    shown = [titles[name] for name in names if name in titles]
    return [text.in_(language).format(names=_joined(shown, language))] if shown else []


def _doubts(levels: Sequence[str], sheet: str, language: Language) -> str:
    """How many issues of each level are listed."""
    shown = DataIssues.columns["level"].shown
    counts = [
        f"{shown(level, language)} {levels.count(level)}"
        for level in ("error", "warning", "note")
        if level in levels
    ]
    if not counts:
        return _NO_DOUBTS.in_(language)
    return _DOUBTS.in_(language).format(counts=_joined(counts, language), sheet=sheet)


def _note(
    lines: Sequence[str], language: Language, mode: Literal["info", "critical"] = "info"
) -> Note:
    return Note("\n".join(line for line in lines if line), TITLE.in_(language), mode)


def _joined(names: Sequence[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(names)
