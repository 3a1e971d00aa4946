# mypy: allow-subclassing-any
"""Data validation as xlwings sees it: what the cells of a range may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from xlwings import base_classes

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.entering import stored_formula, typed_formula
from kam_excel.headless.api.unsupported import RefusedError, explained
from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.cells.strings import decode
from kam_excel.headless.references.addressing import quote_sheet
from kam_excel.headless.rules.validationxml import Criteria, SheetValidations
from kam_excel.headless.rules.words import OPERATOR_NAMES, OPERATORS

if TYPE_CHECKING:
    from kam_excel.headless.api.names import Name
    from kam_excel.headless.api.ranges import Range

MAX_LIST = 255  # characters of a list that stands in the rule itself, as Excel counts them
_TYPES = {
    "whole_number": "whole",
    "decimal": "decimal",
    "list": "list",
    "date": "date",
    "time": "time",
    "text_length": "textLength",
    "custom": "custom",
}
_TYPE_NAMES = {stored: name for name, stored in _TYPES.items()}
_COMPARISONS = ("whole_number", "decimal", "date", "time", "text_length")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
# What Excel sets when a rule is made.
_NEW = Criteria({"allowBlank": "1", "showInputMessage": "1", "showErrorMessage": "1"})


@explained
class DataValidation(base_classes.DataValidation):
    """The validation of a range; what differs among its cells is None."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells
        self._validations: SheetValidations = cells.sheet.model.validations

    @property
    def api(self) -> DataValidation:
        return self

    def _found(self) -> tuple[list[Criteria], bool]:
        return self._validations.criteria(self._cells.area) if self._cells else ([], False)

    @property
    def _common(self) -> Criteria | None:
        """The criteria that all cells share."""
        found, everywhere = self._found()
        return found[0] if len(found) == 1 and everywhere else None

    @property
    def type(self) -> str:
        found, everywhere = self._found()
        if not found:
            return "none"
        if not everywhere:
            return "mixed_criteria"
        return _TYPE_NAMES.get(found[0]["type"], "unknown") if len(found) == 1 else "inconsistent"

    @property
    def operator(self) -> str | None:
        common = self._common
        return OPERATOR_NAMES.get(common["operator"]) if common and self._compares else None

    @property
    def _compares(self) -> bool:
        return self.type in _COMPARISONS

    def _formula(self, index: int) -> str | None:
        common = self._common
        if common is None or len(common.formulas) <= index:
            return None
        return typed_formula(common.formulas[index])

    @property
    def formula1(self) -> str | None:
        return self._formula(0) if self._compares else None

    @property
    def formula2(self) -> str | None:
        return self._formula(1) if self.operator in ("between", "not_between") else None

    @property
    def formula(self) -> str | None:
        return self._formula(0) if self.type == "custom" else None

    @property
    def source(self) -> str | None:
        """The items with commas between them, or a reference after an equals sign."""
        formula = self._formula(0) if self.type == "list" else None
        quoted = _QUOTED.fullmatch(formula[1:]) if formula else None
        return quoted[1].replace('""', '"') if quoted else formula

    def _flag(self, name: str) -> bool | None:
        common = self._common
        return None if common is None else common[name] == "1"

    def _text(self, name: str) -> str | None:
        common = self._common
        return None if common is None else decode(common[name])

    @property
    def in_cell_dropdown(self) -> bool | None:
        # The attribute is named after the opposite of what it does.
        return not self._flag("showDropDown") if self.type == "list" else None

    @property
    def ignore_blank(self) -> bool | None:
        return self._flag("allowBlank")

    @property
    def input_title(self) -> str | None:
        return self._text("promptTitle")

    @property
    def input_message(self) -> str | None:
        return self._text("prompt")

    @property
    def show_input(self) -> bool | None:
        return self._flag("showInputMessage")

    @property
    def error_title(self) -> str | None:
        return self._text("errorTitle")

    @property
    def error_message(self) -> str | None:
        return self._text("error")

    @property
    def show_error(self) -> bool | None:
        return self._flag("showErrorMessage")

    @property
    def alert_style(self) -> str | None:
        return self._text("errorStyle")

    # changes ----------------------------------------------------------------

    def set_list(self, source: Range | Name | Sequence[str], in_cell_dropdown: bool) -> None:
        """Offer what a range or a name holds, or these texts.

        Raises WorkbookError for texts that Excel cannot hold in a rule.
        """
        self._set("list", "between", [self._source(source)], "0" if in_cell_dropdown else "1")

    def set_rule(
        self, rule_type: str, operator: str | None, formula1: str, formula2: str | None
    ) -> None:
        """Compare what is entered with formulas, or ask the one formula of a custom rule.

        Raises WorkbookError where the cells have different rules.
        """
        formulas = [_without_sign(each) for each in (formula1, formula2) if each is not None]
        self._set(rule_type, operator or "between", formulas, "0")

    def _set(self, kind: str, operator: str, formulas: list[str], hides_list: str) -> None:
        """Set a rule; prompts and alerts of the one that the cells have are kept."""
        if not self._cells:
            return
        if self.type in ("mixed_criteria", "inconsistent"):
            place = Place(self._cells.sheet.book.name, self._cells.sheet.name)
            raise RefusedError(problem("VALIDATION_DIFFERS", place, area=self._cells.area))
        criteria = (self._common or _NEW).with_(
            formulas, type=_TYPES[kind], operator=OPERATORS[operator], showDropDown=hides_list
        )
        self._validations.put(self._cells.area, criteria)

    def _source(self, source: Range | Name | Sequence[str]) -> str:
        if isinstance(source, base_classes.Name):
            return str(source.name)
        if isinstance(source, base_classes.Range):
            own = source.sheet.model is self._cells.sheet.model
            sheet = "" if own else f"{quote_sheet(source.sheet.name)}!"
            return f"{sheet}{source.address}"
        return self._literal(source)

    def _literal(self, items: Sequence[str]) -> str:
        """The items as one text; xlwings has refused those with commas."""
        text = ",".join(items)
        length = len(text.encode("utf-16-le")) // 2
        if length > MAX_LIST:
            place = Place(self._cells.sheet.book.name, self._cells.sheet.name)
            raise WorkbookError(problem("LIST_TOO_LONG", place, length=length, limit=MAX_LIST))
        quoted = text.replace('"', '""')
        return f'"{quoted}"'

    def delete(self) -> None:
        """Take the validation off the range; rules that reach beyond it go on there."""
        if self._cells:
            self._validations.delete(self._cells.area)


def _without_sign(formula: str) -> str:
    """A formula without its equals sign; a number as files write it."""
    text = stored_formula(formula)
    return number_text(float(text)) if _NUMBER.fullmatch(text) else text
