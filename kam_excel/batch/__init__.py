"""Many workbooks: each in a process of its own with limits, one result each."""
