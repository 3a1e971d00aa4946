"""The core as a plugin: it reads net sales for all strategies, and runs them.

Its hooks come last (`trylast`), so that any plugin can do it another way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from kam_excel.contract.outputs import DataIssues, NetSales, Reconciliation
from kam_excel.contract.policies import RunPolicy, SalesPolicy
from kam_excel.contract.policy import Policy
from kam_excel.contract.strategy import Run, Strategy, strategy
from kam_excel.contract.table import Frame, Table
from kam_excel.contract.tables import Customers, FxRates, Returns, Sales
from kam_excel.domain import netting
from kam_excel.domain.issues import in_words
from kam_excel.domain.netting_rules import RETURN_TYPES, NettingRules
from kam_excel.errors import Problem, WorkbookError, problem
from kam_excel.hookspecs import hookimpl


class Netted(NamedTuple):
    """Net sales, what was found while netting, and how they come from the rows of sales."""

    net_sales: Frame[NetSales]
    data_issues: Frame[DataIssues]
    reconciliation: Frame[Reconciliation]


@strategy(
    zh="净销售额",
    en="Net sales",
    about=(
        "从销售中扣除退货，折合本位币，并列出数据中的疑点。",
        "Takes returns off the sales, converts them to base currency and lists what is doubtful.",
    ),
    group="core",
)
def net_sales(
    sales: Frame[Sales],
    policy: SalesPolicy,
    basis: RunPolicy,
    run: Run,
    returns: Frame[Returns] | None = None,
    fx_rates: Frame[FxRates] | None = None,
    customers: Frame[Customers] | None = None,
) -> Netted:
    """Net the returns from the sales, in base currency; doubtful lines become data issues."""
    rules = NettingRules(
        as_of=run.as_of,
        base_currency=run.currency,
        tax_basis=basis.tax_basis,
        single_currency_only=policy.single_currency_only,
        return_types=RETURN_TYPES | set(policy.returns.types),
        return_prefixes=policy.returns.invoice_prefixes,
        returns_match="doc_no" if policy.returns.match == "doc_no" else "customer",
        include_partial_month=run.include_partial_month,
        rollup=policy.rollup,
    )
    netted = netting.net_sales(
        sales, rules, returns=returns, fx_rates=fx_rates, customers=customers
    )
    if netted.lines.empty and len(sales):
        raise WorkbookError(_nothing_counts(sales, netted, run))
    known = [name for name in NetSales.columns if name in netted.lines]
    lines = netted.lines[known]
    if "customer_name" in sales:
        names = sales.drop_duplicates("customer_id", keep="last").set_index("customer_id")
        lines = lines.assign(customer_name=lines["customer_id"].map(names["customer_name"]))
    return Netted(
        NetSales.frame(lines),
        DataIssues.frame(in_words(netted.issues, run.language)),
        Reconciliation.frame(netted.reconciliation),
    )


def _nothing_counts(sales: pd.DataFrame, netted: netting.NetSales, run: Run) -> Problem:
    """Why no row is left: all are of the future, or whatever the reconciliation says."""
    latest, first = sales["date"].max(), sales["date"].min()
    if first >= pd.Timestamp(run.as_of) + pd.Timedelta(days=1):
        return problem("SALES_NOT_YET", as_of=run.as_of, latest=latest.date().isoformat())
    left_out = netted.reconciliation.iloc[1:-1]
    counts = zip(left_out["reason_code"], left_out["rows"], strict=True)
    return problem("SALES_NONE_LEFT", reasons=", ".join(f"{c}: {-n}" for c, n in counts if n < 0))


@hookimpl
def kam_register_strategies() -> list[Strategy]:
    """Net sales, which most strategies count with."""
    return [net_sales]


@hookimpl(trylast=True)
def kam_read_table(table: type[Table], frame: pd.DataFrame) -> pd.DataFrame:
    """Give the frame as it was read."""
    return frame


@hookimpl(trylast=True)
def kam_run_strategy(
    strategy: Strategy,
    frames: Mapping[str, pd.DataFrame | None],
    policies: Mapping[str, Policy],
    run: Run,
) -> dict[str, pd.DataFrame]:
    """Run the strategy itself."""
    return strategy.compute(frames, policies, run)
