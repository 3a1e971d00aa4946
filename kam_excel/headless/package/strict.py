"""Strict Open XML: the same elements under other names (ISO/IEC 29500-1 against 29500-4).

Excel writes it on request. A Strict package is read as if it were a transitional one, and what
is written gets the names of Strict again.
"""

from __future__ import annotations

import re

STRICT = b"http://purl.oclc.org/ooxml/"
_FAMILIES = rb"(officeDocument|spreadsheetml|drawingml)"
_NAME = rb"(?=\w)(?!relationships/vmlDrawing)"  # Strict has no VML: its name is the usual one
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/%b/%b" % (_FAMILIES, _NAME))
_USUAL_NAME = re.compile(rb"http://schemas\.openxmlformats\.org/%b/2006/%b" % (_FAMILIES, _NAME))


def is_mixed(data: bytes) -> bool:
    """Whether a part has names of both kinds."""
    return STRICT in data and _USUAL_NAME.search(data) is not None


def as_usual(data: bytes) -> bytes:
    """A part with the names of transitional Open XML."""
    return _STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)


def as_strict(data: bytes) -> bytes:
    """A part with the names of Strict Open XML; undoes `as_usual`."""
    return _USUAL_NAME.sub(rb"http://purl.oclc.org/ooxml/\1/", data)
