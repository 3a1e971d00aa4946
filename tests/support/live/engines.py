"""The members that xlwings' engines for Excel define, read from their source.

Their modules import pywin32 and appscript and cannot be imported elsewhere. A method or property
that does nothing but raise NotImplementedError is lacking, wherever it is inherited from.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import xlwings

PLATFORMS = {"Windows": "_xlwindows.py", "macOS": "_xlmac.py"}
_BASE = "base_classes"
# xlwings.main keeps these on the objects of every engine.
_KEPT_BY_XLWINGS = {"Range": {"options"}}

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Member:
    """What can be done with a member; `calls` are the parameters of a method, without self."""

    readable: bool = False
    settable: bool = False
    calls: inspect.Signature | None = None

    def objection(self, arguments: int, keywords: Iterable[str]) -> str:
        """Why it cannot be called with so many arguments and these named ones; "" where it can."""
        if self.calls is None:
            return ""
        try:
            self.calls.bind(*[None] * arguments, **dict.fromkeys(keywords))
        except TypeError as error:
            return str(error)
        return ""


@dataclass
class Class:
    """A class as it is written: its own members, and the names of its bases."""

    bases: list[str]
    members: dict[str, Member] = field(default_factory=dict)


@dataclass(frozen=True)
class LiveEngine:
    """An engine of xlwings that needs Excel."""

    platform: str
    classes: Mapping[str, Class]

    def member(self, family: str, name: str) -> Member | None:
        """A member with what is inherited; None where no class of that name has it."""
        if name in _KEPT_BY_XLWINGS.get(family, ()):
            return Member(readable=True, settable=True)
        lineage = list(self._lineage(family))
        # Python asks a class that is inherited twice where it stands last.
        asked = [each for i, each in enumerate(lineage) if each not in lineage[i + 1 :]]
        found = (self.classes[each].members.get(name) for each in asked)
        return next((each for each in found if each is not None), None)

    def _lineage(self, family: str) -> Iterator[str]:
        """A class and those that it inherits from."""
        if family in self.classes:
            yield family
            for base in self.classes[family].bases:
                yield from self._lineage(base)


@cache
def live_engine(platform: str) -> LiveEngine:
    """The engine for "Windows" or "macOS" of the xlwings that is installed."""
    folder = Path(xlwings.__file__).parent
    bases = classes_in((folder / f"{_BASE}.py").read_text(encoding="utf-8"), f"{_BASE}.")
    own = classes_in((folder / PLATFORMS[platform]).read_text(encoding="utf-8"))
    return LiveEngine(platform, {**bases, **own})


def classes_in(source: str, prefix: str = "") -> dict[str, Class]:
    """The classes that a module defines, by name."""
    return {
        prefix + each.name: _class(each, prefix)
        for each in ast.parse(source).body
        if isinstance(each, ast.ClassDef)
    }


def _class(node: ast.ClassDef, prefix: str) -> Class:
    made = Class([prefix + ast.unparse(base) for base in node.bases])
    for each in node.body:
        if isinstance(each, _Function):
            _add_function(made, each)
        elif isinstance(each, ast.Assign):
            for target in each.targets:
                if isinstance(target, ast.Name):
                    made.members[target.id] = _assigned(made, each.value)
    return made


def _assigned(made: Class, value: ast.expr) -> Member:
    """`api = xl` is the member of that name; anything else is a plain attribute."""
    if isinstance(value, ast.Name) and value.id in made.members:
        return made.members[value.id]
    return Member(readable=True, settable=True)


def _add_function(made: Class, node: _Function) -> None:
    """A method, or the getter or setter of a property; and what `__init__` sets."""
    decorators = {ast.unparse(each) for each in node.decorator_list}
    member = made.members.get(node.name, Member())
    if f"{node.name}.setter" in decorators:
        member.settable = not _only_refuses(node)
    elif decorators & {"property", "cached_property", "functools.cached_property"}:
        member = Member(readable=not _only_refuses(node))
    elif not _only_refuses(node):
        member = Member(readable=True, calls=_signature(node, "staticmethod" in decorators))
    else:
        member = Member()
    made.members[node.name] = member
    if node.name == "__init__":
        for name in _set_on(node, node.args.args[0].arg):
            made.members.setdefault(name, Member(readable=True, settable=True))


def _set_on(node: _Function, owner: str) -> set[str]:
    """The attributes that a function assigns on `owner`."""
    return {
        each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute)
        and isinstance(each.ctx, ast.Store)
        and isinstance(each.value, ast.Name)
        and each.value.id == owner
    }


def _only_refuses(node: _Function) -> bool:
    """Whether a function does nothing but raise NotImplementedError."""
    body = [each for each in node.body if not _is_text(each)]
    if len(body) != 1 or not isinstance(body[0], ast.Raise) or body[0].exc is None:
        return False
    return "NotImplementedError" in ast.unparse(body[0].exc)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _signature(node: _Function, is_static: bool) -> inspect.Signature:
    """The parameters of a method as they are called, defaults as None."""
    kinds = inspect.Parameter
    given = node.args
    positional = [*given.posonlyargs, *given.args]
    required = len(positional) - len(given.defaults)
    parameters = [
        kinds(
            each.arg,
            kinds.POSITIONAL_ONLY if i < len(given.posonlyargs) else kinds.POSITIONAL_OR_KEYWORD,
            default=kinds.empty if i < required else None,
        )
        for i, each in enumerate(positional)
    ]
    if given.vararg:
        parameters.append(kinds(given.vararg.arg, kinds.VAR_POSITIONAL))
    for each, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        value = kinds.empty if default is None else None
        parameters.append(kinds(each.arg, kinds.KEYWORD_ONLY, default=value))
    if given.kwarg:
        parameters.append(kinds(given.kwarg.arg, kinds.VAR_KEYWORD))
    return inspect.Signature(parameters if is_static else parameters[1:])
