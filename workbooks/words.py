"""Texts in the two languages of the demo, and the names of sheets, tables and columns."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language == "zh" else self.en

    @classmethod
    def same(cls, text: str) -> Words:
        """A text that is the same in both languages."""
        return cls(text, text)


def pairs(text: str) -> tuple[Words, ...]:
    """Texts written as `中文 English | 中文 English`; the Chinese ones have no space."""
    return tuple(Words(*pair.strip().split(" ", 1)) for pair in text.split("|"))


SHEETS = {
    "cover": Words("说明", "About"),
    "customers": Words("客户档案", "Customers"),
    "sales": Words("销售明细", "Sales"),
    "products": Words("产品档案", "Products"),
    "fx_rates": Words("汇率表", "Exchange Rates"),
    "staff": Words("人员表", "Staff"),
    "requirements": Words("客户需求", "Requirements"),
    "deliveries": Words("交货记录", "Deliveries"),
    "months": Words("月度汇总", "Monthly Summary"),
    "regions": Words("区域透视", "Regions"),
    "targets": Words("目标", "Targets"),
    "parameters": Words("参数", "Parameters"),
}
# A table bears the name of its sheet where it can: it has to be one word and no other name.
TABLES = {
    **SHEETS,
    "fx_rates": Words("汇率表", "ExchangeRates"),
    "targets": Words("客户目标", "CustomerTargets"),
}
HEADERS = {
    "actual": Words("实际", "Actual"),
    "actual_date": Words("实际日", "Actual Date"),
    "agreed": Words("双方确认", "Agreed"),
    "amount": Words("金额", "Amount"),
    "category": Words("类别", "Category"),
    "city": Words("城市", "City"),
    "cost": Words("成本", "Cost"),
    "credit_limit": Words("信用额度", "Credit Limit"),
    "currency": Words("币种", "Currency"),
    "customer_id": Words("客户编码", "Customer ID"),
    "customer_name": Words("客户名称", "Customer Name"),
    "date": Words("日期", "Date"),
    "doc_no": Words("单据号", "Document No."),
    "doc_type": Words("单据类型", "Document Type"),
    "effective_date": Words("生效日期", "Effective Date"),
    "expected": Words("期望", "Expected"),
    "founded_date": Words("成立日期", "Founded"),
    "fx_rate": Words("汇率(兑本位币)", "Exchange Rate"),
    "item": Words("项目", "Requirement Item"),
    "launch_date": Words("上市日期", "Launch Date"),
    "lead_time_days": Words("供货周期(天)", "Lead Time (Days)"),
    "line_no": Words("行号", "Line No."),
    "list_price": Words("标准单价", "List Price"),
    "manager_id": Words("客户经理", "Account Manager"),
    "pack_size": Words("装箱数", "Pack Size"),
    "parent_id": Words("上级客户编码", "Parent ID"),
    "payment_days": Words("账期(天)", "Payment Terms (Days)"),
    "period": Words("期间", "Period"),
    "price": Words("单价", "Unit Price"),
    "product_id": Words("产品编码", "Product ID"),
    "product_name": Words("产品名称", "Product Name"),
    "promised_date": Words("承诺日", "Promised Date"),
    "province": Words("省/自治区", "Province"),
    "qty": Words("数量", "Quantity"),
    "region": Words("区域", "Region"),
    "role": Words("岗位", "Role"),
    "salesperson": Words("业务员", "Salesperson"),
    "staff_id": Words("工号", "Staff ID"),
    "staff_name": Words("姓名", "Name"),
    "start_date": Words("合作起始日期", "Customer Since"),
    "status": Words("状态", "Status"),
    "strategic": Words("战略客户", "Strategic"),
    "target": Words("目标", "Target"),
    "type": Words("客户类型", "Type"),
    "unit": Words("单位", "Unit"),
    "unit_cost": Words("单位成本", "Unit Cost"),
    # Of the reports.
    "month": Words("月份", "Month"),
    "cny_sales": Words("人民币销售额", "Sales in CNY"),
    "cny_returns": Words("人民币退货额", "Returns in CNY"),
    "usd_sales": Words("美元销售额", "Sales in USD"),
    "month_rate": Words("汇率", "USD Rate"),
    "total": Words("折合人民币", "Total in CNY"),
    "growth": Words("同比", "Growth on Last Year"),
    "last_year": Words("上年实际", "Last Year"),
    "growth_asked": Words("增长要求", "Growth Asked"),
}
YES, NO = pairs("是 Yes | 否 No")
TOTAL = Words("合计", "Total")
