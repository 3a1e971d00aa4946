"""kam_excel: key account management inside a company's own Excel workbooks.

What a plugin author writes with is here; arithmetic to reuse is in `kam_excel.domain`.
"""

from kam_excel.contract.action import RibbonAction
from kam_excel.contract.chart import Chart, Series
from kam_excel.contract.column import (
    Boolean,
    Choice,
    Date,
    Integer,
    Key,
    Number,
    Percent,
    Text,
    column,
    optional,
)
from kam_excel.contract.look import Arrows, DataBar, Page, Shades, Sparkline, Tones, UnitBy
from kam_excel.contract.outputs import DataIssues, KeyAccounts, NetSales, RequirementFit
from kam_excel.contract.policies import SalesPolicy
from kam_excel.contract.policy import (
    Count,
    Factor,
    Group,
    Money,
    Policy,
    Rate,
    Share,
    setting,
)
from kam_excel.contract.service_tables import Deliveries, Requirements, Staff
from kam_excel.contract.strategy import Run, Strategy, strategy
from kam_excel.contract.table import Frame, Manual, Previous, Table, column_of
from kam_excel.contract.tables import Customers, FxRates, Returns, Sales
from kam_excel.contract.trading_tables import Promotions, Receipts, Targets
from kam_excel.hookspecs import hookimpl

__all__ = [
    "Arrows",
    "Boolean",
    "Chart",
    "Choice",
    "Count",
    "Customers",
    "DataBar",
    "DataIssues",
    "Date",
    "Deliveries",
    "Factor",
    "Frame",
    "FxRates",
    "Group",
    "Integer",
    "Key",
    "KeyAccounts",
    "Manual",
    "Money",
    "NetSales",
    "Number",
    "Page",
    "Percent",
    "Policy",
    "Previous",
    "Promotions",
    "Rate",
    "Receipts",
    "RequirementFit",
    "Requirements",
    "Returns",
    "RibbonAction",
    "Run",
    "Sales",
    "SalesPolicy",
    "Series",
    "Shades",
    "Share",
    "Sparkline",
    "Staff",
    "Strategy",
    "Table",
    "Targets",
    "Text",
    "Tones",
    "UnitBy",
    "column",
    "column_of",
    "hookimpl",
    "optional",
    "setting",
    "strategy",
]
