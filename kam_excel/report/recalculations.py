"""What a person reads of formulas that were recalculated, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from kam_excel.codes import Language, Text
from kam_excel.headless.recalc.report import (
    FormulaReport,
    Reason,
    RecalculationReport,
    Standing,
)
from kam_excel.headless.references.areas import packed
from kam_excel.pipeline.recalc_file import Recalculated, Recalculations
from kam_excel.report import layout

NAMED_AREAS = 20  # how many areas a line names before it only counts
STANDINGS: dict[Standing, Text] = {
    "trusted": Text("可信", "trusted"),
    "recomputed": Text("重算", "recomputed"),
    "stale": Text("过期", "stale"),
    "unsupported": Text("无法核对", "not reproduced"),
}
REASONS: dict[Reason, Text] = {
    "reproduced": Text("计算结果与保存的值一致", "computed as stored"),
    "compared": Text("改动前的值已核对一致", "reproduced before the change"),
    "known": Text("只用到已知可靠的函数", "it calls only functions that are known well"),
    "differs": Text("计算结果与 Excel 保存的值不一致", "what Excel stored is not reproduced"),
    "function": Text("没有可核对的值，且用到未经验证的函数", "nothing to compare it with"),
    "range": Text("没有可核对的值，且在单值处使用区域", "it takes a range where one value is due"),
    "volatile": Text("随机数或依赖本机的函数", "random, or asked of the machine"),
    "array": Text("数组公式或模拟运算表", "array formulas and data tables"),
    "hidden": Text("略去隐藏行或其他小计的汇总", "leaves out hidden rows or subtotals"),
    "external": Text("引用其他文件", "reads another file"),
    "left": Text("上次保存时已留给 Excel 计算", "left to Excel by an earlier save"),
    "error": Text("计算结果是 Excel 未必会给出的错误", "computed to an error that may be wrong"),
    "precedent": Text("引用了上述公式", "reads one of those"),
    "refused": Text("计算引擎拒绝处理该工作簿", "the engines refuse the workbook"),
    "limit": Text("公式过多", "too many formulas"),
}
_HEAD = Text("{path}：{count} 个公式，{counts}", "{path}: {count} formulas, {counts}")
_ONE = Text("{path}：1 个公式，{counts}", "{path}: 1 formula, {counts}")
_NONE = Text("{path}：没有公式", "{path}: no formulas")
_LINE = Text("  {standing}，{reason}：{cells}", "  {standing}, {reason}: {cells}")
_MORE = Text("，共 {count} 个", " and more, {count} in all")
_SAVED = Text("  已保存：{path}", "  Saved: {path}")
_UNCHANGED = Text("  内容没有变化", "  Unchanged")
_DRY = Text("  试运行，未保存", "  Dry run, nothing was saved")
_BACKUP = Text("  原文件备份：{path}", "  The original is kept in {path}")
_RUN = Text(
    "依赖输出的公式：{counts}；过期的由 Excel 打开时计算",
    "Formulas that depend on outputs: {counts}; Excel computes the stale ones on opening",
)


def recalculations_as_text(found: Recalculations, language: Language) -> str:
    """Each workbook with its counts, and the formulas that were not computed, by reason."""
    return "\n".join(line for each in found.done for line in _workbook(each, language))


def recalculations_as_json(found: Recalculations, language: Language) -> str:
    """The same as JSON, with every formula that is not trusted."""
    data = {
        "workbooks": [
            {
                "path": str(each.path),
                "saved": str(each.saved) if each.saved else None,
                "changes": each.changes,
                "formulas": formulas_as_json(each.report),
            }
            for each in found.done
        ],
        "problems": [each.to_json(language) for each in found.problems],
    }
    return layout.as_json(data)


def formulas_as_json(report: RecalculationReport) -> dict[str, Any]:
    """Counts by standing, and formulas that are stale or that no engine reproduces."""
    counts = report.counts()
    return {
        "counts": {standing: counts[standing] for standing in get_args(Standing)},
        **{
            standing: [
                {"sheet": each.sheet, "cell": each.cell, "reason": each.reason}
                for each in report.of(standing)
            ]
            for standing in ("stale", "unsupported")
        },
        "refusals": report.refusals,
    }


def formulas_of_run(report: RecalculationReport, language: Language) -> list[str]:
    """The formulas that depend on the outputs of a run; nothing where there are none."""
    if not report.formulas:
        return []
    head = _RUN.in_(language).format(counts=_counts(report, language))
    return [head, *_lines(report.of("stale"), language)]


def _workbook(each: Recalculated, language: Language) -> list[str]:
    report = each.report
    head = {0: _NONE, 1: _ONE}.get(len(report.formulas), _HEAD).in_(language)
    counts = _counts(report, language)
    lines = [head.format(path=each.path, count=len(report.formulas), counts=counts)]
    for standing in ("stale", "unsupported"):
        lines += _lines(report.of(standing), language)
    lines.append(_outcome(each.saved, bool(each.changes), language))
    if each.record:
        lines.append(_BACKUP.in_(language).format(path=each.record))
    return lines


def _outcome(saved: Path | None, changed: bool, language: Language) -> str:
    if saved is None:
        return _DRY.in_(language)
    return (_SAVED if changed else _UNCHANGED).in_(language).format(path=saved)


def _counts(report: RecalculationReport, language: Language) -> str:
    counts = report.counts()
    between = "，" if language == "zh" else ", "
    return between.join(
        f"{text.in_(language)} {counts[standing]}"
        for standing, text in STANDINGS.items()
        if counts[standing]
    )


def _lines(formulas: Sequence[FormulaReport], language: Language) -> list[str]:
    """The formulas of one standing, a line for each reason."""
    lines = []
    for reason, text in REASONS.items():
        found = [each for each in formulas if each.reason == reason]
        if found:
            standing = STANDINGS[found[0].standing].in_(language)
            facts = {"standing": standing, "reason": text.in_(language)}
            cells = _cells(found, language)
            lines.append(_LINE.in_(language).format(cells=cells, **facts))
    return lines


def _cells(formulas: Sequence[FormulaReport], language: Language) -> str:
    """Where formulas stand, as areas, up to a number of them."""
    sheets: dict[str, list[tuple[int, int]]] = {}
    for each in formulas:
        sheets.setdefault(each.sheet, []).append((each.row, each.column))
    areas = [f"{sheet}!{area}" for sheet, cells in sheets.items() for area in packed(cells)]
    listed = ("、" if language == "zh" else ", ").join(areas[:NAMED_AREAS])
    more = _MORE.in_(language).format(count=len(formulas))
    return listed + more if len(areas) > NAMED_AREAS else listed
