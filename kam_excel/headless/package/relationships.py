"""The relationships of one part: what it refers to, by id and by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kam_excel.headless.package import partnames
from kam_excel.headless.xml import splice

EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship; `target` is a part name, or the address as written if `external`."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last segment of the type: "worksheet", "table"; transitional and strict alike."""
        return self.type.rstrip("/").rpartition("/")[2]


class Relationships:
    """The relationships of `part`, in the order of the file. Changes are stored at once."""

    def __init__(self, part: str, data: bytes | None, store: Callable[[bytes], None]) -> None:
        self._part = part
        self._data = EMPTY if data is None else splice.utf8(data)
        self._store = store
        self._known: list[Relationship] | None = None

    def __iter__(self) -> Iterator[Relationship]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def by_id(self, id: str) -> Relationship:  # noqa: A002 - the attribute's name
        """The relationship `id`; raises KeyError where there is none."""
        for each in self:
            if each.id == id:
                return each
        raise KeyError(id)

    def of_type(self, suffix: str) -> list[Relationship]:
        """The relationships whose type ends in `suffix` ("worksheet", "drawing")."""
        return [each for each in self if each.kind == suffix]

    def add(self, type: str, target: str, external: bool = False) -> str:  # noqa: A002
        """Relate to `target`, a part name or an external address; returns the new id.

        `type` is the whole URI; a bare word is taken for one of Office's.
        """
        type_uri = type if "/" in type else OFFICE + type
        written = target if external else partnames.relative(self._part, target)
        new_id = self._free_id()
        root = splice.scan(self._data, 0)[0]
        tag = b'<%bRelationship Id="%b" Type="%b" Target="%b"%b/>' % (
            root.prefix.encode(),
            new_id.encode(),
            splice.attribute_text(type_uri).encode(),
            splice.attribute_text(written).encode(),
            b' TargetMode="External"' if external else b"",
        )
        self._change(splice.append_child(self._data, root, tag))
        return new_id

    def remove(self, id: str) -> None:  # noqa: A002
        """Take the relationship `id` out; raises KeyError where there is none."""
        for element in self._elements():
            if element.attributes.get("Id") == id:
                return self._change(splice.delete(element))
        raise KeyError(id)

    def _all(self) -> list[Relationship]:
        if self._known is None:
            self._known = [self._read(element) for element in self._elements()]
        return self._known

    def _elements(self) -> list[splice.Element]:
        return [each for each in splice.scan(self._data) if each.local == "Relationship"]

    def _read(self, element: splice.Element) -> Relationship:
        get = element.attributes.get
        target, external = get("Target", ""), get("TargetMode") == "External"
        if not external:
            target = partnames.resolve(self._part, target)
        return Relationship(get("Id", ""), get("Type", ""), target, external)

    def _free_id(self) -> str:
        taken = {each.id for each in self}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        return f"rId{number}"

    def _change(self, edit: splice.Edit) -> None:
        self._data = splice.apply(self._data, [edit])
        self._known = None
        self._store(self._data)
