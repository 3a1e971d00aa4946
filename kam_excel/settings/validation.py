"""Data against a model: the typed value, or every mistake with its place and the nearest name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kam_excel.errors import Place, Problem, nearest, problem
from kam_excel.settings.document import KeyPath, Placing
from kam_excel.settings.yaml_text import excerpt

Model = TypeVar("Model", bound=BaseModel)


_CODES = {
    "not_number": "CONFIG_NOT_NUMBER",
    "not_share": "CONFIG_NOT_SHARE",
    "not_day": "CONFIG_NOT_DAY",
    "not_currency": "CONFIG_NOT_CURRENCY",
    "int_type": "CONFIG_NOT_WHOLE",
    "bool_type": "CONFIG_NOT_BOOLEAN",
    "string_type": "CONFIG_NOT_TEXT",
    "tuple_type": "CONFIG_NOT_LIST",
    "dict_type": "CONFIG_NOT_MAPPING",
    "model_type": "CONFIG_NOT_MAPPING",
}
_LIMITS = {
    "greater_than_equal": ("≥", "ge"),
    "greater_than": (">", "gt"),
    "less_than_equal": ("≤", "le"),
    "less_than": ("<", "lt"),
}


def validate(
    model: type[Model], data: Mapping[str, Any], placing: Placing
) -> tuple[Model | None, list[Problem]]:
    """`data` as an instance of `model`, or None and what is wrong with it."""
    try:
        return model.model_validate(_with_tuples(data)), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_problem(model, data, each, placing) for each in details]


def unknown_name(name: str, names: Iterable[str], place: Place) -> Problem:
    """The problem of a name that is none of `names`, with the nearest one if there is one."""
    known = list(names)
    if near := nearest(name, known):
        return problem("CONFIG_MISSPELT", place, name=name, nearest=near)
    return problem("CONFIG_UNKNOWN", place, name=name, names=", ".join(known))


def not_a_mapping(found: object, place: Place) -> Problem:
    """The problem of a value that should have been a group of names and values."""
    return problem("CONFIG_NOT_MAPPING", place, found=excerpt(found))


def _with_tuples(value: Any) -> Any:
    """Models are frozen: they take tuples."""
    if isinstance(value, Mapping):
        return {key: _with_tuples(each) for key, each in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list | tuple) else value


def _problem(
    model: type[BaseModel], data: Mapping[str, Any], error: ErrorDetails, placing: Placing
) -> Problem:
    path, kind = _path_within(data, error["loc"]), error["type"]
    if kind == "extra_forbidden":
        names = _names(model, path[:-1])
        return unknown_name(str(path[-1]), names, placing(path, key=True))
    place, found, context = placing(path), excerpt(error["input"]), error.get("ctx", {})
    if kind in _CODES:
        return problem(_CODES[kind], place, found=found)
    if kind in _LIMITS:
        sign, bound = _LIMITS[kind]
        return problem("CONFIG_OUT_OF_RANGE", place, found=found, limit=f"{sign} {context[bound]}")
    if kind == "literal_error":
        return problem("CONFIG_NOT_CHOICE", place, found=found, choices=_choices(context))
    reason = str(context.get("error", error["msg"])).rstrip(".。")
    return problem("CONFIG_INVALID", place, found=found, reason=reason)


def _path_within(data: Any, location: KeyPath) -> KeyPath:
    """The part of pydantic's location that exists in `data`: it also names unions and keys."""
    path: list[str | int] = []
    for part in location:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        path.append(part)
    return tuple(path)


def _names(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The names that `model` knows at `path`."""
    for part in path:
        kind = model.model_fields[str(part)].annotation
        for each in (kind, *get_args(kind)):
            if isinstance(each, type) and issubclass(each, BaseModel):
                model = each
    return list(model.model_fields)


def _choices(context: Mapping[str, Any]) -> str:
    return str(context["expected"]).replace(" or ", ", ").replace("'", "")
