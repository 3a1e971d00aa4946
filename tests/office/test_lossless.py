"""An edited workbook is as valid as it was, and LibreOffice opens it."""

from __future__ import annotations

import zipfile

import pytest

from featured import FEATURES, make
from lossless.edits import EDITS, carry_out
from lossless.libreoffice import opened
from lossless.validator import new_errors

pytestmark = pytest.mark.office


@pytest.mark.parametrize("edit", ["free_cell", "on_every_sheet"])
@pytest.mark.parametrize("feature", FEATURES)
def test_an_edit_adds_no_error_of_the_open_xml_sdk(feature, edit, tmp_path):
    source = make(feature, tmp_path)
    result = source.with_stem("result")
    carry_out(EDITS[edit], source, result)
    assert new_errors(source, result) == []


def test_libreoffice_opens_every_result(tmp_path):
    results = []
    for feature in FEATURES:
        source = make(feature, tmp_path)
        for edit in ("free_cell", "on_every_sheet"):
            results.append(source.with_stem(f"{feature}-{edit}"))
            carry_out(EDITS[edit], source, results[-1])
    assert opened(results, tmp_path) == set(results)


def test_the_validator_sees_what_is_wrong(tmp_path):
    source = make("tables", tmp_path)
    result = source.with_stem("result")
    with zipfile.ZipFile(source) as good, zipfile.ZipFile(result, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"<sheetData>", b"<sheetDate/><sheetData>"))
    assert any("sheetDate" in error for error in new_errors(source, result))
