"""What a person reads of a batch: a line for each workbook, how far it is, how it ended."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kam_excel.batch.jobs import JobResult, Status
from kam_excel.codes import Language, Text

_STATUS: dict[Status, Text] = {
    "done": Text("完成", "done"),
    "unchanged": Text("无变化", "unchanged"),
    "failed": Text("失败", "failed"),
}
_SAVED = Text("{sheets} 张工作表，已保存：{target}", "sheets: {sheets}, saved {target}")
_DRY = Text("将改动 {parts} 个部件，未保存", "parts to change: {parts}, not saved")
_MORE = Text("（另有 {count} 个问题）", " (and {count} more)")
_SECONDS = Text("{seconds:.1f} 秒", "{seconds:.1f} s")
_START = Text(
    "{count} 个工作簿，{jobs} 个并行；{where}", "Workbooks: {count}, {jobs} at once; {where}"
)
_IN_PLACE = Text(
    "将直接存回原工作簿，每个原文件先备份到其旁的 .kam/runs。",
    "they are saved IN PLACE, each original is kept in .kam/runs beside it.",
)
_INTO = Text("结果存到 {folder}。", "results go to {folder}.")
_NOWHERE = Text("试运行，不保存。", "a dry run, nothing is saved.")
_EMPTY = Text("没有工作簿：{argument}", "No workbooks in {argument}")
_LINKED = Text("未进入链接的文件夹：{folder}", "Not entered, a link: {folder}")
_PROGRESS = Text("{done}/{total}，失败 {failed}{pace}", "{done}/{total}, {failed} failed{pace}")
_PACE = Text("，每分钟 {rate:.1f} 个{left}", ", {rate:.1f} a minute{left}")
_LEFT = Text("，约剩 {time}", ", about {time} left")
_SUMMARY = Text(
    "共 {total} 个工作簿：完成 {done}，无变化 {unchanged}，失败 {failed}；用时 {time}。",
    "Workbooks: {total}; done {done}, unchanged {unchanged}, failed {failed}; {time}.",
)
_NOT_STARTED = Text("其中 {count} 个没有开始处理。", "Not started: {count}.")
STOPPING = Text(
    "正在停止：等待进行中的工作簿完成，不再开始新的。再按一次 Ctrl+C 立即中止。",
    "Stopping: what runs is finished, nothing new is started. Ctrl+C again ends it now.",
)
ENDING = Text("正在中止进行中的工作簿。", "Ending what runs.")


def start_as_text(
    count: int, jobs: int, output: Path | None, dry_run: bool, language: Language
) -> str:
    """What is about to be done, and where it goes."""
    if dry_run:
        where = _NOWHERE.in_(language)
    elif output is None:
        where = _IN_PLACE.in_(language)
    else:
        where = _INTO.in_(language).format(folder=output)
    return _START.in_(language).format(count=count, jobs=jobs, where=where)


def empty_as_text(argument: str, language: Language) -> str:
    """An argument without workbooks."""
    return _EMPTY.in_(language).format(argument=argument)


def linked_as_text(folder: Path, language: Language) -> str:
    """A folder that is a link."""
    return _LINKED.in_(language).format(folder=_shown(str(folder)))


def result_as_text(result: JobResult, language: Language, verbose: bool = False) -> str:
    """One line: status, workbook, what was written or the first problem, seconds.

    With `verbose` every problem, every changed part and what the process printed below it.
    """
    seconds = _SECONDS.in_(language).format(seconds=result.seconds)
    head = [_STATUS[result.status].in_(language), _shown(result.workbook)]
    told = _outcome(result, language, verbose)
    line = "\t".join([*head, told, seconds])
    if not verbose:
        return line
    below = [_problem(each) for each in result.problems[1:]]
    below += list(result.changed) + result.output.splitlines()
    return "\n".join([line, *(f"  {_plain(each)}" for each in below)])


def progress_as_text(
    counts: Mapping[str, int], total: int, elapsed: float, left: float | None, language: Language
) -> str:
    """How far a batch is: `counts` by status, seconds so far and seconds that are left.

    The first second tells nothing of the pace.
    """
    done = sum(counts.values())
    pace = ""
    if elapsed >= 1:
        remaining = "" if left is None else _LEFT.in_(language).format(time=clock(left))
        pace = _PACE.in_(language).format(rate=60 * done / elapsed, left=remaining)
    return _PROGRESS.in_(language).format(
        done=done, total=total, failed=counts.get("failed", 0), pace=pace
    )


def summary_as_text(
    counts: Mapping[str, int], not_started: int, elapsed: float, language: Language
) -> str:
    """How a batch ended: `counts` by status, those that were not started, seconds."""
    statuses = {name: counts.get(name, 0) for name in _STATUS}
    total = sum(statuses.values())
    text = _SUMMARY.in_(language).format(total=total, time=clock(elapsed), **statuses)
    if not_started:
        text += (" " if language == "en" else "") + _NOT_STARTED.in_(language).format(
            count=not_started
        )
    return text


def clock(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _outcome(result: JobResult, language: Language, verbose: bool) -> str:
    """What was written, and the first problem."""
    parts = []
    if result.status == "done" and not result.target:
        parts.append(_DRY.in_(language).format(parts=len(result.changed)))
    elif result.status == "done":
        target = _shown(result.target)
        parts.append(_SAVED.in_(language).format(sheets=len(result.sheets), target=target))
    if result.problems:
        others = len(result.problems) - 1
        more = _MORE.in_(language).format(count=others) if others and not verbose else ""
        parts.append(_problem(result.problems[0]) + more)
    return ("；" if language == "zh" else "; ").join(parts)


def _problem(each: Mapping[str, Any]) -> str:
    """A problem in one line, whatever its texts hold."""
    where = f"{each['where']}: " if each["where"] else ""
    return _plain(" ".join(f"{each['code']} {where}{each['what']} {each['hint']}".split()))


def _shown(path: str) -> str:
    """A path as short as it can be told, on one line: below the working folder from there on."""
    try:
        here = os.getcwd()
    except FileNotFoundError:  # it has been removed
        return _plain(path)
    inside = path.startswith(here + os.sep)
    return _plain(os.path.relpath(path, here) if inside else path)


def _plain(text: str) -> str:
    """Text of one line that does to a terminal nothing but show."""
    return "".join(map(_visible, text))


def _visible(letter: str) -> str:
    """What would break the line, or is no text, as an escape."""
    if letter.isprintable():
        return letter
    return letter.encode("unicode_escape").decode()
