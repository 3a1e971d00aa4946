"""The guide to batches says what is so."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from kam_excel.batch.jobs import JobResult, Limits
from kam_excel.batch.reporting import Report

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = [(DOCS / name).read_text("utf-8") for name in ("batch.md", "zh/batch.md")]
FACTS = ("version", "as_of", "today", "config")


@pytest.mark.parametrize("guide", GUIDES, ids=["en", "zh"])
def test_the_guide_names_every_field_of_the_report_and_the_limits(guide):
    for name in [*(each.name for each in fields(JobResult)), *FACTS]:
        assert f"`{name}`" in guide
    assert f"| `--timeout` | {Limits().seconds:g} |" in guide
    assert f"| `--memory` | {Limits().megabytes} |" in guide


@pytest.mark.parametrize("guide", GUIDES, ids=["en", "zh"])
def test_the_report_is_read_as_the_guide_reads_it(guide, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with Report(Path("report.jsonl"), dict.fromkeys(FACTS, "")) as report:
        report.add(JobResult("a.xlsx", "", "done", seconds=1.5))
        report.add(JobResult("b.xlsx", "", "done", seconds=2))
    (block,) = re.findall(r"```python\n(.*?)```", guide, re.S)
    exec(block, {"pd": pd})
    assert re.search(r"done +2 +3\.5", capsys.readouterr().out)
