"""The cover: what the workbook is, with the company's logo and a link to every sheet."""

from __future__ import annotations

from io import BytesIO

from workbooks.company import COMPANY
from workbooks.layout import Demo
from workbooks.logo import logo_png

COVER_TAB = "#548235"
FACTS = (
    ("期间", "2023 年 7 月至 2026 年 6 月，共 36 个月"),
    ("金额口径", "不含税；客户档案中币种为 USD 的客户以美元结算，其余为人民币"),
    ("退货", "与销售同在“销售明细”，单据类型为“退货”，数量与金额为负"),
    ("空白客户", "门市零售不登记客户，客户编码留空"),
    ("维护", "销售管理部，每月第三个工作日前更新上月数据"),
)
SHEETS = (
    ("客户档案", "全部客户：类型、区域、客户经理、信用额度、账期、状态"),
    ("销售明细", "逐行的销售与退货"),
    ("产品档案", "在售、新品与停产的产品"),
    ("汇率表", "美元兑人民币，每月一个汇率"),
    ("人员表", "管理层与销售人员"),
    ("月度汇总", "按月汇总的销售额、退货额与同比，附图表"),
    ("区域透视", "区域与产品类别的数据透视表"),
    ("目标", "国内重点客户的年度目标与上年实际"),
)


def write_cover(demo: Demo) -> None:
    """说明."""
    sheet = demo.sheet("说明", tab=COVER_TAB, landscape=False)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 66)
    sheet.set_row_pixels(0, 104)
    sheet.insert_image(
        0, 0, "logo.png",
        {"image_data": BytesIO(logo_png()), "x_offset": 6, "y_offset": 4,
         "description": f"{COMPANY}标志", "object_position": 2},
    )  # fmt: skip
    formats = demo.formats
    sheet.write(0, 1, f"{COMPANY}\n销售台账", formats["cover"])
    sheet.write_rich_string(
        1, 1, "本工作簿中的公司、人员、客户与数字", formats["strong"], "均为虚构", "，仅供演示。",
        formats["wrap"],
    )  # fmt: skip
    row = 3
    for label, text in FACTS:
        sheet.write(row, 0, label, formats["label"])
        sheet.write(row, 1, text, formats["wrap"])
        row += 1
    row += 1
    sheet.write_row(row, 0, ("工作表", "内容"), formats["header"])
    for name, text in SHEETS:
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats["link"], name)
        sheet.write(row, 1, text, formats["wrap"])
    sheet.write(row + 2, 0, "联系", formats["label"])
    sheet.write_url(
        row + 2, 1, "mailto:sales@example.com", formats["link"], "销售管理部 sales@example.com"
    )
    sheet.print_area(0, 0, row + 2, 1)
    sheet.center_horizontally()
