"""What is found while netting, and where the amounts go meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from kam_excel.domain.issues import IssueLog
from kam_excel.domain.reconciliation import Reconciliation


@dataclass(frozen=True, slots=True)
class Books:
    """The issues and the account of one computation."""

    flow: Reconciliation
    log: IssueLog = field(default_factory=IssueLog)

    def without(
        self, lines: pd.DataFrame, where: pd.Series, code: str, column: str
    ) -> pd.DataFrame:
        """The lines of sales but those of `where`, which are entered as left out."""
        amounts, values = lines["amount"], lines[column]
        rows = lines.index[where]
        self.log.add(
            code, "sales", rows, "ROW_EXCLUDED", column=column, values=values, amounts=amounts
        )
        self.flow.left_out(code, amounts[where])
        return lines[~where]
