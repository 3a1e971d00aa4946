from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from kam_excel.contract.column import Key, column
from kam_excel.contract.policies import ReadingPolicy, RunPolicy
from kam_excel.contract.policy import Policy
from kam_excel.contract.strategy import strategy
from kam_excel.contract.table import Frame, Table
from kam_excel.errors import PluginError
from kam_excel.hookspecs import hookimpl
from kam_excel.host import make_host

SHOP = '''
from kam_excel import Frame, Key, Policy, Sales, Share, Table, column, hookimpl, setting, strategy


class Shops(Table, zh="门店", en="Shops"):
    shop_id: Key = column(zh="门店编码", en="Shop ID")


class ShopPolicy(Policy, section="host_shops", zh="门店", en="Shops"):
    share: Share = setting("0.2", zh="占比", en="Share")


@strategy(zh="门店", en="Shops")
def shops(sales: Frame[Sales], policy: ShopPolicy) -> Frame[Shops]:
    """List the shops."""


@hookimpl
def kam_register_strategies():
    return [shops]
'''


class Sources(Table, zh="来源", en="Sources"):
    code: Key = column(zh="编码", en="Code")


class Results(Table, zh="结果", en="Results"):
    code: Key = column(zh="编码", en="Code")


class HostPolicy(Policy, section="host_first", zh="甲", en="First"):
    pass


@strategy(zh="乙", en="Beta")
def beta(sources: Frame[Sources], policy: HostPolicy) -> Frame[Results]: ...


@strategy(zh="甲", en="Alpha")
def alpha(sources: Frame[Sources], policy: HostPolicy) -> Frame[Results]: ...


def plugin(name, *strategies, **hooks):
    """A plugin as a module would be: a name, its strategies and further attributes."""
    register = hookimpl(lambda: list(strategies), specname="kam_register_strategies")
    return SimpleNamespace(__name__=name, kam_register_strategies=register, **hooks)


@pytest.fixture
def folder(tmp_path):
    """Write {file: source} into a folder of plugins; forget what was imported from it."""
    before = set(sys.modules)

    def write(**sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
        return tmp_path

    yield write
    for name in set(sys.modules) - before:
        if name.startswith("kam_excel_folder_plugins."):
            del sys.modules[name]


def problems(*plugins, **options):
    with pytest.raises(PluginError) as caught:
        make_host(*plugins, **options)
    return caught.value.problems


def test_strategies_tables_and_policies_are_sorted_whatever_the_order_of_plugins():
    for given in ((plugin("p", beta), plugin("q", alpha)), (plugin("q", alpha), plugin("p", beta))):
        host = make_host(*given)
        assert list(host.strategies) == ["alpha", "beta"]
        assert host.tables() == [Results, Sources]
        assert host.policies() == [HostPolicy, ReadingPolicy, RunPolicy]
        assert host.plugins() == ["p", "q"]


def test_a_host_without_plugins_has_the_policies_of_every_run_alone():
    host = make_host()
    assert (dict(host.strategies), host.tables()) == ({}, [])
    assert host.policies() == [ReadingPolicy, RunPolicy]


def test_hosts_share_nothing():
    make_host(plugin("p", alpha))
    assert list(make_host(plugin("q", beta)).strategies) == ["beta"]


def test_a_plugin_may_register_none():
    silent = SimpleNamespace(
        __name__="silent",
        kam_register_strategies=hookimpl(lambda: None, specname="kam_register_strategies"),
    )
    assert make_host(silent, SimpleNamespace(__name__="bare")).plugins() == ["bare", "silent"]


def test_a_module_in_a_folder_is_a_plugin(folder):
    host = make_host(folders=[folder(shops_plugin=SHOP, _helper="raise RuntimeError")])
    assert host.plugins() == ["shops_plugin"]
    assert [table.id for table in host.tables()] == ["sales", "shops"]
    assert [policy.section for policy in host.policies()] == ["host_shops", "reading", "run"]
    assert host.strategies["shops"].doc == "List the shops."


def test_a_folder_that_is_not_there_is_told(tmp_path):
    [missing] = problems(folders=[tmp_path / "nowhere"])
    assert missing.code.name == "PLUGIN_FOLDER_MISSING"
    assert missing.facts["folder"] == tmp_path / "nowhere"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("import a_library_that_is_not_there", "a_library_that_is_not_there"),
        ("def broken(:", "SyntaxError"),
    ],
)
def test_a_plugin_that_raises_on_import_is_named_with_its_file(folder, source, error):
    path = folder(broken=source)
    [failure] = problems(folders=[path])
    assert failure.code.name == "PLUGIN_NOT_LOADED"
    assert failure.facts["name"] == "broken"
    assert error in failure.facts["error"]
    assert str(failure.where) == str(path / "broken.py")


def test_a_plugin_that_failed_leaves_no_half_a_module(folder):
    problems(folders=[folder(broken="raise RuntimeError")])
    assert "kam_excel_folder_plugins.broken" not in sys.modules


