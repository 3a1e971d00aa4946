"""The fingerprint of a run: same inputs, configuration, plugins and as_of, same fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import pandas as pd

from kam_excel.contract.strategy import Run

LENGTH = 16


def fingerprint(
    frames: Mapping[str, pd.DataFrame],
    settings: str,
    plugins: Iterable[str],
    version: str,
    run: Run,
) -> str:
    """The first 16 hex digits of a SHA-256 over all that decides the result; no clock in it.

    frames: the inputs as they were read, by table id. settings: all effective values as text.
    plugins: their names.
    """
    digest = hashlib.sha256()
    for text in (version, settings, ",".join(plugins), run.as_of.isoformat(), run.language):
        digest.update(text.encode() + b"\0")
    for name in sorted(frames):
        digest.update(name.encode() + b"\0")
        digest.update(frames[name].to_csv().encode())
    return digest.hexdigest()[:LENGTH]
