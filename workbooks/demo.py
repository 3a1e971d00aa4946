"""`make demo`: the main job on the bundled workbook."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from kam_excel.cli import run_cli

SOURCE = Path(__file__).with_name("demo_zh.xlsx")
FOLDER = Path("demo-output")
AS_OF = "2026-06-30"


def main() -> int:
    """Copy the demo workbook, rank its customers in the copy, say what was found."""
    FOLDER.mkdir(exist_ok=True)
    copy = FOLDER / SOURCE.name
    shutil.copyfile(SOURCE, copy)
    return run_cli(["run", str(copy), "--in-place", "--as-of", AS_OF])


if __name__ == "__main__":
    sys.exit(main())
