"""What a workbook or a command changed of the company's policies, listed for its readers."""

from __future__ import annotations

import pandas as pd

from kam_excel.codes import Language
from kam_excel.contract.outputs import DataIssues
from kam_excel.contract.tables import SettingsSheet
from kam_excel.domain.issues import IssueLog, in_words
from kam_excel.settings import Settings
from kam_excel.settings.shapes import TABLES
from kam_excel.settings.yaml_text import yaml_text


def override_issues(settings: Settings, language: Language) -> pd.DataFrame:
    """A note, as DataIssues, for each setting that is not that of config.yaml.

    Where tables stand is no policy, and is left out.
    """
    log = IssueLog()
    for each in settings.overrides():
        if each.section != TABLES:
            log.add_one(
                "SETTING_OVERRIDDEN",
                SettingsSheet.title(language),
                "SETTING_USED",
                column=SettingsSheet.columns["value"].header(language),
                value=f"{each.section}.{each.path}",
                taken=yaml_text(each.value),
            )
    return DataIssues.frame(in_words(log.frame(), language))
