"""Finding by name: whatever is called that, in either language."""

from __future__ import annotations

from collections.abc import Iterable

from kam_excel.codes import Text
from kam_excel.description.facts import Description
from kam_excel.errors import ConfigError, nearest, problem


def named(whole: Description, name: str) -> Description:
    """The part of `whole` that bears `name`: an id, a section, a code, or a zh or en title.

    A strategy and its policy section may share a name, and both are given. Raises ConfigError
    with the nearest name where there is none.
    """
    wanted = name.casefold()
    found = Description(
        tuple(s for s in whole.strategies if wanted in _folded(_names(s.name, s.title))),
        tuple(t for t in whole.tables if wanted in _folded(_names(t.id, t.name, t.excel_table))),
        tuple(p for p in whole.policies if wanted in _folded(_names(p.section, p.title))),
        tuple(c for c in whole.codes if wanted == c.name.casefold()),
    )
    if found == Description():
        near = nearest(name, _all_names(whole))
        raise ConfigError(problem("NAME_UNKNOWN", name=name, nearest=near or "–"))
    return found


def _names(id_: str, title: Text, *others: str) -> list[str]:
    return [id_, title.zh, title.en, *(other for other in others if other)]


def _folded(names: Iterable[str]) -> list[str]:
    return [name.casefold() for name in names]


def _all_names(whole: Description) -> list[str]:
    """Ids last: of two names that differ in capitals alone the last is told, the one to type."""
    titles = [each.title for each in whole.strategies] + [each.name for each in whole.tables]
    return [
        *(name for title in titles for name in (title.zh, title.en)),
        *(strategy.name for strategy in whole.strategies),
        *(table.id for table in whole.tables),
        *(policy.section for policy in whole.policies),
        *(code.name for code in whole.codes),
    ]
