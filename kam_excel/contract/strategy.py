"""Strategies: what they need and give is read from the signature of one function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import pandas as pd

from kam_excel.codes import Language, Text
from kam_excel.contract.action import ICON
from kam_excel.contract.policy import Policy
from kam_excel.contract.table import Reads, Table


@dataclass(frozen=True, slots=True)
class Run:
    """The facts of one run.

    `as_of` is the date that all windows are counted from, `currency` the base currency (ISO
    4217) of every amount, `language` that of the texts that a user reads, `tax_basis` that of
    amounts that do not name theirs.
    """

    as_of: date
    language: Language = "en"
    currency: str = "CNY"
    include_partial_month: bool = False
    merge_jan_feb: bool = True
    tie_policy: Literal["include", "strict"] = "include"
    tax_basis: Literal["net", "gross"] = "net"


@dataclass(frozen=True, slots=True)
class Input:
    """A table that a strategy reads, as parameter `name`.

    `previous` and `manual` inputs are the memory of earlier runs and what the user filled in:
    they may be empty, and do not order strategies.
    """

    name: str
    table: type[Table]
    optional: bool = False
    previous: bool = False
    manual: bool = False

    @property
    def is_state(self) -> bool:
        """True for what the workbook keeps between runs."""
        return self.previous or self.manual


@dataclass(frozen=True, slots=True)
class Strategy:
    """A declared strategy. `function` takes frames and policies and returns frames.

    `optional_outputs` are those of its `outputs` that it gives only if it can. It runs where one
    of the optional inputs `any_of` is there, if it names some.
    """

    name: str
    title: Text
    about: Text
    group: str
    icon: str
    function: Callable[..., Any]
    inputs: tuple[Input, ...]
    policies: Mapping[str, type[Policy]]
    run_parameter: str
    outputs: tuple[type[Table], ...]
    optional_outputs: tuple[type[Table], ...]
    reasons: Mapping[str, Text]
    any_of: tuple[type[Table], ...] = ()

    @property
    def doc(self) -> str:
        """What the strategy does, for developers: its docstring."""
        return inspect.getdoc(self.function) or ""

    def needs(self) -> tuple[type[Table], ...]:
        """The tables without which the strategy cannot run."""
        return tuple(i.table for i in self.inputs if not i.optional and not i.is_state)

    def lacks(self, there: Container[str]) -> tuple[type[Table], ...]:
        """What keeps it from running where only the tables of the ids `there` are found."""
        missing = tuple(table for table in self.needs() if table.id not in there)
        without_any = not any(table.id in there for table in self.any_of)
        return missing or (self.any_of if without_any else ())

    def tables(self) -> tuple[type[Table], ...]:
        """All tables that the strategy reads or gives."""
        return (*(i.table for i in self.inputs), *self.outputs)

    def compute(
        self,
        frames: Mapping[str, pd.DataFrame | None],
        policies: Mapping[str, Policy],
        run: Run,
    ) -> dict[str, pd.DataFrame]:
        """Call the function; frames by parameter in, frames by table id out."""
        arguments: dict[str, Any] = {**frames, **policies}
        if self.run_parameter:
            arguments[self.run_parameter] = run
        result = self.function(**arguments)
        if isinstance(result, pd.DataFrame):
            return {self.outputs[0].id: result}
        if not isinstance(result, tuple):
            raise TypeError(
                f"it returned {type(result).__name__}, neither a frame nor a NamedTuple"
            )
        given = zip(self.outputs, result, strict=True)
        return {table.id: frame for table, frame in given if frame is not None}


def strategy(
    *,
    zh: str,
    en: str,
    about: tuple[str, str] = ("", ""),
    group: str = "",
    icon: str = "TableInsertExcel",
    reasons: Mapping[str, tuple[str, str]] | None = None,
    any_of: tuple[type[Table], ...] = (),
) -> Callable[[Callable[..., Any]], Strategy]:
    """Declare a function as a strategy; its name is the function's.

    `about` (zh, en) says what it does to those who use it; the docstring is for developers.
    `icon` is the imageMso name of its button.

    Parameters annotated `Frame[T]`, `Frame[T] | None`, `Previous[T]` and `Manual[T]` are inputs,
    those annotated with a Policy or with Run receive it. It returns `Frame[T]` or a NamedTuple of
    such, where `Frame[T] | None` is an output that it gives only if it can. `reasons` gives the
    zh and en texts of its reason codes. `any_of` are optional inputs without all of which it has
    nothing to do, and is skipped. Raises TypeError where the signature says something else,
    ValueError for an icon that is no name.
    """
    if not ICON.fullmatch(icon):
        raise ValueError(f"{en}: {icon!r} is no name of an image")

    def declare(function: Callable[..., Any]) -> Strategy:
        hints = get_type_hints(function, include_extras=True)
        given = _outputs(function.__name__, hints.get("return"))
        inputs, policies, run_parameter = [], {}, ""
        for name in inspect.signature(function).parameters:
            hint = hints.get(name)
            if hint is Run:
                run_parameter = name
            elif isinstance(hint, type) and issubclass(hint, Policy):
                policies[name] = hint
            else:
                inputs.append(_input(function.__name__, name, hint))
        return Strategy(
            name=function.__name__,
            title=Text(zh, en),
            about=Text(*about),
            group=group,
            icon=icon,
            function=function,
            inputs=tuple(inputs),
            policies=policies,
            run_parameter=run_parameter,
            outputs=tuple(given),
            optional_outputs=tuple(table for table, is_optional in given.items() if is_optional),
            reasons={code: Text(*texts) for code, texts in (reasons or {}).items()},
            any_of=_any_of(function.__name__, any_of, inputs),
        )

    return declare


def _any_of(
    function: str, tables: tuple[type[Table], ...], inputs: Sequence[Input]
) -> tuple[type[Table], ...]:
    optional = {each.table for each in inputs if each.optional}
    others = [table.__name__ for table in tables if table not in optional]
    if others:
        raise TypeError(f"{function}: any_of names {others}, which are no optional inputs")
    return tables


def _reads(hint: Any) -> Reads | None:
    if get_origin(hint) is not Annotated:
        return None
    return next((mark for mark in hint.__metadata__ if isinstance(mark, Reads)), None)


def _without_none(hint: Any) -> Any:
    """X of `X | None`, any other hint as it is."""
    members = [member for member in get_args(hint) if member is not type(None)]
    return members[0] if type(None) in get_args(hint) and len(members) == 1 else hint


def _input(function: str, name: str, hint: Any) -> Input:
    required = _without_none(hint)
    optional = required is not hint
    reads = _reads(required)
    if reads is None:
        raise TypeError(
            f"{function}: parameter {name} is no Frame[...], Previous[...], Manual[...], Policy or"
            " Run"
        )
    return Input(name, reads.table, optional, reads.previous, reads.manual)


def _outputs(function: str, hint: Any) -> dict[type[Table], bool]:
    """The tables that a function returns, each with whether it may leave it out."""
    is_bundle = inspect.isclass(hint) and issubclass(hint, tuple)
    members = list(get_type_hints(hint, include_extras=True).values()) if is_bundle else [hint]
    required = [_without_none(member) for member in members] if is_bundle else members
    reads = [_reads(member) for member in required]
    if not reads or any(mark is None or mark.previous or mark.manual for mark in reads):
        raise TypeError(f"{function}: returns neither Frame[...] nor a NamedTuple of such")
    options = [member is not inner for member, inner in zip(members, required, strict=True)]
    given = {mark.table: option for mark, option in zip(reads, options, strict=True) if mark}
    if len(given) < len(reads):
        raise TypeError(f"{function}: returns a table twice")
    return given
