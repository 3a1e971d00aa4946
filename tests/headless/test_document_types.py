"""The parsers take no document type, should one have passed the gate."""

from xml.parsers import expat

import pytest
from lxml import etree

from kam_excel.headless.xml import splice
from kam_excel.headless.xml.tree import parse

TYPED = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def test_a_tree_takes_none():
    with pytest.raises(etree.XMLSyntaxError, match="document type"):
        parse(TYPED)


@pytest.mark.parametrize("read", [splice.scan, splice.check])
def test_a_scan_takes_none(read):
    with pytest.raises(expat.ExpatError, match="document type"):
        read(TYPED)
