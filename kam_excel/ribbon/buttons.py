"""Buttons of plugins, each with the plugin that gave it, and what an action id stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kam_excel.contract.action import ACTION_ID, RibbonAction
from kam_excel.errors import ConfigError, PluginError, nearest, problem
from kam_excel.host import Host
from kam_excel.ribbon.actions import BUILT_IN, CORE


@dataclass(frozen=True, slots=True)
class Button:
    """A plugin's own button, with the name of the plugin."""

    plugin: str
    action: RibbonAction


def buttons_of(host: Host) -> dict[str, Button]:
    """The buttons of plugins by action id; PluginError where a plugin cannot give its own."""
    found: dict[str, Button] = {}
    for each in host.hook.kam_ribbon_actions.get_hookimpls():
        try:
            given = {f"plugin.{action.name}": action for action in each.function() or ()}
        except (Exception, SystemExit) as error:  # a foreign module may do anything
            said = f"{type(error).__name__}: {error}"
            raise PluginError(
                problem("ACTIONS_NOT_GIVEN", plugin=each.plugin_name, error=said)
            ) from error
        found |= {id_: Button(each.plugin_name, action) for id_, action in given.items()}
    return found


def check_action(action_id: str, host: Host, buttons: Mapping[str, Button]) -> None:
    """Raises ConfigError with the nearest id where no button has this one."""
    shown = [each.name for each in host.strategies.values() if each.group != CORE]
    known = [each.id for each in BUILT_IN] + [f"run.{name}" for name in shown] + [*buttons]
    if ACTION_ID.fullmatch(action_id) is None or action_id not in known:
        said = ascii(action_id)[1:-1][:64]
        raise ConfigError(problem("ACTION_UNKNOWN", id=said, nearest=nearest(said, known)))
