"""What can be known of live Excel without it: which members of xlwings our work in an open
workbook uses (`recording`), and which of them xlwings' own engines define (`engines`, `lacks`).
"""
