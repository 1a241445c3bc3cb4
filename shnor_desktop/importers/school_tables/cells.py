"""How single cells are read: words that compare alike, numbers typed in any way, days, years, error signs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

UNCOUNTED = "#ФОРМУЛА"
"""Stands in the place of a formula whose value nobody has counted."""
_BLANK = {"", "-", "х", "н/д", "нет данных", "—", "...", "…", "б/д"}
_DASHES = str.maketrans("–—−‐‑", "-----")
# Letters that look alike: a heading typed with Latin ones means the same.
_LOOK_ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:[.,]\d{1,15})?")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]")
_DAY = re.compile(r"(?<!\d)(\d{1,2})[./,-](\d{1,2})[./,-](\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(19[3-9]\d|20\d\d)(?!\d)")
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_WORDED = re.compile(r"(?:(\d{1,2})\s+)?([а-я]{3,9})\.?\s+(\d{4})")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 73_050)
"""Serial numbers of 1927–2099, for a date whose cell lost its format."""


def plain(text: str) -> str:
    """Words in the form in which they are compared: one case, one alphabet, single spaces."""
    folded = " ".join(text[:2_000].casefold().replace("ё", "е").translate(_DASHES).split())
    return folded.translate(_LOOK_ALIKE)


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, «х», «н/д»."""
    return plain(text) in _BLANK


def is_error(text: str) -> bool:
    """Whether a cell shows the error of a formula: «#ДЕЛ/0!», «#N/A»."""
    return text.startswith("#") and len(text) > 3 and text[1].isalpha()


def number_of(text: str) -> Decimal | None:
    """The number of a cell, however it is typed: «1 234,5», «45 %», «−3»; None where there is none."""
    bare = _SPACES.sub("", text[:60]).replace("−", "-").replace("–", "-").rstrip("%")
    bare = re.sub(r"(?:чел|уч|балл\w*|б|ч)\.?$", "", bare, flags=re.IGNORECASE)
    if not _NUMBER.fullmatch(bare):
        return None
    try:
        return Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None


def whole_of(text: str) -> int | None:
    """The whole number of a cell; None for a fraction or no number."""
    value = number_of(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def years_in(text: str) -> list[int]:
    """Every year that a text names, in its order."""
    return [int(found) for found in _YEAR.findall(text[:1_000])]


def result_year(text: str) -> int | None:
    """The calendar year of a procedure: of «2022/2023» or «2022-23» the second."""
    spread = re.search(r"(20\d\d)\s*[-/–]\s*(20)?(\d\d)(?!\d)", text[:100])
    if spread and int(f"20{spread[3]}") == int(spread[1]) + 1:
        return int(f"20{spread[3]}")
    years = years_in(text)
    return years[-1] if years else None


def days_in(text: str) -> list[tuple[date, bool]]:
    """Every day that a text names, with whether it is written out in full (a year of two digits is a guess)."""
    text = text[:2_000]
    found = [(found.start(), _day(found[3], found[2], found[1]), len(found[3]) == 4) for found in _DAY.finditer(text)]
    found += [(found.start(), _day(*found.groups()), True) for found in _ISO.finditer(text)]
    return [(day, is_full) for _at, day, is_full in sorted(found, key=lambda one: one[0]) if day is not None]


def month_in(text: str) -> date | None:
    """The last day of a month that a text names: «март 2023»; the day itself of «5 марта 2023»."""
    for found in _WORDED.finditer(text[:2_000].casefold()):
        month = next((at for at, stem in enumerate(_MONTHS, 1) if found[2].startswith(stem)), None)
        if month is None:
            continue
        if found[1]:
            return _day(found[3], str(month), found[1])
        after = date(int(found[3]) + month // 12, month % 12 + 1, 1) if 1900 < int(found[3]) < 2100 else None
        return after - timedelta(days=1) if after else None
    short = re.fullmatch(r"\s*(\d{1,2})[./](\d{4})\s*", text[:20])
    if short and 1 <= int(short[1]) <= 12 and 1900 < int(short[2]) < 2100:
        month = int(short[1])
        return date(int(short[2]) + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return None


def serial_day(text: str) -> date | None:
    """The day of a bare serial number of Excel."""
    value = whole_of(text)
    return _EPOCH + timedelta(days=value) if value is not None and value in _SERIALS else None


def _day(year: str, month: str, day: str) -> date | None:
    whole = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 60 else 1900 + int(year)
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        return None
