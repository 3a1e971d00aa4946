"""The elements of a sheet that hold rules, worked on apart from the rest until `flush`.

A sheet may have many thousands of other elements, such as hyperlinks; they are left alone.
"""

from __future__ import annotations

from collections.abc import Callable

from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import Node, tree
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import Edit

RULES, VALIDATIONS, EXTENSIONS = "conditionalFormatting", "dataValidations", "extLst"
_ORDER = (RULES, VALIDATIONS, EXTENSIONS)


class Outline:
    """A small document: the sheet's root with nothing below it but rules and extensions."""

    def __init__(self, shell: Callable[[], Shell]) -> None:
        self._shell = shell
        self._spans: dict[str, bytes] | None = None
        self._root: Node | None = None

    @property
    def root(self) -> Node:
        """The root as it is now."""
        if self._root is None:
            self._root = tree(self._read())
            self._spans = self._split()
        return self._root

    def _read(self) -> bytes:
        shell = self._shell()
        root = shell.root
        start, end = shell.data[root.start : root.inner], shell.data[root.inner_end : root.end]
        return start + b"".join(_span(shell, name) for name in _ORDER) + end

    def _split(self) -> dict[str, bytes]:
        small = Shell(self.root.data)
        return {name: _span(small, name) for name in _ORDER}

    @property
    def prefix(self) -> str:
        """The prefix of the sheet's own elements with its colon, or ""."""
        return self.root.element.prefix

    def edit(self, *edits: Edit) -> None:
        """Carry out edits that were made from this very root."""
        if edits:
            self._root = tree(splice.apply(self.root.data, edits))

    def place(self, name: str, markup: str) -> Edit:
        """Put an element below the root, behind those of its name."""
        later = _ORDER[_ORDER.index(name) + 1 :]
        before = [each for each in self.root.children if each.name not in later]
        start = before[-1].element.end if before else self.root.element.inner
        return Edit(start, start, markup.encode())

    def reload(self) -> None:
        """Read the sheet anew when it is next asked for; nothing may be pending."""
        self._spans = self._root = None

    def flush(self) -> None:
        """Write what has changed into the sheet."""
        if self._spans is None:
            return
        shell, old = self._shell(), self._spans
        self._spans = self._split()
        for name, span in self._spans.items():
            if span == old[name]:
                continue
            found = shell.children(name)
            if found:
                shell.edit(Edit(found[0].start, found[-1].end, span))
            else:
                shell.put(name, span.decode())


def _span(shell: Shell, name: str) -> bytes:
    """The bytes from the first to the last element of a name, with what stands between them."""
    found = shell.children(name)
    return shell.data[found[0].start : found[-1].end] if found else b""
