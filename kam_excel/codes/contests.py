"""Codes of contests, targets and totals: periods, prizes, who is paid, what is not known."""

from kam_excel.codes.registry import code

# Periods and targets.
code(
    "PERIOD_UNREADABLE",
    "warning",
    "看不懂期间“{original_value}”。",
    'The period "{original_value}" cannot be read.',
    "请写成 2026、2026Q4、2026H1、2026-10 或 2026-10-01~2026-12-31。",
    "Write 2026, 2026Q4, 2026H1, 2026-10 or 2026-10-01~2026-12-31.",
)
code(
    "PERIOD_DAY_AS_MONTH",
    "warning",
    "期间 {original_value} 是某月的第一天；Excel 会把输入的“2026-10”变成这样的日期。",
    "The period {original_value} is the first day of a month; Excel makes such a date of a month "
    "that is typed as 2026-10.",
    "若确指这一天，请写成 2026-10-01~2026-10-01；否则请把单元格设为文本。",
    "If the day is meant, write 2026-10-01~2026-10-01; else format the cell as text.",
)
code(
    "TARGET_MISSING",
    "warning",
    "该行没有目标，或没有客户和业务员。",
    "The row has no target, or neither a customer nor a salesperson.",
    "请补填。",
    "Fill them in.",
)
code(
    "TARGET_REPEATED",
    "warning",
    "同一期间的目标已在前面出现，数值相同。",
    "The target of this period is there already, with the same value.",
    "请删除重复行。",
    "Delete the row.",
)
code(
    "TARGETS_CONTRADICT",
    "warning",
    "{taken} 的目标有不同的说法，无法确定以哪个为准。",
    "The target of {taken} is given with different values, and nobody says which one holds.",
    "请只保留一个目标。",
    "Keep one of them.",
)
code(
    "TARGETS_OVERLAP",
    "warning",
    "目标的期间 {original_value} 与另一期间 {taken} 部分重叠。",
    "The period {original_value} of a target overlaps another one in part: {taken}.",
    "请让各期间首尾相接。",
    "Let one period begin where the other ends.",
)
code(
    "TARGETS_DIFFER",
    "warning",
    "期间 {original_value} 的目标与其分期目标之和（{taken}）不一致；以该期间的目标为准。",
    "The target of {original_value} is not the sum of those of its parts ({taken}); the target of "
    "the whole period holds.",
    "请核对目标。",
    "Check the targets.",
)
code("NO_TARGET_TAKEN", "note", "该期间视为没有目标", "The period counts as one without a target")
code("STATED_COUNTS", "note", "以该行为准", "What the row says holds")
