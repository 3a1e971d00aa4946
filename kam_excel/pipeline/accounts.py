"""Between reading and computing: all tables tell accounts by the same ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from kam_excel.codes import Language
from kam_excel.domain.identity import with_accounts
from kam_excel.domain.issues import IssueLog, in_words
from kam_excel.workbook.reading.read import Reading


def identified(
    readings: Mapping[str, Reading], language: Language
) -> tuple[dict[str, Reading], pd.DataFrame]:
    """The readings with the ids of the accounts that their rows mean, and the issues.

    Tables that could not be read stay as they are, and so do those without rows: an empty
    customer sheet says nothing of customers.
    """
    frames = {
        name: reading.frame
        for name, reading in readings.items()
        if len(reading.frame) and not reading.problems
    }
    log = IssueLog()
    done = {
        name: replace(readings[name], frame=frame)
        for name, frame in with_accounts(frames, log).items()
    }
    return {**readings, **done}, in_words(log.frame(), language)
