"""What a class of xlwings can do is read from its source."""

from __future__ import annotations

import pytest

from live.engines import LiveEngine, classes_in

BASES = """
class Collection:
    def __len__(self):
        raise NotImplementedError()
class Sheets(Collection):
    @property
    def active(self):
        raise NotImplementedError
    def add(self, name):
        "Add a sheet."
        raise NotImplementedError("not here")
    def count(self):
        return len(self)
"""
SOURCE = """
class Collection(base_classes.Collection):
    def __init__(self, xl):
        self.xl, self.kept = xl, 1
        other.place = 2
    def __len__(self):
        return self.xl.Count
class Sheets(Collection, base_classes.Sheets):
    _wrap = None
    @property
    def name(self):
        return ""
    @name.setter
    def name(self, value):
        raise NotImplementedError("read only")
    @property
    def color(self):
        return 0
    @color.setter
    def color(self, value):
        self.xl.Color = value
    tone = color
    @staticmethod
    def cleanup(force=False):
        pass
    def move(self, before=None, *, after=None):
        if after:
            raise NotImplementedError
"""
ENGINE = LiveEngine("Windows", {**classes_in(BASES, "base_classes."), **classes_in(SOURCE)})


@pytest.mark.parametrize(
    ("name", "readable", "settable"),
    [
        ("active", False, False),
        ("add", False, False),
        ("count", True, False),
        ("__len__", True, False),
        ("xl", True, True),
        ("kept", True, True),
        ("name", True, False),
        ("color", True, True),
        ("tone", True, True),
        ("move", True, False),
    ],
)
def test_members_that_can_be_read_and_set(name, readable, settable):
    found = ENGINE.member("Sheets", name)
    assert found is not None
    assert (found.readable, found.settable) == (readable, settable)


@pytest.mark.parametrize(
    ("family", "name"), [("Sheets", "delete"), ("Sheets", "place"), ("Sheet", "name")]
)
def test_members_that_are_not_there(family, name):
    assert ENGINE.member(family, name) is None


@pytest.mark.parametrize(
    ("name", "positional", "named", "fits"),
    [
        ("move", 1, ["after"], True),
        ("move", 2, [], False),
        ("move", 0, ["behind"], False),
        ("cleanup", 0, ["force"], True),
        ("cleanup", 2, [], False),
    ],
)
def test_arguments_that_a_method_takes(name, positional, named, fits):
    found = ENGINE.member("Sheets", name)
    assert found is not None
    assert (found.objection(positional, named) == "") is fits
