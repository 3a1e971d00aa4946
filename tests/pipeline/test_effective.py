"""The workbook's own settings sheet: below the command line, above config.yaml."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kam_excel.pipeline.effective import mapping_value

NETS = [400, 250, 150, 60, 40, 35, 25, 20, 12, 8]
SALES = [
    ["日期", "客户编码", "金额"],
    *[[date(2026, 3, 5), f"00{i}", net] for i, net in enumerate(NETS)],
]
HEADER = ["策略段", "参数", "值"]


def key_accounts(done) -> int:
    assert done.code == 0, done.err
    return json.loads(done.out)["headlines"]["ka_summary"]["n_key_accounts"]


def run(kam, book, tmp_path, *more):
    return kam(
        "run", book, "--output", tmp_path / "out.xlsx", "--as-of", "2026-06-30", "--json", *more
    )


def test_the_sheet_overrides_the_defaults(make_workbook, kam, tmp_path):
    rows = [["本表由销售总监维护"], HEADER, ["identification", "top_percent", 0.3]]
    book = make_workbook({"销售明细": SALES, "KAM 设置": rows})
    assert key_accounts(run(kam, book, tmp_path)) == 3


def test_a_list_is_written_in_brackets_and_text_as_it_is(make_workbook, kam, tmp_path):
    rows = [
        HEADER,
        ["identification", "abc_breaks", "[0.5, 0.9]"],
        ["identification", "method", "cumulative"],
    ]
    book = make_workbook({"销售明细": SALES, "KAM settings": rows})
    assert key_accounts(run(kam, book, tmp_path)) == 3


def test_mistakes_are_named_with_their_rows(make_workbook, kam, tmp_path):
    rows = [
        HEADER,
        ["identification", "top_percnt", 0.3],
        ["identification", "window_months", "zwölf"],
        ["identifcation", "method", "both"],
    ]
    done = kam("check", make_workbook({"销售明细": SALES, "KAM 设置": rows}))
    assert done.code == 1
    for part in ("KAM 设置!2:2", "top_percent", "KAM 设置!3:3", "KAM 设置!4:4"):
        assert part in done.err, done.err


@pytest.mark.parametrize(
    ("language", "column", "nearest"),
    [("zh", "“值”", "最接近：设置数值"), ("en", '"Value"', "nearest: 设置数值")],
)
def test_a_missing_column_is_told_with_the_headers_there(
    language, column, nearest, make_workbook, kam
):
    rows = [["说明"], ["策略段", "参数", "设置数值"], ["identification", "top_percent", 0.3]]
    book = make_workbook({"销售明细": SALES, "KAM 设置": rows})
    for command in (["check"], ["run", "--dry-run"]):
        done = kam(*command, book, "--language", language)
        assert done.code == 1
        [told] = [each for each in done.err.splitlines() if "SETTINGS_COLUMN_MISSING" in each]
        for part in ("KAM 设置!2:2", column, "策略段, 参数, 设置数值", nearest):
            assert part in told


def test_an_empty_settings_sheet_lacks_every_column(make_workbook, kam):
    done = kam("check", make_workbook({"销售明细": SALES, "KAM settings": []}))
    assert done.err.count("SETTINGS_COLUMN_MISSING KAM settings: ") == 3


def test_a_locked_section_cannot_be_overridden(make_workbook, kam, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("identification: {locked: true}\n", encoding="utf-8")
    rows = [HEADER, ["identification", "top_percent", 0.3]]
    book = make_workbook({"销售明细": SALES, "KAM 设置": rows})
    done = run(kam, book, tmp_path, "--config", config)
    assert done.code == 1
    assert "POLICY_LOCKED" in done.out


def test_a_setting_that_is_there_twice_is_refused(make_workbook, kam):
    rows = [HEADER, *[["identification", "top_percent", share] for share in (0.3, 0.4)]]
    done = kam("check", make_workbook({"销售明细": SALES, "KAM 设置": rows}))
    assert done.code == 1
    assert "SETTING_TWICE" in done.err


def test_tables_are_placed_by_the_sheet_too(make_workbook, kam, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("tables: {sales: {sheet: 旧表, columns: {date: 下单日}}}", encoding="utf-8")
    odd = [["下单日", "客户编码", "成交"], *SALES[1:]]
    rows = [
        HEADER,
        ["tables", "sales.sheet", 2026],
        ["tables", "sales.columns.amount", "成交"],
        ["tables", "sales.header_row", 1],
    ]
    book = make_workbook({"2026": odd, "KAM 设置": rows})
    assert key_accounts(run(kam, book, tmp_path, "--config", config)) == 2


def test_mistakes_in_placing_a_table_are_named_with_their_rows(make_workbook, kam):
    rows = [
        HEADER,
        ["tables", "sale.sheet", "订单"],
        ["tables", "sales.header_row", "第三行"],
        ["tables", "sales.columns.amont", "成交"],
        ["tables", "sales.units.amount", "吨"],
    ]
    done = kam("check", make_workbook({"销售明细": SALES, "KAM 设置": rows}))
    assert done.code == 1
    assert {line.split(":")[0] for line in done.err.splitlines()} >= {
        "CONFIG_MISSPELT KAM 设置!2",
        "CONFIG_NOT_WHOLE KAM 设置!3",
        "CONFIG_MISSPELT KAM 设置!4",
        "CONFIG_NOT_CHOICE KAM 设置!5",
    }


@pytest.mark.parametrize(
    ("path", "cell", "value"),
    [
        ("sales.sheet", 2024.0, "2024"),
        ("sales.sheets", "[2024, 华东, 20*]", ["2024", "华东", "20*"]),
        ("sales.sheets", 2024.0, ["2024"]),
        ("sales.header_row", 3.0, 3),
        ("sales.year", "2026", 2026),
        ("sales.columns.amount", "成交金额", "成交金额"),
        ("sales.columns.amount", "[成交] 1.50", "[成交] 1.50"),
        ("sales.columns.discount", "null", None),
        ("requirements.columns.year", "2026", "2026"),
    ],
)
def test_cells_that_place_a_table_are_typed_by_what_they_say(path, cell, value):
    assert mapping_value(path, cell) == value
