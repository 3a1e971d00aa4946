from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import model_validator

from kam_excel.contract.policies import RunPolicy
from kam_excel.contract.policy import Count, Policy, setting
from kam_excel.contract.tables import Customers, Sales
from kam_excel.errors import ConfigError, Place, PluginError, PolicyError, WorkbookError
from kam_excel.settings import PluginSettings, Settings, load_plugin_settings

TABLES = {"sales": Sales.columns, "customers": Customers.columns}


@pytest.fixture
def load(config, shop_policy):
    def load_text(text, tables=TABLES):
        return Settings.load(config(text), [RunPolicy, shop_policy], tables)

    return load_text


def message(load, text, language="en"):
    with pytest.raises(ConfigError) as caught:
        load(text)
    [only] = caught.value.problems
    return f"{only.what(language)} {only.hint(language)}"


def test_without_a_file_the_defaults_hold(shop_policy):
    settings = Settings.load(None, [RunPolicy, shop_policy])
    assert settings.policy(shop_policy) == shop_policy()
    assert settings.policy(RunPolicy).base_currency == "CNY"
    assert settings.source("shop", "share") == "default"
    assert settings.plugins == PluginSettings()


def test_values_of_the_file_are_exact_and_typed(load, shop_policy):
    settings = load(
        """
        run:
        shop:
          share: "1/3"
          budget: 0.1
          opened: 2026-01-05
          breaks: [0.7, 0.9]
          weights: {高: 0.6, 低: 1/7}
          department:
            threshold: 30
        """
    )
    shop = settings.policy(shop_policy)
    assert shop.share == Fraction(1, 3)
    assert repr(shop.budget) == repr(Decimal("0.1"))
    assert shop.opened == date(2026, 1, 5)
    assert shop.breaks == (Fraction(7, 10), Fraction(9, 10))
    assert shop.weights == {"高": Fraction(3, 5), "低": Fraction(1, 7)}
    assert (shop.department.threshold, shop.department.inclusive) == (30, True)
    assert settings.source("shop", "department.threshold") == "config"
    assert settings.source("shop", "department.inclusive") == "default"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("share: 80%", "CONFIG_NOT_SHARE"),
        ("share:", "CONFIG_NOT_SHARE"),
        ("share: 1.2", "CONFIG_OUT_OF_RANGE"),
        ("budget: 1,000", "CONFIG_NOT_NUMBER"),
        ("budget: true", "CONFIG_NOT_NUMBER"),
        ("method: median", "CONFIG_NOT_CHOICE"),
        ("method: [sum]", "CONFIG_NOT_CHOICE"),
        ("opened: 2026-02-30", "CONFIG_NOT_DAY"),
        ("breaks: 0.8", "CONFIG_NOT_LIST"),
        ("weights: 0.8", "CONFIG_NOT_MAPPING"),
        ("department: 20", "CONFIG_NOT_MAPPING"),
        ("mehtod: sum", "CONFIG_MISSPELT"),
        ("zzz: 1", "CONFIG_UNKNOWN"),
    ],
)
def test_a_wrong_value_has_its_code_line_and_path(mistakes, line, code):
    name = line.partition(":")[0]
    assert mistakes(f"run:\n\nshop:\n  {line}\n") == [(code, 4, f"shop.{name}")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shop:\n  department:\n    threshold: 2.5\n", ("CONFIG_NOT_WHOLE", 3, "threshold")),
        ("shop:\n  department:\n    inclusive: YES\n", ("CONFIG_NOT_BOOLEAN", 3, "inclusive")),
        ("shop:\n  department:\n    threshold: -1\n", ("CONFIG_OUT_OF_RANGE", 3, "threshold")),
        ("shop:\n  department:\n    treshold: 1\n", ("CONFIG_MISSPELT", 3, "treshold")),
    ],
)
def test_a_mistake_in_a_group_is_found_there(mistakes, text, expected):
    code, line, name = expected
    assert mistakes(text) == [(code, line, f"shop.department.{name}")]


def test_a_mistake_inside_a_value_is_found_there(mistakes):
    text = """
        shop:
          breaks:
            - 0.8
            - 95%
          weights:
            高: 0.5
            低: none
        run: {base_currency: RMB币}
        """
    assert mistakes(text) == [
        ("CONFIG_NOT_CURRENCY", 8, "run.base_currency"),
        ("CONFIG_NOT_SHARE", 4, "shop.breaks[1]"),
        ("CONFIG_NOT_SHARE", 7, "shop.weights.低"),
    ]


