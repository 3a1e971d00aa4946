"""Runs formualizer in a process of its own: a crash, a hang or much memory harms nobody else.

Run as a script, it knows nothing of kam_excel. Standard input: one line of JSON (`rung`, `clock`
as ISO text, `cells` as [sheet, row, column]), then the bytes of an .xlsx.
Standard output: one line of JSON, {"refused": reason} or {"values": ...}; of the rung "package"
{"bytes": length} and the recalculated .xlsx.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import formualizer


def main() -> None:
    """Answer one request."""
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    clock = dt.datetime.fromisoformat(request["clock"]).replace(tzinfo=dt.UTC)
    rung = _package if request["rung"] == "package" else _workbook
    try:
        answer, rest = rung(data, clock, request)
    except (OSError, RuntimeError, ValueError) as error:
        answer, rest = {"refused": str(error)}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + rest)


def _package(data: bytes, clock: dt.datetime, _: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    done = formualizer.recalculate_xlsx_bytes(
        data,
        deterministic_timestamp_utc=clock,
        deterministic_timezone="utc",
        external_links="refuse",
    )
    return {"bytes": len(done["bytes"])}, done["bytes"]


def _workbook(
    data: bytes, clock: dt.datetime, request: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    book = formualizer.Workbook.from_bytes(data, mode=formualizer.WorkbookMode.Ephemeral)
    book.set_temporal_egress("serial")
    book.set_deterministic_clock(clock, "utc")
    book.evaluate_all()
    values = [_plain(book.get_value(*cell)) for cell in request["cells"]]
    return {"values": values}, b""


def _plain(value: Any) -> Any:
    """A value as JSON holds it: errors as {"error": kind}, what is neither as {"other": type}."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, dict) and value.get("type") == "Error":
        return {"error": value["kind"]}
    return {"other": type(value).__name__}


if __name__ == "__main__":
    main()
