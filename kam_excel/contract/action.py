"""Buttons of a plugin's own, beside those that every strategy has."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kam_excel.codes import Text

ACTION_ID = re.compile(r"[A-Za-z0-9_.]{1,64}")
"""What the id of an action may be: it stands in a button's tag and passes through VBA."""

ICON = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
"""What the name of an image may be; with any other Office shows no tab at all."""

_NAME = re.compile(r"[A-Za-z0-9_]{1,48}")


@dataclass(frozen=True, slots=True)
class RibbonAction:
    """A button that a plugin adds, given by the hook `kam_ribbon_actions`.

    name       stable and unique, of letters, digits and _
    label      a verb, as on any button; tip says what it reads and writes
    function   called with the open xlwings Book when the button is clicked; meanwhile Excel does
               not compute by itself (book.app.calculate() does), and nothing is saved for it
    icon       the name of one of Office's own images (imageMso)
    """

    name: str
    label: Text
    tip: Text
    function: Callable[[Any], None]
    icon: str = "HappyFace"

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r}: a button is named with letters, digits and _")
        if not isinstance(self.label, Text) or not isinstance(self.tip, Text):
            raise TypeError(f"{self.name}: label and tip are a Text each, in Chinese and English")
        if not ICON.fullmatch(self.icon):
            raise ValueError(f"{self.name}: {self.icon!r} is no name of an image")
