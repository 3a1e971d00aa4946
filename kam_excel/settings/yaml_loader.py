"""config.yaml as plain data with the line of every key and value, read strictly.

Values are text, unless written plainly as `true`, `false`, `null` or nothing, a whole number (int)
or a decimal one (Decimal). Whatever other readers of YAML would guess stays text: `NO`, `010`,
`12:30`, `1e3`, 2026-01-05. Duplicate keys, anchors, aliases, merge keys and tags are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from kam_excel.errors import ConfigError, Place, Problem, problem, raise_if
from kam_excel.settings.document import Document, KeyPath, dotted
from kam_excel.settings.yaml_text import yaml_text

MAX_KILOBYTES = 256
MAX_DEPTH = 16

_WORDS = {"true": True, "false": False, "null": None, "": None}
# Longer numbers stay text: nothing in a policy has more digits than that.
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})?\.[0-9]{1,30}", re.ASCII)


def load(text: str, file: str) -> Document:
    """The document in `text`; `file` is its name in messages. ConfigError with every mistake."""
    document, problems = compose(text, file)
    raise_if(problems, ConfigError)
    return document


def compose(text: str, file: str) -> tuple[Document, list[Problem]]:
    """What is readable of `text`, and its mistakes; ConfigError where it cannot be parsed."""
    if len(text.encode(errors="surrogatepass")) > MAX_KILOBYTES * 1024:
        raise ConfigError(problem("CONFIG_TOO_LARGE", Place(file), limit=MAX_KILOBYTES))
    composer = _Composer(yaml.parse(text, Loader=yaml.SafeLoader), Document(file))
    try:
        composer.compose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        reason = error.problem or error.context
        raise ConfigError(
            problem("CONFIG_SYNTAX", Place(file, line=line), reason=reason)
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        reason = f"U+{error.character:04X}: {error.reason}"
        raise ConfigError(
            problem("CONFIG_SYNTAX", Place(file, line=line), reason=reason)
        ) from error
    return composer.document, composer.problems


def read(path: Path | None) -> tuple[Document, list[Problem]]:
    """`compose` of the file at `path`; an empty document for None. ConfigError if unreadable."""
    if path is None:
        return Document(), []
    place = Place(str(path))
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_KILOBYTES * 1024 + 1)
        return compose(raw.decode("utf-8-sig"), str(path))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(problem("CONFIG_UNREADABLE", place, reason=reason)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(problem("CONFIG_NOT_UTF8", replace(place, line=line))) from error


def plain(text: str) -> Any:
    """The value of an unquoted scalar: None, bool, int, Decimal or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


class _Refused:
    """Stands for a value that was refused, so that no second problem is made of it."""


_REFUSED = _Refused()


class _Composer:
    """Turns parser events into data. PyYAML's own composer would resolve what we refuse."""

    def __init__(self, events: Iterator[Any], document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self._events = events

    def compose(self) -> None:
        """Fill the document."""
        next(self._events)  # the stream starts
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return
        data = self._value(next(self._events), ())
        next(self._events)  # the document ends
        if isinstance(data, dict):
            self.document.data.update(data)
        elif data is not None and data is not _REFUSED:
            self._refuse("CONFIG_NOT_MAPPING", (), 1, found=yaml_text(data))
        if isinstance(event := next(self._events), yaml.DocumentStartEvent):
            self._refuse("CONFIG_SEVERAL_DOCUMENTS", (), _line(event))

    def _value(self, event: Any, path: KeyPath) -> Any:
        line = _line(event)
        self.document.values.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent):
            self._refuse("CONFIG_REFERENCE", path, line, found=f"*{event.anchor}")
            return _REFUSED
        if event.anchor:
            self._refuse("CONFIG_REFERENCE", path, line, found=f"&{event.anchor}")
        if event.tag:
            self._refuse("CONFIG_TAG", path, line, found=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            value = event.value if event.style else plain(event.value)
            return _REFUSED if event.tag else value
        if len(path) >= MAX_DEPTH:
            place = Place(self.document.file, path=dotted(path), line=line)
            raise ConfigError([*self.problems, problem("CONFIG_TOO_DEEP", place, limit=MAX_DEPTH)])
        return (
            self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._list(path)
        )

    def _list(self, path: KeyPath) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return [value for value in values if value is not _REFUSED]

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        first_lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            key = self._key(event, path)
            value = self._value(next(self._events), (*path, key or "?"))
            if key in first_lines:
                facts = {"name": key, "first": first_lines[key]}
                self._refuse("CONFIG_DUPLICATE_KEY", (*path, key), line, **facts)
            elif key:
                first_lines[key] = line
                entries[key] = value
        return {key: value for key, value in entries.items() if value is not _REFUSED}

    def _key(self, event: Any, path: KeyPath) -> str:
        """The key, or an empty one where it cannot be used."""
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, (*path, "?"))
            self._refuse("CONFIG_KEY_NOT_TEXT", path, line)
            return ""
        key: str = event.value
        here = (*path, key)
        if event.anchor or (key == "<<" and not event.style):
            found = f"&{event.anchor}" if event.anchor else "<<"
            self._refuse("CONFIG_REFERENCE", here, line, found=found)
            return ""
        if event.tag:
            self._refuse("CONFIG_TAG", here, line, found=event.tag)
        if not key:
            self._refuse("CONFIG_KEY_NOT_TEXT", path, line)
        self.document.keys.setdefault(here, line)
        return key

    def _refuse(self, code: str, path: KeyPath, line: int, **facts: Any) -> None:
        place = Place(self.document.file, path=dotted(path), line=line)
        self.problems.append(problem(code, place, **facts))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
