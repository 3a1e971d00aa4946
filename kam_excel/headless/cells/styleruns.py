"""The cell formats of a column as runs of rows that share one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StyleRuns:
    """From each of the rows `starts` on, which rise, cells have the format at its place."""

    starts: Numbers
    styles: Numbers

    def at(self, rows: Sequence[int]) -> list[int]:
        """The formats in some rows; in those between known ones that of the row above."""
        if len(self.styles) == 1:
            return [int(self.styles[0])] * len(rows)
        places = np.searchsorted(self.starts, np.asarray(rows, dtype=np.int32), side="right") - 1
        found: list[int] = self.styles[places.clip(0)].tolist()
        return found


def style_runs(parts: Sequence[tuple[Numbers, Numbers]]) -> StyleRuns:
    """The runs of a column whose rows and formats come in parts, in any order."""
    rows = np.concatenate([rows for rows, _ in parts])
    styles = np.concatenate([styles for _, styles in parts])
    if (rows[1:] < rows[:-1]).any():
        order = np.argsort(rows, kind="stable")
        rows, styles = rows[order], styles[order]
    begun = np.append(0, np.flatnonzero(styles[1:] != styles[:-1]) + 1)
    return StyleRuns(rows[begun], styles[begun])
