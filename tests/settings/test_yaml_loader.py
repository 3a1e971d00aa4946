from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import ConfigError, Place
from kam_excel.settings.yaml_loader import MAX_DEPTH, MAX_KILOBYTES, compose, load, plain, read


def mistakes(text: str) -> list[tuple[str, int, str]]:
    """Code, line and path of every mistake in `text`, which begins on line 1."""
    with pytest.raises(ConfigError) as caught:
        load(dedent(text).removeprefix("\n"), "config.yaml")
    assert {each.where.file for each in caught.value.problems} == {"config.yaml"}
    return [(each.code.name, each.where.line, each.where.path) for each in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    "NO yes True 010 12:30 2026-01-05 1e3 .inf ~ 1_000 0x1F 1/3 80% + - 1. 00.5 -. １２".split(),
)
def test_what_other_readers_guess_stays_text(text):
    assert plain(text) == text


def test_a_number_longer_than_any_setting_stays_text():
    assert plain("9" * 30) == 10**30 - 1
    assert plain("9" * 31) == "9" * 31


def test_numbers_are_exact():
    data = load("a: 0.1\nb: -12\nc: .50\nd: 0\ne: '0.1'\n", "f").data
    assert data == {"a": Decimal("0.1"), "b": -12, "c": Decimal("0.50"), "d": 0, "e": "0.1"}
    assert type(data["b"]) is int


def test_only_plain_words_are_booleans_and_nothing():
    data = load('a: true\nb: false\nc: null\nd:\ne: "true"\nf: ""\n', "f").data
    assert data == {"a": True, "b": False, "c": None, "d": None, "e": "true", "f": ""}


def test_keys_are_text_whatever_they_look_like():
    assert load("1: a\ntrue: b\n2026: c\n", "f").data == {"1": "a", "true": "b", "2026": "c"}


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "---\n", "null\n"])
def test_an_empty_file_is_an_empty_document(text):
    assert load(text, "f").data == {}


def test_every_key_and_value_has_its_line():
    document = load("run:\n  language:\n    zh\nlist:\n  - a\n  - b\n", "f")
    assert document.place(("run",), key=True) == Place("f", path="run", line=1)
    assert document.place(("run", "language"), key=True).line == 2
    assert document.place(("run", "language")).line == 3
    assert document.place(("list", 1)) == Place("f", path="list[1]", line=6)


def test_what_is_not_there_has_the_line_of_its_parent():
    document = load("run:\n  language: zh\n", "f")
    assert document.place(("run", "language", "deeper")).line == 2


def test_a_duplicate_key_names_the_first_line():
    text = "run:\n  language: zh\n  tax_basis: net\n  language: en\n"
    assert mistakes(text) == [("CONFIG_DUPLICATE_KEY", 4, "run.language")]
    with pytest.raises(ConfigError, match="it stands in line 2 already"):
        load(text, "f")


def test_the_entries_of_a_duplicate_section_are_not_duplicates_themselves():
    assert mistakes("a:\n  x: 1\na:\n  x: 2\n") == [("CONFIG_DUPLICATE_KEY", 3, "a")]


def test_a_duplicate_on_one_line_is_seen():
    assert mistakes("a: {x: 1, x: 2}\n") == [("CONFIG_DUPLICATE_KEY", 1, "a.x")]


def test_every_mistake_is_reported_at_once():
    assert mistakes(
        """
        base: &base
          share: 0.1
        shop:
          <<: *base
          rates: [1, *base]
          name: !!str 12
          name: other
          ? [a, b]
          : 1
        other: !!python/object/apply:os.system [ls]
        """
    ) == [
        ("CONFIG_REFERENCE", 1, "base"),
        ("CONFIG_REFERENCE", 4, "shop.<<"),
        ("CONFIG_REFERENCE", 4, "shop.?"),
        ("CONFIG_REFERENCE", 5, "shop.rates[1]"),
        ("CONFIG_TAG", 6, "shop.name"),
        ("CONFIG_DUPLICATE_KEY", 7, "shop.name"),
        ("CONFIG_KEY_NOT_TEXT", 8, "shop"),
        ("CONFIG_TAG", 10, "other"),
    ]


@pytest.mark.parametrize("key", ["&a key", "*a", "!!str key", '""'])
def test_a_key_is_nothing_but_text(key):
    assert [code for code, _, _ in mistakes(f"x: &a 1\n{key} : 2\n")][1:] != []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("run:\n\tlanguage: zh\n", 2),
        ("run: [a\nb: 1\n", 2),
        ("a: 1\nb: 'open\n", 3),
        ("a: 1\nb: \x07\n", 2),
        ("a: 1\n b: 2\n", 2),
        ("shop:\n  share：0.2\n  days: 3\n", 3),
        ("a: *nowhere\nb: }\n", 2),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line(text, line):
    assert mistakes(text) == [("CONFIG_SYNTAX", line, "")]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just text\n", "12\n"])
def test_a_file_is_a_mapping(text):
    assert mistakes(text) == [("CONFIG_NOT_MAPPING", 1, "")]


def test_there_is_one_document():
    assert mistakes("a: 1\n---\nb: 2\n") == [("CONFIG_SEVERAL_DOCUMENTS", 2, "")]


def test_depth_is_capped():
    deepest = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    load(f"a: {deepest}\n", "f")
    [(code, line, _)] = mistakes(f"a: [{deepest}]\n")
    assert (code, line) == ("CONFIG_TOO_DEEP", 1)


def test_size_is_capped():
    comment = "#" + "x" * (MAX_KILOBYTES * 1024 - 1)
    load(comment, "f")
    assert mistakes(comment + "x") == [("CONFIG_TOO_LARGE", 0, "")]


def test_a_file_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_bytes("run:\n  language: 中文\n".encode("gbk"))
    with pytest.raises(ConfigError) as caught:
        read(path)
    [only] = caught.value.problems
    assert (only.code.name, only.where) == ("CONFIG_NOT_UTF8", Place(str(path), line=2))


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_bytes(b"\xef\xbb\xbfrun: 1\n")
    assert read(path)[0].data == {"run": 1}


def test_a_folder_is_no_configuration(tmp_path):
    with pytest.raises(ConfigError, match="CONFIG_UNREADABLE"):
        read(tmp_path)


@given(st.text(max_size=60))
def test_any_text_gives_data_or_a_configuration_error_and_nothing_else(text):
    with suppress(ConfigError):
        assert isinstance(compose(text, "f")[0].data, dict)
