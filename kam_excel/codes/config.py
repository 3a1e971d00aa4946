"""Codes of the configuration: config.yaml, the settings sheet and the options of a command."""

from kam_excel.codes.registry import code

code(
    "CONFIG_NOT_FOUND",
    "error",
    "找不到 {source} 指定的配置文件。",
    "The configuration file that {source} names does not exist.",
    "请更正路径；不指定时使用默认设置。",
    "Correct the path; without it the defaults hold.",
)
code(
    "CONFIG_UNREADABLE",
    "error",
    "无法读取配置文件：{reason}。",
    "The configuration file cannot be read: {reason}.",
    "请检查路径和读取权限。",
    "Check the path and the permission to read it.",
)
code(
    "CONFIG_NOT_UTF8",
    "error",
    "配置文件不是 UTF-8 编码。",
    "The configuration file is not UTF-8 text.",
    "请在编辑器中以 UTF-8 编码另存（记事本：另存为，编码选 UTF-8）。",
    "Save it as UTF-8 in your editor (Notepad: Save as, Encoding UTF-8).",
)
code(
    "CONFIG_NOT_WRITABLE",
    "error",
    "无法写入配置文件：{reason}。",
    "The configuration file cannot be written: {reason}.",
    "请检查文件夹和文件的写入权限。",
    "Check the permission to write to the folder and the file.",
)
code(
    "CONFIG_NOT_EDITABLE",
    "error",
    "配置文件的写法使 tables 无法自动修改，文件未改动。",
    "The configuration is written such that tables cannot be changed in it; it was left as it is.",
    "请把 map 给出的内容粘贴到文件中。",
    "Paste what map proposes into the file.",
)
code(
    "CONFIG_TOO_LARGE",
    "error",
    "配置文件超过 {limit} KB。",
    "The configuration file is larger than {limit} KB.",
    "请确认所指的是设置文件，而不是数据文件。",
    "Make sure that it is the settings file and not a data file.",
)
code(
    "CONFIG_TOO_DEEP",
    "error",
    "嵌套超过 {limit} 层。",
    "The nesting is deeper than {limit} levels.",
    "请检查缩进和括号。",
    "Check indentation and brackets.",
)
code(
    "CONFIG_SYNTAX",
    "error",
    "此处不是有效的 YAML：{reason}。",
    "This is not valid YAML: {reason}.",
    "请检查缩进（用空格，不用制表符）、引号以及半角冒号后的空格。",
    "Check the indentation (spaces, no tabs), quotes and the space after each colon.",
)
code(
    "CONFIG_SEVERAL_DOCUMENTS",
    "error",
    "文件中用“---”分成了多个文档。",
    'The file holds several documents, separated by "---".',
    "请只保留一个文档。",
    "Keep one document.",
)
code(
    "CONFIG_KEY_NOT_TEXT",
    "error",
    "名称必须是一段文字。",
    "A name has to be text.",
    "请写成“名称: 值”。",
    'Write "name: value".',
)
code(
    "CONFIG_DUPLICATE_KEY",
    "error",
    "“{name}”重复出现，首次出现在第 {first} 行。",
    '"{name}" appears twice; it stands in line {first} already.',
    "请只保留一处。",
    "Keep one of them.",
)
code(
    "CONFIG_REFERENCE",
    "error",
    "不允许使用锚点、引用和合并键（{found}）。",
    "Anchors, aliases and merge keys are not allowed ({found}).",
    "请在每一处直接写出值。",
    "Write the value out in each place.",
)
code(
    "CONFIG_TAG",
    "error",
    "不允许使用类型标签（{found}）。",
    "Tags are not allowed ({found}).",
    "请删除标签，只写值。",
    "Remove the tag and keep the value.",
)
code(
    "CONFIG_MISSPELT",
    "error",
    "没有“{name}”这一项。",
    'There is nothing called "{name}" here.',
    "是否想写“{nearest}”？",
    'Did you mean "{nearest}"?',
)
code(
    "CONFIG_UNKNOWN",
    "error",
    "没有“{name}”这一项。",
    'There is nothing called "{name}" here.',
    "可用的名称：{names}。",
    "Known here: {names}.",
)
code(
    "CONFIG_NOT_NUMBER",
    "error",
    "{found} 不是数字。",
    "{found} is not a number.",
    "请写成 1500 或 0.25 的形式，不加千位分隔符、单位和百分号。",
    "Write it like 1500 or 0.25, without thousands separators, unit or percent sign.",
)
code(
    "CONFIG_NOT_SHARE",
    "error",
    "{found} 不是占比。",
    "{found} is not a share.",
    '请写成 0 到 1 之间的数，如 0.8（即 80%）或 "1/3"。',
    'Write a number from 0 to 1 such as 0.8 (for 80%) or "1/3".',
)
code(
    "CONFIG_NOT_WHOLE",
    "error",
    "{found} 不是整数。",
    "{found} is not a whole number.",
    "请写成 12 这样的整数，不加小数点和引号。",
    "Write a whole number like 12, without decimals or quotes.",
)
code(
    "CONFIG_NOT_BOOLEAN",
    "error",
    "{found} 既不是 true 也不是 false。",
    "{found} is neither true nor false.",
    "请写 true（是）或 false（否），小写且不加引号。",
    "Write true or false, in lower case and without quotes.",
)
code(
    "CONFIG_NOT_TEXT",
    "error",
    "{found} 不是文字。",
    "{found} is not text.",
    "若确为文字，请加上引号。",
    "Put it in quotes if it is meant as text.",
)
code(
    "CONFIG_NOT_DAY",
    "error",
    "{found} 不是有效日期。",
    "{found} is not a valid date.",
    "请写成 2026-01-05 的形式。",
    "Write it like 2026-01-05.",
)
code(
    "CONFIG_NOT_CURRENCY",
    "error",
    "{found} 不是货币代码。",
    "{found} is not a currency code.",
    "请写三位大写的 ISO 4217 代码，如 CNY。",
    "Write the three capital letters of ISO 4217, such as CNY.",
)
code(
    "CONFIG_NOT_CHOICE",
    "error",
    "{found} 不在可选值之内。",
    "{found} is not one of the choices.",
    "可选值：{choices}。",
    "Choose from: {choices}.",
)
code(
    "CONFIG_NOT_LIST",
    "error",
    "此处应为列表，实际为 {found}。",
    "A list is expected here, not {found}.",
    "请写成 [甲, 乙]，或每行一个“- 值”。",
    'Write [a, b], or one "- value" on each line.',
)
code(
    "CONFIG_NOT_MAPPING",
    "error",
    "此处应为一组“名称: 值”，实际为 {found}。",
    'A group of "name: value" is expected here, not {found}.',
    "请在下一行缩进书写，每行一项，并使用半角冒号加空格。",
    "Write one entry on each line, indented, with a colon and a space.",
)
code(
    "CONFIG_OUT_OF_RANGE",
    "error",
    "{found} 超出范围。",
    "{found} is out of range.",
    "允许的范围：{limit}。",
    "The value has to be {limit}.",
)
code(
    "CONFIG_INVALID",
    "error",
    "{found} 不可用：{reason}。",
    "{found} cannot be used: {reason}.",
    "请按该项设置的说明更正。",
    "Correct it as the description of the setting says.",
)
code(
    "CONFIG_ONE_OF",
    "error",
    "“{name}”和“{other}”不能同时设置。",
    '"{name}" and "{other}" cannot both be set.',
    "请只保留一项。",
    "Keep one of them.",
)
code(
    "CONFIG_HEADER_TWICE",
    "error",
    "标题“{header}”对应了多个列。",
    'The header "{header}" is given for several columns.',
    "请为每一列写明各自的标题。",
    "Name a header of its own for each column.",
)
code(
    "CONFIG_NO_AMOUNTS",
    "error",
    "“{name}”不是金额列，不能指定单位。",
    '"{name}" holds no amounts that could have a unit.',
    "可指定单位的列：{fitting}。",
    "Columns that can have one: {fitting}.",
)
code(
    "CONFIG_NO_PERCENTS",
    "error",
    "“{name}”不是比例列。",
    '"{name}" holds no percentages.',
    "比例列有：{fitting}。",
    "Columns that do: {fitting}.",
)
code(
    "CONFIG_FOLDER_MISSING",
    "error",
    "插件文件夹 {folder} 不存在。",
    "The plugin folder {folder} does not exist.",
    "请更正路径；相对路径以配置文件所在的文件夹为准。",
    "Correct the path; a relative one starts at the folder of the configuration file.",
)
code(
    "POLICY_LOCKED",
    "error",
    "配置文件已锁定“{section}”，此处不能修改。",
    'The configuration locks "{section}"; it cannot be changed here.',
    "请删除此处的值，或请政策审批人在配置文件中修改。",
    "Remove the value here, or ask whoever approves the policy to change the configuration.",
)
code(
    "SECTION_TAKEN",
    "error",
    "{first} 与 {second} 都声明了设置节“{section}”。",
    '{first} and {second} both declare the section "{section}".',
    "请停用其中一个插件，或修改其节名。",
    "Disable one of the plugins, or rename its section.",
)
code(
    "SETTING_OVERRIDDEN",
    "note",
    "本工作簿把“{original_value}”改为 {taken}，与公司配置不同。",
    'This workbook sets "{original_value}" to {taken}, not as the company\'s configuration does.',
    "如不应修改，请删除该行，或在配置文件中写 locked: true。",
    "Remove the row if it should not, or write locked: true into the configuration.",
)
code("SETTING_USED", "note", "已按 {taken} 计算", "Reckoned with {taken}")
