"""config.yaml, the workbook's settings sheet and the command as one effective configuration."""

from kam_excel.settings.find import find_config, user_config
from kam_excel.settings.render import render
from kam_excel.settings.sections import Source
from kam_excel.settings.settings import Override, Settings, load_plugin_settings
from kam_excel.settings.shapes import LinesMapping, PluginSettings, TableMapping
from kam_excel.settings.tables import Tables

__all__ = [
    "LinesMapping",
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
