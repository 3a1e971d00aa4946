"""LibreOffice: does a workbook open? Many are converted by one call, which takes long to start."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

SECONDS = 600


def opened(paths: Sequence[Path], folder: Path) -> set[Path]:
    """Those of `paths`, all of other names, that LibreOffice could open and convert to CSV."""
    results = folder / "converted"
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "csv", "--outdir", str(results), *map(str, paths)]
    subprocess.run(command, check=False, capture_output=True, timeout=SECONDS)
    return {path for path in paths if (results / f"{path.stem}.csv").exists()}
