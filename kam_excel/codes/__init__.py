"""Every code with its zh and en texts: one registry, one module for each family."""

from kam_excel.codes import (
    addin,
    batch,
    cells,
    clicks,
    commands,
    config,
    customers,
    data,
    engine,
    finding,
    package,
    plugins,
    reconciliation,
    rows,
    workbook,
)
from kam_excel.codes.registry import REGISTRY, Code, Language, Level, Text, code

__all__ = [
    "REGISTRY",
    "Code",
    "Language",
    "Level",
    "Text",
    "addin",
    "batch",
    "cells",
    "clicks",
    "code",
    "commands",
    "config",
    "customers",
    "data",
    "engine",
    "finding",
    "package",
    "plugins",
    "reconciliation",
    "rows",
    "workbook",
]
