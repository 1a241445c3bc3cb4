"""Measures an XML part of a workbook as it streams by: its outermost cell, its cells, the texts they would copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.parsers import expat

MAX_ROWS = 50_000
MAX_COLUMNS = 2_000
MAX_TABLE = 1_000_000
"""The most places in the dense table of one sheet: 20,000 rows of 50 columns, ten times the largest school."""
MAX_CELLS = 2_000_000
"""The most filled cells of one sheet, wherever they say they are."""
MAX_RUN = 1024 * 1024
"""The longest text of one element, characters, and the longest tag, bytes."""
MAX_COPIED = 100_000_000
"""The most characters that all cells together may take from the shared texts."""
_HEADROOM = 100
"""Rows of titles above a table and totals below it, beyond MAX_ROWS."""
_REFERENCE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")
_CONTENT = {"v", "is", "f"}


class TooLarge(Exception):
    """A limit is passed; the text says which, in Russian, as a part of a sentence."""


class PartMeasure:
    """Feed it the bytes of one part. Cells count only when they hold something: empty styled ones take no memory."""

    def __init__(self) -> None:
        self.shared_lengths: list[int] = []
        self.shared_uses: Counter[int] = Counter()
        self._fed = 0
        self._cells = 0
        self._rows = 0
        self._columns = 0
        self._row = 0
        self._column = 0
        self._run = 0
        self._is_shared_cell = False
        self._index: list[str] | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._on_text
        self._parser.StartDoctypeDeclHandler = self._on_doctype
        self._has_doctype = False

    def feed(self, chunk: bytes) -> bool:
        """Whether the part is well-formed so far and declares no entities."""
        return self._parse(chunk, is_final=False)

    def close(self) -> bool:
        """Whether the part ended where it should."""
        return self._parse(b"", is_final=True)

    def _parse(self, chunk: bytes, *, is_final: bool) -> bool:
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, is_final)
        except expat.ExpatError:
            return False
        if self._fed - self._parser.CurrentByteIndex > MAX_RUN:
            raise TooLarge("внутри слишком длинная метка")
        return not self._has_doctype

    def _on_doctype(self, *_declaration: object) -> None:
        self._has_doctype = True

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._run = 0
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag in _CONTENT:
            self._start_content(tag)
        elif tag == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            self._column = 0
        elif tag == "si":
            self.shared_lengths.append(0)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        reference = attributes.get("r")
        if reference is not None:
            place = _REFERENCE.fullmatch(reference)
            if place is None:
                raise TooLarge("у ячейки непонятный адрес")
            self._column, self._row = _column_number(place[1]), int(place[2])
        self._is_shared_cell = attributes.get("t") == "s"

    def _start_content(self, tag: str) -> None:
        """The cell holds something, so the dense table reaches it."""
        self._cells += 1
        self._rows = max(self._rows, self._row)
        self._columns = max(self._columns, self._column)
        if self._rows > MAX_ROWS + _HEADROOM:
            raise TooLarge(f"на листе больше {MAX_ROWS} строк")
        if self._columns > MAX_COLUMNS:
            raise TooLarge(f"на листе больше {MAX_COLUMNS} столбцов")
        if self._rows * self._columns > MAX_TABLE or self._cells > MAX_CELLS:
            raise TooLarge("таблица на листе слишком велика")
        if tag == "v" and self._is_shared_cell:
            self._index = []

    def _on_end(self, _name: str) -> None:
        if self._index is not None:
            self.shared_uses[_number("".join(self._index).strip()) or 0] += 1
            self._index = None

    def _on_text(self, text: str) -> None:
        self._run += len(text)
        if self._run > MAX_RUN:
            raise TooLarge("в ячейке слишком длинный текст")
        if self._index is not None:
            self._index.append(text[:20])
        elif self.shared_lengths:
            self.shared_lengths[-1] += len(text)


def require_modest_texts(parts: Iterable[PartMeasure]) -> None:
    """Raise TooLarge if the cells of a workbook copy too much out of its shared texts."""
    parts = tuple(parts)
    lengths = max((part.shared_lengths for part in parts), key=sum, default=[])
    if sum(1 for part in parts if part.shared_lengths) > 1:
        raise TooLarge("тексты ячеек хранятся в двух местах")
    copied = sum(
        lengths[index] * count for part in parts for index, count in part.shared_uses.items() if index < len(lengths)
    )
    if copied > MAX_COPIED:
        raise TooLarge("тексты ячеек повторяются слишком много раз")


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,9}", text) else None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
