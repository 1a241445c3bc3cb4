"""Finds formulas whose value nobody has counted: a workbook that a program wrote and no person has opened."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.parsers import expat


def uncounted_formula(content: BytesIO) -> str:
    """The first cell with a formula and no value, «B2»; empty if there is none. Takes a checked workbook."""
    with zipfile.ZipFile(content) as book:
        names = sorted(name for name in book.namelist() if name.lower().startswith("xl/worksheets/"))
        for name in names:
            if name.lower().endswith(".xml"):
                found = _search(book.read(name))
                if found:
                    return found
    return ""


def _search(part: bytes) -> str:
    search = _Search()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = search.on_start
    parser.EndElementHandler = search.on_end
    parser.CharacterDataHandler = search.on_text
    parser.Parse(part, True)
    return search.found


class _Search:
    """Follows the cells of a sheet."""

    def __init__(self) -> None:
        self.found = ""
        self._cell = ""
        self._is_text = False
        self._has_formula = False
        self._has_value = False
        self._in_value = False

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """A cell, its formula or its value begins."""
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self._cell = attributes.get("r", "?")
            self._is_text = attributes.get("t") == "str"
            self._has_formula = self._has_value = False
        elif tag == "f":
            self._has_formula = True
        self._in_value = tag == "v"

    def on_end(self, name: str) -> None:
        """A cell that is over shows whether it had both; a text may be counted and empty."""
        self._in_value = False
        is_cell = name.rpartition(" ")[2] == "c"
        if is_cell and self._has_formula and not (self._has_value or self._is_text) and not self.found:
            self.found = self._cell

    def on_text(self, text: str) -> None:
        """A value has words."""
        if self._in_value and text.strip():
            self._has_value = True
