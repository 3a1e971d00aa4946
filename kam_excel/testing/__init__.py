"""The kit for plugin authors: small tables in, typed frames or a saved workbook out.

A plugin's tests name it in their conftest.py, which gives them the fixtures `make_workbook`,
`run_workbook` and `golden` and the option `--update-golden`:

    pytest_plugins = ("kam_excel.testing",)

It is no entry point of pytest: to install kam_excel changes nobody's test runs.
"""

from kam_excel.testing.fixtures import golden, make_workbook, pytest_addoption, run_workbook
from kam_excel.testing.outputs import Outputs
from kam_excel.testing.rows import frame_of
from kam_excel.testing.runs import WorkbookRun
from kam_excel.testing.standard import StandardStrategyTests
from kam_excel.testing.strategies import run_strategy
from kam_excel.testing.texts import text_of

__all__ = [
    "Outputs",
    "StandardStrategyTests",
    "WorkbookRun",
    "frame_of",
    "golden",
    "make_workbook",
    "pytest_addoption",
    "run_strategy",
    "run_workbook",
    "text_of",
]
