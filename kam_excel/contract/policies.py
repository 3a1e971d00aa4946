"""The policies of the core: what holds for a run, for reading its tables, for its sales."""

from __future__ import annotations

from typing import Literal

from kam_excel.contract.policy import Currency, Day, Group, Policy, setting


class RunPolicy(Policy, section="run", zh="运行", en="Run"):
    """What holds for every strategy of a run."""

    language: Literal["auto", "zh", "en"] = setting(
        "auto",
        zh="输出语言（auto：与工作簿表头一致）",
        en="Language of the output (auto: that of the workbook's headers)",
    )
    as_of: Day | None = setting(
        None, zh="统计截止日（留空为当天）", en="Date of the figures (empty: today)"
    )
    base_currency: Currency = setting("CNY", zh="本位币", en="Base currency", unit="ISO 4217")
    tax_basis: Literal["net", "gross"] = setting(
        "net",
        zh="未注明含税与否的金额按何口径（net：不含税，gross：含税）",
        en="Basis of amounts that do not name theirs (net or gross of tax)",
    )
    include_partial_month: bool = setting(
        False,
        zh="统计期是否包含尚未结束的月份",
        en="Count the month that is not complete yet",
    )
    merge_jan_feb: bool = setting(
        True,
        zh="比较时一、二月各按两月合计的一半计（春节）",
        en="Compare January and February by half of their sum each (Spring Festival)",
    )
    tie_policy: Literal["include", "strict"] = setting(
        "include",
        zh="名次并列时的处理（include：并列者全部入选，strict：按客户编码取舍）",
        en="Ties at a cut-off (include them all, or be strict and go by customer ID)",
    )


class ReadingPolicy(Policy, section="reading", zh="读取", en="Reading"):
    """What cells may say beyond what has one meaning only; the rest is refused by its cell."""

    date_order: Literal["none", "dmy", "mdy"] = setting(
        "none",
        zh="形如 5/1/2026 或 5/1/26 的文本日期的顺序（none：不读取，dmy：日/月/年，mdy：月/日/年）",
        en="Order of dates in texts like 5/1/2026 or 5/1/26 (none: refused)",
    )
    decimal_comma: bool = setting(
        False,
        zh="文本数字以逗号为小数点、以点分节（1.234,56）",
        en="Numbers in texts have a decimal comma, and points between thousands (1.234,56)",
    )
    parentheses: Literal["refuse", "negative"] = setting(
        "refuse",
        zh="文本数字加括号的含义（refuse：不读取，negative：负数）",
        en="A number in parentheses, as text: (500)",
    )
    trailing_minus: Literal["refuse", "negative"] = setting(
        "refuse",
        zh="文本数字末尾减号的含义（refuse：不读取，negative：负数）",
        en="A number with a minus behind it, as text: 500-",
    )
    chinese_units: bool = setting(
        False,
        zh="读取带万、亿等单位的文本数字（12万、3.5亿）",
        en="Read numbers in texts with Chinese units (12万 is 120,000)",
    )
    dash: Literal["refuse", "empty", "zero"] = setting(
        "refuse",
        zh="单独的 —、- 或 / 的含义（refuse：不读取，empty：空，zero：零）",
        en="A dash or slash alone in a cell (zero: of a number; empty elsewhere)",
    )
    merged_keys: Literal["refuse", "fill"] = setting(
        "refuse",
        zh="合并单元格中的编码等关键列（refuse：不读取，fill：合并区域的每一行都取其值）",
        en="Merged cells in key columns (fill: each row of the area takes the value)",
    )


EVERY_RUN: tuple[type[Policy], ...] = (RunPolicy, ReadingPolicy)
"""Policies that hold whichever strategies run."""


class ReturnRules(Group, zh="退货", en="Returns"):
    """How a return is recognised, and what a bare document number means."""

    types: tuple[str, ...] = setting(
        ("退货", "红字", "冲销", "return", "credit"),
        zh="视为退货的单据类型",
        en="Document types that mean a return",
    )
    invoice_prefixes: tuple[str, ...] = setting(
        ("C",), zh="退货发票号的前缀", en="Prefixes of the invoice numbers of returns"
    )
    match: Literal["unique", "doc_no"] = setting(
        "unique",
        zh="只有单据号的退货如何冲减（unique：单据号仅属一个客户时，doc_no：一律按单据号）",
        en="Returns that hold only a document number (unique: applied where the number belongs"
        " to one customer; doc_no: always applied)",
    )


class SalesPolicy(Policy, section="sales", zh="销售口径", en="Sales figures"):
    """What counts as net sales and whose they are."""

    returns: ReturnRules = ReturnRules()
    rollup: Literal["parent", "self"] = setting(
        "parent",
        zh="销售额归属（parent：归入上级客户，self：各客户单独计算）",
        en="Whose sales they are (the parent's, or each account's own: self)",
    )
    single_currency_only: bool = setting(
        False,
        zh="只计本位币销售（缺少汇率时不报错）",
        en="Count sales in the base currency alone, so that no exchange rates are needed",
    )
    unknown_accounts_eligible: bool = setting(
        False,
        zh="客户档案中没有的客户可否列为大客户",
        en="Let customers that are missing in the customer sheet become key accounts",
    )
