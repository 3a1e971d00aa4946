"""Every code that the sources mention is registered, with texts that can be formatted."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import kam_excel
from kam_excel.codes import REGISTRY

SOURCES = Path(kam_excel.__file__).parent
# Where the code stands among the arguments of a call.
POSITIONS = {"problem": 0, "Refused": 0, "Coerced": 1, "UnclearLayout": 0}


class Mention(NamedTuple):
    """One call that names a code; `facts` is None where the call passes them as a mapping."""

    code: str
    place: str
    call: str
    facts: frozenset[str] | None


def mentions_in(source: str, name: str) -> Iterator[Mention]:
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        position = POSITIONS.get(call.func.id)
        if position is None or len(call.args) <= position:
            continue
        names = [keyword.arg for keyword in call.keywords]
        given = frozenset(each for each in names if each)
        facts = given if len(given) == len(names) else None
        for code in constants(call.args[position]):
            yield Mention(code, f"{name}:{call.lineno}", call.func.id, facts)


def constants(argument: ast.expr) -> Iterator[str]:
    """The code, or both codes of a conditional."""
    if isinstance(argument, ast.IfExp):
        yield from (*constants(argument.body), *constants(argument.orelse))
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


MENTIONS = [
    mention
    for path in sorted(SOURCES.rglob("*.py"))
    for mention in mentions_in(
        path.read_text(encoding="utf-8"), path.relative_to(SOURCES).as_posix()
    )
]


def test_the_search_finds_every_kind_of_mention():
    source = 'problem("A", where, x=1)\nRefused("B" if y else "C")\nCoerced(f(1), "D")\n'
    source += 'problem("E", **facts)\nother("F")\n'
    assert sorted(mentions_in(source, "m.py")) == [
        ("A", "m.py:1", "problem", {"x"}),
        ("B", "m.py:2", "Refused", set()),
        ("C", "m.py:2", "Refused", set()),
        ("D", "m.py:3", "Coerced", set()),
        ("E", "m.py:4", "problem", None),
    ]
    assert {mention.call for mention in MENTIONS} == set(POSITIONS)


def test_every_code_that_is_mentioned_is_registered():
    assert [m for m in MENTIONS if m.code not in REGISTRY] == []


def test_every_problem_brings_the_facts_that_its_texts_mention():
    lacking = {}
    for mention in MENTIONS:
        if mention.call != "problem" or mention.facts is None or mention.code not in REGISTRY:
            continue
        code = REGISTRY[mention.code]
        texts = (code.what.zh, code.what.en, code.hint.zh, code.hint.en)
        missing = set().union(*map(fields, texts)) - mention.facts
        if missing:
            lacking[mention.code, mention.place] = missing
    assert lacking == {}


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_code_reads_the_same_in_both_languages(name):
    code = REGISTRY[name]
    assert re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", name)
    assert code.what.zh
    assert code.what.en
    assert bool(code.hint.zh) == bool(code.hint.en)
    for text in (code.what, code.hint):
        # A text may call a table by the name that it has in its own language.
        assert fields(text.zh) - {"zh"} == fields(text.en) - {"en"}
        assert ("zh" in fields(text.zh)) == ("en" in fields(text.en))
        assert all(field.isidentifier() for field in fields(text.zh) | fields(text.en))


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_the_texts_of_a_code_can_be_formatted(name):
    code = REGISTRY[name]
    for template in (code.what.zh, code.what.en, code.hint.zh, code.hint.en):
        shown = template.format(**{field: f"<{field}>" for field in fields(template)})
        assert all(f"<{field}>" in shown for field in fields(template))
