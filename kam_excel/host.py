"""The host: loads plugins and knows their strategies. There is no global plugin manager."""

from __future__ import annotations

import importlib.util
import inspect
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from kam_excel import hookspecs
from kam_excel.contract.policies import EVERY_RUN
from kam_excel.contract.policy import Policy
from kam_excel.contract.strategy import Strategy
from kam_excel.contract.table import Table
from kam_excel.errors import KamError, Place, PluginError, Problem, nearest, problem, raise_if


class Host:
    """The loaded plugins: `hook` calls them, `strategies` are theirs by name."""

    def __init__(self, manager: pluggy.PluginManager) -> None:
        self._manager = manager
        self.hook: Any = _Hooks(manager)
        owners = _owners(manager)
        self.strategies: Mapping[str, Strategy] = {name: each for name, (each, _) in owners.items()}
        self._owners = {name: plugin for name, (_, plugin) in owners.items()}

    def configure(self, settings: object) -> None:
        """Hand the settings to every plugin that wants them."""
        self.hook.kam_configure.call_historic(kwargs={"settings": settings})

    def policies(self) -> list[type[Policy]]:
        """Those of every run and those that a strategy reads, in the order of sections."""
        found = {*EVERY_RUN, *(p for s in self.strategies.values() for p in s.policies.values())}
        return sorted(found, key=lambda policy: policy.section)

    def tables(self) -> list[type[Table]]:
        """Every table that a strategy reads or gives, by id."""
        found = {t.id: t for s in self.strategies.values() for t in s.tables()}
        return [found[name] for name in sorted(found)]

    def plugins(self) -> list[str]:
        """Names of the loaded plugins, sorted."""
        return sorted(name for name, plugin in self._manager.list_name_plugin() if plugin)

    def distribution_of(self, strategy: str) -> str:
        """The name of the distribution that installed the strategy's plugin; "" if none did."""
        plugin = self._manager.get_plugin(self._owners[strategy])
        installed = self._manager.list_plugin_distributions()
        return next((each.name for known, each in installed if known is plugin), "")


class _Hooks:
    """The hooks of all plugins: what one of them raises is a PluginError that names it.

    What a strategy raises is told by whoever runs it, who knows its name.
    """

    def __init__(self, manager: pluggy.PluginManager) -> None:
        self._manager = manager

    def __getattr__(self, name: str) -> Any:
        caller = getattr(self._manager.hook, name)
        return caller if name == "kam_run_strategy" else _Hook(caller)


class _Hook:
    """One hook of all plugins."""

    def __init__(self, caller: pluggy.HookCaller) -> None:
        self._caller = caller

    def __call__(self, **given: Any) -> Any:
        return self._guarded(self._caller, **given)

    def call_historic(self, **given: Any) -> None:
        """Call it now, and for plugins that are loaded later."""
        self._guarded(self._caller.call_historic, **given)

    def get_hookimpls(self) -> list[pluggy.HookImpl]:
        """The functions of plugins behind it."""
        return self._caller.get_hookimpls()

    def _guarded(self, call: Callable[..., Any], **given: Any) -> Any:
        try:
            return call(**given)
        except KamError:
            raise
        except (Exception, SystemExit) as error:  # a foreign function may do anything
            raise PluginError(self._told(error)) from error

    def _told(self, error: BaseException) -> Problem:
        """Which plugins it came through, a wrapper beside the one that it wraps."""
        passed = {frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)}
        names = [
            each.plugin_name
            for each in self.get_hookimpls()
            if getattr(each.function, "__code__", None) in passed
        ]
        said = f"{type(error).__name__}: {error}"
        plugin = ", ".join(names)
        return problem("HOOK_RAISED", plugin=plugin, hook=self._caller.name, error=said)


def make_host(
    *plugins: object,
    discover: bool = False,
    folders: Iterable[Path] = (),
    disabled: Iterable[str] = (),
) -> Host:
    """Load `plugins`, with `discover` also those installed, and the modules in `folders`.

    `disabled` names plugins that are left out. Raises PluginError with every plugin that
    cannot be loaded, every hook that does not exist and every strategy that is there twice.
    """
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    for name in disabled:
        manager.set_blocked(name)
    for plugin in plugins:
        manager.register(plugin, _name(plugin))
    problems = [*_discover(manager, discover), *_load_folders(manager, folders)]
    raise_if(problems + _unknown_hooks(manager), PluginError)
    return Host(manager)


