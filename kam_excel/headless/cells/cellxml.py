"""One cell's XML: what it holds when read, and how it is written.

A cell is looked at in two steps. `CELL` splits a row into cells; the attributes that follow the
address repeat all over a sheet, so `Shape` keeps what each distinct text of them means.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from lxml import etree

from kam_excel.headless.cells.decimals import read_number
from kam_excel.headless.cells.strings import escape, unescape
from kam_excel.headless.cells.values import (
    ERRORS,
    NOT_COMPUTED,
    UNKNOWN_ERROR,
    ArrayFormula,
    CellError,
    Content,
    Formula,
    RichText,
    to_serial,
)
from kam_excel.headless.references.addressing import cell_name, parse_area

ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESS = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)  # comments, processing instructions
_LAST_STYLE = 2**31 - 1
_TAG = re.compile("<(/?)")
_LINE_ENDS = re.compile(r"\r\n?")


class Strings(Protocol):
    """The shared strings of a workbook, by index."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> str: ...

    def item(self, index: int) -> etree._Element: ...


class Shape(NamedTuple):
    """What the attributes of a cell say: `letters` and `digits` only of an address elsewhere."""

    letters: str
    style: int
    kind: str
    digits: str = ""


class FormulaXml(NamedTuple):
    """A cell's `<f>`: its text without `=` (empty in the followers of a shared one)."""

    text: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of sheet XML for one prefix ("" or "x:")."""

    prefix: str
    row: re.Pattern[str]
    cell: re.Pattern[str]
    value: re.Pattern[str]
    text: re.Pattern[str]
    phonetic: re.Pattern[str]
    formula: re.Pattern[str]


@lru_cache
def grammar(prefix: str) -> Grammar:
    """The patterns for elements that are written with `prefix`."""
    p = re.escape(prefix)
    return Grammar(
        prefix,
        row=re.compile(rf"<{p}row\b([^>]*)>"),
        cell=re.compile(
            rf'<{p}c\b(?: r="([A-Z]+)([0-9]+)")?([^>]*?)'
            rf"(?:/>|>(?:<{p}v>([^<]*)</{p}v>|(.*?))</{p}c\s*>)",
            re.DOTALL,
        ),
        value=re.compile(rf"<{p}v\b[^>]*?(?:/>|>([^<]*)</{p}v\s*>)"),
        text=re.compile(rf"<{p}t\b[^>]*?(?:/>|>([^<]*)</{p}t\s*>)"),
        phonetic=re.compile(rf"<{p}rPh\b.*?</{p}rPh\s*>", re.DOTALL),
        formula=re.compile(rf"<{p}f\b([^>]*?)(?:/>|>([^<]*)</{p}f\s*>)"),
    )


def attributes(text: str) -> dict[str, str]:
    """The attributes of a start tag."""
    return {name: one or two for name, one, two in ATTRIBUTE.findall(text)}


@lru_cache(maxsize=4096)
def shape(rest: str) -> Shape:
    """What the attributes behind a cell's address say; raises ValueError for no address."""
    given = attributes(rest)
    letters, digits = "", ""
    if "r" in given:
        address = _ADDRESS.fullmatch(given["r"])
        if address is None:
            raise ValueError(given["r"])
        letters, digits = address[1].upper(), address[2]
    style = int(given.get("s", 0))
    if not 0 <= style <= _LAST_STYLE:
        raise ValueError(f"format {style}")
    return Shape(letters, style, given.get("t", "n"), digits)


def content(kind: str, plain: str, body: str, strings: Strings, xml: Grammar) -> Content | dt.date:
    """What a cell shows: `plain` is the text of its only `<v>`, else `body` is all it holds.

    A formula without a cached value is NOT_COMPUTED. ISO dates come as datetimes. Raises
    ValueError and LookupError for what no spreadsheet writes.
    """
    if body:
        if "<!" in body or "<?" in body:
            body = _ASIDE.sub("", body)
        if kind == "inlineStr":
            runs = xml.text.findall(xml.phonetic.sub("", body))
            return read_text("".join(runs))
        found = xml.value.search(body)
        computed = found is not None and (found[1] or kind == "str")
        if xml.formula.search(body) and not computed:
            return NOT_COMPUTED
        plain = (found[1] or "") if found else ""
    if kind == "str":
        return read_text(plain)
    return _READERS[kind](plain, strings) if plain else None


def _error(text: str) -> CellError:
    return CellError(text) if text in ERRORS else UNKNOWN_ERROR


def _shared(text: str, strings: Strings) -> Content:
    return strings[int(text)]


# xsd:boolean, and as programs of other languages write it.
_TRUTHS = {"1": True, "true": True, "TRUE": True, "0": False, "false": False, "FALSE": False}
_READERS: dict[str, Callable[[str, Strings], Content | dt.date]] = {
    "n": lambda text, _: read_number(text),
    "s": _shared,
    "b": lambda text, _: _TRUTHS[text.strip()],
    "e": lambda text, _: _error(unescape(text)),
    "d": lambda text, _: dt.datetime.fromisoformat(text),
    "inlineStr": lambda text, _: read_text(text),
}


def formula(body: str, xml: Grammar) -> FormulaXml | None:
    """The formula in the body of a cell, or None."""
    found = xml.formula.search(body) if body else None
    if found is None:
        return None
    return FormulaXml(read_text(found[2] or ""), attributes(found[1]))


def read_text(text: str) -> str:
    """Character data as the text that it stands for."""
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return unescape(text)


