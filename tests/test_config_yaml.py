"""The bundled config.yaml is what the policies say: no default is written twice by hand."""

from __future__ import annotations

from pathlib import Path

from kam_excel.contract.policies import RunPolicy
from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.settings.render import render
from kam_excel.settings.settings import Settings

CONFIG = Path(__file__).parents[1] / "config.yaml"


def bundled_policies():
    policies = make_host(core, discover=True).policies()
    return [RunPolicy, *(policy for policy in policies if policy is not RunPolicy)]


def test_the_bundled_config_repeats_the_defaults(golden):
    golden(CONFIG, render(bundled_policies()))


def test_the_bundled_config_changes_nothing():
    policies = bundled_policies()
    with_file = Settings.load(CONFIG, policies)
    assert with_file.policies == Settings.load(None, policies).policies
