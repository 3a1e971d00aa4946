"""S8 in a workbook, as `kam-excel run` works it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import kam_excel_plugins.identification as identification
import kam_excel_plugins.incentives as plugin
import pytest
from kam_excel_plugins.incentives.agreements import (
    PaymentFactors,
    ProposedTiers,
    RebatePolicies,
    RebateTiers,
)
from kam_excel_plugins.incentives.rebate_outputs import RebateCalc
from kam_excel_plugins.incentives.records import Contests, RebateLedger, Violations

from kam_excel import Customers, DataIssues, Receipts, Sales
from kam_excel.domain.incentives import tiers
from kam_excel.errors import PluginError
from kam_excel.testing import StandardStrategyTests
from kam_excel.testing.texts import text_of

AS_OF = date(2026, 6, 30)
SHEETS = {
    Sales: """
        doc_no, date,       customer_id, qty, amount_net, amount_gross
        S0,     2025-03-10, A,           20,  20000,      22600
        S1,     2026-01-12, A,           10,  10000,      11300
        S2,     2026-02-20, B,           5,   5000.50,    5650.57
        S3,     2026-03-18, A,           30,  30000,      33900
        S4,     2026-06-10, A,           -2,  -2000,      -2260
        S5,     2026-06-20, B,           8,   8000,       9040
    """,
    Customers: """
        customer_id, customer_name, region
        A,           东方商场,        华东
        B,           恒通工业,        华北
    """,
    RebatePolicies: """
        policy_id, policy_name, eligible_customers, valid_from, valid_to, basis, tax_included, \
rebate_method, payout_days, stackable, budget
        R1, 一季度返利, A; B, 2026-01-01, 2026-03-31, sales, no, retrospective, 30, yes, 1000
        R2, 年度返利,   A; B, 2026-01-01, 2026-12-31, sales, no, stepped,       60, yes, 5000
    """,
    RebateTiers: """
        policy_id, tier, tier_lower, rebate_rate
        R1,        1,    0,          1%
        R1,        2,    20000,      2%
        R2,        1,    0,          0.5%
        R2,        2,    40000,      1%
    """,
    ProposedTiers: """
        policy_id, tier_lower, rebate_rate
        R2,        0,          1%
    """,
    PaymentFactors: """
        policy_id, max_days, factor
        R2,        30,       100%
        R2,        90,       80%
    """,
    Receipts: """
        date,       customer_id, amount, matched_doc_no
        2026-02-01, A,           11300,  S1
        2026-06-30, A,           20000,
        2026-03-01, B,           5650.57,
    """,
    RebateLedger: """
        date,       customer_id, policy_id, entry_type,   amount, voucher_no
        2026-03-31, A,           R1,        accrual,      700,    V1
        2026-04-05, A,           R1,        reversal,     -700,   V2
        2026-04-05, A,           R1,        confirmation, 800,    V3
        2026-04-20, A,           R1,        payment,      800,    V4
        2026-05-31, B,           R2,        accrual,      20,     V5
    """,
    Violations: """
        customer_id, date,       violation_type, penalty_share
        B,           2026-02-01, underpricing,   10%
    """,
    Contests: """
        contest_id, contest_name, period, contest_measure, award, place, prize_amount, budget
        K1,         春季竞赛,       2026Q1, sales,           冠军,   1,     500,          500
    """,
}
PLUGINS = (plugin, identification)


class TestIncentives(StandardStrategyTests):
    """What holds for every strategy."""

    strategy = plugin.incentives
    plugins = PLUGINS
    sheets = SHEETS
    as_of = AS_OF


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sheet_is_what_it_was(run_workbook, golden, language):
    outputs = run_workbook(SHEETS, *PLUGINS, as_of=AS_OF, language=language).outputs
    own = [each for each in outputs if each.__module__.startswith(plugin.__name__)]
    assert len(own) == 14
    sheets = [f"{each.__name__}\n{text_of(outputs[each])}" for each in own]
    golden(f"incentives.{language}.txt", "\n".join(sheets))


def test_a_computation_that_goes_wrong_writes_nothing(run_workbook, tmp_path, monkeypatch):
    right = tiers.stepped
    monkeypatch.setattr(tiers, "stepped", lambda *given: right(*given) + Decimal("0.01"))
    with pytest.raises(PluginError, match="REBATE_PROOF_FAILED"):
        run_workbook(SHEETS, *PLUGINS, as_of=AS_OF)
    assert [path.name for path in tmp_path.rglob("*.xlsx")] == ["company.xlsx"]


# The settings sheet --------------------------------------------------------------------------

SETTINGS = [
    ["Section", "Setting", "Value"],
    ["incentives", "accrual_method", "earned_to_date"],
    ["incentives", "stacking", "all"],
]


@pytest.fixture
def book_with_settings(make_workbook):
    return make_workbook({**SHEETS, "KAM settings": SETTINGS})


def test_a_locked_section_is_not_overridden(book_with_settings, kam, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("incentives: {locked: true}\n", encoding="utf-8")
    out = tmp_path / "out.xlsx"
    done = kam(
        "run", book_with_settings, "--output", out, "--as-of", "2026-06-30", "--config", config
    )
    assert done.code == 1
    assert "POLICY_LOCKED" in done.err
    assert not out.exists()


def test_what_a_settings_sheet_overrides_is_listed(book_with_settings, kam):
    done = kam("check", book_with_settings, "--as-of", "2026-06-30", "--json")
    assert done.code == 0, done.err
    listed = json.loads(done.out)["settings"]
    assert listed == [
        {"setting": f"incentives.{path}", "value": value, "source": "workbook"}
        for _, path, value in SETTINGS[1:]
    ]


def test_what_a_settings_sheet_overrides_is_what_the_run_does(book_with_settings, run_workbook):
    found = run_workbook(book_with_settings, *PLUGINS, as_of=AS_OF).outputs
    assert set(found[plugin.RebateAccrual]["accrual_method"]) == {"earned_to_date"}
    assert RebateCalc in found
    issues = found[DataIssues].set_index("original_value")
    said = {f"incentives.{path}": value for _, path, value in SETTINGS[1:]}
    assert issues.loc[list(said), "reason_code"].tolist() == ["SETTING_OVERRIDDEN"] * len(said)
    assert issues.loc[list(said), "handling"].tolist() == [
        f"Reckoned with {each}" for each in said.values()
    ]
