# mypy: allow-subclassing-any
"""Apps: each holds open workbooks of its own, as an instance of Excel does."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, get_args

from xlwings import base_classes

from kam_excel.headless.api.books import Books
from kam_excel.headless.api.unsupported import Remembered, explained

if TYPE_CHECKING:
    from kam_excel.headless.api.engine import EngineImpl
    from kam_excel.headless.api.rangeedits import RangeEdits
    from kam_excel.headless.api.ranges import Range

Calculation = Literal["automatic", "manual", "semiautomatic"]

_PIDS = itertools.count(1)


@explained
class Apps(base_classes.Apps):
    """The apps of the engine, the active one first."""

    def __init__(self, engine: EngineImpl) -> None:
        self._engine = engine
        self._apps: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self._apps]

    def add(
        self,
        spec: str | None = None,
        add_book: bool | None = None,
        xl: Any = None,
        visible: bool | None = None,
    ) -> App:
        app = App(self, self._engine, visible=bool(visible))
        self._apps.insert(0, app)
        if add_book:
            app.books.add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing lives outside this process."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        for app in self._apps:
            if app.pid == pid:
                return app
        raise KeyError(pid)

    def activate(self, app: App) -> None:
        """Make `app` the active one."""
        self._apps.remove(app)
        self._apps.insert(0, app)

    def drop(self, app: App) -> None:
        """Forget `app`."""
        if app in self._apps:
            self._apps.remove(app)


@explained
class App(base_classes.App):
    """An app. What only concerns a screen is remembered and does nothing."""

    visible = Remembered(False)
    screen_updating = Remembered(True)
    display_alerts = Remembered(True)
    enable_events = Remembered(True)
    interactive = Remembered(True)
    status_bar = Remembered(False)
    cut_copy_mode = Remembered(None)

    def __init__(self, apps: Apps, engine: EngineImpl, visible: bool) -> None:
        self._apps = apps
        self.engine = engine
        self._pid = next(_PIDS)
        self._books = Books(self)
        self._calculation: Calculation = "automatic"
        self.visible = visible
        self.clipboard: RangeEdits | None = None
        self.alerts: list[str] = []

    @property
    def api(self) -> App:
        return self

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def version(self) -> str:
        return "16.0"

    @property
    def books(self) -> Books:
        return self._books

    @property
    def calculation(self) -> Calculation:
        """When formulas are computed: "automatic" ones when their values are read."""
        return self._calculation

    @calculation.setter
    def calculation(self, value: Calculation) -> None:
        if value not in get_args(Calculation):
            raise ValueError(f"calculation is one of {', '.join(get_args(Calculation))}")
        if value == "manual" and self._calculation != "manual":
            for book in self._books:
                book.recalculator.calculate()
        self._calculation = value

    def calculate(self) -> None:
        """Compute the formulas of every open book; TODAY and NOW take the time."""
        for book in self._books:
            book.recalculator.calculate(advance=True)

    @property
    def hwnd(self) -> None:
        return None

    @property
    def path(self) -> str:
        return ""

    @property
    def startup_path(self) -> str:
        return ""

    @property
    def selection(self) -> Range | None:
        """The cells that are selected on the active sheet; None where no book is open."""
        return self._books.active.sheets.active.selection if len(self._books) else None

    def alert(
        self,
        prompt: str | None,
        title: str | None = None,
        buttons: str | None = "ok",
        mode: str | None = None,
        callback: str | None = None,
    ) -> str:
        """Print a message to stderr and keep it in `alerts`; nobody can answer a question."""
        if buttons not in (None, "ok"):
            raise NotImplementedError(
                "App.alert can ask nothing without Excel: decide in the script, or use the engine"
                " 'excel' on Windows or macOS for it"
            )
        self.alerts.append(prompt or "")
        print(": ".join(each for each in (title, prompt) if each), file=sys.stderr)
        return "ok"

    def activate(self, steal_focus: bool = False) -> None:
        self._apps.activate(self)

    def quit(self) -> None:
        """Close every book without saving it."""
        for book in self._books:
            book.close()
        self._apps.drop(self)

    def kill(self) -> None:
        self.quit()
