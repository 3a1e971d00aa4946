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
    "rebate_policies": Words("返利政策", "Rebate Policies"),
    "rebate_tiers": Words("返利阶梯", "Rebate Tiers"),
    "proposed_tiers": Words("拟议阶梯", "Proposed Tiers"),
    "payment_factors": Words("回款系数", "Payment Factors"),
    "receipts": Words("回款明细", "Receipts"),
    "rebate_ledger": Words("返利台账", "Rebate Ledger"),
    "violations": Words("违规记录", "Violations"),
    "contests": Words("销售竞赛", "Sales Contests"),
    "targets": Words("任务量", "Targets"),
    "promotions": Words("促销活动", "Promotions"),
    "months": Words("月度汇总", "Monthly Summary"),
    "regions": Words("区域透视", "Regions"),
    "target_report": Words("目标对比", "Targets and Sales"),
    "parameters": Words("参数", "Parameters"),
}
# A table bears the name of its sheet, without spaces, where no other name is taken.
TABLES = {
    **{each: Words(sheet.zh, sheet.en.replace(" ", "")) for each, sheet in SHEETS.items()},
    "target_report": Words("客户目标", "CustomerTargets"),
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
    "discount": Words("折扣", "Discount"),
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
    "tax_rate": Words("税率", "Tax Rate"),
    "type": Words("客户类型", "Type"),
    "unit": Words("单位", "Unit"),
    "unit_cost": Words("单位成本", "Unit Cost"),
    # Of incentives.
    "award": Words("奖项", "Award"),
    "basis": Words("基数", "Basis"),
    "budget": Words("预算", "Budget"),
    "cap_amount": Words("上限金额", "Cap Amount"),
    "cap_share": Words("上限比例", "Cap Share"),
    "confirmed": Words("客户确认", "Confirmed"),
    "confirmed_by": Words("确认人", "Confirmed By"),
    "contest_id": Words("编号", "Contest ID"),
    "contest_measure": Words("指标", "Measure"),
    "contest_name": Words("竞赛名称", "Contest Name"),
    "customer_contribution": Words("客户承担", "Customer Contribution"),
    "eligible_customers": Words("适用客户", "Eligible Customers"),
    "eligible_products": Words("适用产品", "Eligible Products"),
    "eligible_regions": Words("适用区域", "Eligible Regions"),
    "end": Words("结束", "End"),
    "entry_threshold": Words("参赛门槛", "Entry Threshold"),
    "entry_type": Words("类型", "Entry Type"),
    "excluded_products": Words("排除产品", "Excluded Products"),
    "factor": Words("系数", "Factor"),
    "fixed_cost": Words("固定费用", "Fixed Cost"),
    "matched_doc_no": Words("对应单据", "Matched Document"),
    "max_days": Words("天数上限", "Up to Days"),
    "mechanism": Words("方式", "Mechanism"),
    "min_threshold": Words("最低门槛", "Minimum Threshold"),
    "payee": Words("收款人", "Payee"),
    "payee_type": Words("奖励对象", "Payee Type"),
    "payment_condition": Words("付款条件", "Payment Condition"),
    "payout_days": Words("兑付期限(天)", "Payout Within (Days)"),
    "payout_method": Words("兑付方式", "Payout Method"),
    "penalty_share": Words("处理比例", "Penalty Share"),
    "place": Words("名次", "Place"),
    "policy_id": Words("政策编号", "Policy ID"),
    "policy_name": Words("名称", "Name"),
    "priority": Words("优先级", "Priority"),
    "prize_amount": Words("奖金", "Prize Money"),
    "prize_qty": Words("数量", "Quantity"),
    "prize_type": Words("奖品类型", "Prize Type"),
    "prize_unit_price": Words("单价", "Unit Price"),
    "promo_id": Words("促销编号", "Promotion ID"),
    "rebate_amount": Words("返利金额", "Rebate Amount"),
    "rebate_method": Words("方式", "Rebate Method"),
    "rebate_rate": Words("返利率", "Rebate Rate"),
    "rep_id": Words("业务员工号", "Sales Rep ID"),
    "stackable": Words("可叠加", "Stackable"),
    "start": Words("开始", "Start"),
    "target_uplift": Words("目标增量", "Target Uplift"),
    "tax_included": Words("含税", "Tax Included"),
    "tier": Words("档次", "Tier"),
    "tier_lower": Words("下限", "Lower Bound"),
    "unit_discount": Words("单位让利", "Unit Discount"),
    "valid_from": Words("起", "Valid From"),
    "valid_to": Words("止", "Valid To"),
    "violation_type": Words("类型", "Violation Type"),
    "voucher_no": Words("凭证号", "Voucher No."),
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
