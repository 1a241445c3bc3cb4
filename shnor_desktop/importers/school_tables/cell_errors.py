"""Finds cells that show an error or a formula nobody has counted: the reader of cells gives them as empty."""

from __future__ import annotations

import posixpath
import re
import zipfile
from io import BytesIO
from typing import TypeVar
from xml.parsers import expat

from shnor_desktop.importers.school_tables.cells import UNCOUNTED

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MAY_HOLD = re.compile(rb"""[<:]f[\s/>]|t\s*=\s*["']e["']""")
"""Most sheets have neither a formula nor an error: that is seen at once."""
_MOST = 5_000
Place = tuple[int, int]
S = TypeVar("S", bound="_Search")


def marked_cells(content: BytesIO) -> dict[str, dict[Place, str]]:
    """By the name of the sheet: what stands at (row, column), counted from zero. Takes a checked workbook."""
    with zipfile.ZipFile(content) as book:
        parts = {name.lower(): name for name in book.namelist()}
        targets = _read(book, parts, "xl/_rels/workbook.xml.rels", _Relations()).targets
        sheets = _read(book, parts, "xl/workbook.xml", _Sheets()).sheets
        found = {}
        for name, relation in sheets.items():
            target = targets.get(relation, "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            part = parts.get(path.lower())
            cells = _read(book, parts, path, _Cells()).found if part and _MAY_HOLD.search(book.read(part)) else {}
            if cells:
                found[name] = cells
        return found


def _read(book: zipfile.ZipFile, parts: dict[str, str], path: str, search: S) -> S:
    part = parts.get(path.lower())
    if part is not None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = search.on_start
        parser.EndElementHandler = search.on_end
        parser.CharacterDataHandler = search.on_text
        parser.Parse(book.read(part), True)
    return search


class _Search:
    """Follows the elements of a part."""

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def on_end(self, name: str) -> None:
        """An element ends."""

    def on_text(self, text: str) -> None:
        """Words between elements."""


class _Relations(_Search):
    """Which part a relation names."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _Sheets(_Search):
    """Which relation a sheet has."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.sheets[attributes.get("name", "")] = relation


class _Cells(_Search):
    """The cells of a sheet that are not what they look like."""

    def __init__(self) -> None:
        self.found: dict[Place, str] = {}
        self._place: Place | None = None
        self._type = ""
        self._has_formula = False
        self._in_value = False
        self._value = ""

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._place = (int(reference[2]) - 1, _column(reference[1])) if reference else None
            self._type = attributes.get("t", "")
            self._has_formula, self._value = False, ""
        elif tag == "f":
            self._has_formula = True
        self._in_value = tag == "v"

    def on_end(self, name: str) -> None:
        self._in_value = False
        if name.rpartition(" ")[2] != "c" or self._place is None or len(self.found) >= _MOST:
            return
        if self._type == "e":
            self.found[self._place] = self._value[:20] or "#ОШИБКА"
        elif self._has_formula and not self._value and self._type != "str":
            self.found[self._place] = UNCOUNTED

    def on_text(self, text: str) -> None:
        if self._in_value:
            self._value += text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
