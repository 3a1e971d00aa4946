"""Excel tables (ListObjects): the part of one of them, read and changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kam_excel.headless.cells.strings import decode, encode, escape
from kam_excel.headless.package.parts import Package
from kam_excel.headless.parts.filters import FilterXml
from kam_excel.headless.references.addressing import MAX_COLUMN, Area, parse_area
from kam_excel.headless.references.areas import areas_text
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import tree
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import Element, attribute_text
from kam_excel.headless.xml.values import is_true

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ORDER = ("autoFilter", "sortState", "tableColumns", "tableStyleInfo", "extLst")


class TableXml:
    """The part of one table. Changes are written to the package at once."""

    _flags: ClassVar[dict[str, str]] = {
        "first_column": "showFirstColumn",
        "last_column": "showLastColumn",
        "row_stripes": "showRowStripes",
        "column_stripes": "showColumnStripes",
    }

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self.part = part
        self._read = b""
        self._latest: Shell | None = None

    @property
    def _shell(self) -> Shell:
        """The part as the package has it now, whoever wrote it."""
        data = self._package.read(self.part)
        if self._latest is None or data != self._read:
            self._latest, self._read = self._checked(), data
        return self._latest

    def _checked(self) -> Shell:
        """The part as it is; raises WorkbookError where it is no table."""
        shell = Shell(self._package.xml(self.part), _ORDER)
        given = shell.root.attributes
        try:
            parse_area(given.get("ref", ""))
            for count in ("id", "headerRowCount", "totalsRowCount"):
                int(given.get(count, "0"))
            columns = shell.items("tableColumns", "tableColumn")
            if len(columns) > MAX_COLUMN:
                raise ValueError("more columns than a sheet has")
            for column in columns:
                _ = column.attributes["name"], int(column.attributes["id"])
        except (KeyError, ValueError) as error:
            raise self._package.damaged(self.part) from error
        return shell

    def _store(self) -> None:
        assert self._latest is not None
        self._read = self._latest.data
        self._package.write(self.part, self._read)

    def _given(self, name: str, default: str = "") -> str:
        return self._shell.root.attributes.get(name, default)

    def _give(self, name: str, value: str) -> None:
        self._shell.set_attribute(self._shell.root, name, value)

    @property
    def name(self) -> str:
        """The name that formulas use."""
        return decode(self._given("displayName") or self._given("name"))

    @name.setter
    def name(self, value: str) -> None:
        self._give("name", value)
        self._give("displayName", value)
        self._store()

    @property
    def id(self) -> int:
        """The number of the table, unique in the workbook."""
        return int(self._given("id", "0"))

    def set_id(self, value: int) -> None:
        """Give the table another number."""
        self._give("id", str(value))
        self._store()

    @property
    def area(self) -> Area:
        """All cells: header, data and totals."""
        return parse_area(self._given("ref"))

    @property
    def header_rows(self) -> int:
        """1 with a header, else 0."""
        return int(self._given("headerRowCount", "1"))

    @property
    def totals_rows(self) -> int:
        """1 with a totals row, else 0."""
        return int(self._given("totalsRowCount", "0"))

    @property
    def header(self) -> Area | None:
        """The cells of the header, or None."""
        area = self.area
        return Area(area.row1, area.col1, area.row1, area.col2) if self.header_rows else None

    @property
    def totals(self) -> Area | None:
        """The cells of the totals row, or None."""
        area = self.area
        return Area(area.row2, area.col1, area.row2, area.col2) if self.totals_rows else None

    @property
    def body(self) -> Area | None:
        """The cells of the data, or None where there is no row."""
        area = self.area
        first, last = area.row1 + self.header_rows, area.row2 - self.totals_rows
        return Area(first, area.col1, last, area.col2) if first <= last else None

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
        return [decode(each.attributes["name"]) for each in self._columns()]

    def _columns(self) -> list[Element]:
        return self._shell.items("tableColumns", "tableColumn")

    @property
    def style(self) -> str:
        """The name of the table style, empty without one."""
        info = self._shell.child("tableStyleInfo")
        return info.attributes.get("name", "") if info else ""

    @style.setter
    def style(self, value: str) -> None:
        self._style_attribute("name", value)

    def flag(self, name: str) -> bool:
        """Whether "first_column", "last_column", "row_stripes", "column_stripes" is shown."""
        info = self._shell.child("tableStyleInfo")
        return info is not None and is_true(info.attributes.get(self._flags[name]))

    def set_flag(self, name: str, value: bool) -> None:
        """Show "first_column" and the like or not."""
        self._style_attribute(self._flags[name], str(int(value)))

    def _style_attribute(self, name: str, value: str) -> None:
        if self._shell.child("tableStyleInfo") is None:
            self._shell.put("tableStyleInfo", f"<{self._shell.prefix}tableStyleInfo/>")
        info = self._shell.child("tableStyleInfo")
        assert info is not None
        self._shell.set_attribute(info, name, value)
        self._store()

    @property
    def autofilter(self) -> bool:
        """Whether the header has filter buttons."""
        return self._shell.child("autoFilter") is not None

    @autofilter.setter
    def autofilter(self, value: bool) -> None:
        if value == self.autofilter:
            return
        if value:
            self._shell.put("autoFilter", self._filter_markup())
        else:
            self._shell.remove("autoFilter")
        self._store()

    @property
    def filter(self) -> FilterXml:
        """The criteria of the filter."""
        return FilterXml(lambda: self._shell, self._store)

    def _filter_markup(self) -> str:
        area = self.area
        ref = Area(area.row1, area.col1, area.row2 - self.totals_rows, area.col2)
        return f'<{self._shell.prefix}autoFilter ref="{ref}"/>'

    def resize(self, area: Area, names: Sequence[str]) -> None:
        """Let the table take `area`, whose header has `names`; columns that stay keep theirs."""
        if area == self.area and list(names) == self.column_names:
            return
        self._set_area(area)
        self._set_columns(names)
        self._store()

    def _set_area(self, area: Area) -> None:
        self._give("ref", areas_text([area]))
        found = self._shell.child("autoFilter")
        if found is not None:
            ref = Area(area.row1, area.col1, area.row2 - self.totals_rows, area.col2)
            self._shell.set_attribute(found, "ref", areas_text([ref]))

    def set_bands(self, area: Area, header: bool, totals: bool) -> None:
        """Take `area` with or without a header and a totals row; a filter goes with its header."""
        self._take("headerRowCount", "headerRowCount", None if header else "0")
        self._take("totalsRowCount", "totalsRowShown", "1" if totals else None)
        if not header:
            self._shell.remove("autoFilter")
        self._set_area(area)
        self._store()

    def _take(self, name: str, other: str, value: str | None) -> None:
        """Set an attribute or take it out, and with it what `other` said of the same."""
        for each in {name, other}:
            self._shell.remove_attribute(self._shell.root, each)
        if value is not None:
            self._give(name, value)

    @property
    def waits_for_data(self) -> bool:
        """Whether the only row of data is the one that the first entry will fill."""
        return is_true(self._given("insertRow"))

    @waits_for_data.setter
    def waits_for_data(self, value: bool) -> None:
        if value != self.waits_for_data:
            self._take("insertRow", "insertRowShift", "1" if value else None)
            self._store()

    def column(self, index: int, attribute: str) -> str:
        """An attribute of the column at `index`, from 0 ("totalsRowFunction"); "" without it."""
        return decode(self._columns()[index].attributes.get(attribute, ""))

    def set_column(self, index: int, attribute: str, value: str) -> None:
        """Give a column an attribute."""
        self._shell.set_attribute(self._columns()[index], attribute, _written(value))
        self._store()

    def column_formula(self, index: int, name: str) -> str:
        """The formula "calculatedColumnFormula" or "totalsRowFormula" of a column, "" if none."""
        found = tree(self._shell.data).all("tableColumns", "tableColumn")[index].first(name)
        return "" if found is None else decode(found.text)

    def _set_columns(self, names: Sequence[str]) -> None:
        old = {decode(each.attributes["name"]).casefold(): each for each in self._columns()}
        free = max((int(each.attributes["id"]) for each in self._columns()), default=0) + 1
        pieces = []
        for name in names:
            kept = old.get(name.casefold())
            if kept is not None:
                pieces.append(self._shell.outer(kept))
            else:
                pieces.append(column_markup(self._shell.prefix, free, name).encode())
                free += 1
        p = self._shell.prefix
        inner = b"".join(pieces).decode()
        markup = f'<{p}tableColumns count="{len(names)}">{inner}</{p}tableColumns>'
        self._shell.put("tableColumns", markup)

    def calculate_column(self, index: int, formula: str) -> None:
        """Let new rows get `formula`, without its equals sign, in the column at `index`."""
        column = tree(self._shell.data).all("tableColumns", "tableColumn")[index]
        p = self._shell.prefix
        markup = f"<{p}calculatedColumnFormula>{escape(formula)}</{p}calculatedColumnFormula>"
        old, data = column.first("calculatedColumnFormula"), markup.encode()
        if old is not None:
            edit = splice.Edit(old.element.start, old.element.end, data)
        elif column.children:
            edit = splice.Edit(column.element.inner, column.element.inner, data)
        else:
            edit = splice.append_child(self._shell.data, column.element, data)
        self._shell.edit(edit)
        self._store()

    def set_sorting(self, body: Area, keys: Sequence[tuple[int, bool]]) -> None:
        """Note by which columns, from 1, the rows of `body` are sorted, and which ascend."""
        p = self._shell.prefix
        conditions = ""
        for key, ascending in keys:
            column = body.col1 + key - 1
            ref = Area(body.row1, column, body.row2, column)
            downwards = "" if ascending else ' descending="1"'
            conditions += f'<{p}sortCondition{downwards} ref="{ref}"/>'
        self._shell.put("sortState", f'<{p}sortState ref="{body}">{conditions}</{p}sortState>')
        self._store()

    def rename_column(self, index: int, name: str) -> None:
        """Give the column at `index`, from 0, another name."""
        self._shell.set_attribute(self._columns()[index], "name", _written(name))
        self._store()


def _written(name: str) -> str:
    """A column's name as the part writes it: line breaks are escaped as `_x000a_`."""
    return encode(name).replace("\n", "_x000a_")


def column_markup(prefix: str, number: int, name: str) -> str:
    """A new column of a table."""
    value = attribute_text(_written(name))
    return f'<{prefix}tableColumn id="{number}" name="{value}"/>'
