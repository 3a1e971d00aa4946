"""The classes of xlwings that do without Excel: one module for each family of them, all thin.

A range is put together from `rangebase` and what stands on it (`rangeformulas`, `rangeformats`,
`rangedata`, `rangeedits`). What `.api` gives is in `lookalike` and `lookalikeformats`, made of
`forwarding`; `excelnames` tells members of Excel's what they are called here. All classes share
`collections` and `unsupported`, and `entering` tells what a cell holds once a value is entered.
"""
