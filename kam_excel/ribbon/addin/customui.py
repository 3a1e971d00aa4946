"""The ribbon as Office reads it: one tab, its groups and buttons ([MS-CUSTOMUI])."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree

from kam_excel.ribbon.actions import Action
from kam_excel.ribbon.addin.sheet import TAB, group_id

NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"
RELATIONSHIP = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
PART = "customUI/customUI.xml"
CALLBACKS = {
    "onAction": "KamRibbon_OnAction",
    "getLabel": "KamRibbon_GetLabel",
    "getScreentip": "KamRibbon_GetScreentip",
    "getSupertip": "KamRibbon_GetSupertip",
}
TAB_ID = "kam_tab"


def ribbon_xml(actions: Sequence[Action]) -> bytes:
    """The part: a group for each of the groups that have a button, in the order of the actions.

    No label stands here: VBA gives them in the language of Excel. The tag of every control is
    its id in the add-in's sheet.
    """
    root = etree.fromstring(f'<customUI xmlns="{NAMESPACE}"/>')
    tabs = _child(_child(root, "ribbon"), "tabs")
    tab = _child(tabs, "tab", **_control(TAB), **_callbacks("getLabel"))
    for name, members in groupby(actions, key=lambda action: action.group):
        group = _child(tab, "group", **_control(group_id(name)), **_callbacks("getLabel"))
        for action in members:
            _child(group, "button", **_button(action))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def controls(part: bytes) -> Iterator[etree._Element]:
    """The elements of the part that have an id."""
    yield from (each for each in etree.fromstring(part).iter() if each.get("id") is not None)


def is_ours(part: bytes) -> bool:
    """Whether the part describes a ribbon of this program."""
    return any(each.get("id") == TAB_ID for each in controls(part))


def _button(action: Action) -> dict[str, str]:
    size = {"size": "large"} if action.is_large else {}
    return {**_control(action.id), **size, "imageMso": action.icon, **_callbacks(*CALLBACKS)}


def _control(name: str) -> dict[str, str]:
    return {"id": "kam_" + name.replace(".", "_"), "tag": name}


def _callbacks(*names: str) -> dict[str, str]:
    return {name: CALLBACKS[name] for name in names}


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
