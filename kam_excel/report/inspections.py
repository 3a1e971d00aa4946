"""What a person reads of a workbook's package, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kam_excel.codes import Language, Text
from kam_excel.headless.model.contents import NamedArea, PartFacts, SheetFacts
from kam_excel.pipeline.inspect_file import Inspection
from kam_excel.report import layout

LARGEST = 10
_EXCELS_OWN = "_xlnm."
FEATURES = {
    "activex": Text("ActiveX 控件", "ActiveX controls"),
    "chart": Text("图表", "charts"),
    "conditional_format": Text("条件格式", "conditional formats"),
    "connections": Text("数据连接", "connections"),
    "custom_properties": Text("自定义属性", "custom properties"),
    "custom_xml": Text("自定义 XML", "custom XML"),
    "dynamic_arrays": Text("动态数组信息", "dynamic arrays"),
    "embedded_object": Text("嵌入对象", "embedded objects"),
    "external_link": Text("外部链接", "external links"),
    "filter": Text("筛选", "filters"),
    "form_control": Text("表单控件", "form controls"),
    "hyperlink": Text("超链接", "hyperlinks"),
    "image": Text("图片", "images"),
    "macros": Text("宏", "macros"),
    "merged_area": Text("合并区域", "merged areas"),
    "note": Text("批注", "notes"),
    "pivot_cache": Text("透视缓存", "pivot caches"),
    "pivot_table": Text("数据透视表", "pivot tables"),
    "printer_settings": Text("打印机设置", "printer settings"),
    "protection": Text("工作表保护", "sheet protection"),
    "query_table": Text("查询表", "query tables"),
    "rich_values": Text("富数据值", "rich values"),
    "signature": Text("数字签名", "signatures"),
    "slicer": Text("切片器", "slicers"),
    "sparkline": Text("迷你图", "sparklines"),
    "table": Text("表格", "tables"),
    "threaded_comments": Text("线程批注", "threaded comments"),
    "timeline": Text("日程表", "timelines"),
    "validation": Text("数据验证", "data validations"),
}
STATES = {
    "hidden": Text("隐藏", "hidden"),
    "veryHidden": Text("深度隐藏", "very hidden"),
}
EDITS = {
    "cell": Text("在第一个工作表写入单元格", "Writing a cell on the first sheet"),
    "sheet": Text("新增带表格的工作表", "Adding a sheet with a table"),
}
CHANGES = {
    "added": Text("新增", "adds"),
    "changed": Text("改动", "changes"),
    "removed": Text("删除", "removes"),
}
_HEAD = Text(
    "{path}：{parts} 个部件，{compressed} 字节（展开后 {size} 字节）",
    "{path}: {parts} parts, {compressed} bytes ({size} unpacked)",
)
_WRITER = Text("最后由 {writer} 保存", "Saved last by {writer}")
_DATE1904 = Text("日期从 1904 年起算", "Dates count from 1904")
_SHEETS, _TABLES = Text("工作表", "Sheets"), Text("表格", "Tables")
_NAMES, _IN_PACKAGE = Text("名称", "Names"), Text("包内", "In the package")
_LINKS = Text("公式引用的其他文件", "Other files that formulas read")
_PARTS = Text(
    "最大的部件（展开后字节数，压缩后字节数）", "Largest parts (bytes unpacked, as stored)"
)
_TOUCHED = Text("编辑会触及的部件", "Parts that an edit touches")
_OBSTACLES = Text("妨碍编辑或保存的情况", "What stands in the way of editing or saving")
_CELLS = Text("{cells} 个单元格，{formulas} 个公式", "{cells} cells, {formulas} formulas")
_EMPTY = Text("空", "empty")


def inspection_as_text(found: Inspection, language: Language, verbose: bool) -> str:
    """Sheets, tables, names, features, the largest parts, what edits touch.

    `verbose` lists every part, and the names that Excel itself gives to print areas and filters.
    """
    held = found.contents
    lines = [*_head(found, language), "", _SHEETS.in_(language)]
    lines += [line for sheet in held.sheets for line in _sheet(sheet, language)]
    names = [name for name in held.names if verbose or not name.name.startswith(_EXCELS_OWN)]
    lines += _areas(_TABLES, held.tables, language) + _areas(_NAMES, names, language)
    if held.links:
        lines += ["", _LINKS.in_(language), *(f"  {link}" for link in held.links)]
    if held.features:
        lines += ["", _IN_PACKAGE.in_(language)]
        lines += layout.listed(_features(held.features, language), "  ", "  ", _comma(language))
    lines += ["", _PARTS.in_(language), *_parts(held.parts, verbose)]
    lines += ["", _TOUCHED.in_(language), *_touched(found, language)]
    if found.obstacles:
        lines += ["", _OBSTACLES.in_(language)]
        lines += [f"  {each.text(language)}" for each in found.obstacles]
    return "\n".join(lines)


def inspection_as_json(found: Inspection, language: Language) -> str:
    """All of it as JSON, every part included."""
    held = asdict(found.contents)
    for facts, sheet in zip(held["sheets"], found.contents.sheets, strict=True):
        facts["problem"] = sheet.problem.to_json(language) if sheet.problem else None
    data: dict[str, Any] = {
        "path": str(found.path),
        **held,
        "touched": found.touched,
        "obstacles": [each.to_json(language) for each in found.obstacles],
    }
    return layout.as_json(data)


def _head(found: Inspection, language: Language) -> Iterator[str]:
    held = found.contents
    yield _HEAD.in_(language).format(
        path=found.path,
        parts=len(held.parts),
        compressed=f"{sum(part.compressed for part in held.parts):,}",
        size=f"{sum(part.size for part in held.parts):,}",
    )
    if held.writer:
        yield _WRITER.in_(language).format(writer=held.writer)
    if held.date1904:
        yield _DATE1904.in_(language)


def _sheet(sheet: SheetFacts, language: Language) -> list[str]:
    state = STATES.get(sheet.state)
    name = f"{sheet.name} ({state.in_(language)})" if state else sheet.name
    facts = [sheet.kind] if sheet.kind != "worksheet" else [sheet.area or _EMPTY.in_(language)]
    if sheet.cells:
        cells, formulas = f"{sheet.cells:,}", f"{sheet.formulas:,}"
        facts.append(_CELLS.in_(language).format(cells=cells, formulas=formulas))
    facts += _features(sheet.features, language)
    if sheet.problem:
        facts.append(sheet.problem.text(language))
    first = f"  {layout.padded(name, 22)}"
    return layout.listed(facts, first, " " * 24, _comma(language))


def _areas(title: Text, areas: Sequence[NamedArea], language: Language) -> list[str]:
    if not areas:
        return []
    lines = ["", title.in_(language)]
    for each in areas:
        place = f"{each.sheet}: {each.refers_to}" if each.sheet else each.refers_to
        lines.append(f"  {layout.padded(each.name, 22)}{place}")
    return lines


def _features(features: Mapping[str, int], language: Language) -> list[str]:
    return [f"{FEATURES[name].in_(language)} {count}" for name, count in features.items()]


def _parts(parts: Sequence[PartFacts], verbose: bool) -> Iterator[str]:
    ordered = sorted(parts, key=lambda part: (-part.size, part.name))
    for part in ordered if verbose else ordered[:LARGEST]:
        yield f"  {part.size:>14,} {part.compressed:>14,}  {part.name}"


def _touched(found: Inspection, language: Language) -> Iterator[str]:
    colon = "：" if language == "zh" else ": "
    for edit, changes in found.touched.items():
        by_change = {
            change: [name for name, what in sorted(changes.items()) if what == change]
            for change in CHANGES
        }
        told = [
            f"{CHANGES[change].in_(language)} {', '.join(names)}"
            for change, names in by_change.items()
            if names
        ]
        yield from layout.listed(told, f"  {EDITS[edit].in_(language)}{colon}", "    ", "; ")


def _comma(language: Language) -> str:
    return "，" if language == "zh" else ", "
