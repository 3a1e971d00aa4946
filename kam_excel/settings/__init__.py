"""config.yaml, the workbook's settings sheet and the command as one effective configuration."""

from kam_excel.settings.find import find_config, user_config
from kam_excel.settings.render import render
from kam_excel.settings.sections import Source
from kam_excel.settings.settings import Override, Settings, load_plugin_settings
from kam_excel.settings.shapes import PluginSettings, TableMapping, Tables

__all__ = [
    "Override",
    "PluginSettings",
    "Settings",
    "Source",
    "TableMapping",
    "Tables",
    "find_config",
    "load_plugin_settings",
    "render",
    "user_config",
]
