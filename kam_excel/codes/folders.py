"""Codes of a batch as a whole: what belongs to it, where its results go, how it ended."""

from kam_excel.codes.registry import code

# Before anything starts -----------------------------------------------------------------------

code(
    "BATCH_NOTHING_FOUND",
    "error",
    "没有找到工作簿（.xlsx、.xlsm）：{patterns}。",
    "No workbook (.xlsx, .xlsm) was found: {patterns}.",
    "请检查路径；通配符（如 'data/**/*.xlsx'）请加引号。隐藏的和以 ~$ 开头的文件不算。",
    "Check the path; put quotes around a pattern such as 'data/**/*.xlsx'. Hidden files and those"
    " that begin with ~$ do not count.",
)
code(
    "BATCH_PATH_MISSING",
    "error",
    "不存在该文件或文件夹。",
    "There is no such file or folder.",
    "请更正路径。",
    "Correct the path.",
)
code(
    "BATCH_TARGET_TWICE",
    "error",
    "两个工作簿的结果会写到同一个文件 {target}：{first} 与 {second}。",
    "Two workbooks would be written to {target}: {first} and {second}.",
    "请分两次运行并指定不同的 --output，或改为给出它们共同的上级文件夹。",
    "Run them apart with two --output folders, or name the folder that holds both.",
)
code(
    "BATCH_TARGET_IS_WORKBOOK",
    "error",
    "结果会覆盖本批中的工作簿 {target}。",
    "The result would be written over {target}, a workbook of this batch.",
    "请指定其他 --output 文件夹；要存回原工作簿，请用 --in-place。",
    "Choose another --output folder; --in-place saves into the workbooks themselves.",
)
code(
    "BATCH_OUTPUT_NO_FOLDER",
    "error",
    "--output 须为文件夹，该路径是文件。",
    "--output has to be a folder; this is a file.",
    "请指定文件夹。",
    "Name a folder.",
)
code(
    "BATCH_REPORT_UNWRITABLE",
    "error",
    "无法写入报告文件（{reason}），没有开始运行。",
    "The report cannot be written ({reason}); nothing was started.",
    "请更正 --report 的路径或权限。",
    "Correct the path of --report, or its permissions.",
)

code(
    "BATCH_REPORT_INCOMPLETE",
    "error",
    "报告没有写完（{reason}）；工作簿的处理不受影响。",
    "The report broke off ({reason}); the workbooks were worked all the same.",
    "请检查磁盘空间；全部结果见标准输出。",
    "Check the space on the disk; standard output has all results.",
)

# Results without a run ------------------------------------------------------------------------

code(
    "BATCH_LINK_OUTSIDE",
    "error",
    "该链接指向文件夹 {root} 之外的 {target}，没有打开。",
    "The link leads out of the folder {root}, to {target}; it was not opened.",
    "如确需处理，请直接给出 {target}。",
    "Name {target} itself if it is meant.",
)
code(
    "BATCH_FOLDER_UNREADABLE",
    "error",
    "无法列出该文件夹（{reason}），其中的工作簿未处理。",
    "The folder cannot be listed ({reason}); workbooks in it were left out.",
    "请检查访问权限。",
    "Check its permissions.",
)
