"""One job, one result: whatever a plugin does, and nothing of it stays."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from kam_excel.batch.work import work


def codes(result):
    return [each["code"] for each in result.problems]


def test_a_job_is_done_in_a_process_of_its_own(job, tmp_path):
    given = job()
    before = Path(given.workbook).read_bytes()
    result = work(given)
    assert (result.status, result.problems, result.strategies) == ("done", [], ["mean"])
    assert (result.workbook, result.target) == (given.workbook, given.target)
    assert openpyxl.load_workbook(given.workbook)[result.sheets[0]]["B6"].value == 1
    assert "xl/workbook.xml" in result.changed
    assert 0 < result.seconds < 60
    assert 50 < result.megabytes < 1000
    (record,) = (tmp_path / ".kam" / "runs").iterdir()
    assert next(record.glob("*.xlsx")).read_bytes() == before
