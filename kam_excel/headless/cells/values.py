"""What a cell holds: numbers, text, truth values, errors and formulas; dates are numbers."""

from __future__ import annotations

import datetime as dt
import math

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.references.addressing import cell_name

ERRORS = frozenset(
    [
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#BUSY!",
        "#PYTHON!",
        "#EXTERNAL!",
    ]
)
MAX_TEXT = 32_767
_LAST_SERIAL = {False: 2_958_466, True: 2_957_004}  # the day after 9999-12-31
_EPOCH = dt.datetime(1899, 12, 30)
_EPOCH_1904 = dt.datetime(1904, 1, 1)
_DAY = dt.timedelta(days=1)
_MILLISECONDS = 86_400_000


class CellError(str):
    """An error value such as `#N/A`; its text is what Excel shows."""

    __slots__ = ()


class Formula(str):
    """The text of a formula, without its equals sign, as the file has it."""


class ArrayFormula(Formula):
    """A formula that gives `rows` times `columns` values, of which its cell holds the first.

    `metadata` is what the file says of a dynamic one, which spills: a number that cells carry
    (cm); None is a formula of the old kind, entered with Ctrl, Shift and Enter.
    """

    rows: int
    columns: int
    metadata: str | None

    def __new__(
        cls, text: str, rows: int = 1, columns: int = 1, metadata: str | None = None
    ) -> ArrayFormula:
        made = super().__new__(cls, text)
        made.rows, made.columns, made.metadata = rows, columns, metadata
        return made

    def _facts(self) -> tuple[str, int, int, str | None]:
        return str(self), self.rows, self.columns, self.metadata

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArrayFormula) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash(self._facts())

    def __reduce__(self) -> tuple[type[ArrayFormula], tuple[str, int, int, str | None]]:
        return ArrayFormula, self._facts()


class RichText(str):
    """A text of which parts look different.

    `markup` is its runs as sheets of ours write them, without a prefix (`<r>`, CT_Rst).
    """

    markup: str

    def __new__(cls, text: str, markup: str) -> RichText:
        made = super().__new__(cls, text)
        made.markup = markup
        return made

    def is_like(self, other: object) -> bool:
        """Whether another text says the same and looks the same."""
        if not isinstance(other, RichText):
            return False
        return (str(self), self.markup) == (str(other), other.markup)

    def __reduce__(self) -> tuple[type[RichText], tuple[str, str]]:
        return RichText, (str(self), self.markup)


# Excel has not computed the formula yet, so nobody knows its value.
NOT_COMPUTED = CellError("#GETTING_DATA")
# Some error whose name says nothing.
UNKNOWN_ERROR = CellError("#UNKNOWN!")

Content = float | bool | str | CellError | Formula | None
Value = float | bool | str | CellError | dt.datetime | None


def computed(value: Value, row: int, column: int) -> Value:
    """`value`, which a cell shows; raises WorkbookError where its formula has none yet."""
    if value == NOT_COMPUTED:
        raise WorkbookError(problem("CELL_NOT_COMPUTED", Place(cell=cell_name(row, column))))
    return value


def from_serial(serial: float, date1904: bool = False) -> dt.datetime | float:
    """The date of a serial number, to the millisecond; the number itself where there is none.

    Days 1 to 59 of the 1900 system are one later than the epoch says, for Excel's 29 February
    1900 never was (ECMA-376 part 1, 18.17.4.1).
    """
    if not 0 <= serial < _LAST_SERIAL[date1904]:
        return serial
    if date1904:
        epoch = _EPOCH_1904
    else:
        epoch = _EPOCH if serial >= 60 else _EPOCH + _DAY
    days = math.floor(serial)
    milliseconds = round((serial - days) * _MILLISECONDS)
    try:
        return epoch + dt.timedelta(days=days, milliseconds=milliseconds)
    except OverflowError:
        return serial


def to_serial(moment: dt.date, date1904: bool = False) -> float:
    """The serial number of a date or a datetime (its wall clock, whatever its zone).

    Raises WorkbookError for dates before the first day that Excel knows.
    """
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)
    since = moment.replace(tzinfo=None) - (_EPOCH_1904 if date1904 else _EPOCH)
    days: float = since.days
    if not date1904 and days <= 60:
        days -= 1
    if days < 0:
        raise WorkbookError(problem("DATE_BEFORE_EXCEL", date=moment.isoformat(sep=" ")))
    part = since.seconds * 1_000_000 + since.microseconds
    return days + part / (_MILLISECONDS * 1000)


def naive(value: Content | dt.date) -> Value:
    """`value`, a date among them as a datetime without a zone."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return value  # type: ignore[return-value]


def typed_text(text: str) -> Content:
    """What a text becomes when it is entered: a formula, an error value or the text itself.

    As in Excel a leading apostrophe marks what follows as text.
    """
    if text == "":
        return None
    first = text[0]
    if first == "=" and len(text) > 1:
        return Formula(text[1:])
    if first == "'":
        return checked_text(text[1:]) if len(text) > 1 else None
    if first == "#" and text in ERRORS:
        return CellError(text)
    return checked_text(text)


def checked_text(text: str) -> str:
    """`text` as a plain str; raises WorkbookError where it is longer than a cell can hold."""
    if len(text) > MAX_TEXT:
        raise WorkbookError(problem("TEXT_TOO_LONG", start=text[:20], length=len(text)))
    return str(text)


def checked_number(number: float, where: Place | None = None) -> float:
    """`number` as a float; raises WorkbookError for infinity, which no cell can hold."""
    number = float(number)
    if not math.isfinite(number):
        raise WorkbookError(problem("NUMBER_NOT_FINITE", where or Place(), number=str(number)))
    return number
