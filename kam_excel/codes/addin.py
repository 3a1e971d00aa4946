"""Codes of the add-in: why it could not be built."""

from kam_excel.codes.registry import code

code(
    "ADDIN_TEMPLATE_CHANGED",
    "error",
    "已安装的 xlwings {version} 的加载项模板与预期不符（{patch}），没有生成加载项。",
    "The add-in template of the installed xlwings {version} is not as expected ({patch}); no "
    "add-in was built.",
    "请安装 kam_excel 支持的 xlwings 版本（pip install kam_excel 会选对），或升级 kam_excel。",
    "Install a version of xlwings that kam_excel supports (pip install kam_excel chooses it), or a "
    "later kam_excel.",
)
code(
    "ADDIN_EXTENSION",
    "error",
    "文件名须以 {extension} 结尾。",
    "The name has to end in {extension}.",
    "例如：kam{extension}。",
    "For example: kam{extension}.",
)
code(
    "ADDIN_FOREIGN_FILE",
    "error",
    "该文件不是 kam_excel 生成的加载项，没有覆盖。",
    "The file that is there is no add-in of kam_excel; it was not overwritten.",
    "请换一个文件名，或先移走该文件。",
    "Choose another name, or move the file away.",
)
code(
    "ADDIN_INTERPRETER",
    "error",
    "无法让加载项运行“{path}”：须为 Python 解释器的完整路径，且不含引号、分号、竖线、%、^、$ 等"
    "命令行特殊字符。",
    "The add-in cannot run “{path}”: it takes the full path of a Python interpreter, without "
    "quotes, semicolons, bars, %, ^, $ and the like, which a shell would not take as they are.",
    "请用 --interpreter 指定，例如 C:\\kam\\Scripts\\python.exe；或把 Python 装到普通路径下。",
    "Name one with --interpreter, such as C:\\kam\\Scripts\\python.exe, or install Python "
    "elsewhere.",
)
code(
    "ADDIN_ID_TWICE",
    "error",
    "两个按钮的标识相同：{id}。",
    "Two buttons have the same id, {id}.",
    "请在插件中改用不同的名称。",
    "Give them different names in the plugins.",
)
code(
    "ADDIN_ID_INVALID",
    "error",
    "按钮标识“{id}”无效：只能用英文字母、数字、_ 和 .，最多 64 个字符。",
    "“{id}” is no id for a button: letters, digits, _ and . are, 64 at most.",
    "请在插件中改用英文短名称。",
    "Use a short English name in the plugin.",
)
code(
    "ADDIN_BUTTON_UNKNOWN",
    "error",
    "功能区与操作不一致：{id}。",
    "The ribbon and the actions disagree on {id}.",
    "请把这条信息反馈给 kam_excel 的维护者。",
    "Report this message to the developers of kam_excel.",
)
code(
    "ADDIN_LABEL_MISSING",
    "error",
    "“{id}”缺少中文或英文标签。",
    "“{id}” lacks a label in Chinese or in English.",
    "请在插件中补上两种语言的标签。",
    "Give it labels in both languages in the plugin.",
)
code(
    "ADDIN_LABEL_TOO_LONG",
    "error",
    "“{id}”的标签或提示有 {length} 个字符，上限为 {limit}。",
    "A label or tip of “{id}” has {length} characters; {limit} is the limit.",
    "请在插件中缩短它。",
    "Shorten it in the plugin.",
)
code(
    "ADDIN_CALLBACK_MISSING",
    "error",
    "加载项代码中没有（或有两个）符合要求的过程 {callback}。",
    "The code of the add-in has no procedure {callback} as the ribbon calls it, or has two.",
    "请重新安装 kam_excel；如仍出现，请反馈给维护者。",
    "Install kam_excel again; if that does not help, report this message to its developers.",
)
code(
    "ADDIN_PROJECT_DAMAGED",
    "error",
    "加载项的 VBA 工程无法读取（{reason}）。",
    "The VBA project of the add-in cannot be read ({reason}).",
    "请重新安装 kam_excel 和 xlwings；如仍出现，请反馈给维护者。",
    "Install kam_excel and xlwings again; if that does not help, report this message to the "
    "developers.",
)
