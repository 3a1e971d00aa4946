"""[Content_Types].xml: which content type each part has."""

from __future__ import annotations

from collections.abc import Callable

from kam_excel.headless.package import partnames
from kam_excel.headless.xml import splice


class ContentTypes:
    """The content types of a package's parts. `data` is the part's bytes as they are now."""

    def __init__(self, data: bytes) -> None:
        self.data = splice.utf8(data)

    def __getitem__(self, name: str) -> str | None:
        """The type of the part `name`: its own (Override), else its extension's (Default)."""
        override = self._override(name)
        if override is not None:
            return override.attributes.get("ContentType")
        return self._default(partnames.extension(name))

    def __setitem__(self, name: str, content_type: str) -> None:
        """Give the part `name` a type; where its extension's says the same, nothing is added."""
        override = self._override(name)
        if override is not None:
            if override.attributes.get("ContentType") != content_type:
                edit = splice.set_attribute(self.data, override, "ContentType", content_type)
                self.data = splice.apply(self.data, [edit])
        elif self._default(partnames.extension(name)) != content_type:
            self._add_override(name, content_type)

    def __delitem__(self, name: str) -> None:
        """Forget the part's own type, if it has one."""
        override = self._override(name)
        if override is not None:
            self.data = splice.apply(self.data, [splice.delete(override)])

    def add_default(self, extension: str, content_type: str) -> None:
        """Give all parts of an extension a type, unless they have one."""
        if self._default(extension) is None:
            root = splice.scan(self.data, 0)[0]
            tag = b'<%bDefault Extension="%b" ContentType="%b"/>' % (
                root.prefix.encode(),
                splice.attribute_text(extension).encode(),
                splice.attribute_text(content_type).encode(),
            )
            first = splice.scan(self.data)[1:2]
            at = first[0].start if first else root.inner
            self.data = splice.apply(self.data, [splice.Edit(at, at, tag)])

    def _add_override(self, name: str, content_type: str) -> None:
        root = splice.scan(self.data, 0)[0]
        tag = b'<%bOverride PartName="%b" ContentType="%b"/>' % (
            root.prefix.encode(),
            splice.attribute_text(f"/{name}").encode(),
            splice.attribute_text(content_type).encode(),
        )
        self.data = splice.apply(self.data, [splice.append_child(self.data, root, tag)])

    def _override(self, name: str) -> splice.Element | None:
        return self._entry("Override", "PartName", name, partnames.key)

    def _default(self, extension: str) -> str | None:
        entry = self._entry("Default", "Extension", extension, str.lower)
        return None if entry is None else entry.attributes.get("ContentType")

    def _entry(
        self, tag: str, attribute: str, wanted: str, key: Callable[[str], str]
    ) -> splice.Element | None:
        for each in splice.scan(self.data):
            if each.local == tag and key(each.attributes.get(attribute, "")) == key(wanted):
                return each
        return None
