"""Every code with its zh and en texts: one registry, one module for each family."""

from kam_excel.codes import package
from kam_excel.codes.registry import REGISTRY, Code, Language, Level, Text, code

__all__ = ["REGISTRY", "Code", "Language", "Level", "Text", "code", "package"]
