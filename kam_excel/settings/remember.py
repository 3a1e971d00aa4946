"""Writing `tables:` into config.yaml: the entries that change, and no other byte."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from kam_excel.errors import ConfigError, Place, problem
from kam_excel.settings.shapes import TABLES, TableMapping
from kam_excel.settings.yaml_loader import load
from kam_excel.settings.yaml_text import yaml_text

INDENT = "  "
Data = Mapping[str, Any]


def plain_mapping(mapping: TableMapping) -> dict[str, Any]:
    """What a mapping says, as data of config.yaml."""
    data: dict[str, Any] = _plain(mapping.model_dump(exclude_defaults=True))
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return list(map(_plain, value)) if isinstance(value, tuple) else value


def tables_text(entries: Mapping[str, Data]) -> str:
    """A section `tables:` with these entries, as it stands in config.yaml."""
    return "\n".join([f"{TABLES}:", *entry_lines(entries, INDENT)]) + "\n"


def entry_lines(data: Data, indent: str) -> Iterator[str]:
    """Names and values, one on each line; lists stand in brackets."""
    for name, value in data.items():
        if isinstance(value, Mapping) and value:
            yield f"{indent}{yaml_text(name)}:"
            yield from entry_lines(value, indent + INDENT)
        else:
            yield f"{indent}{yaml_text(name)}: {yaml_text(value)}"


def save_tables(path: Path, mappings: Mapping[str, TableMapping]) -> None:
    """Put `mappings` into the config.yaml at `path`, which is made if it is not there.

    All other bytes stay. Raises ConfigError where the file cannot be read, edited or written.
    """
    path = path.resolve()
    place = Place(str(path))
    try:
        raw = path.read_bytes() if path.exists() else b""
        mark = raw[:3] if raw.startswith(b"\xef\xbb\xbf") else b""
        text = raw[len(mark) :].decode("utf-8")
        changed = with_tables(text, str(path), mappings)
        _replace(path, mark + changed.encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(problem("CONFIG_NOT_WRITABLE", place, reason=reason)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(problem("CONFIG_NOT_UTF8", place)) from error


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file, then rename: it is the old one or the new one at any time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def with_tables(text: str, file: str, mappings: Mapping[str, TableMapping]) -> str:
    """`text` of a config.yaml with `mappings` in place of those entries of `tables:`.

    Other entries, other sections and comments stay as they are. Raises ConfigError where the
    text cannot be read, or is written such that an entry cannot be put in.
    """
    before = load(text, file).data
    kept = before.get(TABLES) or {}
    new = {name: plain_mapping(mapping) for name, mapping in mappings.items()}
    changed = _replaced(text, kept, new)
    not_editable = ConfigError(problem("CONFIG_NOT_EDITABLE", Place(file, path=TABLES)))
    try:
        after = load(changed, file).data
    except ConfigError as error:
        raise not_editable from error
    if after != {**before, TABLES: {**kept, **new}}:
        raise not_editable
    return changed


def _replaced(text: str, kept: Data, new: Mapping[str, Data]) -> str:
    """Entries that are there are replaced, others follow the last one."""
    newline = "\r\n" if "\r\n" in text else "\n"
    sections = _children(yaml.compose(text, Loader=yaml.SafeLoader))
    if TABLES not in sections:
        gap = newline if text and not text.endswith("\n") else ""
        return text + gap + tables_text(new).replace("\n", newline)
    key, section = sections[TABLES]
    entries = _children(section)
    if not entries or section.flow_style:
        whole = tables_text({**kept, **new}).rstrip("\n").replace("\n", newline)
        return text[: key.start_mark.index] + whole + text[_end(text, section) :]
    indent = " " * next(iter(entries.values()))[0].start_mark.column
    end = _end(text, section)
    added = {name: entry for name, entry in new.items() if name not in entries}
    lines = "".join(newline + line for line in entry_lines(added, indent))
    text = text[:end] + lines + text[end:]
    for name in reversed([name for name in entries if name in new]):
        key, value = entries[name]
        entry = newline.join(entry_lines({name: new[name]}, indent)).lstrip()
        text = text[: key.start_mark.index] + entry + text[_end(text, value) :]
    return text


def _children(node: Any) -> dict[str, tuple[Any, Any]]:
    """Keys and values of a mapping, by the texts of the keys; {} for anything else."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: (key, value) for key, value in node.value}


def _end(text: str, node: Any) -> int:
    """Where a value ends: a block ends with its last value, before the comments behind it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    start, end = node.start_mark.index, node.end_mark.index
    return int(start + len(text[start:end].rstrip()))
