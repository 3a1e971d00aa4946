"""The process that runs one program once: `python -m benchmarks.child module:function folder`."""

from __future__ import annotations

import gc
import importlib
import json
import resource
import sys
import time
from pathlib import Path


def main(name: str, folder: str) -> None:
    """Prepare, then measure, and print the figures as JSON."""
    module, _, function = name.partition(":")
    measured = getattr(importlib.import_module(module), function)(Path(folder))
    gc.collect()
    wall, processor = time.perf_counter(), time.process_time()
    measured()
    figures = {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "peak": _peak(),
    }
    print(json.dumps(figures))


def _peak() -> float:
    """The largest resident set of this process in MB; getrusage gives KB, on macOS bytes."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main(*sys.argv[1:])
