"""Folders of workbooks that say what a plugin does with them, and the command as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

COMPANY = Path(__file__).parents[1] / "batch" / "company" / "config.yaml"
HEADER = ("日期", "客户编码", "客户名称", "金额")
DAY = date(2026, 3, 5)


def write_book(path: Path, behaviour: str = "behave", rows: int = 3) -> Path:
    """A workbook on whose first customer's name the plugin of the company acts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("销售明细")
    sheet.write_row(0, 0, HEADER)
    for i in range(rows):
        sheet.write_datetime(i + 1, 0, DAY, day)
        sheet.write_row(i + 1, 1, (f"{i:04}", f"客户{i}" if i else behaviour, 100 + i))
    book.close()
    return path


def state(path: Path) -> tuple[bytes, int]:
    """What must not change: bytes and time."""
    return path.read_bytes(), path.stat().st_mtime_ns


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The state of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): state(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def command(*arguments: object, **rest: Any) -> subprocess.Popen[str]:
    """`kam-excel` as a process of its own, its streams to be read."""
    program = Path(sys.executable).with_name("kam-excel")
    return subprocess.Popen(
        [program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **rest,
    )


def by_name(lines: str) -> Mapping[str, Mapping[str, Any]]:
    """Results that are JSON lines, by the name of the workbook; each only once."""
    results = [json.loads(line) for line in lines.splitlines()]
    found = {Path(each["workbook"]).name: each for each in results}
    assert len(found) == len(results)
    return found


def codes(result: Mapping[str, Any]) -> list[str]:
    """The codes of a result's problems."""
    return [each["code"] for each in result["problems"]]
