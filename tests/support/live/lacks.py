"""What is used of xlwings and would fail in Excel, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from live.engines import LiveEngine
from live.uses import Kind, Use

ADAPTER = "kam_excel/workbook/adapter"


def lacks(uses: Mapping[Use, str], engines: Sequence[LiveEngine]) -> list[str]:
    """A message for each use that an engine lacks; `uses` say where they were found."""
    found: dict[tuple[str, str, str], str] = {}  # a call is a reading too: it is told once
    for use, place in uses.items():
        for engine in engines:
            for reason in _reasons(use, engine):
                found.setdefault(
                    (use.name, engine.platform, reason), f"{use.kind.value} at {place}"
                )
    return [
        f"{name}, {done}: xlwings for {platform} {reason}."
        f" Give it a function in {ADAPTER} with a live and a headless side."
        for (name, platform, reason), done in found.items()
    ]


def _reasons(use: Use, engine: LiveEngine) -> Iterator[str]:
    """Why a use fails; nothing where it does not."""
    member = engine.member(use.family, use.member)
    if member is None or not (member.readable or member.settable):
        yield "does not define it"
    elif use.kind is Kind.SET and not member.settable:
        yield "cannot set it"
    elif use.kind is not Kind.SET and not member.readable:
        yield "cannot read it"
    elif use.kind is Kind.CALLED and (objection := member.objection(use.arguments, use.keywords)):
        yield f"takes other arguments ({objection})"
