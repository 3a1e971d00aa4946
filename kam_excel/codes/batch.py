"""Codes of a batch: how a job ended whose run did not come to its end."""

from kam_excel.codes.registry import code

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
