"""LibreOffice as an engine: it computes a scratch copy, of which only the values are read."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kam_excel.headless.recalc.engines import RefusedError, Values, read_values
from kam_excel.headless.recalc.scratch import Scratch

SECONDS = 120.0
# Compute on load whatever the file says: without it LibreOffice shows the values it finds.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """LibreOffice, where it is installed. It has no clock but its own: TODAY is today."""

    seconds: float = SECONDS
    name: str = "libreoffice"
    family: str = "libreoffice"

    def compute(self, scratch: Scratch, clock: dt.datetime) -> Values:
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise RefusedError("LibreOffice is not installed")
        with tempfile.TemporaryDirectory() as folder:
            return read_values(self._converted(program, Path(folder), scratch.data), scratch)

    def _converted(self, program: str, folder: Path, data: bytes) -> bytes:
        profile, source = folder / "profile", folder / "scratch.xlsx"
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "computed"),
            str(source),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=self.seconds)
        except subprocess.TimeoutExpired:
            raise RefusedError(f"not done after {self.seconds:g} seconds") from None
        except (OSError, subprocess.CalledProcessError) as error:
            raise RefusedError(str(error)) from error
        result = folder / "computed" / source.name
        if not result.is_file():
            raise RefusedError("it wrote no result")
        return result.read_bytes()
