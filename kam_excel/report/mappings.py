"""What is proposed of where tables stand: for people, as YAML to paste, as JSON."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Any

from xlwings.utils import col_name

from kam_excel.codes import Language, Text
from kam_excel.pipeline.mapping import Mapper, Proposal
from kam_excel.pipeline.mapping_file import Saved
from kam_excel.pipeline.survey import Survey
from kam_excel.report import accounts, layout
from kam_excel.report.check_data import location_as_data
from kam_excel.report.checks import place_text, shape_text
from kam_excel.settings.remember import entry_lines, plain_mapping, tables_text

_UNCLEAR = Text("不能确定", "not clear")
_ABSENT = Text("未找到，也没有相近的表头", "not found, and no header row comes near")
_NEAR = Text("未找到；最接近：{place}", "not found; nearest: {place}")
_OPEN = Text("缺少，可能是：{guess}", "not there; may be: {guess}")
_NO_GUESS = Text("缺少", "not there")
_INSTEAD = Text("（也可用{title}）", " ({title} will do)")
_UNSAYABLE = Text("能自动找到，设置无法表示其位置", "found by search; settings cannot say where")
_COLUMNS = Text("其他标题：", "Other headers: ")
_READ = Text("读取 {rows} 行，金额 {amount}", "{rows} rows would be read, amounts {amount}")
_READ_ROWS = Text("读取 {rows} 行", "{rows} rows would be read")


def proposal_as_text(each: Proposal, language: Language) -> Iterator[str]:
    """Where the table seems to stand, header by column, and what is not there."""
    table, mapping = each.table, each.mapping
    yield f"{table.title(language)}  {_where(each, language)}"
    known = mapping.columns if mapping else {}
    places = {header: col_name(column) for column, header in each.headers.items()}
    for name, header in known.items():
        if header is not None:
            cell = layout.padded(places.get(header, ""), 4)
            title = layout.padded(table.columns[name].header(language), 20)
            yield f"  {title}← {cell}{header}"
    for name in each.lacking:
        guess = each.nearest.get(name)
        said = _OPEN.in_(language).format(guess=guess) if guess else _NO_GUESS.in_(language)
        if name in table.stand_ins:
            title = table.columns[table.stand_ins[name]].header(language)
            said += _INSTEAD.in_(language).format(title=title)
        yield f"  {layout.padded(table.columns[name].header(language), 20)}  {said}"
    others = [
        f"{col_name(column)} {header}"
        for column, header in each.headers.items()
        if header not in known.values()
    ]
    if others:
        between = "、" if language == "zh" else ", "
        yield from layout.listed(others, f"  {_COLUMNS.in_(language)}", "    ", between)
    for problem in each.problems:
        if each.lacking and problem.code.name == "COLUMN_MISSING":
            continue
        yield from layout.wrapped(problem.text(language), "  ", "    ")


def _where(each: Proposal, language: Language) -> str:
    if each.location:
        place, shape = place_text(each.location, language), shape_text(each.location, language)
        return f"{place} · {shape}"
    if each.mapping is None:
        return (_UNCLEAR if each.problems else _ABSENT).in_(language)
    sheets = ", ".join(each.mapping.sheets) or each.mapping.sheet or ""
    row = each.mapping.header_row
    place = f"{sheets}!{row}:{row}" if row else sheets
    return _NEAR.in_(language).format(place=place)


def proposals_as_yaml(proposals: Sequence[Proposal], language: Language) -> str:
    """`tables:` to be pasted into config.yaml; what is not found stands in comments."""
    found = {each.table.id: each.mapping for each in proposals if each.location and each.mapping}
    data = {name: plain_mapping(mapping) for name, mapping in found.items() if mapping}
    lines = tables_text(data).splitlines() if data else ["tables: {}"]
    for each in proposals:
        if each.table.id not in data:
            lines += [f"  # {line}".rstrip() for line in _comment(each, language)]
    return "\n".join(lines)


def _comment(each: Proposal, language: Language) -> Iterator[str]:
    """A table that is not found, with the nearest header as an entry that lacks something."""
    table = each.table
    if each.location:
        yield f"{table.id}: {_UNSAYABLE.in_(language)}"
        return
    yield f"{table.id}: {_where(each, language)}"
    if each.mapping is None:
        yield from (f"  {problem.text(language)}" for problem in each.problems)
        return
    yield from (f"  {line}" for line in entry_lines(plain_mapping(each.mapping), ""))
    if each.lacking and not each.mapping.columns:
        yield "  columns:"
    for name in each.lacking:
        guess = each.nearest.get(name)
        said = _OPEN.in_(language).format(guess=guess) if guess else _NO_GUESS.in_(language)
        yield f"    {name}: {said}"


def proposals_as_json(mapper: Mapper, saved: Saved | None, language: Language) -> str:
    """By table: what the settings would say, where it was found, what is lacking, what is read."""
    read = read_as_data(mapper.survey)
    tables = {
        each.table.id: {
            "mapping": plain_mapping(each.mapping) if each.mapping else None,
            "found": location_as_data(each.location) if each.location else None,
            "headers": {col_name(column): header for column, header in each.headers.items()},
            "lacking": {name: each.nearest.get(name) for name in each.lacking},
            "problems": [problem.to_json(language) for problem in each.problems],
            "read": read.get(each.table.id),
        }
        for each in mapper.proposals()
    }
    where = str(saved.path) if saved else None
    return layout.as_json({"tables": tables, "saved": where})


def read_as_text(found: Survey, tables: Container[str], language: Language) -> Iterator[str]:
    """How many rows and what amounts would be read of `tables`, by their ids."""
    for name, figures in read_as_data(found).items():
        if name in tables:
            text = _READ if figures["amount"] else _READ_ROWS
            title = found.search.found[name].table.title(language)
            said = text.in_(language).format(rows=f"{figures['rows']:,}", amount=figures["amount"])
            yield f"  {layout.padded(title, 20)}{said}"


def read_as_data(found: Survey) -> dict[str, dict[str, Any]]:
    """Rows and the sum of amounts by table that was read."""
    return {
        name: {
            "rows": len(reading.frame),
            "amount": accounts.money(reading.reconciliation["amount"].iloc[-1])
            if len(reading.reconciliation)
            else "",
        }
        for name, reading in found.readings.items()
        if not reading.problems
    }
