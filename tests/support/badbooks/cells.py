"""Cells that are not what they look like: each gives its value, or is refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from badbooks import packages
from badbooks.declaring import reads, refused
from badbooks.writing import HEADER, ROWS, book, fill, sales, write
from badbooks.zips import zipped

_DAY = date(2026, 2, 4)

# numbers ----------------------------------------------------------------------


@reads(4, "1834.50", TEXT_NUMBER=1)
def number_as_a_text(path: Path) -> None:
    sales(path, (_DAY, "C4", "1,234.50"))


@reads(4, "1834.50", TEXT_NUMBER=1)
def number_in_full_width(path: Path) -> None:
    sales(path, (_DAY, "C4", "１，２３４．５０"))


@reads(4, "1000.00", TEXT_NUMBER=1)
def number_behind_an_apostrophe(path: Path) -> None:
    with book(path) as made:
        sheet = fill(made, "销售明细", [HEADER, *ROWS, (_DAY, "C4", None)])
        sheet.write_string("C5", "400", made.add_format({"quote_prefix": True}))


@refused("NUMBER_IN_PARENTHESES")
def number_in_parentheses(path: Path) -> None:
    sales(path, (_DAY, "C4", "(500)"))


@refused("NUMBER_DECIMAL_COMMA")
def number_with_a_decimal_comma(path: Path) -> None:
    sales(path, (_DAY, "C4", "1.234,56"))


@refused("NUMBER_CHINESE_UNIT")
def number_with_a_unit(path: Path) -> None:
    sales(path, (_DAY, "C4", "12万"))


@refused("DASH_NOT_READABLE")
def dash(path: Path) -> None:
    sales(path, (_DAY, "C4", "—"))


@refused("NUMBER_NOT_READABLE")
def word_for_a_number(path: Path) -> None:
    sales(path, (_DAY, "C4", "待定"))


@reads(4, "200.00", RETURNS_FOUND=1)
def negative_that_is_shown_in_red_alone(path: Path) -> None:
    """The format shows no minus sign; the value counts."""
    with book(path) as made:
        sheet = fill(made, "销售明细", [HEADER, *ROWS, (_DAY, "C4", None)])
        sheet.write_number("C5", -400, made.add_format({"num_format": "0;[Red]0"}))


@reads(3, "600.00")
def many_decimals(path: Path) -> None:
    """0.1 + 0.2 as a program wrote it: a cell's number has 15 digits."""
    rows = [(day, customer, amount + 0.1 + 0.2 - 0.3) for day, customer, amount in ROWS]
    write(path, {"销售明细": [HEADER, *rows]})


# errors and formulas ----------------------------------------------------------


def _amount(path: Path, markup: str, behind: str = "") -> None:
    """The good sales with other markup of the amount in C3, which is 200."""
    data = packages.rows().replace('<c r="C3"><v>200</v></c>', f'<c r="C3"{markup}</c>')
    given = {
        packages.SHEET: packages.sheet(data),
        packages.WORKBOOK: packages.workbook(behind=behind),
    }
    path.write_bytes(zipped(packages.parts(given)))


@refused("CELL_ERROR")
def reference_error(path: Path) -> None:
    _amount(path, ' t="e"><f>#REF!</f><v>#REF!</v>')


@refused("CELL_ERROR")
def not_available(path: Path) -> None:
    _amount(path, ' t="e"><f>NA()</f><v>#N/A</v>')


@reads(3, "600.00")
def formula(path: Path) -> None:
    _amount(path, "><f>C4-C2</f><v>200</v>")


@reads(3, "600.00")
def formula_that_nobody_computed(path: Path) -> None:
    """Written by a program that computes nothing; read as 0 it would be a silent loss."""
    _amount(path, "><f>C4-C2</f>")


@reads(3, "600.00")
def formula_whose_value_is_stale(path: Path) -> None:
    """The workbook says itself that all has to be computed when it is opened."""
    _amount(path, "><f>C4-C2</f><v>7</v>", '<calcPr fullCalcOnLoad="1"/>')


@refused("FORMULA_NOT_COMPUTED")
def formula_that_nobody_can_compute(path: Path) -> None:
    _amount(path, "><f>WEBSERVICE(&quot;http://example.com&quot;)</f>")


@reads(3, "600.00")
def formulas_that_give_empty_texts(path: Path) -> None:
    """Filled down for rows to come."""
    rows = [tuple({"f": f'=IF(E{n}="","",E{n})', "v": ""} for _ in range(3)) for n in range(5, 30)]
    sales(path, *rows)


# dates ------------------------------------------------------------------------


@reads(4, "1000.00", TEXT_DATE=4)
def dates_as_texts(path: Path) -> None:
    days = ("2026/1/5", "20260105", "2026年1月5日", "2026.1.5")
    write(path, {"销售明细": [HEADER, *((day, f"C{n}", 250) for n, day in enumerate(days))]})


@refused("DATE_ORDER_UNKNOWN")
def day_or_month_first(path: Path) -> None:
    sales(path, ("03/04/2026", "C4", 400))


@refused("DATE_NOT_READABLE")
def date_that_there_is_not(path: Path) -> None:
    sales(path, ("2026-02-30", "C4", 400))


# customers --------------------------------------------------------------------


@reads(5, "1500.00")
def customers_with_blanks_and_full_width(path: Path) -> None:
    sales(path, (_DAY, "C1 ", 400), (_DAY, "Ｃ１", 500))


@reads(5, "1500.00")
def customers_as_numbers_and_texts(path: Path) -> None:
    sales(path, (_DAY, 1001, 400), (_DAY, "1001", 500))


@reads(4, "1000.00", CUSTOMER_MISSING=1)
def line_without_a_customer(path: Path) -> None:
    sales(path, (_DAY, None, 400))


@reads(4, "1000.00", DATE_MISSING=1)
def line_without_a_date(path: Path) -> None:
    sales(path, (None, "C4", 400))


@reads(4, "600.00", AMOUNT_MISSING=1)
def line_without_an_amount(path: Path) -> None:
    sales(path, (_DAY, "C4", None))


@reads(4, "1000.00")
def text_that_looks_like_a_formula(path: Path) -> None:
    sales(path, (_DAY, "=1+1", 400))