def number_text(number: float) -> str:
    """A number as XML writes it: the shortest text that reads back as the same number."""
    return repr(float(number)).removesuffix(".0")


def cell(prefix: str, name: str, style: int, value: Content) -> str:
    """The canonical `<c>` of a cell; an empty one where `value` is None."""
    p, s = prefix, f' s="{style}"' if style else ""
    kind = type(value)
    if kind is float:
        number = repr(value).removesuffix(".0")
        return f'<{p}c r="{name}"{s}><{p}v>{number}</{p}v></{p}c>'
    if kind is str:
        text = escape(str(value))
        keep = ' xml:space="preserve"' if text and (text[0].isspace() or text[-1].isspace()) else ""
        return f'<{p}c r="{name}"{s} t="inlineStr"><{p}is><{p}t{keep}>{text}</{p}t></{p}is></{p}c>'
    if value is None:
        return f'<{p}c r="{name}"{s}/>'
    if kind is bool:
        return f'<{p}c r="{name}"{s} t="b"><{p}v>{int(bool(value))}</{p}v></{p}c>'
    if isinstance(value, ArrayFormula):
        return _array(p, name, s, value)
    if isinstance(value, Formula):
        return f'<{p}c r="{name}"{s}><{p}f>{escape(str(value))}</{p}f></{p}c>'
    if isinstance(value, RichText):
        runs = _TAG.sub(rf"<\1{p}", value.markup)
        return f'<{p}c r="{name}"{s} t="inlineStr"><{p}is>{runs}</{p}is></{p}c>'
    return f'<{p}c r="{name}"{s} t="e"><{p}v>{escape(str(value))}</{p}v></{p}c>'


def _array(p: str, name: str, s: str, value: ArrayFormula) -> str:
    start = parse_area(name)
    last = cell_name(start.row1 + value.rows - 1, start.col1 + value.columns - 1)
    ref = name if last == name else f"{name}:{last}"
    marked = "" if value.metadata is None else f' cm="{value.metadata}"'
    formula = f'<{p}f t="array" ref="{ref}">{escape(str(value))}</{p}f>'
    return f'<{p}c r="{name}"{s}{marked}>{formula}</{p}c>'


def set_attribute(text: str, name: str, value: str | None) -> str:
    """The attributes `text` with `name` set to `value`, or without it."""
    for match in ATTRIBUTE.finditer(text):
        if match[1] == name:
            new = "" if value is None else f'{name}="{value}"'
            before = text[: match.start()] if value is not None else text[: match.start()].rstrip()
            return before + new + text[match.end() :]
    return text if value is None else f'{text} {name}="{value}"'


def restyled(markup: str, style: int) -> str:
    """The markup of a cell with another style and nothing else changed."""
    end = markup.index(">")
    end -= markup[end - 1] == "/"
    name_end = markup.index(" ") if " " in markup[:end] else end
    new = set_attribute(markup[name_end:end].rstrip(), "s", str(style) if style else None)
    return markup[:name_end] + new + markup[end:]


def with_formula(markup: str, text: str, xml: Grammar) -> str:
    """The markup of a cell with a plain formula in place of the one that it has."""
    plain = f"<{xml.prefix}f>{escape(text)}</{xml.prefix}f>"
    return xml.formula.sub(lambda _: plain, markup, count=1)


def with_value(markup: str, value: Content, xml: Grammar) -> str:
    """The markup of a formula's cell with another cached value; the formula stays as written.

    NOT_COMPUTED leaves the value and marks the formula as one that has to be computed (`ca`,
    ECMA-376 part 1, 18.3.1.40); without a value it needs no mark.
    """
    found = xml.formula.search(markup)
    assert found is not None
    if value == NOT_COMPUTED and not xml.value.search(markup):
        return markup
    if value == NOT_COMPUTED:
        name_end = found.start() + len(f"<{xml.prefix}f")
        given = set_attribute(found[1], "ca", "1")
        return markup[:name_end] + given + markup[name_end + len(found[1]) :]
    kind, text = _cached(value)
    end = markup.index(">")
    name_end = markup.index(" ") if " " in markup[:end] else end
    head = markup[:name_end] + set_attribute(markup[name_end:end], "t", kind)
    before, after = markup[end : found.start()], markup[found.end() :]
    after = xml.value.sub("", after, count=1)
    return f"{head}{before}{found[0]}<{xml.prefix}v>{text}</{xml.prefix}v>{after}"


def without_value(markup: str, xml: Grammar) -> str:
    """The markup of a formula's cell without a cached value and without a mark."""
    found = xml.formula.search(markup)
    assert found is not None
    end = markup.index(">")
    name_end = markup.index(" ") if " " in markup[:end] else end
    head = markup[:name_end] + set_attribute(markup[name_end:end], "t", None)
    name_end = found.start() + len(f"<{xml.prefix}f")
    formula = markup[found.start() : name_end] + set_attribute(found[1], "ca", None)
    formula += markup[name_end + len(found[1]) : found.end()]
    return f"{head}{markup[end : found.start()]}{formula}" + xml.value.sub(
        "", markup[found.end() :], count=1
    )


def _cached(value: Content) -> tuple[str | None, str]:
    """How the value of a formula is written: the type of its cell and the text of its `<v>`."""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, float):
        return None, number_text(value)
    return "e" if isinstance(value, CellError) else "str", escape(str(value or ""))


def iso_serial(value: Content | dt.date, date1904: bool) -> Content:
    """`value` with an ISO date (`t="d"`) as the number that it stands for."""
    return to_serial(value, date1904) if isinstance(value, dt.date) else value
