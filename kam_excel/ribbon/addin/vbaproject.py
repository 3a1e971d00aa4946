"""A VBA project as Excel reads it: sources, and what says which there are ([MS-OVBA]).

Modules are written as source alone, without the compiled code that Office keeps beside it
(2.3.4.3): `_VBA_PROJECT` says that there is none (2.3.4.1), and Office compiles when it opens.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kam_excel.ribbon.addin import compound, dirstream
from kam_excel.ribbon.addin.compression import compress, decompress
from kam_excel.ribbon.addin.dirstream import Id, Module, Record

_ENCODING = "cp1252"  # of the template; sources of ours are ASCII
_NO_CACHE = bytes.fromhex("cc61ffff000100")  # 2.3.4.1: no version, nothing compiled
_DIR, _CACHE, _PROJECT, _NAMES = "VBA/dir", "VBA/_VBA_PROJECT", "PROJECT", "PROJECTwm"
_CLOSED = "0, 0, 0, 0, C"  # ProjectWindowState: the window of a module in the editor


def project_with(template: bytes, modules: Mapping[str, str], name: str) -> bytes:
    """The template's project, called `name`, with `modules` as its only standard modules.

    Its document and class modules, references and properties stay. Sources by name, each with
    its line `Attribute VB_Name`. Raises ValueError where the template is damaged.
    """
    streams = compound.read(template)
    project = _Project.read(streams)
    kept = [each for each in project.modules if not each.is_standard or each.name in modules]
    added = [Module.standard(each) for each in modules if each not in {one.name for one in kept}]
    sources = {each.name: project.sources[each.name] for each in kept} | dict(modules)
    changed = replace(project, name=name, modules=[*kept, *added], sources=sources)
    return compound.write(changed.streams())


def sources_of(project: bytes) -> Mapping[str, str]:
    """The sources of all modules by name, whether or not there is compiled code beside them.

    Raises ValueError where the project is damaged.
    """
    return _Project.read(compound.read(project)).sources


def modules_of(project: bytes) -> Mapping[str, str]:
    """As `sources_of`, of a project that holds sources alone; raises ValueError for any other."""
    streams = compound.read(project)
    found = _Project.read(streams)
    if streams.get(_CACHE) != _NO_CACHE:
        raise ValueError("the project holds compiled code")
    if any(each.offset for each in found.modules):
        raise ValueError("a module holds compiled code")
    return found.sources


@dataclass(frozen=True)
class _Project:
    """The parts of a project that change; `head` is what stands before the modules in `dir`."""

    name: str
    head: Sequence[Record]
    modules: Sequence[Module]
    sources: Mapping[str, str]
    properties: str

    @classmethod
    def read(cls, streams: Mapping[str, bytes]) -> _Project:
        try:
            head, modules = dirstream.read(decompress(streams[_DIR]))
            sources = {each.name: _source(streams, each) for each in modules}
            properties = streams[_PROJECT].decode(_ENCODING)
        except (KeyError, struct.error) as error:
            raise ValueError(f"{error}: missing or damaged") from error
        name = next(each.data for each in head if each.id == Id.NAME)
        return cls(name.decode(_ENCODING), head, modules, sources, properties)

    def streams(self) -> dict[str, bytes]:
        """All streams of the project; caches (`__SRP_0`) are left out."""
        modules = [replace(each, offset=0) for each in self.modules]
        directory = dirstream.written(self._named_head(), modules)
        return {
            _PROJECT: self._properties().encode(_ENCODING),
            _NAMES: b"".join(_name_map(each.name) for each in modules) + b"\0\0",
            _CACHE: _NO_CACHE,
            _DIR: compress(directory),
            **{
                f"VBA/{each.stream}": compress(self.sources[each.name].encode(_ENCODING))
                for each in modules
            },
        }

    def _named_head(self) -> list[Record]:
        named = self.name.encode(_ENCODING)
        return [Record(Id.NAME, named) if each.id == Id.NAME else each for each in self.head]

    def _properties(self) -> str:
        """The stream PROJECT (2.3.1): modules, name and windows anew, the rest as it was."""
        before, workspace = self.properties.split("[Workspace]\r\n")
        documents = {each.name for each in self.modules if not each.is_standard}
        lines = [*_listed(before.split("\r\n"), documents, self._standard())]
        named = [f'Name="{self.name}"' if line.startswith("Name=") else line for line in lines]
        windows = dict(line.split("=", 1) for line in workspace.split("\r\n") if line)
        shown = [f"{each.name}={windows.get(each.name, _CLOSED)}" for each in self.modules]
        return "\r\n".join([*named[:-1], "[Workspace]", *shown, ""])

    def _standard(self) -> list[str]:
        return [each.name for each in self.modules if each.is_standard]


def _source(streams: Mapping[str, bytes], module: Module) -> str:
    return decompress(streams[f"VBA/{module.stream}"][module.offset :]).decode(_ENCODING)


def _listed(lines: Iterable[str], kept: set[str], standard: Sequence[str]) -> Iterator[str]:
    """The lines of PROJECT with the standard modules listed behind the others (2.3.1.3)."""
    for line in lines:
        key, _, value = line.partition("=")
        if key == "Module":
            continue
        if key in ("Document", "Class", "BaseClass") and value.partition("/")[0] not in kept:
            continue
        if key == "Name":
            yield from (f"Module={name}" for name in standard)
        yield line


def _name_map(name: str) -> bytes:
    """An entry of PROJECTwm (2.3.3.1): the name in both encodings."""
    return name.encode(_ENCODING) + b"\0" + name.encode("utf-16-le") + b"\0\0"