def _name(plugin: object) -> str:
    return str(getattr(plugin, "__name__", type(plugin).__name__)).rpartition(".")[2]


def _discover(manager: pluggy.PluginManager, discover: bool) -> list[Problem]:
    if not discover:
        return []
    problems = []
    for name in sorted(entry_points(group=hookspecs.PROJECT).names):
        try:
            manager.load_setuptools_entrypoints(hookspecs.PROJECT, name)
        except (Exception, SystemExit) as error:  # a foreign module may do anything
            problems.append(problem("PLUGIN_NOT_LOADED", name=name, error=_said(error)))
    return problems


def _said(error: BaseException) -> str:
    """Kind and words of an error, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def _load_folders(manager: pluggy.PluginManager, folders: Iterable[Path]) -> list[Problem]:
    problems = []
    for folder in folders:
        if not folder.is_dir():
            problems.append(problem("PLUGIN_FOLDER_MISSING", folder=folder))
            continue
        for path in sorted(folder.glob("[!_]*.py")):
            if manager.is_blocked(path.stem):
                continue
            try:
                manager.register(_import(path), path.stem)
            except (Exception, SystemExit) as error:  # a foreign module may do anything
                where = Place(file=str(path))
                problems.append(
                    problem("PLUGIN_NOT_LOADED", where, name=path.stem, error=_said(error))
                )
    return problems


def _import(path: Path) -> ModuleType:
    name = f"kam_excel_folder_plugins.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # annotations of its tables are resolved through sys.modules
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _unknown_hooks(manager: pluggy.PluginManager) -> list[Problem]:
    known = [name for name, _ in inspect.getmembers(hookspecs, inspect.isfunction)]
    return [
        problem(
            "HOOK_UNKNOWN",
            plugin=name,
            name=hook,
            nearest=nearest(hook, (each for each in known if each.startswith("kam_"))),
        )
        for name, plugin in manager.list_name_plugin()
        for hook in dir(plugin)
        if hook.startswith("kam_")
        and hook not in known
        and getattr(getattr(plugin, hook), "kam_excel_impl", None)
    ]


def _owners(manager: pluggy.PluginManager) -> dict[str, tuple[Strategy, str]]:
    """Strategies, each with its plugin, by name, sorted: no order depends on registration."""
    found: dict[str, tuple[Strategy, str]] = {}
    problems: list[Problem] = []
    for name, plugin in sorted(manager.list_name_plugin()):
        register = getattr(plugin, "kam_register_strategies", None)
        for strategy in _registered(name, register, problems):
            if strategy.name in found:
                problems.append(
                    problem(
                        "STRATEGY_TWICE",
                        name=strategy.name,
                        first=found[strategy.name][1],
                        second=name,
                    )
                )
            found[strategy.name] = strategy, name
    raise_if(problems + _tables_twice(found), PluginError)
    return dict(sorted(found.items()))


def _registered(
    name: str, register: Callable[[], Iterable[Strategy] | None] | None, problems: list[Problem]
) -> Iterable[Strategy]:
    """The strategies of one plugin; none where it raises."""
    try:
        return (register() if register else None) or ()
    except (Exception, SystemExit) as error:  # a foreign function may do anything
        said = f"{type(error).__name__}: {error}"
        hook = "kam_register_strategies"
        problems.append(problem("HOOK_RAISED", plugin=name, hook=hook, error=said))
        return ()


def _tables_twice(found: Mapping[str, tuple[Strategy, str]]) -> list[Problem]:
    """Tables of one id that are declared differently: one of them would be taken for the other."""
    first: dict[str, tuple[type[Table], str]] = {}
    problems = []
    for strategy, plugin in found.values():
        for table in dict.fromkeys(strategy.tables()):
            known, owner = first.setdefault(table.id, (table, plugin))
            if known is not table:
                problems.append(
                    problem("TABLE_ID_TAKEN", name=table.id, first=owner, second=plugin)
                )
    return problems
