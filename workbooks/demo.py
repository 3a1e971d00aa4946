"""`make demo`: the main job on the bundled workbooks, in Chinese and in English."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from kam_excel.cli import run_cli

SOURCES = sorted(Path(__file__).parent.glob("demo_*.xlsx"), reverse=True)
FOLDER = Path("demo-output")
AS_OF = "2026-06-30"


def main() -> int:
    """Copy the demo workbooks, run every strategy on the copies, say what was found."""
    FOLDER.mkdir(exist_ok=True)
    codes = []
    for source in SOURCES:
        copy = Path(shutil.copyfile(source, FOLDER / source.name))
        codes.append(run_cli(["run", str(copy), "--in-place", "--as-of", AS_OF]))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
