"""Columns that several outputs of the strategy have."""

from __future__ import annotations

from kam_excel import KeyAccounts, column, column_of

POLICY_ID = column(zh="政策编号", en="Policy ID")
POLICY_NAME = column(zh="政策名称", en="Policy Name", optional=True)
CUSTOMER_ID = column_of(KeyAccounts, "customer_id")
CUSTOMER_NAME = column(zh="客户名称", en="Customer Name", optional=True)
CURRENCY = column(zh="币种", en="Currency")
REASON_CODE = column(zh="原因代码", en="Reason Code", optional=True)
REASON_TEXT = column(zh="原因", en="Reason", optional=True, widest=60)