def test_mistakes_of_every_part_come_at_once(mistakes):
    text = """
        run:
          language: de
          language: fr
        shop:
          share: 2
          locked: yes
        shopp: {}
        plugins:
          folders: plugins
          disable: [x]
        tables:
          sale: {sheet: 订单}
          sales:
            header_row: 0
            columns: {amont: 金额, date: 2026}
          customers: 客户
        """
    assert sorted(mistakes(text), key=lambda each: each[1]) == [
        ("CONFIG_NOT_CHOICE", 2, "run.language"),
        ("CONFIG_DUPLICATE_KEY", 3, "run.language"),
        ("CONFIG_OUT_OF_RANGE", 5, "shop.share"),
        ("CONFIG_NOT_BOOLEAN", 6, "shop.locked"),
        ("CONFIG_MISSPELT", 7, "shopp"),
        ("CONFIG_NOT_LIST", 9, "plugins.folders"),
        ("CONFIG_MISSPELT", 10, "plugins.disable"),
        ("CONFIG_MISSPELT", 12, "tables.sale"),
        ("CONFIG_OUT_OF_RANGE", 14, "tables.sales.header_row"),
        ("CONFIG_NOT_TEXT", 15, "tables.sales.columns.date"),
        ("CONFIG_MISSPELT", 15, "tables.sales.columns.amont"),
        ("CONFIG_NOT_MAPPING", 16, "tables.customers"),
    ]


@pytest.mark.parametrize("section", ["run", "plugins", "tables"])
def test_a_section_is_a_mapping(mistakes, section):
    assert mistakes(f"{section}: 5\n") == [("CONFIG_NOT_MAPPING", 1, section)]


def test_messages_say_what_is_there_and_what_would_be_right(load):
    assert message(load, "shop: {shrae: 1}") == (
        'There is nothing called "shrae" here. Did you mean "share"?'
    )
    assert message(load, "shop: {method: median}") == (
        "median is not one of the choices. Choose from: sum, mean."
    )
    assert message(load, "shop: {share: 1.2}") == "1.2 is out of range. The value has to be ≤ 1."
    assert message(load, "shop: {share: 80%}", "zh") == (
        '"80%" 不是占比。 请写成 0 到 1 之间的数，如 0.8（即 80%）或 "1/3"。'
    )
    assert message(load, "qqq: 1").endswith("Known here: run, shop, plugins, tables.")


def test_the_place_names_file_line_and_path(load, config):
    with pytest.raises(ConfigError) as caught:
        load("run:\n  tax_basis: brutto\n")
    [only] = caught.value.problems
    assert str(only.where).endswith("config.yaml:2, run.tax_basis")


def test_a_rule_across_settings_is_reported_with_its_section(config):
    class Range(Policy, section="range", zh="范围", en="Range"):
        low: Count = setting(1, zh="下限", en="Low")
        high: Count = setting(2, zh="上限", en="High")

        @model_validator(mode="after")
        def ordered(self):
            if self.low > self.high:
                raise ValueError("low is above high")
            return self

    with pytest.raises(
        ConfigError, match=r"config\.yaml:2, range: .*: low is above high"
    ) as caught:
        Settings.load(config("\nrange:\n  low: 3\n"), [Range])
    assert caught.value.problems[0].code.name == "CONFIG_INVALID"


def test_plugin_folders_start_at_the_file(load, tmp_path):
    (tmp_path / "acme").mkdir()
    text = "plugins:\n  folders: [acme]\n  disabled: [trials]\n"
    settings = load(text)
    assert settings.plugins == PluginSettings((tmp_path / "acme",), ("trials",))
    assert load_plugin_settings(settings.file) == settings.plugins


def test_a_plugin_folder_has_to_be_there(mistakes):
    text = "plugins:\n  folders:\n    - acme\n"
    assert mistakes(text) == [("CONFIG_FOLDER_MISSING", 3, "plugins.folders[0]")]


def test_plugins_can_be_read_before_their_policies_are_known(config, tmp_path):
    (tmp_path / "acme").mkdir()
    path = config("acme: {share: bad}\nplugins: {folders: [acme]}\n")
    assert load_plugin_settings(path).folders == (tmp_path / "acme",)
    assert load_plugin_settings(None) == PluginSettings()
    with pytest.raises(ConfigError, match="CONFIG_NOT_LIST"):
        load_plugin_settings(config("plugins: {folders: acme}\n"))


def test_the_section_of_a_disabled_plugin_may_stay(load):
    load("trials: {max_accounts: 6}\nplugins: {disabled: [trials]}\n")


