"""The sections of config.yaml that belong to policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from kam_excel.contract.policy import LOCKED, Policy, settings_of
from kam_excel.errors import PluginError, Problem, problem, raise_if
from kam_excel.settings.document import Document
from kam_excel.settings.shapes import PLUGINS, TABLES
from kam_excel.settings.validation import not_a_mapping, unknown_name, validate
from kam_excel.settings.yaml_text import excerpt

Source = Literal["default", "config", "workbook", "command"]


class Sections:
    """Reads the sections of policies and collects what is wrong with them."""

    def __init__(
        self,
        document: Document,
        policies: Mapping[str, type[Policy]],
        disabled: tuple[str, ...],
    ) -> None:
        self.problems: list[Problem] = []
        self.sources: dict[tuple[str, str], Source] = {}
        self.locked: set[str] = set()
        self._document = document
        self._policies = policies
        self._disabled = disabled

    def read(self) -> dict[str, Policy]:
        """The policies by section; incomplete where there are problems."""
        self._refuse_unknown()
        tables = self._document.data.get(TABLES)
        if isinstance(tables, dict):
            self._lock(TABLES, tables.get(LOCKED, False))
        read = {name: self._section(name, policy) for name, policy in self._policies.items()}
        return {name: policy for name, policy in read.items() if policy}

    def _refuse_unknown(self) -> None:
        names = [*self._policies, PLUGINS, TABLES]
        for name in self._document.data:
            # The section of a plugin that is switched off may stay.
            if name not in names and name not in self._disabled:
                place = self._document.place((name,), key=True)
                self.problems.append(unknown_name(name, names, place))

    def _section(self, name: str, kind: type[Policy]) -> Policy | None:
        data = self._document.data.get(name)
        if data is not None and not isinstance(data, dict):
            self.problems.append(not_a_mapping(data, self._document.place((name,))))
            return None
        data = dict(data or {})
        self._lock(name, data.pop(LOCKED, False))
        policy, problems = validate(kind, data, self._document.below(name))
        self.problems += problems
        for leaf in settings_of(kind):
            if _contains(data, leaf.path):
                self.sources[name, leaf.path] = "config"
        return policy

    def _lock(self, name: str, locked: object) -> None:
        if not isinstance(locked, bool):
            place = self._document.place((name, LOCKED))
            self.problems.append(problem("CONFIG_NOT_BOOLEAN", place, found=excerpt(locked)))
        elif locked:
            self.locked.add(name)


def by_section(policies: Iterable[type[Policy]]) -> dict[str, type[Policy]]:
    """Policies by their section; PluginError where two share one."""
    found: dict[str, type[Policy]] = {}
    problems = []
    for policy in policies:
        other = found.setdefault(policy.section, policy)
        if other is not policy:
            first, second = _full_name(other), _full_name(policy)
            problems.append(
                problem("SECTION_TAKEN", section=policy.section, first=first, second=second)
            )
    raise_if(problems, PluginError)
    return found


def _full_name(policy: type[Policy]) -> str:
    return f"{policy.__module__}.{policy.__qualname__}"


def _contains(data: Any, path: str) -> bool:
    for name in path.split("."):
        if not isinstance(data, dict) or name not in data:
            return False
        data = data[name]
    return True
