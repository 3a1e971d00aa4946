"""`kam-excel describe`: all that is declared, for people, for programs and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kam_excel.description.collect import describe
from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.report.layout import listed, wrapped
from kam_excel.report.reference import reference
from kam_excel.workbook.cellvalues import text_width

PAGE = Path(__file__).parents[1] / "docs" / "reference.md"

PLUGIN = '''
"""Dinners with key accounts."""

from fractions import Fraction

from typing import NamedTuple

from kam_excel import *


class Restaurants(
    Table, zh="餐厅", en="Restaurants", aliases=("饭店",), one_of=(("stars",), ("price",))
):
    """Where to eat."""

    name: Text = column(zh="名称", en="Name", aliases="店名; House")
    cuisine: Choice = column(zh="菜系", en="Cuisine", optional=True, choices={"sichuan": "川菜"},
                             look=Tones({"sichuan": "good"}))
    stars: Integer = column(zh="星级", en="Stars", unit="stars")
    price: Money = column(zh="人均", en="Price", unit="currency")
    host: Text = column(zh="联系人", en="Host", optional=True, personal=True)


class Dinners(Table, zh="宴请", en="Dinners", key=("customer_id",)):
    customer_id: Key = column(zh="客户编码", en="Customer ID")


DISHES = Chart("dishes", zh="菜品数", en="Dishes", kind="bar", x="dish",
               series=(Series("guests"), Series("rating")))


class Menus(Table, zh="菜单", en="Menus", charts=(DISHES,)):
    dish: Text = column(zh="菜品", en="Dish", link=True)
    guests: Integer = column(zh="人数", en="Guests", look=DataBar())
    rating: Number = column(zh="评分", en="Rating", decimals=1,
                            look=Arrows(up=Fraction(4), down=Fraction(5, 2)))
    price: Money = column(zh="价格", en="Price", look=Shades(diverging=True))


class Planned(NamedTuple):
    dinners: Frame[Dinners]
    menus: Frame[Menus] | None


class DinnerPolicy(Policy, section="dinners", zh="宴请", en="Dinners"):
    a_year: Count = setting(2, zh="每年次数", en="Dinners a year", unit="dinners", at_least=1)
    share: Share = setting("1/3", zh="占比", en="Share")


@strategy(zh="安排宴请", en="Plan dinners", group="acme",
          about=("邀请每个大客户。", "Invites every key account."),
          reasons={"NO_TABLE": ("客满", "Full")})
def plan_dinners(
    key_accounts: Frame[KeyAccounts],
    last: Previous[KeyAccounts],
    policy: DinnerPolicy,
    restaurants: Frame[Restaurants] | None = None,
) -> Planned:
    """Invite every key account.

    To dinner."""


@hookimpl
def kam_register_strategies():
    return [plan_dinners]
'''


@pytest.fixture
def config(tmp_path) -> Path:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "acme.py").write_text(PLUGIN, encoding="utf-8")
    path = tmp_path / "config.yaml"
    path.write_text("plugins: {folders: [acme]}\n", encoding="utf-8")
    return path


def described(kam, config, *names: str) -> dict:
    done = kam("describe", *names, "--json", "--config", config)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_the_page_of_the_docs_is_what_is_declared(golden):
    golden(PAGE, reference(describe(make_host(core, discover=True))))


def test_a_strategy_says_what_it_reads_and_gives(kam, config):
    (strategy,) = described(kam, config, "plan_dinners")["strategies"]
    assert strategy == {
        "name": "plan_dinners",
        "title": {"zh": "安排宴请", "en": "Plan dinners"},
        "about": {"zh": "邀请每个大客户。", "en": "Invites every key account."},
        "group": "acme",
        "doc": "Invite every key account.\n\nTo dinner.",
        "reads": [
            {"table": "key_accounts", "role": "table", "required": True},
            {"table": "key_accounts", "role": "previous", "required": False},
            {"table": "restaurants", "role": "table", "required": False},
        ],
        "gives": ["dinners", "menus"],
        "gives_optionally": ["menus"],
        "policies": ["dinners"],
        "reasons": {"NO_TABLE": {"zh": "客满", "en": "Full"}},
    }


def test_a_table_says_where_it_comes_from_and_what_it_needs(kam, config):
    whole = described(kam, config)
    tables = {table["id"]: table for table in whole["tables"]}
    restaurants, dinners = tables["restaurants"], tables["dinners"]
    assert (restaurants["origin"], restaurants["excel_table"]) == ("workbook", "")
    assert (dinners["origin"], dinners["excel_table"]) == ("strategy", "kam_dinners")
    assert tables["net_sales"]["excel_table"] == ""
    assert restaurants["aliases"] == ["饭店"]
    assert restaurants["one_of"] == [["stars"], ["price"]]
    assert restaurants["optional_for"] == ["plan_dinners"]
    assert tables["key_accounts"]["required_by"] == ["incentives", "plan_dinners"]
    needs = {column["id"]: column["need"] for column in restaurants["columns"]}
    assert needs == {
        "name": "required",
        "cuisine": "optional",
        "stars": "one_of",
        "price": "one_of",
        "host": "optional",
    }
    assert dinners["doc"] == ""


def test_a_column_says_what_it_holds_in_both_languages(kam, config):
    (table,) = described(kam, config, "restaurants")["tables"]
    columns = {column["id"]: column for column in table["columns"]}
    assert columns["cuisine"] == {
        "id": "cuisine",
        "header": {"zh": "菜系", "en": "Cuisine"},
        "aliases": [],
        "kind": "enum",
        "unit": "",
        "unit_text": {"zh": "", "en": ""},
        "need": "optional",
        "decisive": False,
        "manual": False,
        "personal": False,
        "choices": {"sichuan": {"zh": "川菜", "en": "sichuan"}},
        "words": {},
        "filled_with": "",
        "note": {"zh": "", "en": ""},
        "link": False,
        "decimals": None,
        "look": {"name": "tones", "of": {"sichuan": "good"}},
    }
    assert columns["name"]["aliases"] == ["店名", "House"]
    assert columns["price"]["unit_text"] == {"zh": "该行的币种", "en": "currency of the row"}
    assert columns["host"]["personal"] is True


def test_a_table_says_how_it_is_drawn(kam, config):
    (menus,) = described(kam, config, "menus")["tables"]
    assert menus["charts"] == [
        {
            "id": "dishes",
            "title": {"zh": "菜品数", "en": "Dishes"},
            "kind": "bar",
            "source": "menus",
            "x": "dish",
            "columns": ["guests", "rating"],
        }
    ]
    drawn = {c["id"]: (c["link"], c["decimals"], c["look"]) for c in menus["columns"]}
    assert drawn == {
        "dish": (True, None, None),
        "guests": (False, None, {"name": "data_bar"}),
        "rating": (False, 1, {"name": "arrows", "up": "4", "down": "2.5"}),
        "price": (False, None, {"name": "shades", "diverging": True}),
    }


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Invites every key account.", "menus (if the data allow)"]),
        ("zh", ["邀请每个大客户。", "menus（视数据而定）"]),
    ],
)
def test_a_strategy_for_people(kam, config, language, expected):
    out = kam("describe", "plan_dinners", "--config", config, "--language", language).out
    assert [part for part in expected if part not in out] == []
    assert "To dinner" not in out


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "TABLE_EMPTY (error)"), ("zh", "TABLE_EMPTY（错误）")],
)
def test_a_code_for_people(kam, config, language, expected):
    out = kam("describe", "TABLE_EMPTY", "--config", config, "--language", language).out
    assert out.startswith(expected)


def test_a_table_that_says_nothing_to_users_shows_its_docstring(kam, config):
    for language in ("zh", "en"):
        out = kam("describe", "restaurants", "--config", config, "--language", language).out
        assert "Where to eat." in out


def test_a_setting_says_its_default_and_its_bounds_as_config_yaml_writes_them(kam, config):
    (section,) = described(kam, config, "dinners")["policies"]
    assert section["read_by"] == ["plan_dinners"]
    assert [
        (s["path"], s["default"], s["at_least"], s["at_most"]) for s in section["settings"]
    ] == [
        ("a_year", "2", "1", ""),
        ("share", '"1/3"', "0", "1"),
    ]


def test_a_code_says_what_it_means(kam, config):
    (code,) = described(kam, config, "fx_missing")["codes"]
    assert (code["name"], code["level"]) == ("FX_MISSING", "warning")
    assert code["what"]["zh"]
    assert code["what"]["en"]


@pytest.mark.parametrize("name", ["RESTAURANTS", "餐厅", "Restaurants"])
def test_a_table_is_found_by_its_id_and_its_names(kam, config, name):
    assert [t["id"] for t in described(kam, config, name)["tables"]] == ["restaurants"]


def test_one_name_may_be_a_table_and_a_section(kam, config):
    part = described(kam, config, "sales")
    assert [table["id"] for table in part["tables"]] == ["sales"]
    assert [policy["section"] for policy in part["policies"]] == ["sales"]


def test_the_overview_names_everything_and_fits_a_terminal(kam, config):
    for language, heading in (("en", "Strategies"), ("zh", "策略")):
        done = kam("describe", "--language", language, "--config", config)
        assert (done.code, done.err) == (0, "")
        lines = done.out.splitlines()
        assert lines[0] == heading
        assert max(text_width(line) for line in lines) <= 80
        words = done.out.split()
        assert {"plan_dinners", "identification", "restaurants", "dinners", "run"} <= set(words)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ["at least one of (marked +): stars; price", "* name", "+ stars", "one of: sichuan"],
        ),
        ("zh", ["至少有其一（标 +）：stars; price", "* name", "+ stars", "取值：川菜"]),
    ],
)
def test_a_table_for_people(kam, config, language, expected):
    out = kam("describe", "restaurants", "--config", config, "--language", language).out
    assert [part for part in expected if part not in out] == []
    assert max(text_width(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize("name", ["identification", "sales", "run", "key_accounts", "FX_MISSING"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_about_one_name_fits_a_terminal(kam, config, name, language):
    done = kam("describe", name, "--config", config, "--language", language)
    assert done.code == 0
    assert max(text_width(line) for line in done.out.splitlines()) <= 80


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "nearest: restaurants"), ("zh", "最接近：restaurants")],
)
def test_a_misspelt_name_is_told_the_nearest(kam, config, language, expected):
    done = kam("describe", "restorants", "--config", config, "--language", language)
    assert (done.code, done.out) == (2, "")
    assert "NAME_UNKNOWN" in done.err
    assert expected in done.err


def test_wrapping_counts_chinese_characters_twice_and_breaks_between_them():
    lines = wrapped("数" * 60 + "。", "- ", "  ")
    assert [text_width(line) for line in lines] == [80, 46]
    assert lines[1] == "  " + "数" * 21 + "。"


def test_wrapping_keeps_the_values_of_a_list_whole():
    lines = listed(["a" * 50, "b c " * 10 + "d", "e"], "", "  ")
    assert lines == ["a" * 50 + ",", "  " + "b c " * 10 + "d, e"]
