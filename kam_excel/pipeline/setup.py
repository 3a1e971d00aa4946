"""What every run starts from, whoever asks for it: the plugins and the settings."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version as installed_version
from pathlib import Path

from kam_excel.host import Host, make_host
from kam_excel.pipeline import core
from kam_excel.settings.find import find_config
from kam_excel.settings.settings import Settings, load_plugin_settings

VERSION = installed_version("kam_excel")


@dataclass(frozen=True, slots=True)
class Setup:
    """The loaded plugins, and the settings of all their policies."""

    host: Host
    settings: Settings


def load_setup(config: Path | None) -> Setup:
    """Load the plugins that are installed or named by config.yaml, then their settings, and hand
    them to the plugins.

    `config` goes before the usual places of config.yaml. Raises ConfigError with every mistake
    in it, PluginError with every plugin that cannot be loaded.
    """
    path = find_config(config)
    plugins = load_plugin_settings(path)
    host = make_host(core, discover=True, folders=plugins.folders, disabled=plugins.disabled)
    tables = {table.id: table.columns for table in host.tables()}
    settings = Settings.load(path, host.policies(), tables)
    host.configure(settings)
    return Setup(host, settings)
