"""The page docs/reference.md: what is declared, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kam_excel.codes import Text
from kam_excel.description.facts import (
    ColumnFacts,
    Description,
    PolicyFacts,
    SettingFacts,
    StrategyFacts,
    TableFacts,
)
from kam_excel.report.descriptions import KINDS, bounds

_HEAD = """\
# Reference

Every strategy, table, column and setting, as `kam-excel describe` tells them. This page is made
from the declarations; a test holds it equal to them, and
`make test ARGS=--update-golden` writes it anew.

Ids are stable; headers and sheet names are found and written in either language. An output is
also an Excel table of the name given here, whatever the language of its sheet.
"""
_NEEDS = {"required": "required", "one_of": "one of", "optional": ""}


def reference(whole: Description) -> str:
    """The page; the same text for the same declarations."""
    inputs = [table for table in whole.tables if table.origin == "workbook"]
    others = [table for table in whole.tables if table.origin != "workbook"]
    parts = [_HEAD, "## Strategies\n"]
    parts += [_block(_strategy(each)) for each in whole.strategies]
    parts += ["## Tables that are read from the workbook\n", *(_block(_table(t)) for t in inputs)]
    parts += ["## Tables that strategies give\n", *(_block(_table(t)) for t in others)]
    parts += ["## Settings\n", *(_block(_policy(each)) for each in whole.policies)]
    return "\n".join(parts)


def _block(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _strategy(strategy: StrategyFacts) -> Iterator[str]:
    yield f"### {strategy.name}: {_both(strategy.title)}\n"
    yield from _about(strategy)
    by_role = {
        "Needs": [r.table for r in strategy.reads if r.required],
        "Uses where it is there": [
            r.table for r in strategy.reads if r.role == "table" and not r.required
        ],
        "Remembers of earlier runs": [r.table for r in strategy.reads if r.role == "previous"],
        "Keeps what was filled in by hand on": [
            r.table for r in strategy.reads if r.role == "manual"
        ],
        "Gives": [name for name in strategy.gives if name not in strategy.gives_optionally],
        "Gives if the data allow": strategy.gives_optionally,
        "Settings": strategy.policies,
    }
    for role, names in by_role.items():
        yield from _fact(role, names)
    if strategy.reasons:
        yield ""
        yield from _grid(
            ["reason code", "English", "中文"],
            [[f"`{code}`", text.en, text.zh] for code, text in strategy.reasons.items()],
        )


def _table(table: TableFacts) -> Iterator[str]:
    yield f"### {table.id}: {_both(table.name)}\n"
    yield from _about(table)
    yield from _fact("Needed by", table.required_by)
    yield from _fact("Optional for", table.optional_for)
    yield from _fact("Given by", table.given_by)
    yield from _fact("Also found as", table.aliases, quoted=False)
    yield from _fact("Excel table", [table.excel_table] if table.excel_table else [])
    yield from _fact("Charts", [_both(chart.title) for chart in table.charts], quoted=False)
    yield from _fact("Key", table.key)
    yield from _fact("At least one of", [" + ".join(group) for group in table.one_of])
    yield ""
    if table.origin == "workbook":
        heads = ["column", "English", "中文", "holds", "needed", "also found as"]
        rows = [[*_column(c), _need(c), "; ".join(c.aliases)] for c in table.columns]
    else:
        heads = ["column", "English", "中文", "holds"]
        rows = [_column(column) for column in table.columns]
    yield from _grid(heads, rows)


def _need(column: ColumnFacts) -> str:
    words = [_NEEDS[column.need], "readable if there" if column.decisive else ""]
    return ", ".join(filter(None, words))


def _column(column: ColumnFacts) -> list[str]:
    holds = KINDS[column.kind].en + (f" [{column.unit_text.en}]" if column.unit else "")
    remarks = [_choice(text, column.words.get(id_, ())) for id_, text in column.choices.items()]
    if remarks:
        holds += ": " + ", ".join(remarks)
    if column.manual:
        holds += "; filled in by hand"
        holds += f" together with `{column.filled_with}`" if column.filled_with else ""
    if column.personal:
        holds += "; personal data"
    if column.note.en:
        holds += f". {column.note.en}"
    return [f"`{column.id}`", column.header.en, column.header.zh, holds]


def _choice(text: Text, words: Sequence[str]) -> str:
    return _both(text) + (f" (also {', '.join(words)})" if words else "")


def _policy(policy: PolicyFacts) -> Iterator[str]:
    yield f"### {policy.section}: {_both(policy.title)}\n"
    yield from _fact("Read by", policy.read_by)
    yield ""
    yield from _grid(
        ["setting", "default", "unit", "English", "中文"],
        [_setting(setting) for setting in policy.settings],
    )


def _setting(setting: SettingFacts) -> list[str]:
    choices = f" ({', '.join(setting.choices)})" if setting.choices else ""
    default = f"`{setting.default}`{bounds(setting)}{choices}"
    return [f"`{setting.path}`", default, setting.unit_text.en, setting.label.en, setting.label.zh]


def _about(declared: StrategyFacts | TableFacts) -> Iterator[str]:
    """What it says to users, in both languages; its docstring where it says nothing."""
    about = declared.about
    if text := "\n\n".join(filter(None, (about.en, about.zh))) or declared.doc:
        yield text
        yield ""


def _fact(name: str, values: Sequence[str], *, quoted: bool = True) -> Iterator[str]:
    if values:
        shown = (f"`{value}`" for value in values) if quoted else values
        yield f"- {name}: {', '.join(shown)}"


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _both(text: Text) -> str:
    return text.en if text.en == text.zh else f"{text.en} {text.zh}"
