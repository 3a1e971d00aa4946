"""Codes of plugins: declarations, outputs and hooks that do not hold what they promise."""

from kam_excel.codes.registry import code

code(
    "OUTPUT_COLUMN_MISSING",
    "error",
    "策略没有给出已声明的列 {column}。",
    "The strategy did not give the declared column {column}.",
    "请在插件中补上该列，或将其声明为 optional。",
    "Return it, or declare it optional.",
)
code(
    "OUTPUT_COLUMN_UNKNOWN",
    "error",
    "策略给出了未声明的列 {column}（最接近的列名：{nearest}）。",
    "The strategy gave the column {column}, which is not declared (nearest: {nearest}).",
    "请声明该列，或从结果中去掉。",
    "Declare it, or drop it from the result.",
)
code(
    "OUTPUT_TYPE",
    "error",
    "列 {column} 应为 {kind} 类型，实际为 {dtype}：{error}",
    "Column {column} is declared as {kind} but holds {dtype}: {error}",
    "请按声明的类型返回数据。",
    "Return values of the declared kind.",
)
code(
    "OUTPUT_CHOICE_UNKNOWN",
    "error",
    "取值 {value!r} 不在声明的选项中：{choices}。",
    "The value {value!r} is none of the declared choices: {choices}.",
    "请返回选项的英文标识。",
    "Return the id of a declared choice.",
)
code(
    "OUTPUT_KEY_EMPTY",
    "error",
    "{count} 行的键为空。",
    "The key is empty in {count} rows.",
    "键列的每一行都必须有值。",
    "Every row needs a key.",
)
code(
    "OUTPUT_KEY_DUPLICATE",
    "error",
    "{count} 行的键重复，例如 {example}。",
    "The key is repeated in {count} rows, such as {example}.",
    "每个键只能有一行。",
    "Return one row for each key.",
)
code(
    "OUTPUT_ROWS_APART",
    "error",
    "列 {column} 有 {count} 个取值的行不相邻，例如 {value!r}；按该列分页打印要求相邻。",
    "The rows of {count} values of {column}, such as {value!r}, do not stand together, but each"
    " value is to print on pages of its own.",
    "请按该列排序后返回。",
    "Sort the rows by that column.",
)
code(
    "PLUGIN_RAISED",
    "error",
    "策略 {strategy} 运行出错：{error}",
    "Strategy {strategy} raised {error}",
    "请联系该插件的开发者；工作簿未作任何改动。",
    "Tell the developer of the plugin; the workbook was not changed.",
)
code(
    "HOOK_RAISED",
    "error",
    "插件 {plugin} 的钩子 {hook} 出错：{error}",
    "The hook {hook} of plugin {plugin} raised {error}",
    "请联系该插件的开发者，或在 config.yaml 的 plugins.disabled 中停用该插件。",
    "Tell the developer of the plugin, or name it in config.yaml under plugins.disabled.",
)
code(
    "PLUGIN_AMOUNTS_INEXACT",
    "error",
    "插件改动后，表 {table_id} 的 {columns} 不再是精确金额。",
    "A plugin has made {columns} of the table {table_id} inexact.",
    "请在 kam_read_table 中用 kam_excel.domain.exact.exact() 给出金额。",
    "Give amounts with kam_excel.domain.exact.exact() in kam_read_table.",
)
code(
    "PLUGIN_ROWS_REPEATED",
    "error",
    "插件改动后，表 {table_id} 有多行使用同一个行标签 {row_no}。",
    "A plugin has given several rows of the table {table_id} the label {row_no}.",
    "请在 kam_read_table 中保持 frame 的索引不重复。",
    "Keep the index of the frame unique in kam_read_table.",
)
code(
    "STRATEGY_UNKNOWN",
    "error",
    "没有名为 {name} 的策略（最接近的：{nearest}）。",
    "There is no strategy {name} (nearest: {nearest}).",
    "可用的策略：{known}",
    "Known strategies: {known}",
)
code(
    "STRATEGY_TWICE",
    "error",
    "{first} 和 {second} 都注册了策略 {name}。",
    "{first} and {second} both register a strategy {name}.",
    "请停用或改名其中一个。",
    "Disable or rename one of them.",
)
code(
    "TABLE_ID_TAKEN",
    "error",
    "{first} 和 {second} 各自声明了表 {name}。",
    "{first} and {second} each declare a table {name} of their own.",
    "请改名其中一个，或让两者使用同一个声明。",
    "Rename one of them, or let both use one declaration.",
)
code(
    "STRATEGY_CYCLE",
    "error",
    "策略相互依赖，形成循环：{cycle}。",
    "The strategies need each other in a circle: {cycle}.",
    "请让其中一个改用 Previous[...]。",
    "Let one of them read Previous[...] instead.",
)
code(
    "TABLE_TWICE",
    "error",
    "{first} 和 {second} 都输出表 {name}。",
    "{first} and {second} both produce the table {name}.",
    "一张表只能由一个策略输出；多个策略共用时请声明为 collected。",
    "One strategy produces a table; declare it collected if several add rows to it.",
)
code(
    "PLUGIN_NOT_LOADED",
    "error",
    "无法加载插件 {name}：{error}",
    "The plugin {name} cannot be loaded: {error}",
    "请修正或停用该插件（plugins.disabled）。",
    "Mend it, or disable it (plugins.disabled).",
)
code(
    "HOOK_UNKNOWN",
    "error",
    "插件 {plugin} 实现了不存在的钩子 {name}（最接近的：{nearest}）。",
    "The plugin {plugin} implements a hook that does not exist: {name} (nearest: {nearest}).",
    "请更正钩子的名称。",
    "Correct the name of the hook.",
)
code(
    "PLUGIN_FOLDER_MISSING",
    "error",
    "找不到插件文件夹 {folder}。",
    "The plugin folder {folder} does not exist.",
    "请修改 plugins.folders；相对路径以 config.yaml 所在文件夹为准。",
    "Correct plugins.folders; folders are relative to config.yaml.",
)
