"""A fingerprint that two people can compare by phone: eight groups of five digits."""

from __future__ import annotations

import re

_GROUPS = 8
_GROUP_DIGITS = 5
_DIGITS = _GROUPS * _GROUP_DIGITS
_BETWEEN = re.compile(r"[\s:.\-–—]+")


def fingerprint_words(fingerprint: str) -> str:
    """The hexadecimal SHA-256 as 40 decimal digits (its lowest 132 bits or so) in groups: «01234 56789 …»."""
    digits = str(int(fingerprint, 16) % 10**_DIGITS).zfill(_DIGITS)
    return " ".join(digits[start : start + _GROUP_DIGITS] for start in range(0, _DIGITS, _GROUP_DIGITS))


def is_same_fingerprint(fingerprint: str, typed: str) -> bool:
    """True when what a person typed, digits or hexadecimal in full, names this fingerprint."""
    plain = _BETWEEN.sub("", typed).lower()
    return plain in {fingerprint, fingerprint_words(fingerprint).replace(" ", "")}
