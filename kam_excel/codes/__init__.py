"""Every code with its zh and en texts: one registry, one module for each family."""

from kam_excel.codes import (
    cells,
    clicks,
    commands,
    config,
    customers,
    data,
    engine,
    finding,
    folders,
    package,
    plugins,
    reconciliation,
    ribbon,
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
    "cells",
    "clicks",
    "code",
    "commands",
    "config",
    "customers",
    "data",
    "engine",
    "finding",
    "folders",
    "package",
    "plugins",
    "reconciliation",
    "ribbon",
    "rows",
    "workbook",
]
