"""The effective configuration: defaults < config.yaml < the workbook's own sheet < command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from kam_excel.contract.policy import Policy, settings_of
from kam_excel.errors import (
    ConfigError,
    KamError,
    Place,
    PolicyError,
    Problem,
    WorkbookError,
    problem,
    raise_if,
)
from kam_excel.settings.document import KeyPath
from kam_excel.settings.sections import Sections, Source, by_section
from kam_excel.settings.shapes import TABLES, PluginSettings, TableMapping, read_plugins
from kam_excel.settings.tables import Tables, check_tables, merged, read_tables
from kam_excel.settings.validation import unknown_name, validate
from kam_excel.settings.yaml_loader import read
from kam_excel.settings.yaml_text import yaml_text

P = TypeVar("P", bound=Policy)

_ERRORS: dict[Source, type[KamError]] = {"workbook": WorkbookError, "command": ConfigError}


@dataclass(frozen=True, slots=True)
class Override:
    """A value that the workbook or the command put in place of the configured one."""

    section: str
    path: str
    value: Any
    source: Source


@dataclass(frozen=True)
class Settings:
    """Every policy with the source of each value, the plugins and the tables' mappings."""

    policies: Mapping[str, Policy]
    sources: Mapping[tuple[str, str], Source] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    plugins: PluginSettings = field(default_factory=PluginSettings)
    tables: Mapping[str, TableMapping] = field(default_factory=dict)
    file: Path | None = None
    known: Tables | None = field(default=None, repr=False)

    @classmethod
    def load(
        cls,
        path: Path | None,
        policies: Iterable[type[Policy]],
        tables: Tables | None = None,
    ) -> Settings:
        """The settings of the file at `path`, or the defaults where it is None.

        `tables` holds the columns of each table that is known; None leaves them unchecked.
        ConfigError with every mistake in the file; PluginError where two policies share a section.
        """
        kinds = by_section(policies)
        document, problems = read(path)
        plugins, mistakes = read_plugins(document)
        mappings, more = read_tables(document, tables)
        reading = Sections(document, kinds, plugins.disabled)
        effective = reading.read()
        raise_if([*problems, *mistakes, *more, *reading.problems], ConfigError)
        locked = frozenset(reading.locked)
        return cls(effective, reading.sources, locked, plugins, mappings, path, tables)

    def policy(self, kind: type[P]) -> P:
        """The effective policy of that class; KeyError where it was not loaded."""
        return cast(P, self.policies[kind.section])

    def source(self, section: str, path: str) -> Source:
        """Where the effective value of a setting comes from."""
        return self.sources.get((section, path), "default")

    def overrides(self) -> list[Override]:
        """What the workbook and the command changed, in the order of section and path."""
        return [
            Override(section, path, self.value(section, path), source)
            for (section, path), source in sorted(self.sources.items())
            if source in _ERRORS
        ]

    def override(
        self,
        section: str,
        values: Mapping[str, Any],
        source: Literal["workbook", "command"],
        places: Mapping[str, Place] | None = None,
    ) -> Settings:
        """New settings with `values` (by dotted path) put into `section`, a policy's or `tables`.

        `places` says where each value stands, by path. PolicyError where the section is locked,
        else WorkbookError or ConfigError, as `source` says, with every mistake.
        """
        placing = _Places(section, values, places or {})
        if section in self.locked and values:
            locked = [
                problem("POLICY_LOCKED", placing.of(path), section=section) for path in values
            ]
            raise PolicyError(locked)
        if section == TABLES:
            return self._override_tables(values, source, placing)
        if section not in self.policies:
            raise _ERRORS[source](
                unknown_name(
                    section, [*self.policies, TABLES], placing.of(next(iter(places or ()), ""))
                )
            )
        policy, problems = _with_values(self.policies[section], values, placing)
        if policy is None or problems:
            raise _ERRORS[source](problems)
        policies = {**self.policies, section: policy}
        return replace(self, policies=policies, sources=self._with(section, values, source))

    def _override_tables(
        self, values: Mapping[str, Any], source: Source, placing: _Places
    ) -> Settings:
        by_table: dict[str, dict[KeyPath, Any]] = {}
        for path, value in values.items():
            table, _, rest = path.partition(".")
            by_table.setdefault(table, {})[tuple(rest.split("."))] = value
        entries = {name: merged(self.tables.get(name), new) for name, new in by_table.items()}
        tables, problems = check_tables(entries, self.known, placing)
        raise_if(problems, _ERRORS[source])
        sources = self._with(TABLES, values, source)
        return replace(self, tables={**self.tables, **tables}, sources=sources)

    def _with(
        self, section: str, paths: Iterable[str], source: Source
    ) -> Mapping[tuple[str, str], Source]:
        return {**self.sources, **dict.fromkeys(((section, path) for path in paths), source)}

    def value(self, section: str, path: str) -> Any:
        """The effective value of a setting."""
        if section != TABLES:
            return _value_at(self.policies[section], path)
        table, *names = path.split(".")
        value: Any = self.tables[table].model_dump()
        for name in names:
            value = value[name]
        return value

    def canonical(self) -> str:
        """All effective values, one on each line: the same text for the same configuration.

        Neither sources nor the folders of plugins are part of it: they don't change a result.
        """
        return "".join(f"{line}\n" for line in sorted(self._lines()))

    def _lines(self) -> Iterator[str]:
        for section, policy in self.policies.items():
            for leaf in settings_of(type(policy)):
                value = _value_at(policy, leaf.path)
                yield f"{section}.{leaf.path}: {yaml_text(_sorted(value))}"
        for table, mapping in self.tables.items():
            said = mapping.model_dump(exclude_defaults=True)
            yield f"{TABLES}.{yaml_text(table)}: {yaml_text(_sorted(said))}"


def load_plugin_settings(path: Path | None) -> PluginSettings:
    """`plugins:` alone, which is needed before the policies of the plugins are known.

    ConfigError with the mistakes of that part; those of others are left to Settings.load.
    """
    plugins, problems = read_plugins(read(path)[0])
    raise_if(problems, ConfigError)
    return plugins


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of overriding values: what the caller says, else the dotted path alone."""

    section: str
    values: Mapping[str, Any]
    places: Mapping[str, Place]

    def of(self, path: str) -> Place:
        """Where the value for the setting at `path` stands."""
        default = Place(path=f"{self.section}.{path}".rstrip("."))
        return self.places.get(path, default)

    def __call__(self, path: KeyPath, *, key: bool = False) -> Place:
        parts = [str(part) for part in path]
        paths = [".".join(parts[:end]) for end in range(len(parts), 0, -1)]
        below = (each for each in self.values if each.startswith(f"{'.'.join(parts)}."))
        return self.of(next((each for each in paths if each in self.values), next(below, "")))


def _with_values(
    policy: Policy, values: Mapping[str, Any], placing: _Places
) -> tuple[Policy | None, list[Problem]]:
    kind = type(policy)
    paths = [leaf.path for leaf in settings_of(kind)]
    problems = [unknown_name(path, paths, placing.of(path)) for path in values if path not in paths]
    data: dict[str, Any] = {}
    for path in paths:
        *groups, name = path.split(".")
        inner = data
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[name] = values.get(path, _value_at(policy, path))
    changed, mistakes = validate(kind, data, placing)
    return changed, problems + mistakes


def _value_at(policy: Policy, path: str) -> Any:
    value: Any = policy
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _sorted(value: Any) -> Any:
    """Mappings in the order of their keys: how they were written is no difference."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return value
