"""Golden files: texts that a test compares with, written anew by one command."""

from __future__ import annotations

import difflib
from pathlib import Path

UPDATE = "--update-golden"


def compare(path: Path, text: str, *, update: bool) -> None:
    """Compare `text` with the file at `path`; with `update` write it there first.

    Raises AssertionError with the lines that differ, or where there is no such file.
    """
    __tracebackhide__ = True
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    if not path.exists():
        raise AssertionError(f"{path} is not there: pytest {UPDATE} writes it")
    kept = path.read_text(encoding="utf-8")
    if kept != text:
        lines = difference(path.name, ("golden", kept), ("now", text))
        raise AssertionError(f"{lines}\npytest {UPDATE} writes it anew")


def difference(name: str, before: tuple[str, str], after: tuple[str, str]) -> str:
    """The lines that differ between two texts, each given with what it is, as diff -u has them."""
    (was, old), (is_, new) = before, after
    titles = f"{name} ({was})", f"{name} ({is_})"
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), *titles, n=1, lineterm="")
    return "\n".join(lines) or f"{name} differs in how its lines end"
