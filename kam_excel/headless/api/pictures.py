# mypy: allow-subclassing-any
"""Pictures as xlwings sees them: adding them from files, and showing others in their place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.headless.api.collections import Listed, numbered_name
from kam_excel.headless.api.shapes import InDrawing, Shapes
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.shapes.images import Image

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet

_PICTURES = ("picture", "linked_picture")
_OWN_SIZE = -1


@explained
class Pictures(Listed["Picture"], base_classes.Pictures):
    """The pictures of a sheet, lowest first; not those inside of groups."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _all(self) -> list[Picture]:
        drawings = self._sheet.model.shapes.drawings()
        return [Picture(self._sheet, shape) for shape, drawn in drawings if drawn.kind in _PICTURES]

    def add(
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        width: float,
        height: float,
        anchor: Any = None,
    ) -> Picture:
        """Add the PNG, JPEG, GIF or BMP file `filename`; sizes in points, -1 for its own.

        Raises WorkbookError for other kinds, OSError where the file cannot be read.
        """
        if link_to_file:
            raise NotImplementedError("save the picture with the workbook: link_to_file=False")
        image = Image.read(Path(filename))
        if anchor is not None:
            left, top = anchor.left, anchor.top
        # Excel keeps the proportions of what is added in its own size.
        own = width == _OWN_SIZE and height == _OWN_SIZE
        size = (
            image.width if width == _OWN_SIZE else width,
            image.height if height == _OWN_SIZE else height,
        )
        box = (left or 0.0, top or 0.0, *size)
        return Picture(
            self._sheet, self._sheet.model.shapes.add_picture(image, self._free_name(), box, own)
        )

    def _free_name(self) -> str:
        return numbered_name("Picture ", [shape.name for shape in Shapes(self._sheet)])


@explained
class Picture(InDrawing, base_classes.Picture):
    """A picture."""

    @property
    def api(self) -> Picture:
        return self

    @property
    def index(self) -> int:
        return [each.drawn for each in Pictures(self._sheet)].index(self.drawn) + 1

    @property
    def lock_aspect_ratio(self) -> bool:
        return self.shapes.is_locked(self.drawn)

    @lock_aspect_ratio.setter
    def lock_aspect_ratio(self, value: bool) -> None:
        self.shapes.lock(self.drawn, bool(value))

    def update(self, filename: str) -> Picture:
        """Show another file in the same place; raises WorkbookError as `Pictures.add`."""
        self.shapes.replace_picture(self.drawn, Image.read(Path(filename)))
        return self
