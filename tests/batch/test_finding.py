"""What belongs to a batch, and where its results go."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_excel.batch.finding import Findings, find
from kam_excel.batch.jobs import Job
from kam_excel.batch.targets import jobs_in_place, jobs_into, jobs_of_dry_run
from kam_excel.errors import ConfigError

LIKE = Job(workbook="", target="", root="", as_of="2026-06-30")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Make files of these sizes, in the working folder."""
    monkeypatch.chdir(tmp_path)

    def files(sizes: dict[str, int]) -> Path:
        for name, size in sizes.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x" * size)
        return tmp_path

    return files


def names(findings: Findings, folder: Path) -> list[str]:
    return [each.path.relative_to(folder).as_posix() for each in findings.workbooks]


FILES = {
    "data/small.xlsx": 1,
    "data/large.XLSX": 9,
    "data/north/macros.xlsm": 5,
    "data/north/deep/last.xlsx": 2,
    "data/notes.txt": 3,
    "data/old.xls": 3,
    "data/~$small.xlsx": 3,
    "data/.~lock.small.xlsx#": 3,
    "data/._small.xlsx": 3,
    "data/.~kam-1-abcdef01234567.tmp": 3,
    "data/.kam/runs/1/0123.xlsx": 3,
    "data/.hidden/x.xlsx": 3,
}


def test_a_folder_gives_its_workbooks_largest_first(tree):
    folder = tree(FILES)
    found = names(find(["data"]), folder)
    assert found == [
        "data/large.XLSX",
        "data/north/macros.xlsm",
        "data/north/deep/last.xlsx",
        "data/small.xlsx",
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("data/*.xlsx", {"data/small.xlsx"}),
        ("data/**/*.xlsx", {"data/small.xlsx", "data/north/deep/last.xlsx"}),
        ("data/**/last*", {"data/north/deep/last.xlsx"}),
        ("data/nor*", {"data/north/macros.xlsm", "data/north/deep/last.xlsx"}),
        ("data/?orth/*.xls[xm]", {"data/north/macros.xlsm"}),
        ("**/deep", {"data/north/deep/last.xlsx"}),
    ],
)
def test_a_pattern_gives_what_it_matches_and_what_lies_below_matching_folders(
    tree, pattern, expected
):
    folder = tree(FILES)
    assert set(names(find([pattern]), folder)) == expected


def test_a_file_that_is_named_is_taken_whatever_its_name_but_an_owner_file(tree):
    folder = tree(FILES)
    findings = find(["data/old.xls", "data/~$small.xlsx"])
    assert names(findings, folder) == ["data/old.xls"]
    assert findings.empty == ["data/~$small.xlsx"]


def test_a_name_with_brackets_that_is_there_is_no_pattern(tree):
    folder = tree({"data [1]/a.xlsx": 1})
    assert names(find(["data [1]"]), folder) == ["data [1]/a.xlsx"]


def test_a_workbook_belongs_once_whatever_names_it(tree):
    folder = tree({"data/a.xlsx": 1})
    assert names(find(["data", "data/*.xlsx", "data/a.xlsx", "./data/../data"]), folder) == [
        "data/a.xlsx"
    ]


def test_a_link_within_the_folder_is_followed_once(tree):
    folder = tree({"data/a.xlsx": 1, "data/.store/b.xlsx": 1})
    (folder / "data/0-link.xlsx").symlink_to("a.xlsx")
    (folder / "data/b-link.xlsx").symlink_to(".store/b.xlsx")
    assert names(find(["data"]), folder) == ["data/a.xlsx", "data/b-link.xlsx"]


def test_a_link_that_leaves_the_folder_is_refused(tree):
    folder = tree({"data/a.xlsx": 1, "secret.xlsx": 1})
    (folder / "data/link.xlsx").symlink_to("../secret.xlsx")
    (refused,) = [each for each in find(["data"]).workbooks if each.problem]
    assert refused.path == folder / "data/link.xlsx"
    assert refused.problem.code.name == "BATCH_LINK_OUTSIDE"
    assert str(folder / "secret.xlsx") in refused.problem.text("zh")


def test_a_link_to_nothing_belongs(tree):
    folder = tree({"data/a.xlsx": 1})
    (folder / "data/gone.xlsx").symlink_to("nothing.xlsx")
    assert names(find(["data"]), folder) == ["data/a.xlsx", "data/gone.xlsx"]


