from __future__ import annotations

from textwrap import dedent
from typing import Literal

import pytest

from kam_excel.contract.policy import Count, Day, Group, Money, Policy, Share, setting
from kam_excel.errors import ConfigError


class Department(Group, zh="大客户部", en="Key account department"):
    threshold: Count = setting(20, zh="设立门槛", en="Threshold", unit="accounts")
    inclusive: bool = setting(True, zh="含门槛", en="Inclusive")


class ShopPolicy(Policy, section="shop", zh="门店", en="Shop"):
    share: Share = setting("0.20", zh="占比", en="Share")
    method: Literal["sum", "mean"] = setting("sum", zh="方式", en="Method")
    budget: Money | None = setting(None, zh="预算", en="Budget", unit="CNY")
    opened: Day | None = setting(None, zh="开业日", en="Opened on")
    breaks: tuple[Share, ...] = setting(("0.8", "0.95"), zh="分级", en="Breaks")
    weights: dict[str, Share] = setting({"高": "0.5"}, zh="权重", en="Weights")
    department: Department = Department()


@pytest.fixture
def shop_policy():
    return ShopPolicy


@pytest.fixture
def config(tmp_path):
    """Writes a config.yaml whose first line is the first line of the text."""

    def write(text):
        path = tmp_path / "config.yaml"
        path.write_text(dedent(text).removeprefix("\n"), encoding="utf-8")
        return path

    return write


@pytest.fixture
def mistakes(load):
    """The code, line and path of every mistake that the `load` of a module finds."""

    def collect(text):
        with pytest.raises(ConfigError) as caught:
            load(text)
        problems = caught.value.problems
        return [(each.code.name, each.where.line, each.where.path) for each in problems]

    return collect
