"""Reading a written package again before it takes the place of the original."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

from kam_excel.headless.package import partnames
from kam_excel.headless.package.parts import Package

_XML = (".xml", ".rels", ".vml")
_IGNORABLE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Ignorable"


class NotVerifiedError(Exception):
    """What was written is not what was meant; the message names the part."""


def verify(raw: bytes, package: Package) -> None:
    """Raise NotVerifiedError where `raw` is not `package` as it should stand on disk.

    All parts are there; written ones can be inflated, are as intended and are XML.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _verify_parts(archive, package)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise NotVerifiedError(str(error)) from error


def _verify_parts(archive: zipfile.ZipFile, package: Package) -> None:
    infos = {
        partnames.normal(info.orig_filename): info
        for info in archive.infolist()
        if not info.is_dir()
    }
    if sorted(infos) != sorted(package.names()):
        raise NotVerifiedError("the list of parts")
    for name, change in package.changes().items():
        if change == "removed":
            continue
        data = archive.read(infos[name])
        if data != package.read(name):
            raise NotVerifiedError(name)
        if name.lower().endswith(_XML):
            _verify_xml(name, data)


def _verify_xml(name: str, data: bytes) -> None:
    """Well-formed, every prefix bound, those of mc:Ignorable too.

    expat without handlers builds no tree: a sheet of 100 MB takes half a second and no memory.
    """
    prefixes: set[str | None] = set()
    ignorable: list[str] = []

    def bound(prefix: str | None, _: str) -> None:
        prefixes.add(prefix)

    def root(_: str, attributes: dict[str, str]) -> None:
        ignorable.extend(attributes.get(_IGNORABLE, "").split())
        parser.StartElementHandler = parser.StartNamespaceDeclHandler = None

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartNamespaceDeclHandler = bound
    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotVerifiedError(f"{name}: {error}") from error
    if unbound := set(ignorable) - prefixes:
        raise NotVerifiedError(f"{name}: mc:Ignorable names {sorted(unbound)}")
