"""Part names: how the members of a package are called and how relationships point to them.

A part name is written without a leading slash, as zip members are ("xl/workbook.xml").
"""

from __future__ import annotations

import posixpath
from urllib.parse import quote, unquote

CONTENT_TYPES = "[Content_Types].xml"
_URI_SAFE = "/%!$&'()*+,;=:@[]~"


def normal(name: str) -> str:
    """`name` with forward slashes and no leading one: some writers use others."""
    return name.replace("\\", "/").lstrip("/")


def key(name: str) -> str:
    """What two spellings of one part name share: case and percent-encoding don't count."""
    return unquote(normal(name)).lower()


def extension(name: str) -> str:
    """The extension in lower case and without its dot, as content types know it."""
    return posixpath.basename(name).rpartition(".")[2].lower()


def rels_name(part: str) -> str:
    """The part that holds the relationships of `part`; "" is the package itself."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def resolve(part: str, target: str) -> str:
    """The part that a relationship of `part` means by `target`; "#place" stays as it is."""
    if target.startswith("#"):
        return target
    path = target.replace("\\", "/")
    absolute = posixpath.join("/", posixpath.dirname(part), path)
    return normal(posixpath.normpath(absolute))


def relative(part: str, target: str) -> str:
    """How a relationship of `part` writes the part `target`: relative, as Excel does."""
    start = posixpath.join("/", posixpath.dirname(part))
    return quote(posixpath.relpath(posixpath.join("/", target), start), safe=_URI_SAFE)
