"""What figures measure by the words above them: sales in money, or something else."""

from __future__ import annotations

import re

_SALES = (
    "订单金额 订单总额 订单额 订单 销售金额 销售总额 销售收入 销售额 销售 成交金额 成交额 出库金额 "
    "出货金额 出货额 发货金额 发货额 开票金额 开票额 营业收入 营业额 收入 业绩 金额 实际销售额 "
    "实际金额 实际完成 实际 实绩 完成额 gmv "
    "sales_amount order_amount actual_sales sales revenue turnover amount actuals actual"
)
SALES_WORDS = frozenset(word.replace("_", " ") for word in _SALES.split())

# Of the figures under such a word none is sales in money.
_OTHER = re.compile(
    r"数量|销量|件数|台数|单量|订单数|目标|预算|计划|预测|预计|指标|任务|同比|环比|增长|增幅|增速|占比|比例|比重"
    r"|完成率|达成率|毛利|利润|成本|费用|回款|收款|应收|欠款|库存|退货|上年|去年|同期|累计|单价|均价|价格|税额"
    r"|(?<![a-z])(?:qty|quantity|units?|volume|target|budget|plan|forecast|growth|yoy|mom|share|margin"
    r"|profit|cost|payments?|receivables?|inventory|stock|returns?|last year|prior year|cumulative"
    r"|ytd|price|tax)(?![a-z])|%"
)

# A list of this name holds no sales, whatever its headers.
_PLANS = re.compile(
    r"目标|预算|计划|预测|预计|指标|任务"
    r"|(?<![a-z])(?:targets?|budgets?|plans?|planned|forecasts?|quotas?)(?![a-z])"
)
# A list of this name holds sales only where it says so, too.
_MONEY = re.compile(
    r"违规|窜货|回款|收款|付款|应收|欠款|库存|采购|费用|报销|返利|佣金"
    r"|(?<![a-z])(?:payments?|collections?|receipts?|receivables?|inventory|stocks?|purchases?"
    r"|expenses?|rebates?|commissions?|violations?)(?![a-z])"
)
_SALES_LISTS = re.compile(
    r"销售|订单|出库|发货|开票|流水|(?<![a-z])(?:sales|orders?|invoices?|shipments?)(?![a-z])"
)
_RETURNS = re.compile(r"退货|退款|退单|(?<![a-z])(?:returns?|refunds?|credit notes?)(?![a-z])")
_TOGETHER = re.compile(r"[及和与、/&+含]|(?<![a-z])(?:and|incl)(?![a-z])")

_SUMMARIES = re.compile(
    r"汇总|统计|合计|总览|概览|透视|排名|报表|看板|分析"
    r"|(?<![a-z])(?:summary|summaries|pivot|overview|ranking|dashboard|report|analysis)(?![a-z])"
)

_CHANGES_SUMS = re.compile(
    r"退货|退款|退回|作废|取消|红冲|冲销|状态|期初"
    r"|(?<![a-z])(?:returned|returns?|refund(?:s|ed)?|cancel(?:led|ed|lation)?|void(?:ed)?|status"
    r"|opening balance)(?![a-z])"
)


def measures_sales(text: str) -> bool:
    """Whether a normalised text is nothing but a word for sales in money."""
    return text in SALES_WORDS


def measures_other(text: str) -> bool:
    """Whether a normalised text names a quantity, a plan, a rate or money that is no sales."""
    return _OTHER.search(text) is not None


def lists_other(name: str) -> bool:
    """Whether the normalised name of a list says that it holds plans, returns, violations, or other
    money.
    """
    if _PLANS.search(name):
        return True
    if _RETURNS.search(name) and not says_several(name):
        return True
    return bool(_MONEY.search(name)) and not _SALES_LISTS.search(name)


def says_several(name: str) -> bool:
    """Whether the normalised name of a list joins two things, as sales and returns."""
    return _TOGETHER.search(name) is not None


def summarises(name: str) -> bool:
    """Whether the normalised name of a list says that it sums up others."""
    return _SUMMARIES.search(name) is not None


def may_change_sums(header: str) -> bool:
    """Whether a column of this header may say that a row counts less, or not at all."""
    return _CHANGES_SUMS.search(header) is not None
