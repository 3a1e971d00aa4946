"""Where a sheet begins new pages, in the sheet's own XML.

ECMA-376 part 1, 18.3.1.74 (rowBreaks) and 18.3.1.3 (brk): the id of a break is the number of the
row above it, its max the last column, both as they are counted from 1 and from 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from kam_excel.headless.xml.shell import Shell

# [MS-XLSB] 2.4.196, BrtBeginRwBrk: Excel keeps no more of them.
MOST_BREAKS = 1023
_LAST_COLUMN = 16383


def row_breaks(shell: Shell) -> list[int]:
    """The rows that begin a page, as they are written."""
    found = (each.attributes.get("id", "0") for each in shell.items("rowBreaks", "brk"))
    return [int(number) + 1 for number in found]


def set_row_breaks(shell: Shell, rows: Sequence[int]) -> None:
    """Begin a page with each of `rows`, and with no other; breaks between columns stay.

    Raises ValueError for the first row, which begins one anyway, and for too many.
    """
    wanted = sorted(set(rows))
    if len(wanted) > MOST_BREAKS or (wanted and wanted[0] < 2):
        raise ValueError(f"a sheet takes {MOST_BREAKS} page breaks, the first above row 2")
    if wanted == row_breaks(shell):
        return
    if not wanted:
        shell.remove("rowBreaks")
        return
    p, count = shell.prefix, len(wanted)
    breaks = "".join(f'<{p}brk id="{row - 1}" max="{_LAST_COLUMN}" man="1"/>' for row in wanted)
    counts = f'count="{count}" manualBreakCount="{count}"'
    shell.put("rowBreaks", f"<{p}rowBreaks {counts}>{breaks}</{p}rowBreaks>")
