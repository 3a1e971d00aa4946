"""A workbook that is open without Excel, and clicks on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from kam_excel import headless
from kam_excel.headless.api.apps import App
from kam_excel.ribbon import on_action
from kam_excel.ribbon.logfile import log_path

STATE = ("screen_updating", "enable_events", "calculation", "status_bar")


class Opened:
    """An open workbook that clicks come from, with what they showed and left of Excel."""

    def __init__(self, path: Path, app: xw.App) -> None:
        self.path = path
        self.book = app.books.open(str(path))
        self.book.set_mock_caller()

    def click(self, action_id: str, language: str | None = "en") -> str:
        """Click, and give the message; "" where none was shown."""
        alerts = self.book.app.impl.alerts
        before = len(alerts)
        on_action(action_id, language)
        assert len(alerts) <= before + 1
        return "\n".join(alerts[before:])

    def state(self) -> dict[str, object]:
        """What a click must leave as it was."""
        return {name: getattr(self.book.app, name) for name in STATE}

    def sheets(self) -> list[str]:
        return [sheet.name for sheet in self.book.sheets]

    def cells(self) -> dict[str, object]:
        """The values of all sheets."""
        return {
            sheet.name: sheet.used_range.options(ndim=2, err_to_str=True).value
            for sheet in self.book.sheets
        }


class StubbornApp(App):
    """An app that refuses some settings of some properties, as a busy Excel does."""

    def refuse(self, *refused: tuple[str, object], error: type[BaseException] = OSError) -> None:
        self.refused, self.error = refused, error

    def alert(self, *message: Any) -> str:
        if getattr(self, "shows_nothing", False):
            raise OSError("busy")
        return super().alert(*message)

    def __setattr__(self, name: str, value: Any) -> None:
        if (name, value) in vars(self).get("refused", ()):
            raise self.error(f"{name} = {value}")
        super().__setattr__(name, value)


@pytest.fixture
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No configuration and no log of this machine; the folder of config.yaml."""
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("KAM_EXCEL_CONFIG", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path / "config"


@pytest.fixture
def config(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Write config.yaml."""

    def write(text: str) -> None:
        own_folders.mkdir(exist_ok=True)
        path = own_folders / "config.yaml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("KAM_EXCEL_CONFIG", str(path))

    return write


@pytest.fixture
def app() -> Iterator[xw.App]:
    headless.register(activate=False)
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app
    app.quit()


@pytest.fixture
def stubborn_app() -> Iterator[xw.App]:
    headless.register(activate=False)
    apps = xw.engines["headless"].apps.impl
    app = xw.App(impl=StubbornApp(apps, xw.engines["headless"].impl, visible=False))
    yield app
    app.quit()


@pytest.fixture
def opened(
    own_folders: Path, app: xw.App, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Opened]:
    """Open a workbook as the one that clicks come from, in an app of one's own if one is given."""
    monkeypatch.setattr(xw.Book, "_mock_caller", None, raising=False)  # put back at the end

    def open_(path: Path, own: xw.App | None = None) -> Opened:
        return Opened(path, own or app)

    return open_


@pytest.fixture
def log(own_folders: Path) -> Callable[[], str]:
    """The text of the log."""
    return lambda: log_path().read_text(encoding="utf-8")
