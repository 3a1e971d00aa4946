"""Widths and formats of whole columns: the `<cols>` of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import attributes_markup
from kam_excel.headless.xml.values import is_true

DEFAULT_WIDTH = 8.43
# Excel stores the width with the cell's padding: 5 pixels of the 7 that a digit takes.
_PADDING = 5 / 7
_DEFAULT = str(DEFAULT_WIDTH + _PADDING)[:9]


@dataclass(frozen=True, slots=True)
class _Span:
    first: int
    last: int
    given: dict[str, str]

    def cut(self, first: int, last: int) -> _Span:
        return _Span(first, last, self.given)

    def markup(self, prefix: str) -> str:
        given = attributes_markup(self.given)
        return f'<{prefix}col min="{self.first}" max="{self.last}"{given}/>'


class Columns:
    """The columns of a sheet, read from and written to its shell."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.made_from = shell.data
        self._spans = [
            _Span(int(each.attributes["min"]), int(each.attributes["max"]), _rest(each.attributes))
            for each in shell.items("cols", "col")
        ]
        self.have_styles = _any_style(self._spans)

    def style(self, column: int) -> int:
        """The cell format that new cells of the column get."""
        return int(self._given(column).get("style", 0))

    def unlike(self, style: int) -> list[int]:
        """The columns whose cell format is not `style`, which the last column has."""
        found: list[int] = []
        position = 1
        for span in self._spans:
            if style:
                found += range(position, span.first)
            if int(span.given.get("style", 0)) != style:
                found += range(span.first, span.last + 1)
            position = span.last + 1
        return found

    def is_hidden(self, column: int) -> bool:
        """Whether the column is hidden."""
        return is_true(self._given(column).get("hidden"))

    def width(self, column: int) -> float:
        """The width in characters of the default font; 0 where the column is hidden."""
        given = self._given(column)
        if self.is_hidden(column):
            return 0.0
        if "width" in given:
            return max(round(float(given["width"]) - _PADDING, 2), 0.0)
        element = self._shell.child("sheetFormatPr")
        stored = element.attributes.get("defaultColWidth") if element else None
        return round(float(stored) - _PADDING, 2) if stored else DEFAULT_WIDTH

    def set_width(self, first: int, last: int, characters: float) -> None:
        """Set the width of the columns from `first` to `last`; a width of 0 hides them."""
        if characters == 0:
            self.hide(first, last, True)
            return
        stored = f"{characters + _PADDING:.7f}".rstrip("0").rstrip(".")
        wide = {"width": stored, "customWidth": "1", "hidden": None}
        self._change(first, last, lambda _: wide)

    def hide(self, first: int, last: int, hidden: bool) -> None:
        """Hide columns, or show them in the width that they had."""

        def changed(given: dict[str, str]) -> dict[str, str | None]:
            if not hidden:
                return {"hidden": None}
            return {"width": given.get("width", _DEFAULT), "hidden": "1", "customWidth": "1"}

        self._change(first, last, changed)

    def restyle(self, first: int, last: int, change: Callable[[int], int]) -> None:
        """Give the columns other cell formats: `change` maps old to new."""

        def styled(given: dict[str, str]) -> dict[str, str | None]:
            style = change(int(given.get("style", 0)))
            return {"width": given.get("width", _DEFAULT), "style": str(style)}

        self._change(first, last, styled)

    def level(self, column: int) -> int:
        """How deep a column is grouped."""
        return int(self._given(column).get("outlineLevel", "0"))

    def group(self, first: int, last: int, by: int) -> None:
        """Group columns deeper or less deep."""

        def grouped(given: dict[str, str]) -> dict[str, str | None]:
            level = max(int(given.get("outlineLevel", "0")) + by, 0)
            width = {"width": given.get("width", _DEFAULT)}
            return {**width, "outlineLevel": str(level)} if level else {"outlineLevel": None}

        self._change(first, last, grouped)

    def _given(self, column: int) -> dict[str, str]:
        for span in self._spans:
            if span.first <= column <= span.last:
                return span.given
        return {}

    def _change(
        self, first: int, last: int, change: Callable[[dict[str, str]], dict[str, str | None]]
    ) -> None:
        """Change the attributes of columns; None takes one out."""
        spans: list[_Span] = []
        position = first
        for span in self._spans:
            if span.last < first or span.first > last:
                spans.append(span)
                continue
            inside = span.cut(max(span.first, first), min(span.last, last))
            if position < inside.first:
                spans += _span(position, inside.first - 1, {}, change)
            if span.first < first:
                spans.append(span.cut(span.first, first - 1))
            spans += _span(inside.first, inside.last, span.given, change)
            if span.last > last:
                spans.append(span.cut(last + 1, span.last))
            position = inside.last + 1
        if position <= last:
            spans += _span(position, last, {}, change)
        self._store(sorted(spans, key=lambda span: span.first))

    def _store(self, spans: list[_Span]) -> None:
        if spans == self._spans:
            return
        self._spans, self.have_styles = spans, _any_style(spans)
        p = self._shell.prefix
        cols = "".join(span.markup(p) for span in spans)
        if spans:
            self._shell.put("cols", f"<{p}cols>{cols}</{p}cols>")
        else:
            self._shell.remove("cols")
        self.made_from = self._shell.data


def _span(
    first: int, last: int, given: dict[str, str], change: Callable[..., dict[str, str | None]]
) -> list[_Span]:
    """The changed columns; none where nothing is left to say of them."""
    changed: dict[str, str | None] = {**given, **change(given)}
    kept = {name: value for name, value in changed.items() if value is not None}
    return [_Span(first, last, kept)] if kept else []


def _any_style(spans: list[_Span]) -> bool:
    """Whether any column has a cell format of its own."""
    return any("style" in span.given for span in spans)


def _rest(attributes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if name not in ("min", "max")}
