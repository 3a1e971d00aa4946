"""Plugins and settings are tried in a process of their own before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_excel.batch.jobs import Limits
from kam_excel.batch.probe import probe
from kam_excel.errors import ConfigError, PluginError

CONFIG = Path(__file__).parent / "company" / "config.yaml"
LIMITS = Limits(seconds=30, megabytes=2000)


@pytest.fixture
def config(tmp_path):
    """Write a config.yaml and a plugin of this source beside it."""

    def make(plugin: str, settings: str = "") -> str:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "plugin.py").write_text(plugin)
        path = tmp_path / "config.yaml"
        path.write_text(f"plugins:\n  folders: [mine]\n{settings}", encoding="utf-8")
        return str(path)

    return make


def test_tells_what_every_job_starts_from():
    found = probe(str(CONFIG), LIMITS)
    assert found.config == str(CONFIG)
    assert {"identification", "mean"} <= set(found.strategies)


def test_mistakes_in_settings_are_those_of_a_run(config):
    path = config("", "identification:\n  top_percent: 7\n  methode: 1\n")
    with pytest.raises(ConfigError) as raised:
        probe(path, LIMITS)
    places = {(each.where.path, each.where.line) for each in raised.value.problems}
    assert places == {("identification.top_percent", 4), ("identification.methode", 5)}
    assert raised.value.exit_code == 2
    assert all(each.what("zh") != each.what("en") for each in raised.value.problems)


def test_a_plugin_that_cannot_be_loaded(config):
    with pytest.raises(PluginError) as raised:
        probe(config("raise ValueError('{braces}')"), LIMITS)
    (told,) = raised.value.problems
    assert (told.code.name, raised.value.exit_code) == ("PLUGIN_NOT_LOADED", 1)
    assert "ValueError: {braces}" in told.what("zh")
    assert told.where.file.endswith("plugin.py")


@pytest.mark.parametrize(
    ("plugin", "code"),
    [
        ("import os; os._exit(0)", "BATCH_NO_RESULT"),
        ("import os; os.kill(os.getpid(), 9)", "BATCH_SIGNAL"),
        ("import time; time.sleep(600)", "BATCH_TIME"),
    ],
)
def test_a_plugin_that_ends_or_holds_its_process(plugin, code, config):
    with pytest.raises(PluginError) as raised:
        probe(config(plugin), Limits(seconds=1, megabytes=2000))
    assert [each.code.name for each in raised.value.problems] == [code]


def test_a_config_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError) as raised:
        probe(str(tmp_path / "none.yaml"), LIMITS)
    assert [each.code.name for each in raised.value.problems] == ["CONFIG_NOT_FOUND"]
