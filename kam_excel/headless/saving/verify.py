"""What has to hold of a package before its file may take the place of the original."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from kam_excel.headless.package import partnames
from kam_excel.headless.package.parts import Package
from kam_excel.headless.package.spool import PIECE, Data

_XML = (".xml", ".rels", ".vml")
_IGNORABLE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Ignorable"


class NotVerifiedError(Exception):
    """What was written is not what was meant; the message names the part."""


def check_xml(package: Package) -> None:
    """Raise NotVerifiedError where a written part that is held in memory is no XML."""
    for name in _written(package):
        data = package.stored(name)
        if isinstance(data, bytes):
            checked = _Xml(name)
            checked.feed(data)
            checked.finish()


def verify(raw: bytes, package: Package) -> None:
    """Raise NotVerifiedError where `raw` is not `package` as it should stand on disk.

    All parts are there; written ones can be inflated and are as intended, which is XML where
    `check_xml` did not look.
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
    for name in _written(package):
        with archive.open(infos[name]) as member:
            _verify_part(name, package.stored(name), member)


def _verify_part(name: str, intended: Data, member: IO[bytes]) -> None:
    checked = None if isinstance(intended, bytes) else _Xml(name)
    place = 0
    while piece := member.read(PIECE):
        if intended[place : place + len(piece)] != piece:
            raise NotVerifiedError(name)
        if checked:
            checked.feed(piece)
        place += len(piece)
    if place != len(intended):
        raise NotVerifiedError(name)
    if checked:
        checked.finish()


def _written(package: Package) -> list[str]:
    return [name for name, change in package.changes().items() if change != "removed"]


class _Xml:
    """Well-formed, every prefix bound, those of mc:Ignorable too; other parts hold anything.

    expat without handlers builds no tree: a sheet of 100 MB takes half a second and no memory.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._prefixes: set[str | None] = set()
        self._ignorable: list[str] = []
        self._is_xml = name.lower().endswith(_XML)
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartNamespaceDeclHandler = self._bound
        self._parser.StartElementHandler = self._root

    def feed(self, piece: bytes) -> None:
        if self._is_xml:
            self._parse(piece, False)

    def finish(self) -> None:
        if not self._is_xml:
            return
        self._parse(b"", True)
        if unbound := set(self._ignorable) - self._prefixes:
            raise NotVerifiedError(f"{self._name}: mc:Ignorable names {sorted(unbound)}")

    def _parse(self, piece: bytes, is_last: bool) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise NotVerifiedError(f"{self._name}: {error}") from error

    def _bound(self, prefix: str | None, _: str) -> None:
        self._prefixes.add(prefix)

    def _root(self, _: str, attributes: dict[str, str]) -> None:
        self._ignorable.extend(attributes.get(_IGNORABLE, "").split())
        self._parser.StartElementHandler = self._parser.StartNamespaceDeclHandler = None
