"""Buttons of plugins, each with the plugin that gave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kam_excel.contract.action import RibbonAction
from kam_excel.errors import PluginError, problem
from kam_excel.host import Host


@dataclass(frozen=True, slots=True)
class Button:
    """A plugin's own button, with the name of the plugin."""

    plugin: str
    action: RibbonAction


def buttons_of(host: Host) -> dict[str, Button]:
    """The buttons of plugins by action id, in their order.

    Raises PluginError where a plugin cannot give its own, or two are called the same.
    """
    found: dict[str, Button] = {}
    for each in host.hook.kam_ribbon_actions.get_hookimpls():
        for action in _given(each.plugin_name, each.function):
            id_ = f"plugin.{action.name}"
            if id_ in found:
                first = found[id_].plugin
                raise PluginError(
                    problem("BUTTON_TWICE", name=action.name, first=first, second=each.plugin_name)
                )
            found[id_] = Button(each.plugin_name, action)
    return found


def _given(plugin: str, give: Callable[[], Iterable[RibbonAction] | None]) -> list[RibbonAction]:
    """What one plugin gives."""
    try:
        given = list(give() or ())
        for each in given:
            if not isinstance(each, RibbonAction):
                raise TypeError(f"{each!r} is no RibbonAction")
    except (Exception, SystemExit) as error:  # a foreign module may do anything
        said = f"{type(error).__name__}: {error}"
        raise PluginError(problem("ACTIONS_NOT_GIVEN", plugin=plugin, error=said)) from error
    return given
