"""Values as YAML on one line, such that the loader reads the same value back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

# Other readers of YAML take these for booleans or nothing, so they are quoted.
_AMBIGUOUS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_PLAIN = re.compile(r"[^\W\d]\w*")
_LONGEST = 40


def yaml_text(value: Any) -> str:
    """`value` in flow style; numbers without needless zeros. TypeError for any other kind."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return decimal_text(value)
        case Fraction():
            return _fraction_text(value)
        case date():
            return json.dumps(value.isoformat())
        case str():
            return _string_text(value)
        case Mapping():
            entries = (f"{yaml_text(key)}: {yaml_text(each)}" for key, each in value.items())
            return "{" + ", ".join(entries) + "}"
        case Sequence():
            return "[" + ", ".join(map(yaml_text, value)) + "]"
    raise TypeError(f"no YAML for {type(value).__name__}")


def excerpt(value: Any) -> str:
    """`value` as text for a message, cut where it is long."""
    text = yaml_text(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def decimal_text(value: Decimal) -> str:
    """All digits of `value`, without an exponent and without trailing zeros."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fraction_text(value: Fraction) -> str:
    """A decimal where it ends, else the quoted fraction."""
    for places in range(value.denominator.bit_length()):
        if 10**places % value.denominator == 0:
            digits = value.numerator * (10**places // value.denominator)
            return decimal_text(Decimal(f"{digits}E-{places}"))
    return f'"{value}"'


def _string_text(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.isprintable() and value.casefold() not in _AMBIGUOUS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in quoted)
