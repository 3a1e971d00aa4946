"""What has to hold of an add-in before it is written: no other program checks all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from kam_excel.contract.action import ACTION_ID
from kam_excel.errors import Problem, problem
from kam_excel.ribbon.addin import customui, vbaproject
from kam_excel.ribbon.addin.customui import CALLBACKS
from kam_excel.ribbon.addin.sheet import MESSAGES, Row

LONGEST = 1024  # characters of a label or tip, as the schema of the ribbon and Office count them
_SUB = re.compile(r"^\s*Public Sub (\w+)\((.*)\)\s*$", re.MULTILINE)
_CONTROL = r"control As IRibbonControl"
_SIGNATURES = {
    "onAction": re.compile(_CONTROL),
    **dict.fromkeys(
        ("getLabel", "getScreentip", "getSupertip"),
        re.compile(rf"{_CONTROL}, ByRef \w+( As Variant)?"),
    ),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What an add-in is made of: ribbon, VBA project, rows of its sheet and the sheet's code name.

    `actions` are the ids of the buttons that there should be.
    """

    ribbon: bytes
    project: bytes
    rows: Sequence[Row]
    code_name: str
    actions: Collection[str]


def problems_of(content: Content) -> list[Problem]:
    """Everything that is wrong with an add-in; [] where it can be used."""
    controls = list(customui.controls(content.ribbon))
    return [
        *_ids(controls),
        *_tags(controls, content),
        *_labels(content.rows),
        *_code(controls, content),
    ]


def _ids(controls: Sequence[etree._Element]) -> Iterator[Problem]:
    counted = Counter(each.get("id", "") for each in controls)
    yield from (problem("ADDIN_ID_TWICE", id=each) for each, n in counted.items() if n > 1)


def _tags(controls: Sequence[etree._Element], content: Content) -> Iterator[Problem]:
    """Every button is an action and every action a button; every control and message has a row."""
    tags = [each.get("tag", "") for each in controls]
    buttons = {each.get("tag", "") for each in controls if each.get("onAction")}
    for tag in sorted(buttons ^ set(content.actions)):
        yield problem("ADDIN_BUTTON_UNKNOWN", id=tag)
    for tag in sorted({*tags, *MESSAGES} ^ {row.id for row in content.rows}):
        yield problem("ADDIN_LABEL_MISSING", id=tag)
    for tag in tags:
        if not ACTION_ID.fullmatch(tag):
            yield problem("ADDIN_ID_INVALID", id=tag)


def _labels(rows: Sequence[Row]) -> Iterator[Problem]:
    for row in rows:
        if not row.zh.strip() or not row.en.strip():
            yield problem("ADDIN_LABEL_MISSING", id=row.id)
        longest = max(map(_length, (row.zh, row.en, row.tip_zh, row.tip_en)))
        if longest > LONGEST:
            yield problem("ADDIN_LABEL_TOO_LONG", id=row.id, length=longest, limit=LONGEST)


def _length(text: str) -> int:
    """Its length to Office, where a character beyond U+FFFF counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _code(controls: Sequence[etree._Element], content: Content) -> Iterator[Problem]:
    try:
        modules = vbaproject.modules_of(content.project)
    except ValueError as error:
        yield problem("ADDIN_PROJECT_DAMAGED", reason=str(error))
        return
    if content.code_name not in modules:
        yield problem("ADDIN_PROJECT_DAMAGED", reason=f"no module {content.code_name}")
    subs = _public_subs(modules)
    used = {(kind, each.get(kind)) for each in controls for kind in CALLBACKS if each.get(kind)}
    for kind, name in sorted(used, key=str):
        found = subs.get(str(name), [])
        if len(found) != 1 or not _SIGNATURES[kind].fullmatch(found[0]):
            yield problem("ADDIN_CALLBACK_MISSING", callback=name)


def _public_subs(modules: Mapping[str, str]) -> dict[str, list[str]]:
    """The parameters of every public Sub by its name; more than one where it is there twice."""
    found: dict[str, list[str]] = {}
    for source in modules.values():
        for name, parameters in _SUB.findall(source.replace("\r\n", "\n")):
            found.setdefault(name, []).append(parameters)
    return found
