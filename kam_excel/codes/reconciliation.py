"""Codes of the reconciliation: from the rows that were read to the figures that count.

Rows that are left out bear the code of their issue.
"""

from kam_excel.codes.registry import code

code("ROWS_READ", "note", "读到的行", "Rows that were read")
code("BLANK_ROW", "note", "空行", "Blank rows")
code("PLUGIN_CHANGED", "note", "由插件改动", "Changed by a plugin")
code("TAX_CONVERTED", "note", "按统计的含税口径取数或换算", "Taken or converted to the tax basis")
code("FX_CONVERTED", "note", "折合本位币", "Converted to the base currency")
code("RETURNS_ADDED", "note", "退货表冲减的金额", "Amounts that the returns sheet takes off")
code("ROWS_USED", "note", "计入的行", "Rows that are used")
code("NET_SALES", "note", "净销售额", "Net sales")
code(
    "RECONCILIATION_BROKEN",
    "error",
    "{table_id} 的行数或金额核对不符：应为 {expected_rows} 行、{expected_amount}，"
    "实为 {rows} 行、{amount}。",
    "{table_id} does not reconcile: {expected_rows} rows and {expected_amount} are expected, "
    "{rows} rows and {amount} are there.",
    "这是程序的错误，结果未写入；请保留工作簿并告知开发者。",
    "This is a mistake of the program, and nothing was written; keep the workbook and tell its "
    "developers.",
)
