"""Issues as their readers see them: words in place of the ids of choices, then texts."""

from __future__ import annotations

import pandas as pd

from kam_excel import Promotions
from kam_excel.codes import Language
from kam_excel.contract.column import Column
from kam_excel.domain.issues import in_words

from .agreements import RebatePolicies
from .records import Contests, RebateLedger, Violations

TABLES = {
    each.id: each for each in (RebatePolicies, RebateLedger, Violations, Contests, Promotions)
}

OFFERING = {"POLICY_WORD_UNKNOWN", "CONTEST_WORD_UNKNOWN"}  # they say which words are known


def worded(issues: pd.DataFrame, language: Language) -> pd.DataFrame:
    """`issues` (as of `IssueLog.frame`) with texts; choices are called as on the sheets."""
    said = {
        name: [
            _shown(table, column, value, language)
            for table, column, value in zip(
                issues["table_id"], issues["column_name"], issues[name], strict=True
            )
        ]
        for name in ("original_value", "taken")
    }
    said["taken"] = [
        _columns(table)[column].offered(language, value) if code in OFFERING else taken
        for table, column, code, value, taken in zip(
            *(issues[name] for name in ("table_id", "column_name", "reason_code")),
            issues["original_value"],
            said["taken"],
            strict=True,
        )
    ]
    return in_words(issues.assign(**said).astype(dict.fromkeys(said, "str")), language)


def _columns(table: str) -> dict[str, Column]:
    return TABLES[table].columns if table in TABLES else {}


def _shown(table: str, column: str, value: str, language: Language) -> str:
    declared = _columns(table).get(column)
    return declared.shown(value, language) if declared else value
