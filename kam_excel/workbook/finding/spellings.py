"""One header in its many spellings: *金额, 金额（必填）, ORDER_ID, 金额(含税), 金额/Amount."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"\((?:必填|必填项|选填|可选|可空|非必填|required|mandatory|optional)\)|[*:#]+$|^[*#]+"
)
LONGEST_HEADER = 80  # what is longer is a text, and not looked into
_SEPARATORS = re.compile(r"[ _.-]+")
_TAX_BEHIND = re.compile(r"(?P<name>.+?)[(\[](?P<tax>含税|不含税|未含税|未税|无税|价税合计)[)\]]")
_TAX_WORDS = {"未含税": "不含税", "未税": "不含税", "无税": "不含税", "价税合计": "含税"}
_TAX_EN = re.compile(
    r"(?P<name>.+?) ?\(?(?P<side>incl|excl|inc|ex)(?:uding|usive|uded)?\.? ?(?:of )?"
    r"(?:tax|vat|gst)\)?"
)
_TWO_LANGUAGES = (
    re.compile(r"(?P<zh>[^a-z]*[一-鿿][^a-z]*?)[/|]? ?(?P<en>[a-z].*)"),
    re.compile(r"(?P<en>[a-z][^一-鿿]*?)[/|]? ?(?P<zh>[一-鿿].*)"),
)


def undecorated(text: str) -> str:
    """A normalised header without the marks of forms: *, (必填), a colon behind it."""
    before = ""
    while text != before and len(text) <= LONGEST_HEADER:
        before, text = text, _MARKS.sub("", text).strip()
    return text


def spelled(text: str) -> str:
    """What headers that mean the same have in common: no gaps, the tax basis where we put it.

    customer_id is customerid; 金额(含税) is 含税金额, Amount (including VAT) is amountincltax.
    """
    if len(text) > LONGEST_HEADER:
        return text
    tax = _TAX_BEHIND.fullmatch(text)
    if tax:
        text = _TAX_WORDS.get(tax["tax"], tax["tax"]) + tax["name"]
    english = _TAX_EN.fullmatch(text)
    if english:
        side = english["side"][:2]
        text = f"{english['name']} {'incl' if side == 'in' else 'excl'} tax"
    return _SEPARATORS.sub("", text)


def in_two_languages(text: str) -> tuple[str, str] | None:
    """The Chinese and the English half of a normalised header that has both: 金额/amount."""
    for form in _TWO_LANGUAGES if len(text) <= LONGEST_HEADER else ():
        found = form.fullmatch(text)
        if found:
            zh, en = found["zh"].strip(" /|"), found["en"].strip(" /|")
            return undecorated(zh).strip("()"), undecorated(en).strip("()")
    return None
