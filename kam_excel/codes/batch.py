"""Codes of a batch: what belongs to it, where its results go, how its jobs ended."""

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

# How a job ended whose run did not come to its end -------------------------------------------

code(
    "BATCH_TIME",
    "error",
    "{seconds} 秒内没有完成，进程已被终止。",
    "Not done within {seconds} seconds; the process was ended.",
    "请用 --timeout 放宽时限，或查明是哪个插件或哪张工作表耗时。",
    "Allow more with --timeout, or find the plugin or the sheet that takes so long.",
)
code(
    "BATCH_MEMORY",
    "error",
    "所需内存超过 {megabytes} MB，进程已被终止。",
    "It took more than {megabytes} MB of memory; the process was ended.",
    "请用 --memory 放宽上限，减少 --jobs，或查明是哪个插件占用内存。",
    "Allow more with --memory, work fewer --jobs at once, or find the plugin that takes it.",
)
code(
    "BATCH_SIGNAL",
    "error",
    "进程被信号 {signal} 终止。",
    "The process died of {signal}.",
    "多为插件或其所用的库崩溃；进程的输出见结果中的 output。",
    "A plugin, or a library that it uses, broke down; `output` of the result has what was printed.",
)
code(
    "BATCH_NO_RESULT",
    "error",
    "进程未给出结果就结束了（退出码 {exit}）。",
    "The process ended without a result (exit code {exit}).",
    "插件不应结束进程（sys.exit、os._exit）；请插件的开发者改为抛出异常。",
    "A plugin must not end the process (sys.exit, os._exit); have its developer raise an error.",
)
code(
    "BATCH_RESULT_UNREADABLE",
    "error",
    "进程给出的结果无法读取。",
    "What the process gave as its result cannot be read.",
    "插件不应写入或关闭不是它打开的文件；请联系插件的开发者。",
    "A plugin must not write to, or close, what it did not open; ask its developer.",
)
code(
    "BATCH_PLUGIN_LEFT",
    "error",
    "插件以 {error} 中断了运行。",
    "A plugin broke off the run with {error}.",
    "请插件的开发者改为抛出普通异常（Exception）。",
    "Have its developer raise an ordinary Exception.",
)
code(
    "BATCH_CANCELLED",
    "error",
    "已取消，进程已被终止。",
    "Cancelled; the process was ended.",
    "需要时请重新运行。",
    "Run it again where it is wanted.",
)
code(
    "BATCH_NOT_STARTED",
    "error",
    "批处理已停止，此工作簿没有开始处理。",
    "The batch was stopped before this workbook was begun.",
    "需要时请重新运行。",
    "Run it again where it is wanted.",
)
code(
    "BATCH_BUG",
    "error",
    "出现意外错误：{error}",
    "An unexpected error: {error}.",
    "这是 kam_excel 的缺陷，请把结果中的 output 反馈给维护者。",
    "This is a bug of kam_excel: report `output` of the result to its developers.",
)
code(
    "BATCH_NOT_WATCHED",
    "error",
    "看管进程的程序自己中断了（{reason}）。",
    "What watches over the process broke off itself ({reason}).",
    "请检查系统内存是否充足、能否启动新进程，然后重新运行。",
    "See that the system has memory and can start processes, then run it again.",
)
code(
    "BATCH_LEFT_RUNNING",
    "warning",
    "有进程无法终止：{processes}。",
    "Processes could not be ended: {processes}.",
    "请手工结束它们，或联系系统管理员。",
    "End them by hand, or ask whoever runs this machine.",
)
code(
    "BATCH_SAVED_THEN_ENDED",
    "warning",
    "工作簿已完整保存，但进程随后异常结束。",
    "The workbook was saved whole, but its process came to a bad end after that.",
    "结果有效；多为插件留下的线程所致，请联系插件的开发者。",
    "The result holds; a plugin that leaves threads behind is a usual cause: ask its developer.",
)

# The batch as a whole ------------------------------------------------------------------------

code(
    "BATCH_OUTPUT_BROKEN",
    "error",
    "结果无法再写到标准输出（{reason}）；没有再开始新的工作簿。",
    "Results could no longer be written to standard output ({reason}); nothing new was started.",
    "请检查磁盘空间或读取输出的程序，然后重新运行；指定了 --report 时，全部结果见报告文件。",
    "Check the space on the disk, or the program that reads them, and run it again; with --report"
    " the report has all results.",
)
code(
    "BATCH_REPORT_INCOMPLETE",
    "error",
    "报告没有写完（{reason}）；工作簿的处理不受影响。",
    "The report broke off ({reason}); the workbooks were worked all the same.",
    "请检查磁盘空间；全部结果见标准输出。",
    "Check the space on the disk; standard output has all results.",
)
