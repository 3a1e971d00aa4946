from __future__ import annotations

from textwrap import dedent, indent

from kam_excel.contract.policies import RunPolicy, SalesPolicy
from kam_excel.settings import Settings, render


def test_a_section_shows_every_default_with_labels_unit_and_choices(shop_policy):
    expected = """
        # 门店 · Shop
        shop:
          # 占比 · Share
          share: 0.2
          # 方式 · Method (sum | mean)
          method: sum
          # 预算 · Budget [CNY]
          budget: null
          # 开业日 · Opened on
          opened: null
          # 分级 · Breaks
          breaks: [0.8, 0.95]
          # 权重 · Weights
          weights: {高: 0.5}
          # 大客户部 · Key account department
          department:
            # 设立门槛 [家] · Threshold [accounts]
            threshold: 20
            # 含门槛 · Inclusive
            inclusive: true
        """
    assert dedent(expected) in render([shop_policy])


def test_a_long_label_takes_a_line_for_each_language():
    expected = """
          # 未注明含税与否的金额按何口径（net：不含税，gross：含税）
          # Basis of amounts that do not name theirs (net or gross of tax) (net | gross)
          tax_basis: net
        """
    assert indent(dedent(expected).strip("\n"), "  ") in render([RunPolicy])


def test_sections_stand_in_the_given_order(shop_policy):
    lines = render([SalesPolicy, shop_policy, RunPolicy]).splitlines()
    sections = [line for line in lines if line and line[0] not in " #"]
    assert sections == ["sales:", "shop:", "run:", "plugins:", "tables: {}"]


def test_the_rendered_text_is_a_configuration_that_changes_nothing(shop_policy, config):
    policies = [RunPolicy, SalesPolicy, shop_policy]
    rendered = Settings.load(config(render(policies)), policies, tables={})
    assert rendered.canonical() == Settings.load(None, policies).canonical()
    assert rendered.source("sales", "returns.match") == "config"


def test_the_header_says_where_the_file_is_looked_for():
    header = render([])
    for word in ("--config", "KAM_EXCEL_CONFIG", "locked: true", "never beside the workbook"):
        assert word in header
