"""Problems that the arithmetic names by a row, at the cells where their readers find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kam_excel.errors import KamError, Problem
from kam_excel.workbook.reading.read import Reading


def placed(error: KamError, readings: Mapping[str, Reading]) -> KamError:
    """The error with the sheet and cell of each problem that has none and names a row.

    Such a problem has the facts table_id and row_no (a label), and may have the fact column.
    """
    return type(error)([_placed(each, readings) for each in error.problems])


def _placed(problem: Problem, readings: Mapping[str, Reading]) -> Problem:
    facts = problem.facts
    reading = readings.get(str(facts.get("table_id")))
    if str(problem.where) or reading is None or "row_no" not in facts:
        return problem
    label, column = int(facts["row_no"]), str(facts.get("column", ""))
    return replace(
        problem,
        where=reading.location.place(column, label),
        facts={**facts, "row_no": reading.location.row(label)},
    )
