"""Rewards to individuals: policies and contests that are for them, and payees who are no account.

Only our own staff may be rewarded in person; money to people of a customer is a bribe before it is
a rebate.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal

import pandas as pd

from kam_excel.domain.columns import text_column
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.texts import folded, plain

IndividualRule = Literal["forbidden", "allowed"]
FORBIDDEN: IndividualRule = "forbidden"

# A Han character, and what stands in the names of firms and not of people.
_HAN = r"[\u3400-\u9fff]"
_FIRM = re.compile(
    "公司|集团|店|厂|行|部|中心|商[场城厦贸社会]|百货|超市|市场|贸易|实业|股份|企业|工业|电器|电子|汽车|科技"
    "|连锁|酒店|宾馆|饭店|[医学法]院|学校|大学|协会|合作社|银行|门市|仓|站|局|所|网|卖场|经销|代理|批发|零售"
)
_TITLE = re.compile("(?:先生|女士|小姐|经理|总监|主任|老师|老板|总)$")
_TWO_PART_SURNAMES = (
    "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|长孙|宇文|令狐|夏侯|轩辕|端木"
    "|南宫|独孤|司空|百里|呼延"
)
_PERSON = re.compile(
    rf"{_HAN}{{2,3}}|(?:{_TWO_PART_SURNAMES}){_HAN}{{1,2}}|{_HAN}+(?:[·•]{_HAN}+)+"
)


def is_person(name: str) -> bool:
    """Whether a name is written like that of a person in Chinese.

    Two or three Han characters, four with a surname of two, or parts with dots between them, and
    no word of firms; a title behind it does not matter.
    """
    words = plain(name).replace(" ", "")
    untitled = _TITLE.sub("", words)
    if _FIRM.search(words):
        return False
    known = untitled if len(untitled) >= 2 else words
    return _PERSON.fullmatch(known) is not None


def report_individuals(
    payee_types: pd.Series,
    table_id: str,
    handling: str,
    log: IssueLog,
    rule: IndividualRule = FORBIDDEN,
) -> pd.Series:
    """Which policies or contests are for individuals although none may be rewarded (bool).

    payee_types: account, own staff or individual by row of the sheet `table_id`; missing is
    account. Each that is forbidden is logged with what is done about it.
    """
    barred = payee_types.eq("individual").fillna(False).astype(bool) & (rule == FORBIDDEN)
    rows = payee_types.index[barred]
    log.add("INDIVIDUAL_BENEFIT", table_id, rows, handling, column="payee_type", values=payee_types)
    return barred


def report_payees(
    ledger: pd.DataFrame,
    names: pd.Series,
    staff_names: Collection[str],
    own_staff: Collection[str],
    log: IssueLog,
    rule: IndividualRule = FORBIDDEN,
) -> pd.Series:
    """What is wrong with the payee of each entry: INDIVIDUAL_BENEFIT, PAYEE_OTHER or missing (str).

    ledger: customer_id, policy_id; optional payee, amount (exact)
    names: the name of each customer by id (an index with repeats: several names)
    staff_names: the people of our own company
    own_staff: the policies that reward them

    A payee is the account where he is called as its id or name, or one of the two names contains
    the other. A member of our staff is fine for a policy of own staff alone. Entries are kept.
    """
    payees = text_column(ledger, "payee")
    called: dict[str, list[str]] = {}
    for customer, name in names.dropna().items():
        called.setdefault(str(customer), []).append(folded(name))
    staff, rewarding = {folded(each) for each in staff_names}, set(own_staff)
    verdicts: list[str | None] = []
    for payee, customer, policy in zip(
        payees.fillna(""), ledger["customer_id"], ledger["policy_id"], strict=True
    ):
        known = (folded(str(customer)), *called.get(customer, ())) if payee else ()
        if not payee or _is_among(folded(payee), known):
            verdicts.append(None)
        elif folded(payee) in staff:
            verdicts.append(None if policy in rewarding else "INDIVIDUAL_BENEFIT")
        else:
            verdicts.append("INDIVIDUAL_BENEFIT" if is_person(payee) else "PAYEE_OTHER")
    found = pd.Series(verdicts, ledger.index, dtype="str")
    if rule != FORBIDDEN:
        found = found.mask(found == "INDIVIDUAL_BENEFIT")
    _list(found, payees, ledger, log)
    return found


def _is_among(payee: str, names: Sequence[str]) -> bool:
    """Whether a payee bears one of the names, or one of the two contains the other."""
    shortest = 2  # one character is in too many names
    return any(
        payee == name
        or (min(len(payee), len(name)) >= shortest and (payee in name or name in payee))
        for name in names
    )


def _list(found: pd.Series, payees: pd.Series, ledger: pd.DataFrame, log: IssueLog) -> None:
    amounts = ledger.get("amount")
    for code in ("INDIVIDUAL_BENEFIT", "PAYEE_OTHER"):
        rows = found.index[found == code]
        log.add(
            code,
            "rebate_ledger",
            rows,
            "ROW_KEPT",
            column="payee",
            values=payees,
            amounts=amounts,
        )
