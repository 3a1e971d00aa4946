"""Callbacks asked in LibreOffice: one start for all of them."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from xml.sax.saxutils import escape

SECONDS = 120
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARIES = 'xmlns:library="http://openoffice.org/2000/library"'
_PROFILE = {
    # Else the first start puts LibreOffice's own presets over what is here.
    "registrymodifications.xcu": """\
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse">\
<value>true</value></prop></item></oor:items>""",
    "basic/script.xlc": f"""\
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries {_LIBRARIES}>\
<library:library library:name="Standard" library:link="false"/></library:libraries>""",
    "basic/Standard/script.xlb": f"""\
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library {_LIBRARIES} library:name="Standard" library:readonly="false" \
library:passwordprotected="false"><library:element library:name="Driver"/></library:library>""",
}
_MODULE = """\
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Driver" \
script:language="StarBasic">{}</script:module>"""


@dataclass(frozen=True, slots=True)
class Question:
    """A callback of a workbook, and the tag of the control that it is called with."""

    book: Path
    callback: str
    tag: str


def answers(questions: Sequence[Question], folder: Path) -> list[str]:
    """What each callback returned, or what it had recorded; `folder` is for LibreOffice's files.

    Raises TimeoutExpired where LibreOffice hangs, AssertionError where it answers not all.
    """
    asked, answered = folder / "questions.txt", folder / "answers.txt"
    lines = ("\t".join((each.book.as_uri(), each.callback, each.tag)) for each in questions)
    asked.write_text("\n".join(lines), "utf-8")
    _write_profile(folder / "profile" / "user")
    _start(folder / "profile", f'Driver.Main("{asked.as_uri()}","{answered.as_uri()}")')
    found = answered.read_text("utf-8").split("\x1e")[:-1]
    assert len(found) == len(questions), found[-1:]
    return found


def _write_profile(folder: Path) -> None:
    """A profile that holds the driver."""
    driver = (resources.files(__package__) / "driver.bas").read_text("ascii")
    files = {**_PROFILE, "basic/Standard/Driver.xba": _MODULE.format(escape(driver))}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_HEAD + text, "utf-8")


def _start(profile: Path, call: str) -> None:
    """Run a macro of the profile; nothing of LibreOffice is left where it does not end."""
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    with subprocess.Popen(
        [*command, f"macro:///Standard.{call}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as office:
        try:
            office.wait(SECONDS)
        except BaseException:
            os.killpg(office.pid, signal.SIGKILL)
            raise
