"""The lists behind the drop-downs, each under a defined name, and the rules of cells."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from workbooks.agreements import BASES, METHODS, PAYEES, PAYOUTS
from workbooks.company import CURRENCIES, CUSTOMER_STATES, CUSTOMER_TYPES, DOC_TYPES, REGIONS
from workbooks.layout import Demo
from workbooks.products import CATEGORIES, PRODUCT_STATES
from workbooks.rebates import ENTRY_TYPES
from workbooks.requirements import ITEMS
from workbooks.rewards import (
    AWARDS,
    MEASURES,
    MECHANISMS,
    PRIZE_TYPES,
    PROMOTION_STATES,
    VIOLATION_TYPES,
)
from workbooks.words import NO, SHEETS, YES, Words

SYSTEM_TAB = "#7F7F7F"
LISTS = {
    Words("客户类型列表", "CustomerTypes"): CUSTOMER_TYPES,
    Words("客户状态列表", "CustomerStates"): CUSTOMER_STATES,
    Words("区域列表", "RegionNames"): REGIONS,
    Words("币种列表", "Currencies"): CURRENCIES,
    Words("单据类型列表", "DocumentTypes"): DOC_TYPES,
    Words("产品类别列表", "ProductCategories"): CATEGORIES,
    Words("产品状态列表", "ProductStates"): PRODUCT_STATES,
    Words("需求项目列表", "RequirementItems"): ITEMS,
    Words("是否列表", "YesNo"): (YES, NO),
    Words("返利基数列表", "RebateBases"): BASES,
    Words("返利方式列表", "RebateMethods"): METHODS,
    Words("兑付方式列表", "PayoutMethods"): PAYOUTS,
    Words("奖励对象列表", "PayeeTypes"): PAYEES,
    Words("台账类型列表", "EntryTypes"): ENTRY_TYPES,
    Words("违规类型列表", "ViolationTypes"): VIOLATION_TYPES,
    Words("竞赛指标列表", "ContestMeasures"): MEASURES,
    Words("奖项列表", "Awards"): AWARDS,
    Words("奖品类型列表", "PrizeTypes"): PRIZE_TYPES,
    Words("促销方式列表", "PromotionMechanisms"): MECHANISMS,
    Words("促销状态列表", "PromotionStates"): PROMOTION_STATES,
}
NOT_LISTED = Words("不在列表中", "Not in the list")
CHOOSE = Words("请从下拉列表中选择。", "Please choose from the list.")
NO_DATE = Words("不是日期", "Not a date")
ENTER_DATE = Words("请输入 2023 年 7 月以后的日期。", "Please enter a date from July 2023 on.")
FIRST_DAY = date(2023, 7, 1)
Rows = tuple[int, int]


def choose(
    demo: Demo, sheet: Worksheet, rows: Rows, column: int, choices: tuple[Words, ...]
) -> None:
    """Let the cells of a column take one of `choices` only."""
    name = next(name for name, values in LISTS.items() if values == choices)
    sheet.data_validation(
        rows[0], column, rows[1], column,
        {"validate": "list", "source": f"={demo.say(name)}", "error_title": demo.say(NOT_LISTED),
         "error_message": demo.say(CHOOSE)},
    )  # fmt: skip


def dated(demo: Demo, sheet: Worksheet, rows: Rows, column: int) -> None:
    """Let the cells of a column take dates of the ledger only."""
    sheet.data_validation(
        rows[0], column, rows[1], column,
        {"validate": "date", "criteria": ">=", "value": FIRST_DAY,
         "error_title": demo.say(NO_DATE), "error_message": demo.say(ENTER_DATE)},
    )  # fmt: skip


def write_parameters(demo: Demo) -> None:
    """The hidden sheet with the lists."""
    sheet = demo.sheet("parameters", tab=SYSTEM_TAB, landscape=False)
    sheet.set_column(0, len(LISTS) - 1, 22)
    for column, (name, values) in enumerate(LISTS.items()):
        sheet.write(0, column, demo.say(name), demo.formats["label"])
        sheet.write_column(1, column, demo.row(values))
        letter = chr(ord("A") + column)
        place = f"={demo.say(SHEETS['parameters'])}!${letter}$2:${letter}${len(values) + 1}"
        demo.workbook.define_name(demo.say(name), place)
    sheet.hide()
