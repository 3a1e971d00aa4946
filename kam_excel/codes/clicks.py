"""Codes of a click in Excel: what was clicked, Excel itself, a mistake of ours."""

from kam_excel.codes.registry import code

code(
    "ACTION_UNKNOWN",
    "error",
    "没有名为 {id} 的操作（最接近的：{nearest}），没有执行任何操作。",
    "There is no action {id} (nearest: {nearest}); nothing was done.",
    "加载项与已安装的插件不一致：请运行 kam-excel addin build 重新生成加载项。",
    "The add-in does not fit the plugins that are installed: build it anew with kam-excel addin "
    "build.",
)
code(
    "ACTION_RAISED",
    "error",
    "插件 {plugin} 的按钮“{button}”运行出错：{error}",
    "The button {button} of the plugin {plugin} raised {error}",
    "请联系该插件的开发者；该按钮可能已改动部分内容，请检查后再保存工作簿。",
    "Tell the developer of the plugin. The button may have done a part of its work: look before "
    "you save the workbook.",
)
code(
    "ACTIONS_NOT_GIVEN",
    "error",
    "插件 {plugin} 无法给出其按钮：{error}",
    "The plugin {plugin} could not give its buttons: {error}",
    "请联系该插件的开发者。",
    "Tell the developer of the plugin.",
)
code(
    "BUTTON_TWICE",
    "error",
    "插件 {first} 和 {second} 的按钮重名：{name}。",
    "Two buttons are called {name}: one of the plugin {first}, one of {second}.",
    "请联系插件的开发者改名，或在 config.yaml 的 plugins.disabled 中停用其中一个插件。",
    "Ask the developer of a plugin for another name, or disable one of them with "
    "plugins.disabled in config.yaml.",
)
code(
    "EXCEL_BUSY",
    "error",
    "Excel 正忙，或正在编辑单元格，无法继续。",
    "Excel is busy, or a cell is being edited.",
    "请按 Enter 或 Esc 结束编辑、关闭打开的对话框，再点击一次。",
    "End editing with Enter or Esc, close any dialog, and click again.",
)
code(
    "EXCEL_REFUSED",
    "error",
    "Excel 拒绝了一个步骤：{reason}",
    "Excel refused a step: {reason}",
    "请检查工作簿是否受保护、共享或只供查看；详情见日志。",
    "Look whether the workbook is protected, shared or only shown; the log has the details.",
)
code(
    "EXCEL_NOT_REACHED",
    "error",
    "找不到点击所在的工作簿：{error}",
    "The workbook of the click cannot be reached: {error}",
    "请从 Excel 的功能区点击；若仍如此，请关闭 Excel 后重新打开。",
    "Click in Excel's ribbon. If that is what you did, close Excel and open it again.",
)
code(
    "WORKBOOK_NAME_CUT",
    "error",
    "工作簿名称“{name}”含有“=”，或开头、结尾有空格，因此找不到它。",
    "The workbook “{name}” cannot be found: its name holds = or has blanks around it.",
    "请将工作簿另存为其他名称，再点击一次。",
    "Save the workbook under another name, then click again.",
)
code(
    "SETTINGS_SHEET_RENAMED",
    "error",
    "工作表“{sheet}”是设置表，但名称已改，其中的设置不起作用。",
    'The sheet "{sheet}" is a settings sheet under another name, where it has no effect.',
    "请把它改名为“{title}”，或删除该工作表。",
    'Name it "{title}" again, or delete it.',
)
code(
    "LOG_NOT_OPENED",
    "error",
    "无法用系统程序打开日志文件。",
    "The log file could not be opened with the system's program for it.",
    "请用文本编辑器打开它。",
    "Open it with a text editor.",
)
code(
    "LOG_NOT_KEPT",
    "error",
    "没有日志：无法写入文件夹 {folder}。",
    "There is no log: nothing can be written to the folder {folder}.",
    "请检查该文件夹是否存在、可写，或请 IT 人员处理；点击本身不受影响。",
    "See that the folder exists and can be written to. Clicks work all the same.",
)
code(
    "BUG",
    "error",
    "kam_excel {version} 内部出错（{error}）。",
    "A mistake in kam_excel {version} ({error}).",
    "请把日志文件交给 kam_excel 的维护者；Python {python}，xlwings {xlwings}。",
    "Send the log file to those who maintain kam_excel; Python {python}, xlwings {xlwings}.",
)
