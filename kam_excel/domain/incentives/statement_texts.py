"""The words of a statement's lines, in Chinese and English, with the figures that they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from kam_excel.codes import Language, Text
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.texts import figure

LAST_PLACE = Decimal("0.000001")  # of a percentage
DEDUCTIONS = {
    "factor": Text(
        "回款系数 {rest}：扣减 {base} × {rate}", "Payment factor {rest}: less {base} × {rate}"
    ),
    "violation": Text("违规：扣减 {base} × {rate}", "Violations: less {base} × {rate}"),
    "cap": Text("超过上限的部分", "What exceeds the cap"),
    "stack": Text(
        "与其他政策不可叠加，不计入本政策", "Not stackable: another policy holds in its place"
    ),
    "rounding": Text("四舍五入", "Rounding"),
}
NOTES = {
    "prior": Text("上年同期基数 {base}，增长 {rate}", "A year before {base}: growth {rate}"),
    "target": Text("任务 {base}，完成率 {rate}", "Target {base}: attainment {rate}"),
    "collected": Text(
        "{within}回款 {base}（含税，本位币），系数 {rate}",
        "Paid {within}: {base} (with tax, base currency), factor {rate}",
    ),
    "uncollected": Text(
        "至今 {within}尚未回款 {base}（含税，本位币），系数 {rate}",
        "Still unpaid {within}: {base} (with tax, base currency), factor {rate}",
    ),
}
WITHIN, BEYOND = (
    Text("{days} 天内", "within {days} days"),
    Text("超过 {days} 天", "after {days} days"),
)
CAP_AMOUNT = Text("（上限 {amount}）", " ({amount} at most)")
CAP_SHARE = Text("（上限为基数的 {rate}）", " ({rate} of the basis at most)")
TIER_FROM = Text("第 {tier} 档（{lower} 起）", "Tier {tier} (from {lower})")
TIER_WITHIN = Text("第 {tier} 档（{lower} 至 {upper}）", "Tier {tier} ({lower} to {upper})")
DAYS = Text("{days}天", "{days} days")
PIECES = Text("{count}件", "{count} pieces")
TIER_TARGET = Text("第 {tier} 档（完成目标）", "Tier {tier} (target met)")
FIXED = Text("{tier}：定额 {fixed}", "{tier}: fixed amount {fixed}")
PRODUCT = Text("{tier}：{basis} × {rate}", "{tier}: {basis} × {rate}")
BOTH = Text("{tier}：{basis} × {rate} + {fixed}", "{tier}: {basis} × {rate} + {fixed}")
ABOUT = Text("约 {rate}", "about {rate}")
FINAL = Text("实返合计", "Final rebate")
FINAL_SETTLED = Text("实返合计（已结算）", "Final rebate (settled)")
FINAL_CORRECTED = Text(
    "实返合计（重算；已结算 {settled}，差异 {difference}）",
    "Final rebate, recomputed ({settled} settled, {difference} corrected)",
)
NAMED = Text("{name}（{id}）", "{name} ({id})")
ACCOUNT = Text("{account}，{currency}", "{account}, {currency}")
OPENING = Text("期初余额", "Opening balance")
CLOSING = Text("期末余额", "Closing balance")
ENTRIES = {
    "accrual": Text("计提返利", "Rebate accrued"),
    "confirmation": Text("确认返利", "Rebate confirmed"),
    "payment": Text("支付返利", "Rebate paid"),
    "offset": Text("抵扣货款", "Set off against invoices"),
    "reversal": Text("冲回计提或确认", "Accrual or confirmation taken back"),
    "return": Text("冲回支付或抵扣", "Payment or offset taken back"),
}
PAYABLE = {
    "open": Text("尚未结算的返利", "Not settled yet"),
    "settled": Text("已结算的返利", "Settled"),
    "carried": Text("结算后的差异，结转至下次兑付", "Correction, carried to what is paid next"),
    "correction": Text("结算后的差异，应立即结清", "Correction, due at once"),
    "overpaid": Text("多付，结转至下次兑付", "Overpaid, carried to what is paid next"),
}
OF_WHICH_PAID = Text("：{final} − 已付 {paid}", ": {final} less {paid} paid")
PAYOUTS = {
    "cash": Text("，以现金兑付", ", paid in cash"),
    "offset": Text("，抵货款", ", set off against invoices"),
    "goods": Text("，以实物兑付", ", paid in goods"),
}
CONDITION = Text("，条件：{words}", ", on condition: {words}")
OVERDUE = Text("，已逾期 {days} 天", ", {days} days overdue")
TOTAL = Text("待付合计", "Payable in total")
TOTAL_DUE = Text("待付合计，其中已到应付日 {due}", "Payable in total, of which due by now {due}")
NOT_BOOKED = Text("待付合计高于台账余额：尚未入账", "Payable beyond the balance: not booked yet")
OVERBOOKED = Text("待付合计低于台账余额：入账过多", "Payable below the balance: booked in excess")


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts in one language, by the terms of the policies that they tell of."""

    language: Language
    terms: dict[str, Terms]

    @classmethod
    def of(cls, language: Language, terms: Sequence[Terms]) -> Wording:
        """The wording for a list of policies."""
        return cls(language, {each.policy_id: each for each in terms})

    def step(self, policy_id: str, step: str, tier: Any, rate: Any, fixed: Any, base: Any) -> str:
        """One line of the computation: what is multiplied, or why something is taken off.

        base: what the rate is applied to: of a section a part of the basis, of a deduction what
        the lines above add up to.
        """
        terms = self.terms[policy_id]
        if step == "section":
            return self._section(terms, int(tier), base, rate, fixed)
        if step in NOTES:
            return self._note(terms, step, tier, base, rate)
        shares = {}
        if step in ("factor", "violation"):
            shares = {"rate": self._percent(rate), "rest": self._percent(1 - rate)}
        told = self._in(DEDUCTIONS[step], base=figure(base, terms.places), **shares)
        return told + self._cap(terms) if step == "cap" else told

    def final(self, settled: Any, correction: Any, places: int) -> str:
        """The total of a computation; what is settled and what corrects it may be missing."""
        if pd.isna(settled):
            return self._in(FINAL)
        if pd.isna(correction):
            return self._in(FINAL_SETTLED)
        told = {"settled": figure(settled, places), "difference": figure(correction, places)}
        return self._in(FINAL_CORRECTED, **told)

    def entry(self, kind: str, effect: Decimal) -> str:
        """One entry of the ledger."""
        return self._in(ENTRIES["return" if kind == "reversal" and effect > 0 else kind])

    def account(self, customer_id: str, name: Any, currency: str) -> str:
        """The first line of a block: whose it is, and in which currency."""
        known = pd.notna(name) and name != customer_id
        account = self._in(NAMED, name=name, id=customer_id) if known else customer_id
        return self._in(ACCOUNT, account=account, currency=currency)

    def payable(
        self,
        policy_id: str,
        status: str,
        final: Decimal,
        paid: Decimal,
        payable: Decimal,
        day: Any,
        overdue: Any,
        places: int,
    ) -> str:
        """What is to be paid, or carried, of one policy: how, on what condition, what was paid."""
        if status == "correction" and pd.isna(day):
            status = "carried"
        elif status != "correction" and payable < 0:
            status = "overpaid"
        told = self._in(PAYABLE[status])
        if status in ("open", "settled"):
            told += self._how(self.terms[policy_id])
        late = "" if pd.isna(overdue) else self._in(OVERDUE, days=int(overdue))
        amounts = {"final": figure(final, places), "paid": figure(paid, places)}
        return told + late + (self._in(OF_WHICH_PAID, **amounts) if paid else "")

    def total(self, due: Decimal, places: int) -> str:
        """The sum of what is payable; `due` is the part whose day has come."""
        return self._in(TOTAL_DUE, due=figure(due, places)) if due else self._in(TOTAL)

    def difference(self, beyond: Decimal) -> str:
        """By how much what is payable differs from the balance of the ledger."""
        return self._in(NOT_BOOKED if beyond > 0 else OVERBOOKED)

    def opening(self) -> str:
        """The first line of the ledger."""
        return self._in(OPENING)

    def closing(self) -> str:
        """The last line of the ledger."""
        return self._in(CLOSING)

    def _section(self, terms: Terms, tier: int, basis: Any, rate: Any, fixed: Any) -> str:
        text = (BOTH if rate else FIXED) if fixed else PRODUCT
        return self._in(
            text,
            tier=self._tier(terms, tier),
            basis=self._volume(terms, basis),
            rate=self._percent(rate) if terms.is_money else figure(rate),
            fixed=figure(fixed, terms.places),
        )

    def _note(self, terms: Terms, step: str, days: Any, base: Any, rate: Any) -> str:
        """What a rebate is measured against; of invoices, how soon they were paid."""
        within = ""
        if step in ("collected", "uncollected"):
            longest = max((limit for limit, _ in terms.factors), default=0)
            within = self._in(
                BEYOND if pd.isna(days) else WITHIN, days=longest if pd.isna(days) else days
            )
        volume = self._volume(terms, base) if step in ("prior", "target") else figure(base, 2)
        return self._in(NOTES[step], base=volume, rate=self._percent(rate), within=within)

    def _how(self, terms: Terms) -> str:
        """How a policy is paid out, and on what condition, where it says so."""
        told = self._in(PAYOUTS[terms.payout]) if terms.payout else ""
        return told + (self._in(CONDITION, words=terms.condition) if terms.condition else "")

    def _tier(self, terms: Terms, tier: int) -> str:
        """A tier with its bounds; it ends where the next begins if each pays on its own part."""
        tiers = terms.scale.tiers
        if terms.method == "target" and tier == 1:
            return self._in(TIER_TARGET, tier=tier)
        lower = self._bound(terms, tiers[tier - 1].lower)
        if terms.method not in ("stepped", "payment age") or tier == len(tiers):
            return self._in(TIER_FROM, tier=tier, lower=lower)
        upper = self._bound(terms, tiers[tier].lower)
        return self._in(TIER_WITHIN, tier=tier, lower=lower, upper=upper)

    def _bound(self, terms: Terms, bound: Decimal) -> str:
        if terms.method == "growth":
            return self._percent(bound)
        if terms.method == "payment age":
            return self._in(DAYS, days=figure(bound))
        return self._volume(terms, bound)

    def _volume(self, terms: Terms, volume: Decimal) -> str:
        if terms.is_money:
            return figure(volume, terms.places)
        return self._in(PIECES, count=figure(volume))

    def _cap(self, terms: Terms) -> str:
        caps, told = terms.caps, ""
        if caps.amount is not None:
            told += self._in(CAP_AMOUNT, amount=figure(caps.amount, terms.places))
        if caps.share is not None:
            told += self._in(CAP_SHARE, rate=self._percent(caps.share))
        return told

    def _percent(self, share: Decimal) -> str:
        """A share as a percentage with its own digits, one without end rounded and said so."""
        whole = share * 100
        shown = whole.quantize(LAST_PLACE, ROUND_HALF_UP)
        told = f"{figure(shown)}%"
        return told if shown == whole else self._in(ABOUT, rate=told)

    def _in(self, text: Text, **facts: object) -> str:
        return text.in_(self.language).format(**facts)
