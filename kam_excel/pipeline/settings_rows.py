"""Every setting as the settings sheet lists it, with the value that holds where none is given."""

from __future__ import annotations

from collections.abc import Iterable

from kam_excel.codes import Text
from kam_excel.contract.policy import Policy, Setting, settings_of
from kam_excel.description.collect import bounds_of
from kam_excel.settings.settings import Settings
from kam_excel.settings.yaml_text import yaml_text
from kam_excel.workbook.template_settings import SettingRow

NOTHING = Text("空", "empty")
DEFAULT = Text("{label}。默认：{default}", "{label}. Default: {default}")
IN_FORCE = Text(
    "{label}。现行值：{value}（{source}）；默认：{default}",
    "{label}. In force: {value} ({source}). Default: {default}",
)
IN_FORCE_BY_DEFAULT = Text(
    "{label}。现行值：{value}（默认）", "{label}. In force: {value} (default)"
)
LOCKED = Text(
    "。已在 config.yaml 中锁定，不能在此修改", ". Locked in config.yaml: it holds here too"
)


def setting_rows(
    policies: Iterable[type[Policy]], settings: Settings | None = None
) -> list[SettingRow]:
    """The settings of `policies`; with `settings`, what is in force by config.yaml as well."""
    return [
        SettingRow(
            policy.section,
            leaf.path,
            _note(policy.section, leaf, settings),
            leaf.unit,
            leaf.default,
            leaf.choices,
            bounds_of(leaf),
            settings is not None and policy.section in settings.locked,
        )
        for policy in policies
        for leaf in settings_of(policy)
    ]


def _note(section: str, leaf: Setting, settings: Settings | None) -> Text:
    default = _shown(leaf.default)
    if settings is None:
        return _filled(DEFAULT, label=leaf.label, default=default)
    facts = {"label": leaf.label, "value": _shown(settings.value(section, leaf.path))}
    if settings.source(section, leaf.path) == "default":
        note = _filled(IN_FORCE_BY_DEFAULT, **facts)
    else:
        source = Text("config.yaml", "config.yaml")
        note = _filled(IN_FORCE, source=source, default=default, **facts)
    if section in settings.locked:
        note = Text(note.zh + LOCKED.zh, note.en + LOCKED.en)
    return note


def _shown(value: object) -> Text:
    """A value as config.yaml writes it."""
    text = yaml_text(value)
    return NOTHING if value is None else Text(text, text)


def _filled(template: Text, **facts: Text) -> Text:
    zh = template.zh.format(**{name: fact.zh for name, fact in facts.items()})
    en = template.en.format(**{name: fact.en for name, fact in facts.items()})
    return Text(zh, en)
