"""A cell set and a sheet added: whatever else a workbook holds is there, byte by byte."""

import pytest

from featured import FEATURES, make
from lossless.edits import EDITS, carry_out
from lossless.trial import check

IN_CELLS = ["data_tables", "dynamic_arrays", "external_links", "looks", "rich_values", "tables"]
TRIED = [(feature, edit) for feature in FEATURES for edit in ("free_cell", "on_every_sheet")]
TRIED += [(feature, "used_cell") for feature in IN_CELLS]


@pytest.mark.parametrize(("feature", "edit"), TRIED)
def test_no_feature_is_lost(feature, edit, tmp_path):
    source = make(feature, tmp_path)
    result = source.with_stem("result")
    touched = carry_out(EDITS[edit], source, result)
    assert check(source, result, touched) == []


def facts(path):
    """What a save in place would change of a file."""
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@pytest.mark.parametrize("feature", FEATURES)
def test_looking_changes_nothing(feature, tmp_path):
    source = make(feature, tmp_path)
    before, data = facts(source), source.read_bytes()
    carry_out(EDITS["nothing"], source, source.with_stem("copy"))
    assert source.with_stem("copy").read_bytes() == data
    carry_out(EDITS["nothing"], source, source)
    assert facts(source) == before
