"""Jobs on workbooks that say what the plugin of this company does, and what they leave behind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kam_excel.batch import starting
from kam_excel.batch.jobs import Job, Limits
from left_behind import OURS, running

COMPANY = Path(__file__).parent / "company"
AS_OF = "2026-06-30"


@pytest.fixture
def job(make_workbook: Callable[..., Path], tmp_path: Path) -> Callable[..., Job]:
    """A job in place on a workbook whose first customer is called as what the plugin does."""

    def make(behaviour: str = "behave", **facts: Any) -> Job:
        header = ["日期", "客户编码", "客户名称", "金额"]
        names = [behaviour, "客户2", "客户3"]
        rows = [[date(2026, 3, 5), f"00{i}", name, 100 - i] for i, name in enumerate(names)]
        book = str(make_workbook({"销售明细": [header, *rows]}, f"{behaviour}.xlsx"))
        limits = Limits(seconds=facts.pop("seconds", 60), megabytes=facts.pop("megabytes", 2000))
        chosen = {"target": book, "root": str(tmp_path), "config": str(COMPANY / "config.yaml")}
        chosen |= {"language": "en", "strategies": ("mean",), **facts}
        return Job(book, as_of=AS_OF, limits=limits, **chosen)

    return make


@pytest.fixture(autouse=True)
def nothing_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Of a test nothing runs on; keepers are taken note of a little later."""
    yield
    for _ in range(100):
        if not running():
            return
        time.sleep(0.02)
    assert running() == []


@pytest.fixture(scope="package", autouse=True)
def no_nursery_left() -> Iterator[None]:
    """At the end not even that."""
    starting.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(OURS, str(os.getpid()))
        yield
        starting.close()
        assert running() == []
