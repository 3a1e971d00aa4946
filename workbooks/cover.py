"""The cover: what the workbook is, with the company's logo and a link to every sheet."""

from __future__ import annotations

from io import BytesIO

from workbooks.company import COMPANY, SALES_OFFICE
from workbooks.layout import Demo
from workbooks.logo import logo_png
from workbooks.words import SHEETS, Words

COVER_TAB = "#548235"
TITLE = Words(f"{COMPANY.zh}\n销售台账", f"{COMPANY.en}\nSales Ledger")
LOGO = Words(f"{COMPANY.zh}标志", f"Logo of {COMPANY.en}")
DISCLAIMER = (
    Words("本工作簿中的公司、人员、客户与数字", "The company, people, customers and figures are "),
    Words("均为虚构", "all invented"),
    Words("，仅供演示。", ", for demonstration only."),
)
FACTS = (
    (Words("期间", "Period"),
     Words("2023 年 7 月至 2026 年 6 月，共 36 个月", "July 2023 to June 2026, 36 months")),
    (Words("金额口径", "Amounts"),
     Words("不含税；客户档案中币种为 USD 的客户以美元结算，其余为人民币",
           "Net of tax; customers whose currency is USD pay in dollars, all others in CNY")),
    (Words("折扣", "Discounts"),
     Words("工程项目的票面折扣，单价与金额均为折后",
           "Granted on projects; prices and amounts are what is left after them")),
    (Words("退货", "Returns"),
     Words("与销售同在“销售明细”，单据类型为“退货”，数量与金额为负",
           "On the sheet Sales, with the document type “return”, quantity and amount negative")),
    (Words("空白客户", "No customer"),
     Words("门市零售不登记客户，客户编码留空",
           "Sales over the counter name no customer; the customer ID is empty")),
    (Words("维护", "Upkeep"),
     Words("销售管理部，每月第三个工作日前更新上月数据",
           "Sales Administration; the last month is entered by the third working day")),
)  # fmt: skip
CONTENTS = {
    "customers": Words("全部客户：类型、区域、客户经理、信用额度、账期、状态",
                       "All customers: type, region, account manager, credit, terms, status"),
    "sales": Words("逐行的销售与退货", "Sales and returns, line by line"),
    "products": Words("在售、新品与停产的产品", "Active, new and discontinued products"),
    "fx_rates": Words("美元兑人民币，每月一个汇率", "CNY for one USD, a rate for each month"),
    "staff": Words("管理层与销售人员", "Management and sales staff"),
    "requirements": Words("重点客户的交货、价格与服务要求",
                          "What large accounts ask for: delivery, price, service"),
    "deliveries": Words("重点客户近十二个月的承诺日与实际到货日",
                        "Promised and actual dates of the last twelve months, large accounts"),
    "rebate_policies": Words("返利政策：适用客户、期间、基数、方式、上限与预算",
                             "Rebate policies: for whom, when, on what, how, caps and budgets"),
    "rebate_tiers": Words("各政策的档次与返利率", "Tiers and rates of each policy"),
    "proposed_tiers": Words("拟调整的档次，仅供测算", "Tiers that might change, for calculation"),
    "payment_factors": Words("按回款天数兑付的比例",
                             "Share of a rebate that is paid by days until payment"),
    "receipts": Words("返利与回款挂钩的客户的到账记录",
                      "Payments by customers whose rebates depend on them"),
    "rebate_ledger": Words("返利的计提、确认、支付、抵扣与冲回",
                           "Rebates provided, confirmed, paid, offset and reversed"),
    "violations": Words("窜货、低价及其处理", "Cross-territory selling, underpricing, penalties"),
    "contests": Words("销售竞赛及奖项", "Sales contests and their prizes"),
    "targets": Words("客户与业务员的年度、季度任务", "Targets of customers and salespeople"),
    "promotions": Words("与客户联合开展的促销及费用", "Promotions with customers and their costs"),
    "months": Words("按月汇总的销售额、退货额与同比，附图表",
                    "Sales, returns and growth by month, with a chart"),
    "regions": Words("区域与产品类别的数据透视表", "Pivot table of regions by product categories"),
    "target_report": Words("国内重点客户的年度目标与上年实际",
                           "Targets of the large domestic customers beside last year's sales"),
}  # fmt: skip
HEADINGS = (Words("工作表", "Sheet"), Words("内容", "What it holds"))
CONTACT = Words("联系", "Contact")
ADDRESS = "sales@example.com"


def write_cover(demo: Demo) -> None:
    """The first sheet; gridlines off."""
    sheet = demo.sheet("cover", tab=COVER_TAB, landscape=False)
    formats = demo.formats
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 74)
    sheet.set_row_pixels(0, 104)
    sheet.insert_image(
        0, 0, "logo.png",
        {"image_data": BytesIO(logo_png()), "x_offset": 6, "y_offset": 4,
         "description": demo.say(LOGO), "object_position": 2},
    )  # fmt: skip
    sheet.write(0, 1, demo.say(TITLE), formats["cover"])
    before, stressed, after = demo.row(DISCLAIMER)
    sheet.write_rich_string(1, 1, before, formats["strong"], stressed, after, formats["wrap"])
    row = 3
    for label, text in FACTS:
        sheet.write(row, 0, demo.say(label), formats["label"])
        sheet.write(row, 1, demo.say(text), formats["wrap"])
        row += 1
    row += 1
    sheet.write_row(row, 0, demo.row(HEADINGS), formats["header"])
    for sheet_id, text in CONTENTS.items():
        row += 1
        name = demo.say(SHEETS[sheet_id])
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats["link"], name)
        sheet.write(row, 1, demo.say(text), formats["wrap"])
    row += 2
    sheet.write(row, 0, demo.say(CONTACT), formats["label"])
    contact = f"{demo.say(SALES_OFFICE)} {ADDRESS}"
    sheet.write_url(row, 1, f"mailto:{ADDRESS}", formats["link"], contact)
    sheet.print_area(0, 0, row, 1)
    sheet.center_horizontally()
