"""Golden files in a run of pytest itself."""

from __future__ import annotations

import pytest

from kam_excel.testing.golden import compare

CONFTEST = 'pytest_plugins = ("kam_excel.testing",)\n'
TEST = """
import pandas as pd

def test_frame(golden):
    golden("kept/frame.csv", pd.DataFrame({{"n": [1, {second}]}}))
"""


def run_pytest(pytester, second: int, *arguments: str):
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(TEST.format(second=second))
    return pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider", *arguments)


def test_one_command_writes_golden_files_and_others_compare(pytester):
    missing = run_pytest(pytester, 2)
    missing.assert_outcomes(failed=1)
    missing.stdout.fnmatch_lines(["*frame.csv is not there: pytest --update-golden writes it"])
    run_pytest(pytester, 2, "--update-golden").assert_outcomes(passed=1)
    assert (pytester.path / "kept" / "frame.csv").read_bytes() == b"n\n1\n2\n"
    run_pytest(pytester, 2).assert_outcomes(passed=1)
    differs = run_pytest(pytester, 3)
    differs.assert_outcomes(failed=1)
    differs.stdout.fnmatch_lines(["*frame.csv (golden)", "*frame.csv (now)", "*-2", "*+3"])
    assert (pytester.path / "kept" / "frame.csv").read_bytes() == b"n\n1\n2\n"


def test_a_line_that_does_not_end_is_told(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("a\nb", encoding="utf-8")
    with pytest.raises(AssertionError, match="differs in how its lines end"):
        compare(path, "a\nb\n", update=False)
