"""Pictures as files hold them: what kind they are and how large they want to be."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.image import Image as Measured

from kam_excel.errors import Place, WorkbookError, problem

_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "BMP": "image/bmp"}
_POINTS = 72  # to the inch


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's bytes; `width` and `height` in points, as its resolution says."""

    data: bytes
    content_type: str
    width: float
    height: float

    @property
    def extension(self) -> str:
        """The extension of parts of this kind."""
        return self.content_type.removeprefix("image/")

    @classmethod
    def of(cls, data: bytes, file: str) -> Image:
        """The picture `data`, of a file of that name.

        Raises WorkbookError for all but PNG, JPEG, GIF and BMP, and for damaged ones.
        """
        try:
            found = Measured(BytesIO(data))
        except (XlsxWriterException, struct.error, IndexError) as error:
            raise WorkbookError(problem("PICTURE_UNKNOWN", Place(file=file))) from error
        kind = "JPEG" if found.image_type == "JPG" else found.image_type
        if kind not in _TYPES or found.width <= 0 or found.height <= 0:
            raise WorkbookError(problem("PICTURE_UNKNOWN", Place(file=file)))
        width, height = found.width / found.x_dpi, found.height / found.y_dpi
        return cls(data, _TYPES[kind], width * _POINTS, height * _POINTS)

    @classmethod
    def read(cls, path: Path) -> Image:
        """The picture at `path`; raises OSError where there is none, WorkbookError as `of`."""
        return cls.of(path.read_bytes(), path.name)
