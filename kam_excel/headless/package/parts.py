"""An .xlsx or .xlsm file as a set of parts, of which only the changed ones are written anew."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal
from xml.parsers import expat

from lxml import etree

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.package import archive, blank, partnames, preflight, strict
from kam_excel.headless.package.archive import Archive
from kam_excel.headless.package.content_types import ContentTypes
from kam_excel.headless.package.partnames import CONTENT_TYPES
from kam_excel.headless.package.relationships import Relationships
from kam_excel.headless.package.spool import LARGE, PIECE, Data, Spool, pieces_of, same
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.tree import parse

Change = Literal["added", "changed", "removed"]
_MOST_BYTES = 128 * 1024**2  # of a part that is read as elements
_MOST_TAGS = 1_500_000  # in it: 600 MB of elements
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a package was read from, so that a save can tell whether it still is that."""

    path: Path
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, path: Path, status: os.stat_result) -> Origin:
        """The file at `path`, of which the system says `status`."""
        return cls(path, status.st_ino, status.st_size, status.st_mtime_ns)


class MissingPartError(WorkbookError, KeyError):
    """The package lacks a part that something refers to."""


class Package:
    """The parts of a workbook. Look-ups disregard case, as the format demands.

    The file is held in memory as it was read: nothing that happens to it on disk reaches us.
    """

    def __init__(self, raw: bytes | None = None, origin: Origin | None = None) -> None:
        self.origin = origin
        self.revision = 0  # grows with every change
        self._archive: Archive | None = None
        self._original: dict[str, zipfile.ZipInfo] = {}
        self._relationships: dict[str, Relationships] = {}
        self._load(raw)

    @classmethod
    def open(cls, path: Path) -> Package:
        """Read the file at `path`; raises WorkbookError where preflight refuses it."""
        path = Path(os.path.abspath(path))
        preflight.check(path)
        with path.open("rb") as file:
            raw, status = file.read(), os.fstat(file.fileno())
        return cls(raw, Origin.of(path, status))

    @classmethod
    def blank(cls) -> Package:
        """A new workbook with one sheet, "Sheet1"."""
        package = cls()
        for name, text in blank.PARTS.items():
            package.write(name, text.encode())
        return package

    @property
    def file(self) -> str:
        """The name of the file, for messages; "" for a new workbook."""
        return self.origin.path.name if self.origin else ""

    def was_read_from(self, file: BinaryIO) -> bool:
        """Whether an open file is still the one that was read: the same file, every byte of it."""
        if self.origin is None or self._archive is None:
            return False
        status = os.fstat(file.fileno())
        return self.origin == Origin.of(self.origin.path, status) and same(
            self._archive.raw, iter(lambda: file.read(PIECE), b"")
        )

    def original(self) -> Package | None:
        """The package as it was read, without the changes since; None for a new workbook."""
        return None if self._archive is None else Package(self._archive.raw, self.origin)

    # parts ------------------------------------------------------------------

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def find(self, name: str) -> str | None:
        """The name of a part as the package spells it, or None where there is no such part."""
        if name in self._names:
            return name
        return self._by_key.get(partnames.key(name))

    def names(self) -> list[str]:
        """The parts in the order of the archive, added ones last."""
        return list(self._names)

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises KeyError where there is none, WorkbookError if damaged."""
        data = self.read_large(name)
        return data if isinstance(data, bytes) else data[:]

    def read_large(self, name: str) -> Data:
        """As `read`, but a large part is kept outside of memory."""
        data = self.stored(name)
        if self._is_strict_xml(name):
            return self._as_usual(name, data)
        return data

    def _as_usual(self, name: str, data: Data) -> bytes:
        whole = data[:]
        if strict.is_mixed(whole):
            raise WorkbookError(problem("FILE_STRICT", Place(file=self.file)))
        return strict.as_usual(whole)

    def _is_strict_xml(self, name: str) -> bool:
        return self._is_strict and partnames.extension(name) in ("xml", "rels", "vml")

    def stored(self, name: str) -> Data:
        """A part as the file has it or will have it: in Strict Open XML, if it is in that."""
        found = self._spelling(name)
        if found in self._written:
            return self._written[found]
        if self._original[found].file_size >= LARGE:
            return Spool.of(self._original_pieces(found))
        return self._read_original(found)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part piece by piece; errors as in `read`."""
        found = self._spelling(name)
        if found in self._written or self._is_strict_xml(found):
            return pieces_of(self.read_large(found))
        return self._original_pieces(found)

    def xml(self, name: str) -> bytes:
        """The part in UTF-8 (splice.utf8); raises WorkbookError where it is no XML."""
        data = self._read_whole(name)
        try:
            data = splice.utf8(data)
            splice.check(data)
        except (expat.ExpatError, UnicodeDecodeError, LookupError) as error:
            raise self.damaged(name) from error
        return data

    def tree(self, name: str) -> etree._Element:
        """The part as a tree; raises WorkbookError where it is no XML."""
        try:
            return parse(self._read_whole(name))
        except etree.XMLSyntaxError as error:
            raise self.damaged(name) from error

    def _read_whole(self, name: str) -> bytes:
        """A part that becomes elements in memory; raises WorkbookError where they are too many."""
        size, _ = self.size(name)
        if size > _MOST_BYTES:
            raise self.too_large(name, size, _MOST_BYTES)
        data = self.read(name)
        tags = data.count(b"<")
        if tags > _MOST_TAGS:
            raise self.too_large(name, tags, _MOST_TAGS)
        return data

    def write(self, name: str, data: Data, content_type: str | None = None) -> None:
        """Replace the part or add it, with a content type of its own where one is given."""
        found = self.find(name) or name
        self._relationships.pop(partnames.key(found), None)
        self._store(found, data)
        if content_type is not None:
            self.set_content_type(found, content_type)

    def remove(self, name: str) -> None:
        """Take out the part, its content type and its own relationships."""
        found = self._spelling(name)
        rels = self.find(partnames.rels_name(found))
        types = self._content_types()
        for each in (found, rels):
            if each is not None:
                self._drop(each)
                del types[each]
        self._store_types(types)

    def free_name(self, pattern: str) -> str:
        """The first name of "xl/worksheets/sheet{}.xml" and the like that is not taken."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def rels(self, part: str) -> Relationships:
        """The relationships of `part`; those of the package itself for ""."""
        name = partnames.rels_name((self.find(part) or part) if part else "")
        key = partnames.key(name)
        if key not in self._relationships:
            found = self.find(name)
            data = None if found is None else self.xml(found)
            self._relationships[key] = Relationships(
                part, data, lambda changed: self._store(found or name, changed)
            )
        return self._relationships[key]

    @property
    def workbook(self) -> str:
        """The workbook part; raises KeyError in a package without one."""
        part = self.related("", "officeDocument")
        if part is None:
            raise KeyError("officeDocument")
        return part

    def related(self, part: str, kind: str) -> str | None:
        """The first part that is there and that `part` refers to as `kind` ("styles")."""
        targets = [self.find(each.target) for each in self.rels(part).of_type(kind)]
        return next((target for target in targets if target is not None), None)

    def content_type(self, name: str) -> str | None:
        """The content type of a part, its own or its extension's."""
        return self._content_types()[name]

    def set_content_type(self, name: str, content_type: str) -> None:
        """Give a part its content type."""
        types = self._content_types()
        types[name] = content_type
        self._store_types(types)

    def size(self, name: str) -> tuple[int, int]:
        """The bytes of a part as it is, and as the file holds it (0 where it was changed)."""
        found = self._spelling(name)
        if found in self._written:
            return len(self._written[found]), 0
        info = self._original[found]
        return info.file_size, info.compress_size

    def set_default_type(self, name: str, content_type: str) -> None:
        """Give a part its content type by its extension where that has none yet."""
        types = self._content_types()
        types.add_default(partnames.extension(name), content_type)
        types[name] = content_type
        self._store_types(types)

    @property
    def is_signed(self) -> bool:
        """Whether a signature covers the package: any change would break it."""
        return bool(self.rels("").of_type("origin")) or any(
            name.lower().startswith("_xmlsignatures/") for name in self._names
        )

    # changes ----------------------------------------------------------------

    def changes(self) -> dict[str, Change]:
        """The parts whose bytes differ from the original's, and how."""
        found: dict[str, Change] = {
            name: "changed" if name in self._original else "added" for name in self._written
        }
        for name in self._original:
            if name not in self._names:
                found[name] = "removed"
        return found

    @property
    def is_changed(self) -> bool:
        """Whether saving would write other bytes than were read."""
        return bool(self.changes())

    def save_to(self, stream: BinaryIO) -> None:
        """Write the package: the original's bytes if nothing changed, else always the same ones."""
        if self._archive is not None and not self.is_changed:
            stream.write(self._archive.raw)
            return
        comment = self._archive.comment if self._archive is not None else b""
        archive.write(stream, self._members(), comment)

    def saved_as(self, raw: bytes, origin: Origin) -> None:
        """From now on the package is the file `origin` with the bytes `raw`."""
        self.origin = origin
        self._load(raw)

    # inside -----------------------------------------------------------------

    def _load(self, raw: bytes | None) -> None:
        self._archive = None if raw is None else Archive(raw)
        infos = [] if self._archive is None else self._archive.infos()
        self._original = {
            partnames.normal(info.orig_filename): info for info in infos if not info.is_dir()
        }
        self._written: dict[str, Data] = {}
        self._names = dict.fromkeys(self._original)
        self._by_key = {partnames.key(name): name for name in reversed(self._names)}
        rels = self.find(partnames.rels_name(""))
        self._is_strict = rels is not None and strict.STRICT in self._read_original(rels)

    def _spelling(self, name: str) -> str:
        found = self.find(name)
        if found is None:
            raise MissingPartError(problem("PART_MISSING", Place(file=self.file), part=name))
        return found

    def _read_original(self, name: str) -> bytes:
        assert self._archive is not None
        try:
            return self._archive.read(self._original[name])
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise self.damaged(name) from error

    def _original_pieces(self, name: str) -> Iterator[bytes]:
        assert self._archive is not None
        try:
            yield from self._archive.pieces(self._original[name])
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise self.damaged(name) from error

    def damaged(self, name: str) -> WorkbookError:
        """The error that says that a part cannot be read."""
        return WorkbookError(problem("PART_DAMAGED", Place(file=self.file), part=name))

    def too_large(self, name: str, size: int, limit: int) -> WorkbookError:
        """The error that says that a part has more in it than can be read."""
        facts = {"part": name, "size": f"{size:,}", "limit": f"{limit:,}"}
        return WorkbookError(problem("PART_TOO_LARGE", Place(file=self.file), **facts))

    def _store(self, name: str, data: Data) -> None:
        self.revision += 1
        if self._is_strict_xml(name):
            data = strict.as_strict(data[:])
        if name in self._original and self._is_original(name, data):
            self._written.pop(name, None)
        else:
            self._written[name] = data
        is_new = name not in self._names
        self._names.setdefault(name)
        self._by_key.setdefault(partnames.key(name), name)
        if is_new and partnames.extension(name) == "rels" and CONTENT_TYPES in self:
            # Some writers list each of them instead of their extension.
            self.set_content_type(name, RELATIONSHIPS_TYPE)

    def _is_original(self, name: str, data: Data) -> bool:
        info = self._original[name]
        if info.file_size != len(data):
            return False
        if isinstance(data, bytes) and zlib.crc32(data) != info.CRC:
            return False
        return same(data, self._original_pieces(name))

    def _drop(self, name: str) -> None:
        self.revision += 1
        self._written.pop(name, None)
        del self._names[name]
        self._by_key = {partnames.key(each): each for each in reversed(self._names)}
        for part in (name, partnames.rels_name(name)):
            self._relationships.pop(partnames.key(part), None)

    def _content_types(self) -> ContentTypes:
        return ContentTypes(self.xml(CONTENT_TYPES))

    def _store_types(self, types: ContentTypes) -> None:
        self._store(self._spelling(CONTENT_TYPES), types.data)

    def _members(self) -> list[archive.Member]:
        members = []
        if self._archive is not None:
            for info in self._archive.infos():
                name = partnames.normal(info.orig_filename)
                if name in self._written:
                    members.append(archive.deflated(name, self._written[name]))
                elif info.is_dir() or name in self._names:
                    members.append(self._archive.member(info))
        added = [name for name in self._names if name not in self._original]
        return members + [archive.deflated(name, self._written[name]) for name in added]
