"""Many relationships of one part at once, and the attribute `r:id` that names one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kam_excel.headless.package import partnames
from kam_excel.headless.package.parts import Package
from kam_excel.headless.package.relationships import EMPTY, OFFICE
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.splice import Edit, Element, attribute_text

_NAMESPACE = OFFICE.rstrip("/")


def attribute(root: Element | None, relationship: str) -> str:
    """`r:id="rId1"` with the prefix that `root` declares, or with a declaration of its own."""
    for name, uri in root.attributes.items() if root else ():
        if name.startswith("xmlns:") and uri == _NAMESPACE:
            return f'{name.removeprefix("xmlns:")}:id="{relationship}"'
    return f'xmlns:r="{_NAMESPACE}" r:id="{relationship}"'


def named(attributes: Mapping[str, str]) -> str:
    """The relationship that an element with these attributes names, or ""."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def targets(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """The kinds of relationships of `part` that lead to a part that is there, and that part."""
    for each in package.rels(part):
        target = None if each.external else package.find(each.target)
        if target is not None:
            yield each.kind, target


def add_external(
    package: Package, part: str, kind: str, targets: Sequence[str]
) -> Mapping[str, str]:
    """Relate `part` to addresses outside the package; the new ids by address.

    One edit, where `Relationships.add` reads and stores the part again for each.
    """
    if not targets:
        return {}
    ids = dict(zip(targets, _free_ids(package, part), strict=False))
    data = _data(package, part)
    root = splice.scan(data, 0)[0]
    tags = "".join(
        f'<{root.prefix}Relationship Id="{id_}" Type="{OFFICE}{kind}" '
        f'Target="{attribute_text(target)}" TargetMode="External"/>'
        for target, id_ in ids.items()
    )
    _store(package, part, data, [splice.append_child(data, root, tags.encode())])
    return ids


def remove(package: Package, part: str, ids: Collection[str]) -> None:
    """Take out the relationships `ids` of `part`; with the last one their part goes too."""
    if not ids:
        return
    data = _data(package, part)
    found = (each for each in splice.scan(data) if each.attributes.get("Id") in ids)
    _store(package, part, data, [splice.delete(each) for each in found])
    if not len(package.rels(part)):
        package.remove(partnames.rels_name(part))


def _free_ids(package: Package, part: str) -> Iterator[str]:
    taken = {each.id for each in package.rels(part)}
    number = 0
    while True:
        number += 1
        if f"rId{number}" not in taken:
            yield f"rId{number}"


def _data(package: Package, part: str) -> bytes:
    name = partnames.rels_name(part)
    return package.xml(name) if name in package else EMPTY


def _store(package: Package, part: str, data: bytes, edits: Sequence[Edit]) -> None:
    package.write(partnames.rels_name(part), splice.apply(data, edits))
