"""What a blank workbook has, for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kam_excel.codes import Language, Text
from kam_excel.pipeline.template_file import InputTable
from kam_excel.report import layout

SAVED = Text("已保存：{path}", "Saved: {path}")
NEEDS = {True: Text("必需", "required"), False: Text("可选", "optional")}


def as_text(path: Path, inputs: Sequence[InputTable], language: Language) -> str:
    """The sheets to fill in, required ones first, and where the workbook lies."""
    lines = [
        line
        for each in inputs
        for line in layout.wrapped(
            layout.padded(each.table.title(language), 22) + each.readers(language),
            layout.padded(NEEDS[each.is_required].in_(language), 10),
            " " * 32,
        )
    ]
    return "\n".join([*lines, SAVED.in_(language).format(path=path)])


def as_json(path: Path, inputs: Sequence[InputTable], language: Language) -> str:
    """The same: sheets with their table ids and the strategies that read them."""
    sheets = [
        {
            "table": each.table.id,
            "sheet": each.table.title(language),
            "required": each.is_required,
            "required_by": [strategy.name for strategy in each.required_by],
            "optional_for": [strategy.name for strategy in each.optional_for],
        }
        for each in inputs
    ]
    return layout.as_json({"path": str(path), "sheets": sheets})
