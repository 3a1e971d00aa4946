"""What the ribbon shows of the plugins that are loaded."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from kam_excel.codes import Text
from kam_excel.contract.action import RibbonAction
from kam_excel.contract.strategy import strategy
from kam_excel.errors import PluginError
from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.ribbon.actions import GROUPS, actions_of


def test_every_strategy_of_a_plugin_has_a_button_and_the_core_has_none():
    ids = [action.id for action in actions_of(make_host(core, discover=True))]
    assert ids == ["run", "run.identification", "run.incentives", "check", "settings", "log"]


def test_a_button_says_what_is_read_and_written_in_both_languages():
    found = {each.id: each for each in actions_of(make_host(core, discover=True))}
    tip = found["run.identification"].tip
    assert "Writes Key Accounts" in tip.en
    assert "写入：大客户名单" in tip.zh


def test_a_plugin_adds_buttons_of_its_own():
    button = RibbonAction("acme_mail", Text("发送", "Send"), Text("发送清单", "Sends it"), print)
    plugin = SimpleNamespace(kam_ribbon_actions=core.hookimpl(lambda: [button]))
    added = [each for each in actions_of(make_host(core, plugin)) if each.group == "plugins"]
    assert [each.id for each in added] == ["plugin.acme_mail"]


def with_buttons(*given: object):
    """A plugin for each of `given`, with what its hook gives."""
    plugins = [
        SimpleNamespace(__name__=name, kam_ribbon_actions=core.hookimpl(lambda each=each: each))
        for name, each in zip(("acme", "other"), given, strict=False)
    ]
    return make_host(core, *plugins)


SEND = Text("发送", "Send")


@pytest.mark.parametrize("given", [7, "mail", [None], [("mail", SEND)]])
def test_what_is_no_button_names_the_plugin_that_gives_it(given):
    with pytest.raises(PluginError, match=r"^ACTIONS_NOT_GIVEN .*acme"):
        actions_of(with_buttons(given))


def test_one_name_stands_for_one_button():
    mail = RibbonAction("mail", SEND, SEND, print)
    with pytest.raises(PluginError, match=r"^BUTTON_TWICE .*mail.* acme.* other"):
        actions_of(with_buttons([mail], [mail]))


def test_a_button_is_declared_with_texts_and_an_icon_that_office_takes():
    for icon in ("", " ", "My Icon", "a\x01", "<", "a" * 101, "文"):
        with pytest.raises(ValueError, match="is no name of an image"):
            RibbonAction("mail", SEND, SEND, print, icon=icon)
        with pytest.raises(ValueError, match="is no name of an image"):
            strategy(zh="名", en="Name", icon=icon)
    for label, tip in (("Send", SEND), (SEND, None)):
        with pytest.raises(TypeError, match="mail: label and tip"):
            RibbonAction("mail", label, tip, print)


def test_ids_are_what_a_tag_may_hold_and_groups_are_few():
    for action in actions_of(make_host(core, discover=True)):
        assert re.fullmatch(r"[A-Za-z0-9_.]{1,64}", action.id)
        assert max(len(action.tip.zh), len(action.tip.en)) < 1024
    assert len(GROUPS) <= 5
