"""The fixtures of kam_excel for plugins."""

pytest_plugins = ("kam_excel.testing",)
