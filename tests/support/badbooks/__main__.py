"""Write all bad workbooks to a folder: `python -m badbooks FOLDER`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from badbooks import BADBOOKS, Badbook, Refused


def main() -> None:
    """Write them, and print for each what must come of it."""
    parser = argparse.ArgumentParser(prog="badbooks", description=__doc__)
    parser.add_argument("folder", type=Path)
    write_all(parser.parse_args().folder, BADBOOKS.values())


def write_all(folder: Path, books: Iterable[Badbook]) -> None:
    """Write bad workbooks to `folder`, printing a line for each."""
    folder.mkdir(parents=True, exist_ok=True)
    for book in books:
        path = book.write(folder)
        print(f"{path.name}: {_expected(book)}")


def _expected(book: Badbook) -> str:
    expect = book.expect
    if isinstance(expect, Refused):
        return expect.code
    issues = "".join(f", {code} {count}" for code, count in expect.issues.items())
    return f"{expect.rows} rows, {expect.amount}{issues}"


if __name__ == "__main__":
    main()
