"""XML parts as trees, parsed the safe way: no entities, no network, no limit on size."""

from __future__ import annotations

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def parse(data: bytes) -> etree._Element:
    """The root of a part; raises etree.XMLSyntaxError where it is malformed or has a DTD."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise etree.XMLSyntaxError("a document type", 0, 1, 1)  # type: ignore[arg-type, call-arg]
    return root


def local_name(element: etree._Element) -> str:
    """The name without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
