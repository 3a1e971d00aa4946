"""Try the engine on every workbook of folders: `python -m lossless FOLDER... [--edit NAME]`."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from lossless.edits import EDITS
from lossless.trial import Verdict, attempt


def main() -> None:
    """Print a line for each workbook that was refused or failed, then how many there were."""
    parser = argparse.ArgumentParser(prog="lossless", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--edit", choices=EDITS, default="free_cell")
    parser.add_argument("--keep", type=Path, help="a folder for the results")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        verdicts = [_tried(path, given.edit, folder) for path in _workbooks(given.folders)]
    _summarise(verdicts)


def _workbooks(folders: list[Path]) -> list[Path]:
    found = (path for folder in folders for path in folder.rglob("*"))
    return sorted(path for path in found if path.suffix.lower() in (".xlsx", ".xlsm"))


def _tried(path: Path, edit: str, folder: Path) -> Verdict:
    name = "__".join(path.parts[-4:])
    verdict = attempt(path, edit, folder / name)
    if verdict.outcome != "done":
        print(f"{verdict.outcome} {path}", *verdict.reasons[:5], sep="\n    ", flush=True)
    return verdict


def _summarise(verdicts: list[Verdict]) -> None:
    counts = Counter(each.outcome for each in verdicts)
    share = counts["done"] / max(len(verdicts), 1)
    print(f"{len(verdicts)} workbooks: {share:.2%} done", dict(counts))
    refusals = Counter(each.reasons[0].split()[0] for each in verdicts if each.outcome == "refused")
    print("refused:", dict(refusals.most_common()))
    slowest = max(verdicts, key=lambda each: each.seconds)
    largest = max(verdicts, key=lambda each: each.peak)
    print(f"slowest: {slowest.seconds:.1f} s {slowest.path}")
    print(f"most memory: {largest.peak / 1024**2:.0f} MiB {largest.path}")


if __name__ == "__main__":
    main()
