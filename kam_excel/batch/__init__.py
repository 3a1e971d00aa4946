"""Many workbooks: each in a process of its own with limits, one result each.

What is to be done, in this process, which never imports foreign code:

    finding → targets → probe → running → reporting
    workbooks  where    can plugins  results as   the file of
    of a batch results  be loaded    they come    JSON lines
               go       at all?

How one job (`jobs`) gets done, wherever an executor (`local`) has it worked (`work`):

    this process   `starting` hands the task to the nursery and waits for the end that it is told
    nursery        has imported everything, forks a keeper for each task
    keeper         forks the child and watches it (`watch`): time, memory, all its `processes`
    child          takes its limits and does the task (`tasks`), telling the keeper (`messages`)

Where a fork cannot be used (Windows, macOS) there are no nursery and no keeper: this process starts
the child as a program and watches it itself. Whatever the end, `failures` says it in one problem.
"""
