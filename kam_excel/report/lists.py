"""Lists of names in a sentence."""

from __future__ import annotations

from kam_excel.codes import Language, Text
from kam_excel.pipeline.graph import Selection

_OR = Text("或", " or ")


def comma(language: Language) -> str:
    """What stands between the members of a list."""
    return "、" if language == "zh" else ", "


def lacks_as_text(selection: Selection, name: str, language: Language) -> str:
    """The tables that a skipped strategy lacks: all of them, or any one that would do."""
    titles = [table.title(language) for table in selection.skipped[name]]
    return (_OR.in_(language) if name in selection.any_of else comma(language)).join(titles)
