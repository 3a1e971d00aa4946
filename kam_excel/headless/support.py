"""Which members of xlwings this engine has, told by looking at the engine itself.

xlwings' public classes (`xlwings.main`) pass most members on to classes of the engine under the
same names; what they make of others is there wherever those are.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import xlwings.main
from xlwings import base_classes

from kam_excel.headless.api import apps  # leads to all the others
from kam_excel.headless.api.unsupported import Remembered, refusal_of

Status = Literal["yes", "partly", "read", "kept", "no"]

_PRO = "it belongs to xlwings.pro, which needs a licence"
_LICENSED = ("render_template", "create_report")
# What a public member needs of the engine, where it is not the member of the same name.
_BUILT_ON = {
    "App.macro": "App.run",
    "Book.macro": "App.run",
    "Comment.resolve": "Comment.set_resolved",
    "Comment.reopen": "Comment.set_resolved",
    "Range.columns": "Range.shape",
    "Range.rows": "Range.shape",
    "RangeColumns.hidden": "Range.column_hidden",
    "RangeRows.hidden": "Range.row_hidden",
    "Sheet.to_pdf": "Book.to_pdf",
}
_NO_PART_OF_IT = {"AutoFilterCriteria", "Collection", "Engine", "Engines", "Macro", "Ranges"}


@dataclass(frozen=True, slots=True)
class MemberSupport:
    """A public member. `yes`; `partly` with what is refused; `read`: it cannot be set; `kept`: it
    concerns a screen, is remembered and has no effect; `no` with what to do instead.
    """

    name: str
    status: Status
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ClassSupport:
    """A public class of xlwings with its members by name; none where the class is not there."""

    name: str
    members: tuple[MemberSupport, ...]


def support() -> list[ClassSupport]:
    """Every public class of xlwings' object model that an engine takes part in."""
    return [ClassSupport(cls.__name__, tuple(_members(cls))) for cls in _public_classes()]


def _public_classes() -> list[type]:
    found = [
        cls
        for name, cls in vars(xlwings.main).items()
        if inspect.isclass(cls) and cls.__module__ == "xlwings.main" and _is_model(name, cls)
    ]
    return sorted(found, key=lambda cls: cls.__name__)


def _is_model(name: str, cls: type) -> bool:
    hidden = name.startswith(("_", "Active")) or name.endswith("Async") or name in _NO_PART_OF_IT
    return not hidden and (hasattr(base_classes, name) or _implementation(name) is not None)


def _members(cls: type) -> Iterator[MemberSupport]:
    implementation = _implementation(cls.__name__)
    names = {name for base in cls.__mro__[:-1] for name in vars(base)}
    for name in sorted(name for name in names if not name.startswith("_") and name != "impl"):
        member = inspect.getattr_static(cls, name)
        if not inspect.iscoroutinefunction(member):  # those are for scripts in web engines
            yield _member(cls.__name__, name, implementation, _sets(member))


def _sets(member: Any) -> bool:
    """Whether a public member is a property whose setter sets one of the engine."""
    setter = getattr(member, "fset", None)
    return setter is not None and "impl" in setter.__code__.co_names


def _member(cls: str, name: str, implementation: type | None, settable: bool) -> MemberSupport:
    if name in _LICENSED:
        return MemberSupport(name, "no", _PRO)
    owner, needed = _BUILT_ON.get(f"{cls}.{name}", f"{cls}.{name}").split(".")
    implementation = _implementations().get(owner, implementation)
    if implementation is None:
        return MemberSupport(name, "no", f"{cls} is not available without Excel")
    found = inspect.getattr_static(implementation, needed, None)
    return MemberSupport(name, *_status(found, settable))


def _status(found: Any, settable: bool) -> tuple[Status, str]:
    if isinstance(found, Remembered):
        return "kept", ""
    getter = found.fget if isinstance(found, property) else found
    setter = found.fset if isinstance(found, property) else None
    refusal = refusal_of(getter)
    if refusal:
        return "no", refusal
    if settable and refusal_of(setter):
        return "read", ""
    remarks = [*_partial_refusals(getter), *_partial_refusals(setter)]
    return ("partly", "; ".join(dict.fromkeys(remarks))) if remarks else ("yes", "")


def _partial_refusals(member: Any) -> Iterator[str]:
    """What a member that is there refuses all the same: the messages in its source."""
    function = inspect.unwrap(getattr(member, "__func__", member))
    if not inspect.isfunction(function):
        return
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            called = node.exc.func
            if isinstance(called, ast.Name) and called.id == "NotImplementedError":
                yield "".join(_text(each) for each in node.exc.args)


def _text(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=pieces):
            return "".join(map(_text, pieces))
    return "…"


@cache
def _implementations() -> dict[str, type]:
    """The classes of this engine by the name of the class of xlwings that they implement."""
    package = apps.__name__.rpartition(".")[0]
    found: dict[str, type] = {}
    for name, base in vars(base_classes).items():
        if inspect.isclass(base) and base.__module__ == base_classes.__name__:
            ours: list[type] = [
                each for each in _below(base) if each.__module__.startswith(package)
            ]
            if ours:
                found[name] = max(ours, key=lambda each: len(each.__mro__))
    return found


def _below(cls: type) -> Iterator[type]:
    below: list[type] = cls.__subclasses__()
    for each in below:
        yield each
        yield from _below(each)


def _implementation(name: str) -> type | None:
    return _implementations().get(name)
