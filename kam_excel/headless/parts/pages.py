"""How a sheet prints, in the sheet's own XML: paper, fitting, margins, headers and footers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import Literal

from kam_excel.errors import WorkbookError, problem
from kam_excel.headless.cells.strings import escape, unescape
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import Edit
from kam_excel.headless.xml.values import is_true

Paper = Literal["A3", "A4", "Letter"]
# ECMA-376 part 1, 18.3.1.63 (paperSize), and Excel's XlPaperSize.
PAPERS: Mapping[Paper, int] = {"Letter": 1, "A3": 8, "A4": 9}
MAX_HEADER = 255
_MARGINS = ("left", "right", "top", "bottom", "header", "footer")


@dataclass(frozen=True, slots=True)
class Margins:
    """Distances from the edges of the paper, in inches; Excel's "normal" ones."""

    left: float = 0.7
    right: float = 0.7
    top: float = 0.75
    bottom: float = 0.75
    header: float = 0.3
    footer: float = 0.3


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet prints; `pages_tall` 0 is any number, `title_rows` (first, last) repeat.

    Header and footer are in Excel's codes: `&L`, `&C`, `&R` begin the sections, `&P` is the
    page, `&N` their number, `&A` the sheet, `&&` an ampersand. Raises WorkbookError where one of
    them is longer than Excel takes.
    """

    landscape: bool = False
    paper: Paper = "A4"
    pages_wide: int = 1
    pages_tall: int = 0
    title_rows: tuple[int, int] | None = None
    header: str = ""
    footer: str = ""
    margins: Margins = field(default_factory=Margins)
    centered: bool = False

    def __post_init__(self) -> None:
        for text in (self.header, self.footer):
            if len(text) > MAX_HEADER:
                start, length = text[:40], len(text)
                raise WorkbookError(
                    problem("PAGE_TEXT_TOO_LONG", start=start, length=length, limit=MAX_HEADER)
                )


def set_up(shell: Shell, page: Page) -> None:
    """Let a sheet print as `page` says; settings that it does not speak of stay."""
    _fit(shell)
    if page.centered or shell.child("printOptions"):
        _give(shell, "printOptions", {"horizontalCentered": (str(int(page.centered)), "0")})
    _set_margins(shell, page.margins)
    orientation = "landscape" if page.landscape else "portrait"
    attributes = {
        "orientation": (orientation, ""),
        "paperSize": (str(PAPERS[page.paper]), ""),
        "fitToWidth": (str(page.pages_wide), "1"),
        "fitToHeight": (str(page.pages_tall), "1"),
    }
    _give(shell, "pageSetup", attributes)
    _set_texts(shell, page.header, page.footer)


def _give(shell: Shell, name: str, attributes: Mapping[str, tuple[str, str]]) -> None:
    """Set attributes of an element, each given as its value and what its absence means."""
    if shell.child(name) is None:
        shell.put(name, f"<{shell.prefix}{name}/>")
    for attribute, (value, default) in attributes.items():
        element = shell.child(name)
        assert element is not None
        if element.attributes.get(attribute, default) != value:
            shell.set_attribute(element, attribute, value)


def _fit(shell: Shell) -> None:
    """Let the number of pages count, not the scale."""
    if not shell.items("sheetPr", "pageSetUpPr"):
        shell.append("sheetPr", f"<{shell.prefix}pageSetUpPr/>")
    element = shell.items("sheetPr", "pageSetUpPr")[0]
    if not is_true(element.attributes.get("fitToPage")):
        shell.set_attribute(element, "fitToPage", "1")


def _set_margins(shell: Shell, margins: Margins) -> None:
    wanted = dict(zip(_MARGINS, astuple(margins), strict=True))
    found = shell.child("pageMargins")
    given = {} if found is None else found.attributes
    if {name: float(given.get(name, -1)) for name in _MARGINS} != wanted:
        attributes = " ".join(f'{name}="{value:g}"' for name, value in wanted.items())
        shell.put("pageMargins", f"<{shell.prefix}pageMargins {attributes}/>")


def _set_texts(shell: Shell, header: str, footer: str) -> None:
    """Set the header and the footer; those of even and first pages stay."""
    wanted = {"oddHeader": header, "oddFooter": footer}
    if {name: _text(shell, name) for name in wanted} == wanted:
        return
    p = shell.prefix
    texts = "".join(
        f"<{p}{name}>{escape(text)}</{p}{name}>" for name, text in wanted.items() if text
    )
    odd = [each for name in wanted for each in shell.items("headerFooter", name)]
    shell.edit(*map(splice.delete, odd))
    found = shell.child("headerFooter")
    if found is None or found.empty:
        shell.remove("headerFooter")
        shell.append("headerFooter", texts)
    else:
        shell.edit(Edit(found.inner, found.inner, texts.encode()))
    _drop_if_bare(shell, "headerFooter")


def _text(shell: Shell, name: str) -> str:
    found = shell.items("headerFooter", name)
    return unescape(shell.inner(found[0]).decode()) if found else ""


def _drop_if_bare(shell: Shell, name: str) -> None:
    found = shell.child(name)
    if found is not None and not found.attributes and not shell.inner(found).strip():
        shell.remove(name)
