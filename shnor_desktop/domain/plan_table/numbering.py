"""Numbers of rows: «1.», «2.1.3», «IV», and what a spreadsheet makes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PLAIN = re.compile(r"\(?\s*(?:п\.\s*)?((?:\d{1,3}|[IVXІХ]{1,5})(?:\s*[.\-]\s*\d{1,3})*)\s*[.)]*\s*")
_LEADING = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)])(?!\d)\s*(?=\D)")
_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but the number of a row."""
    return bool(text.strip()) and _PLAIN.fullmatch(text.strip()) is not None


def plain_number(text: str) -> str:
    """«2.1.3» of « 2.1.3. »; words that are no number are given back as they are."""
    found = _PLAIN.fullmatch(text.strip())
    return re.sub(r"\s*[.\-]\s*", ".", found[1]) if found else text.strip()


def split_leading(text: str) -> tuple[str, str]:
    """The number at the beginning of a heading, «2.2 Развитие…», and the words after it."""
    found = _LEADING.match(text)
    if found is None or not text[found.end() :].strip():
        return "", text.strip()
    return found[1].rstrip(".)"), text[found.end() :].strip()


def date_as_number(text: str) -> str:
    """A spreadsheet takes «1.2» for 1 February and «2.1.1» for 2 January 2001: the number back; empty otherwise."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return ""
    day, month, year = (int(part) for part in found.groups())
    return f"{day}.{month}.{year - 2000}" if 2001 <= year <= 2012 else f"{day}.{month}"


def depth(number: str) -> int:
    """How many levels a number has."""
    return number.count(".") + 1 if number else 0


def is_under(number: str, parent: str) -> bool:
    """Whether a number belongs to that of a heading."""
    return bool(parent) and number.startswith(f"{parent}.")


def is_numbering_row(cells: Sequence[str]) -> bool:
    """A row «1 2 3 4» under the heading of an official table."""
    filled = [cell.strip().rstrip(".") for cell in cells if cell.strip()]
    return len(filled) >= 3 and filled in ([str(at) for at in range(start, start + len(filled))] for start in (0, 1))