def test_a_linked_folder_is_told_and_not_entered(tree):
    folder = tree({"data/a.xlsx": 1, "else/b.xlsx": 1})
    (folder / "data/else").symlink_to("../else")
    (folder / "data/round").symlink_to(".")
    findings = find(["data"])
    assert names(findings, folder) == ["data/a.xlsx"]
    assert findings.linked == [folder / "data/else", folder / "data/round"]


def test_the_output_folder_does_not_belong(tree):
    folder = tree({"data/a.xlsx": 1, "data/out/a.xlsx": 1, "data/x/out/b.xlsx": 1})
    found = names(find(["data", "data/**/*.xlsx"], folder / "data/out"), folder)
    assert found == ["data/a.xlsx", "data/x/out/b.xlsx"]


def test_an_argument_without_workbooks_is_told(tree):
    tree({"data/a.xlsx": 1, "empty/notes.txt": 1})
    assert find(["data", "empty", "gone/*.xlsx"]).empty == ["empty", "gone/*.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["empty"], "BATCH_NOTHING_FOUND"),
        (["*.xlsx"], "BATCH_NOTHING_FOUND"),
        (["data", "dat"], "BATCH_PATH_MISSING"),
    ],
)
def test_nothing_starts_where_nothing_is_found_or_a_path_is_wrong(tree, arguments, code):
    tree({"data/a.xlsx": 1, "empty/notes.txt": 1})
    with pytest.raises(ConfigError, match=code):
        find(arguments)


# where results go -------------------------------------------------------------


def test_results_lie_below_the_output_folder_as_their_workbooks_lie_below_theirs(tree):
    folder = tree({"data/a.xlsx": 1, "data/north/b.xlsm": 2, "more/c.xlsx": 3})
    jobs = jobs_into(Path("out"), find(["data", "more/c.xlsx"]).workbooks, LIKE)
    assert {job.workbook: (job.target, job.root) for job in jobs} == {
        str(folder / workbook): (str(folder / "out" / target), str(folder / "out"))
        for workbook, target in [
            ("data/a.xlsx", "a.xlsx"),
            ("data/north/b.xlsm", "north/b.xlsm"),
            ("more/c.xlsx", "c.xlsx"),
        ]
    }
    assert not (folder / "out").exists()


def test_in_place_the_target_is_the_workbook_and_a_dry_run_has_none(tree):
    folder = tree({"data/north/a.xlsx": 1})
    found = find(["data"]).workbooks
    (in_place,), (dry,) = jobs_in_place(found, LIKE), jobs_of_dry_run(found, LIKE)
    assert (in_place.target, in_place.root) == (in_place.workbook, str(folder / "data"))
    assert (dry.target, dry.as_of) == ("", "2026-06-30")


def test_two_results_in_one_file_are_refused_by_both_names(tree):
    tree({"east/a.xlsx": 1, "west/a.xlsx": 2})
    with pytest.raises(ConfigError, match="BATCH_TARGET_TWICE") as caught:
        jobs_into(Path("out"), find(["east", "west"]).workbooks, LIKE)
    message = caught.value.problems[0].text()
    assert "east/a.xlsx" in message
    assert "west/a.xlsx" in message


@pytest.mark.parametrize("output", ["data", "data/../data"])
def test_the_output_folder_is_not_that_of_the_workbooks(tree, output):
    tree({"data/a.xlsx": 1})
    with pytest.raises(ConfigError, match="BATCH_TARGET_IS_WORKBOOK"):
        jobs_into(Path(output), find(["data"], Path(output)).workbooks, LIKE)


def test_an_output_that_is_a_file_is_refused(tree):
    tree({"data/a.xlsx": 1, "out": 1})
    with pytest.raises(ConfigError, match="BATCH_OUTPUT_NO_FOLDER"):
        jobs_into(Path("out"), find(["data"]).workbooks, LIKE)


def test_a_circle_of_links_is_a_file_that_is_not_there(tree, tmp_path):
    folder = tree({"data/a.xlsx": 1})
    (folder / "data" / "circle.xlsx").symlink_to("circle.xlsx")
    found = find(["data"])
    assert names(found, folder) == ["data/a.xlsx", "data/circle.xlsx"]
    assert [each.problem for each in found.workbooks] == [None, None]