def test_two_policies_of_one_section_are_refused(shop_policy):
    class Other(Policy, section="shop", zh="其他", en="Other"):
        pass

    with pytest.raises(PluginError, match=r"ShopPolicy and .*Other both declare .*shop"):
        Settings.load(None, [shop_policy, Other])


def test_the_command_wins_over_the_workbook_over_the_file(load, shop_policy):
    base = load("shop: {share: 0.3, method: mean}\n")
    workbook = base.override("shop", {"share": "1/3", "department.threshold": 5}, "workbook")
    command = workbook.override("shop", {"share": Decimal("0.4")}, "command")
    shop = command.policy(shop_policy)
    assert (shop.share, shop.method, shop.department.threshold) == (Fraction(2, 5), "mean", 5)
    assert command.source("shop", "share") == "command"
    assert command.source("shop", "department.threshold") == "workbook"
    assert command.source("shop", "method") == "config"
    assert base.policy(shop_policy).share == Fraction(3, 10)


def test_every_override_is_listed(load):
    settings = load("shop: {share: 0.3}\n").override("shop", {"method": "mean"}, "workbook")
    settings = settings.override("run", {"as_of": date(2026, 1, 5)}, "command")
    listed = [(o.section, o.path, o.value, o.source) for o in settings.overrides()]
    assert listed == [
        ("run", "as_of", date(2026, 1, 5), "command"),
        ("shop", "method", "mean", "workbook"),
    ]


def test_mistakes_of_a_settings_sheet_are_the_workbooks(load):
    cells = {
        "share": Place("a.xlsx", "KAM 设置", "B2"),
        "department.threshold": Place("a.xlsx", "KAM 设置", "B3"),
        "departmnt.inclusive": Place("a.xlsx", "KAM 设置", "A4"),
        "breaks": Place("a.xlsx", "KAM 设置", "B5"),
    }
    values = {
        "share": 2,
        "department.threshold": "x",
        "departmnt.inclusive": True,
        "breaks": ["0.8", "?"],
    }
    with pytest.raises(WorkbookError) as caught:
        load("").override("shop", values, "workbook", cells)
    assert {(each.code.name, each.where.cell) for each in caught.value.problems} == {
        ("CONFIG_OUT_OF_RANGE", "B2"),
        ("CONFIG_NOT_WHOLE", "B3"),
        ("CONFIG_MISSPELT", "A4"),
        ("CONFIG_NOT_SHARE", "B5"),
    }


def test_mistakes_of_a_command_are_usage(load):
    settings = load("")
    with pytest.raises(ConfigError) as caught:
        settings.override("run", {"language": "de"}, "command")
    assert caught.value.problems[0].where == Place(path="run.language")
    with pytest.raises(ConfigError, match=r'CONFIG_MISSPELT shpo: .*Did you mean "shop"'):
        settings.override("shpo", {"share": 1}, "command")


@pytest.mark.parametrize("source", ["workbook", "command"])
def test_a_locked_policy_cannot_be_overridden(load, source):
    settings = load("shop: {locked: true, share: 0.3}\n")
    with pytest.raises(PolicyError) as caught:
        settings.override("shop", {"share": 1, "method": "mean"}, source)
    assert [each.where.path for each in caught.value.problems] == ["shop.share", "shop.method"]
    assert {each.code.name for each in caught.value.problems} == {"POLICY_LOCKED"}
    settings.override("shop", {}, source)
    settings.override("run", {"language": "zh"}, source)


def test_a_section_that_is_not_locked_can_be_overridden(load):
    assert load("shop: {locked: false}\n").override("shop", {"share": 1}, "workbook").overrides()


def test_equal_configurations_have_one_canonical_text(load):
    one = load("shop:\n  share: 0.30\n  weights: {a: 1, b: 0.5}\ntables: {sales: {sheet: S}}\n")
    two = load("tables:\n  sales:\n    sheet: S\nshop: {weights: {b: 1/2, a: 1.0}, share: 0.3}\n")
    assert one.canonical() == two.canonical()
    assert "shop.share: 0.3\n" in one.canonical()
    assert "shop.weights: {a: 1, b: 0.5}\n" in one.canonical()


@pytest.mark.parametrize(
    "text",
    ["shop: {share: 0.31}", "run: {tax_basis: gross}", "tables: {sales: {columns: {amount: X}}}"],
)
def test_another_value_has_another_canonical_text(load, text):
    assert load(text).canonical() != load("").canonical()


def test_the_source_of_a_value_is_no_part_of_the_canonical_text(load):
    override = load("").override("shop", {"share": "0.2"}, "command")
    assert override.canonical() == load("shop: {share: 0.2}").canonical() == load("").canonical()
