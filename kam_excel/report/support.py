"""The page docs/xlwings.md: which members of xlwings the engine without Excel has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam_excel.headless.support import ClassSupport, MemberSupport, Status

_HEAD = """\
# xlwings without Excel

What the engine `headless` has of xlwings' classes. This page is made from the engine itself; a
test holds it equal, and `make test ARGS=--update-golden` writes it anew. A member that is not
there raises NotImplementedError with the message that stands here.

    import xlwings as xw
    from kam_excel import headless

    headless.register(activate=True)
    book = xw.Book("company.xlsx")

| mark | meaning |
|---|---|
"""
_MARKS: dict[Status, tuple[str, str]] = {
    "yes": ("✔", "there"),
    "partly": ("✔ …", "there, except for what the remark says"),
    "read": ("read", "can be read, not set"),
    "kept": ("kept", "concerns Excel's screen: is remembered and has no effect"),
    "no": ("–", "not there"),
}


def support_page(classes: Sequence[ClassSupport]) -> str:
    """The page; the same text for the same engine."""
    lines = [f"| {mark} | {meaning} |" for mark, meaning in _MARKS.values()]
    lines += ["", "| class | " + " | ".join(mark for mark, _ in _MARKS.values()) + " |"]
    lines += ["|---|" + "---:|" * len(_MARKS), *map(_counts, classes)]
    for each in classes:
        lines += ["", f"## {each.name}", "", *_members(each.members)]
    return _HEAD + "\n".join(lines) + "\n"


def _counts(each: ClassSupport) -> str:
    numbers = (sum(member.status == status for member in each.members) for status in _MARKS)
    return f"| {each.name} | " + " | ".join(str(number or "") for number in numbers) + " |"


def _members(members: Sequence[MemberSupport]) -> Iterator[str]:
    yield "| member | | remark |"
    yield "|---|---|---|"
    for member in members:
        yield f"| `{member.name}` | {_MARKS[member.status][0]} | {member.remark} |"
