"""Which parts belong to a sheet alone."""

from __future__ import annotations

from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package


def own_parts(package: Package, part: str) -> set[str]:
    """`part` and the parts that only it leads to: its tables, drawings, charts, comments."""
    owned = {part}
    waiting = [part]
    while waiting:
        for _, target in relating.targets(package, waiting.pop()):
            if target not in owned and target.startswith("xl/"):
                owned.add(target)
                waiting.append(target)
    shared = _reached_from_elsewhere(package, owned, part)
    return owned - shared


def _reached_from_elsewhere(package: Package, owned: set[str], sheet: str) -> set[str]:
    """Those of `owned` that parts outside of it lead to, and all that these lead to."""
    outside = [""] + [name for name in package.names() if name not in owned]
    found: set[str] = set()
    while outside:
        for _, target in relating.targets(package, outside.pop()):
            if target in owned and target not in found and target != sheet:
                found.add(target)
                outside.append(target)
    return found
