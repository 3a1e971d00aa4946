"""What is remembered of tables goes into config.yaml, and every other byte of it stays."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import ConfigError
from kam_excel.settings import LinesMapping, TableMapping
from kam_excel.settings.remember import plain_mapping, save_tables, tables_text, with_tables
from kam_excel.settings.yaml_loader import load

SALES = TableMapping(sheet="2026", header_row=3, columns={"amount": "成交金额", "date": "日: 期"})
RETURNS = TableMapping(sheets=("20*", "华东"), lines=LinesMapping(sheet="明细"))


def changed(text, **mappings):
    return with_tables(dedent(text).removeprefix("\n"), "config.yaml", mappings)


def test_only_the_entry_of_the_table_changes():
    text = """
        # mine
        run: {as_of: 2026-01-05}   # day

        tables:   # where they are
          # customers of the group
          customers: {sheet: "客户"}   # kept
          sales:
            sheet: 旧   # old
            columns: {amount: 旧额}

          fx_rates:
            sheet: 汇率
        # behind
        plugins:
          folders: []
        """
    expected = """
        # mine
        run: {as_of: 2026-01-05}   # day

        tables:   # where they are
          # customers of the group
          customers: {sheet: "客户"}   # kept
          sales:
            sheet: "2026"
            header_row: 3
            columns:
              amount: 成交金额
              date: "日: 期"

          fx_rates:
            sheet: 汇率
          returns:
            sheets: ["20*", 华东]
            lines:
              sheet: 明细
        # behind
        plugins:
          folders: []
        """
    assert changed(text, sales=SALES, returns=RETURNS) == dedent(expected).removeprefix("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "tables:\n  sales:\n    sheet: S\n"),
        ("run: {}", "run: {}\ntables:\n  sales:\n    sheet: S\n"),
        ("tables: {}\nrun: {}\n", "tables:\n  sales:\n    sheet: S\nrun: {}\n"),
        ("tables:\n# x\nrun: {}\n", "tables:\n  sales:\n    sheet: S\n# x\nrun: {}\n"),
        (
            "tables: {sales: {sheet: A}, fx: {sheet: B}}  # c\n",
            "tables:\n  sales:\n    sheet: S\n  fx:\n    sheet: B  # c\n",
        ),
        ("tables:\n    sales:\n", "tables:\n    sales:\n      sheet: S\n"),
        ("tables:\r\n  sales: {}\r\n", "tables:\r\n  sales:\r\n    sheet: S\r\n"),
        ("tables:\n  sales: {sheet: A}", "tables:\n  sales:\n    sheet: S"),
    ],
)
def test_wherever_the_section_stands(before, after):
    assert with_tables(before, "config.yaml", {"sales": TableMapping(sheet="S")}) == after


@pytest.mark.parametrize("text", ["{run: {}, tables: {}}", "run: {}\n---\n", "run: {}\n...\n"])
def test_what_cannot_be_edited_is_left_as_it_is(text):
    with pytest.raises(ConfigError, match=r"CONFIG_(NOT_EDITABLE|SEVERAL_DOCUMENTS)"):
        with_tables(text, "config.yaml", {"sales": SALES})


def test_a_file_keeps_its_mode_its_mark_and_all_its_other_bytes(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_bytes(b"\xef\xbb\xbfrun: {}  # \xe4\xb8\x80\r\ntables: {}\r\n")
    path.chmod(0o640)
    save_tables(path, {"sales": TableMapping(sheet="S")})
    expected = b"\xef\xbb\xbfrun: {}  # \xe4\xb8\x80\r\ntables:\r\n  sales:\r\n    sheet: S\r\n"
    assert path.read_bytes() == expected
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_there_is_made_with_its_folder(tmp_path):
    path = tmp_path / "kam_excel" / "config.yaml"
    save_tables(path, {"sales": SALES})
    assert path.read_text("utf-8") == tables_text({"sales": plain_mapping(SALES)})


def test_a_file_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(ConfigError, match="CONFIG_NOT_WRITABLE"):
        save_tables(tmp_path / "folder" / "config.yaml", {"sales": SALES})


names = st.text(min_size=1, max_size=12)
mappings = st.builds(
    TableMapping,
    sheet=names,
    header_row=st.none() | st.integers(1, 99),
    columns=st.dictionaries(st.sampled_from(["date", "amount", "qty"]), names),
)


@given(mappings, st.sampled_from(["", "a: 1\n", "tables:\n  x: {sheet: 1}\n\n# c\nb: 2\n"]))
def test_what_is_written_is_read_back(mapping, text):
    written = with_tables(text, "config.yaml", {"sales": mapping})
    assert load(written, "").data["tables"]["sales"] == plain_mapping(mapping)
    assert with_tables(written, "config.yaml", {"sales": mapping}) == written
