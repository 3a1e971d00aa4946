"""What a company decides for a strategy: typed settings with a default, a label and a unit.

    class IdentificationPolicy(Policy, section="identification", zh="大客户识别", en="..."):
        top_percent: Share = setting("0.20", zh="大客户占比", en="Share of customers")
        department: Department = Department()      # a Group: department.threshold, ...

Values are exact: a number is an int, a Decimal or a Fraction, never a float. A policy is frozen,
so its lists are declared as `tuple[X, ...]`. A setting that holds a mapping is replaced as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from kam_excel.codes import Text
from kam_excel.contract.column import Kind

RESERVED_SECTIONS = frozenset({"plugins", "tables"})
LOCKED = "locked"

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?", re.ASCII)
_FRACTION = re.compile(r"[-+]?[0-9]+/0*[1-9][0-9]*", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def _decimal(value: object) -> Decimal:
    """An exact decimal of a Decimal, an int or a number written as text."""
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    raise PydanticCustomError("not_number", "Input should be an exact number")


def _fraction(value: object) -> Fraction:
    """An exact fraction: whatever `_decimal` takes, a Fraction, or text like "1/3"."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        return Fraction(value)
    return Fraction(_decimal(value))


def _share(value: object) -> Fraction:
    try:
        return _fraction(value)
    except PydanticCustomError:
        raise PydanticCustomError("not_share", "Input should be a share of 1") from None


def _day(value: object) -> date:
    if type(value) is date:
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # the 30th of February
    raise PydanticCustomError("not_day", "Input should be a date like 2026-01-05")


def _currency(value: object) -> str:
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return value
    raise PydanticCustomError("not_currency", "Input should be a currency code like CNY")


Money = Annotated[Decimal, Kind.MONEY, BeforeValidator(_decimal)]
"""An exact amount of either sign: of a setting, in the currency that its unit names; of a
column, in the currency of its row."""

Factor = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0)]
"""An exact multiple, weight or score of at least 0."""

Share = Annotated[Fraction, BeforeValidator(_share), Field(ge=0, le=1)]
"""An exact part of a whole, 0 to 1, written 0.8 or "1/3"; always a Fraction, so that
`ceil(share * count)` never suffers from binary or decimal rounding."""

Rate = Annotated[Fraction, BeforeValidator(_fraction)]
"""An exact rate of change of either sign: -0.2 is a fall by a fifth; a Fraction as well."""

Count = Annotated[int, Field(ge=0)]
"""A whole number of at least 0: accounts, days, months."""

Day = Annotated[date, BeforeValidator(_day)]
"""A calendar day, written 2026-01-05."""

Currency = Annotated[str, BeforeValidator(_currency)]
"""A currency by its ISO 4217 code."""


def setting(
    default: Any,
    *,
    zh: str,
    en: str,
    unit: str = "",
    at_least: int | Decimal | Fraction | None = None,
    at_most: int | Decimal | Fraction | None = None,
) -> Any:
    """A field of a Policy or a Group with its default, labels, unit and inclusive bounds."""
    return Field(
        default, ge=at_least, le=at_most, json_schema_extra={"zh": zh, "en": en, "unit": unit}
    )


class Group(BaseModel):
    """Settings that belong together; a field of a Policy that is written `name: X = X()`.

    Declared with the class keywords `zh` and `en`. TypeError where a declaration is incomplete.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_default=True)

    label: ClassVar[Text]

    def __init_subclass__(cls, *, zh: str, en: str) -> None:
        super().__init_subclass__()
        cls.label = Text(zh, en)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        for name, info in cls.model_fields.items():
            _check_declaration(f"{cls.__name__}.{name}", info)
        try:
            cls()
        except ValidationError as error:
            raise TypeError(f"a default of {cls.__name__} breaks its own rule: {error}") from error


class Policy(Group, zh="", en=""):
    """The settings of one strategy, or of all: a section of config.yaml.

    Declared with the class keywords `section`, `zh` and `en`.
    """

    section: ClassVar[str]

    def __init_subclass__(cls, *, section: str, zh: str, en: str) -> None:
        super().__init_subclass__(zh=zh, en=en)
        if section in RESERVED_SECTIONS:
            raise TypeError(f"{cls.__name__}: the section {section} is reserved")
        cls.section = section

    @classmethod
    def __pydantic_init_subclass__(cls, **keywords: Any) -> None:
        if LOCKED in cls.model_fields:
            raise TypeError(f"{cls.__name__}: the name {LOCKED} is reserved")
        super().__pydantic_init_subclass__(**keywords)


def group_of(info: FieldInfo) -> type[Group] | None:
    """The Group that a field holds, or None where the field is a setting."""
    kind = info.annotation
    return kind if isinstance(kind, type) and issubclass(kind, Group) else None


def _check_declaration(name: str, info: FieldInfo) -> None:
    if info.is_required():
        raise TypeError(f"{name} needs a default")
    if group_of(info):
        return
    if not isinstance(info.json_schema_extra, dict):
        raise TypeError(f"{name} needs its labels: setting(default, zh=..., en=...)")
    if get_origin(info.annotation) is list or info.annotation is list:
        raise TypeError(f"{name}: a policy is frozen; declare tuple[X, ...] instead of a list")


@dataclass(frozen=True, slots=True)
class Setting:
    """A leaf of a policy. `path` is dotted below the section, `default` is the typed value,
    `group` the label of the Group that it belongs to, if any.
    """

    path: str
    annotation: Any
    default: Any
    zh: str
    en: str
    unit: str
    group: Text | None = None

    @property
    def label(self) -> Text:
        """What it is called where its group does not stand above it: "Risk weights: High"."""
        if self.group is None:
            return Text(self.zh, self.en)
        return Text(f"{self.group.zh}：{self.zh}", f"{self.group.en}: {self.en}")

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that a Literal allows; empty for any other kind."""
        kind = self.annotation
        return get_args(kind) if get_origin(kind) is Literal else ()


def settings_of(
    policy: type[Group], prefix: str = "", group: Text | None = None
) -> Iterator[Setting]:
    """Every leaf setting of a policy or a group, in the order of declaration."""
    defaults = policy()
    for name, info in policy.model_fields.items():
        if inner := group_of(info):
            yield from settings_of(inner, f"{prefix}{name}.", inner.label)
        else:
            labels: Mapping[str, Any] = info.json_schema_extra  # type: ignore[assignment]
            yield Setting(
                f"{prefix}{name}",
                info.rebuild_annotation(),
                getattr(defaults, name),
                **labels,
                group=group,
            )
