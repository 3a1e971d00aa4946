"""An xlwings engine without Excel: edits .xlsx and .xlsm files in place and loses nothing.

from kam_excel import headless
headless.register()
app = xw.engines["headless"].apps.add(visible=False, add_book=False)
book = app.books.open("sales.xlsx")
"""

from __future__ import annotations

import xlwings

from kam_excel.headless.api.engine import NAME, EngineImpl

__all__ = ["register"]


def register(activate: bool | None = None) -> None:
    """Make the engine known to xlwings as "headless"; registering it again changes nothing.

    It becomes the active one where told so or, with `activate` None, where no engine is active.
    """
    engines = xlwings.engines
    if NAME not in [engine.name for engine in engines]:
        engines.add(xlwings.Engine(impl=EngineImpl()))
    if activate or (activate is None and engines.active is None):
        engines[NAME].activate()