def test_every_plugin_that_fails_is_told_at_once(folder, tmp_path):
    path = folder(first="1/0", second="1/0", sound="")
    found = problems(folders=[path, tmp_path / "nowhere"])
    assert [each.code.name for each in found] == [
        "PLUGIN_NOT_LOADED",
        "PLUGIN_NOT_LOADED",
        "PLUGIN_FOLDER_MISSING",
    ]
    assert [each.facts.get("name") for each in found] == ["first", "second", None]


def test_a_disabled_plugin_is_not_even_imported(folder):
    path = folder(broken="raise RuntimeError", shops_plugin=SHOP)
    host = make_host(
        plugin("p", alpha), plugin("q", beta), folders=[path], disabled=["broken", "p"]
    )
    assert host.plugins() == ["q", "shops_plugin"]
    assert list(host.strategies) == ["beta", "shops"]


def test_a_misspelt_hook_is_an_error_that_names_the_nearest():
    misspelt = plugin("typo", kam_run_stratgy=hookimpl(lambda strategy: None))
    [unknown] = problems(misspelt)
    assert unknown.code.name == "HOOK_UNKNOWN"
    assert unknown.facts == {
        "plugin": "typo",
        "name": "kam_run_stratgy",
        "nearest": "kam_run_strategy",
    }


def test_a_helper_that_only_looks_like_a_hook_is_none():
    assert make_host(plugin("p", kam_colours=lambda: None)).plugins() == ["p"]


def test_two_strategies_of_one_name_are_an_error_that_names_both_plugins():
    [twice] = problems(plugin("q", alpha), plugin("p", alpha))
    assert twice.code.name == "STRATEGY_TWICE"
    assert twice.facts == {"name": "alpha", "first": "p", "second": "q"}


def test_two_tables_of_one_id_are_an_error_that_names_both_plugins():
    class Sources(Table, zh="另一来源", en="Other sources"):
        code: Key = column(zh="编码", en="Code")

    def gamma(sources) -> Frame[Results]: ...

    gamma.__annotations__ = {"sources": Frame[Sources], "return": Frame[Results]}
    other = strategy(zh="丙", en="Gamma")(gamma)
    [twice] = problems(plugin("p", alpha), plugin("q", other))
    assert twice.code.name == "TABLE_ID_TAKEN"
    assert twice.facts == {"name": "sources", "first": "p", "second": "q"}


def test_hooks_of_the_plugins_are_called():
    seen = []
    listener = plugin(
        "listener",
        heard=hookimpl(lambda problems: seen.append(problems), specname="kam_run_failed"),
    )
    make_host(listener).hook.kam_run_failed(problems=["late"], run=None)
    assert seen == [["late"]]


def test_what_a_hook_raises_names_the_plugin_and_the_hook():
    def after(outputs):
        raise ZeroDivisionError("no accounts")

    fine = plugin("fine", seen=hookimpl(lambda: None, specname="kam_ribbon_actions"))
    broken = plugin("broken", after=hookimpl(after, specname="kam_after_run"))
    host = make_host(fine, broken)
    with pytest.raises(PluginError) as raised:
        host.hook.kam_after_run(outputs={}, run=None)
    (told,) = raised.value.problems
    assert told.code.name == "HOOK_RAISED"
    assert told.facts == {
        "plugin": "broken",
        "hook": "kam_after_run",
        "error": "ZeroDivisionError: no accounts",
    }


def test_a_plugin_that_cannot_say_its_strategies_is_named():
    def register():
        raise KeyError("x")

    broken = SimpleNamespace(
        __name__="broken", register=hookimpl(register, specname="kam_register_strategies")
    )
    broken.kam_register_strategies = broken.register
    [told] = problems(broken)
    assert (told.code.name, told.facts["plugin"]) == ("HOOK_RAISED", "broken")


def test_settings_are_handed_to_plugins_that_want_them():
    seen = []
    wants = plugin(
        "wants",
        configure=hookimpl(lambda settings: seen.append(settings), specname="kam_configure"),
    )
    make_host(wants).configure("settings")
    assert seen == ["settings"]


def test_installed_plugins_are_found_when_asked_for():
    assert "identification" in make_host(discover=True).strategies
    host = make_host(discover=True, disabled=["identification"])
    assert "identification" not in host.strategies


def test_an_installed_plugin_that_cannot_be_loaded_is_named(tmp_path, monkeypatch):
    facts = tmp_path / "broken_shops-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: broken_shops\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[kam_excel]\nshops = broken_shops\n")
    (tmp_path / "broken_shops.py").write_text("raise ValueError('no\\nshops')")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(PluginError) as refused:
        make_host(discover=True)
    [told] = refused.value.problems
    assert told.facts == {"name": "shops", "error": "ValueError: no shops"}
    assert "identification" in make_host(discover=True, disabled=["shops"]).strategies
