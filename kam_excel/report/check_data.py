"""The page of a check as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlwings.utils import col_name

from kam_excel.contract.policies import RunPolicy
from kam_excel.pipeline.examine import Examination
from kam_excel.pipeline.issue_file import FileCheck
from kam_excel.report import accounts, layout
from kam_excel.report.checks import shape_of, stopped_by
from kam_excel.settings.yaml_text import yaml_text
from kam_excel.workbook.finding.location import Location, Region


def check_as_json(path: Path, done: FileCheck) -> str:
    """Tables with their sheets and columns, reconciliation, issues by code, problems, strategies.

    Amounts are exact texts; rows count from 1, columns are letters. `ok` says whether a run would
    go through.
    """
    found = done.found
    run, language = found.survey.run, found.survey.run.language
    data: dict[str, Any] = {
        "path": str(path),
        "ok": found.is_fine,
        "written": str(done.path) if done.path else None,
        "unchanged": not done.is_changed,
        "as_of": run.as_of.isoformat(),
        "currency": run.currency,
        "tax_basis": found.settings.policy(RunPolicy).tax_basis,
        "settings": [
            {"setting": f"{o.section}.{o.path}", "value": yaml_text(o.value), "source": o.source}
            for o in found.settings.overrides()
        ],
        "tables": {name: _table(found, name) for name in found.survey.search.found},
        "absent": _absent(found),
        "reconciliation": accounts.ledger_as_json(found.account),
        "issues": accounts.doubts_as_json(found.issues, language),
        "problems": [
            each.to_json(language) | {"stops": stopped_by(found, each)}
            for each in found.all_problems
        ],
        "strategies": found.runs,
        "stopped": list(found.stopped),
        "skipped": {
            name: [table.id for table in tables]
            for name, tables in found.inputs.selection.skipped.items()
        },
    }
    return layout.as_json(data)


def _table(found: Examination, name: str) -> dict[str, Any]:
    unused = found.survey.unused.get(name, ())
    return location_as_data(found.survey.search.found[name]) | {
        "not_used": [f"{each.sheet}!{col_name(each.column)} {each.header}" for each in unused]
    }


def location_as_data(location: Location) -> dict[str, Any]:
    """Where a table stands."""
    return {
        "shape": shape_of(location),
        "found_by": location.found_by,
        "sheets": list(location.sheets),
        "regions": [_region(region) for region in location.regions],
        "lines": [_region(region) for region in location.lines],
        "elsewhere": list(location.elsewhere),
    }


def _region(region: Region) -> dict[str, Any]:
    return {
        "sheet": region.sheet,
        "header_row": region.header_row,
        "last_row": region.last_row,
        "columns": {
            name: {"column": col_name(at), "header": region.headers.get(name)}
            for name, at in region.columns.items()
        },
        "months": {
            f"{month.year}-{month.month:02}": col_name(month.column) for month in region.months
        },
        "factors": dict(region.factors),
        "percents": dict(region.percents),
    }


def _absent(found: Examination) -> dict[str, Any]:
    absent: dict[str, Any] = {}
    for each in found.survey.absent:
        near = found.survey.search.near.get(each.table.id)
        absent[each.table.id] = {
            "needed_by": list(each.needed_by),
            "used_by": list(each.used_by),
            "nearest": near
            and {
                "sheet": near.head.page.sheet,
                "row": near.head.row,
                "has": sorted(near.columns),
                "lacks": list(near.missing),
            },
        }
    return absent
