"""xlwings' own add-in as a template, and what has to change in its code so that it is safe.

A workbook beside which somebody put files, or that has sheets with certain names, must not
choose what Python runs: in xlwings' template it may name the interpreter, come first in the
search for modules, and bring code of its own. Every patch must match exactly once, and all the
rest must be as it was read then; where it is not, xlwings has changed, and nobody has looked at
what that means.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import xlwings

from kam_excel.errors import ConfigError, problem

PATH = Path(xlwings.__file__).parent / "quickstart_addin_ribbon.xlam"
PROJECT = "kam_excel"  # of xlwings' code: names its settings
SETTINGS_SHEET = f"{PROJECT}.conf"
SETTINGS_COLUMN = "I"  # of the names; values stand to their right
MODULE = "xlwings"
# SHA-256 of the module without version numbers: that of xlwings 0.37.4 to 0.37.8.
KNOWN = "76ee0d1b11848aa09f4bbbbc2d57d64bff2f269c1a59d10f4a10ca57600a3d1b"
_VERSION = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Patch:
    """`old`, which stands in the module once, gives way to `new`. `why` names it in messages."""

    why: str
    old: str
    new: str


PATCHES = (
    Patch(
        "the project's name",
        'Public Const PROJECT_NAME As String = "myaddin"',
        f'Public Const PROJECT_NAME As String = "{PROJECT}"',
    ),
    Patch(
        "no settings from a sheet of the workbook",
        'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then',
        "If False Then",
    ),
    Patch(
        "no settings from a file beside the workbook",
        "If FileExists(GetDirectoryConfigFilePath()) = True Then",
        "If False Then",
    ),
    Patch(
        "the add-in's settings stand beside its labels",
        """\
    If sht.Range("A2") = "" Then
        Set lastCell = sht.Range("A1")
    Else
        Set lastCell = sht.Range("A1").End(xlDown)
    End If

    For Each cell In Range(sht.Range("A1"), lastCell)
""",
        f"""\
    Set lastCell = sht.Range("{SETTINGS_COLUMN}1").End(xlDown)

    For Each cell In sht.Range(sht.Range("{SETTINGS_COLUMN}1"), lastCell)
""",
    ),
    Patch(
        "no code from sheets of the workbook, no modules from its folder",
        """\
    If uses_embedded_code = True Then
        AddExcelDir = "false"
    Else
        AddExcelDir = GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")
    End If
""",
        """\
    uses_embedded_code = False
    AddExcelDir = "false"
""",
    ),
    Patch(
        "no path of the workbook in a script",
        """\
    #If Mac Then
        If InStr(ActiveWorkbook.FullName, "://") = 0 Then
            ActiveFullName = ToPosixPath(ActiveWorkbook.FullName)
            ThisFullName = ToPosixPath(ThisWorkbook.FullName)
        Else
            ActiveFullName = ActiveWorkbook.FullName
            ThisFullName = ThisWorkbook.FullName
        End If
    #Else
        ActiveFullName = ActiveWorkbook.FullName
        ThisFullName = ThisWorkbook.FullName
    #End If
""",
        """\
    ActiveFullName = ""
    ThisFullName = ""
""",
    ),
    Patch(
        "the name of the workbook is text to the shell of macOS",
        'ParameterString = ParameterString + "|" + ActiveWorkbook.Name',
        'ParameterString = ParameterString + "|" + Replace(Replace(Replace(Replace(Replace('
        'ActiveWorkbook.Name, "\\", "\\\\"), "$", "\\$"), "`", "\\`"), Chr(34), "\\" + Chr(34)), '
        '"|", "")',
    ),
    Patch(
        "no empty folder among those of modules (macOS)",
        'ParameterString = PYTHONPATH + ";"',
        "ParameterString = PYTHONPATH",
    ),
    Patch(
        "Python searches no current folder (macOS)",
        'ParameterString = ParameterString + "|" + PythonInterpreter',
        'ParameterString = ParameterString + "|" + Chr(34) + PythonInterpreter + Chr(34) + " -P"',
    ),
    Patch(
        "the shell of Windows is its own, not one in the current folder",
        'WScript.Run("cmd.exe /C " & DriveCommand',
        'WScript.Run(Chr(34) & Environ("SystemRoot") & "\\System32\\cmd.exe"" /C " & DriveCommand',
    ),
    Patch(
        "Python searches no current folder (Windows)",
        'RunCommand = CondaCmd & PythonInterpreter & " -B -c ',
        'RunCommand = CondaCmd & PythonInterpreter & " -P -B -c ',
    ),
)


def patched(source: str) -> str:
    """The module of xlwings with every patch, its lines ended as VBA ends them.

    Raises ConfigError with every patch that does not match exactly once, or where other code than
    that of the patches differs by more than the version of xlwings.
    """
    text = source.replace("\r\n", "\n")
    stale = [each for each in PATCHES if text.count(each.old) != 1]
    if stale:
        raise changed(*(each.why for each in stale))
    if hashlib.sha256(_VERSION.sub("", text).encode()).hexdigest() != KNOWN:
        raise changed("code that no patch concerns")
    for each in PATCHES:
        text = text.replace(each.old, each.new)
    return text.replace("\n", "\r\n")


def changed(*reasons: str) -> ConfigError:
    """The error that the installed xlwings has another template than the one known here."""
    return ConfigError(
        problem("ADDIN_TEMPLATE_CHANGED", version=version("xlwings"), patch=each)
        for each in reasons
    )
