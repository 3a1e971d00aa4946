# mypy: allow-subclassing-any
"""Characters of a cell or a shape, and the fonts of some of them."""

from __future__ import annotations

from typing import Any, Protocol

from xlwings import base_classes

from kam_excel.headless.api.colors import stored_color
from kam_excel.headless.api.unsupported import explained


class Words(Protocol):
    """A text whose characters have fonts: "bold", "italic", "size", "color", "name"."""

    @property
    def text(self) -> str: ...

    def font(self, start: int, stop: int, name: str) -> Any: ...

    def set_font(self, start: int, stop: int, name: str, value: Any) -> None: ...


class _FontProperty:
    """A property of a font: None where the characters don't agree."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, font: Any, owner: type) -> Any:
        return self if font is None else font.words.font(*font.span, self._name)

    def __set__(self, font: Any, value: Any) -> None:
        if self._name == "color":
            value = stored_color(value)
        font.words.set_font(*font.span, self._name, value)


@explained
class TextFont(base_classes.Font):
    """The font of characters, of all of them where no span is given."""

    bold = _FontProperty()
    italic = _FontProperty()
    size = _FontProperty()
    color = _FontProperty()
    name = _FontProperty()

    def __init__(self, words: Words, start: int = 0, stop: int | None = None) -> None:
        self.words = words
        self._start, self._stop = start, stop

    @property
    def span(self) -> tuple[int, int]:
        """The first character, from 0, and the one behind the last."""
        return self._start, len(self.words.text) if self._stop is None else self._stop

    @property
    def api(self) -> TextFont:
        return self


@explained
class Characters(base_classes.Characters):
    """Characters from `start`, counted from 0, up to but not including `stop`; None is the end."""

    def __init__(self, words: Words, start: int = 0, stop: int | None = None) -> None:
        self._words = words
        self._start, self._stop = start, stop

    @property
    def api(self) -> Characters:
        return self

    @property
    def text(self) -> str:
        return self._words.text[self._start : self._stop]

    @property
    def font(self) -> TextFont:
        return TextFont(self._words, self._start, self._stop)

    def __getitem__(self, item: int | slice) -> Characters:
        """Some of the characters; raises IndexError for one that is not there."""
        length = len(self.text)
        if isinstance(item, slice):
            if (item.start or 0) < 0 or (item.stop or 0) < 0:
                raise ValueError("Characters object does not support slicing with negative indexes")
            start, stop, _ = item.indices(length)
        else:
            if not -length <= item < length:
                raise IndexError(f"there are {length} characters")
            start = item % length
            stop = start + 1
        return Characters(self._words, self._start + start, self._start + stop)
