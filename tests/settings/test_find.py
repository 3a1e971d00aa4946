from __future__ import annotations

import platformdirs
import pytest

from kam_excel.errors import ConfigError
from kam_excel.settings import find_config, user_config


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user's configuration folder that is empty at first."""
    folder = tmp_path / "home"
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: folder)
    return folder


def file_in(folder, name="config.yaml"):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("run:\n", encoding="utf-8")
    return path


def test_the_option_comes_first(home, tmp_path):
    own, named, option = file_in(home), file_in(tmp_path, "env.yaml"), file_in(tmp_path, "o.yaml")
    environment = {"KAM_EXCEL_CONFIG": str(named)}
    assert find_config(option, environment) == option
    assert find_config(None, environment) == named
    assert find_config(None, {"KAM_EXCEL_CONFIG": ""}) == own
    assert find_config(None, {}) == own == user_config()


def test_without_any_file_the_defaults_hold(home):
    assert find_config(None, {}) is None


def test_the_working_directory_is_never_looked_at(home, tmp_path, monkeypatch):
    file_in(tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    assert find_config(None, {}) is None


def test_a_named_file_that_is_missing_is_an_error(home, tmp_path):
    file_in(home)
    missing = tmp_path / "missing.yaml"
    with pytest.raises(ConfigError, match=r"CONFIG_NOT_FOUND.*--config"):
        find_config(missing, {})
    with pytest.raises(ConfigError, match=r"CONFIG_NOT_FOUND.*\$KAM_EXCEL_CONFIG"):
        find_config(None, {"KAM_EXCEL_CONFIG": str(missing)})
