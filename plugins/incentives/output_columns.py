"""Columns that several outputs of the strategy have."""

from __future__ import annotations

from kam_excel import KeyAccounts, Page, UnitBy, column, column_of

POLICY_ID = column(zh="政策编号", en="Policy ID")
POLICY_NAME = column(zh="政策名称", en="Policy Name", optional=True)
CUSTOMER_ID = column_of(KeyAccounts, "customer_id")
CUSTOMER_NAME = column(zh="客户名称", en="Customer Name", optional=True)
BASIS_UNIT = column(
    zh="单位",
    en="Unit",
    optional=True,
    choices={"money": "金额", "pieces": "件数"},
    note=(
        "基数的单位：该行币种的金额，或按数量计返的件数。",
        "What the basis is in: money in the currency of the row, or pieces.",
    ),
)
BY_BASIS = UnitBy("basis_unit", {"pieces": "count"})
CURRENCY = column(zh="币种", en="Currency")
REASON_CODE = column(zh="原因代码", en="Reason Code", optional=True)
REASON_TEXT = column(zh="原因", en="Reason", optional=True, widest=60)
TO_CURRENCY = Page(paper="A4", landscape=True, last="currency")  # reasons are for the screen
