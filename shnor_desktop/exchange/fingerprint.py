"""A fingerprint that two people can compare by phone: eight groups of five digits, or ten words."""

from __future__ import annotations

import re

from shnor_desktop.exchange.fingerprint_vocabulary import WORDS

_GROUPS = 8
_GROUP_DIGITS = 5
_DIGITS = _GROUPS * _GROUP_DIGITS
_WORDS = 10
_BETWEEN = re.compile(r"[\s:.,\-–—]+")


def fingerprint_words(fingerprint: str) -> str:
    """The hexadecimal SHA-256 as 40 decimal digits (its lowest 132 bits or so) in groups: «01234 56789 …»."""
    digits = str(int(fingerprint, 16) % 10**_DIGITS).zfill(_DIGITS)
    return " ".join(digits[start : start + _GROUP_DIGITS] for start in range(0, _DIGITS, _GROUP_DIGITS))


def fingerprint_phrase(fingerprint: str) -> str:
    """The first 80 bits of the hexadecimal SHA-256 as ten words: «лодка груша маяк …»."""
    return " ".join(WORDS[number] for number in bytes.fromhex(fingerprint)[:_WORDS])


def is_same_fingerprint(fingerprint: str, typed: str) -> bool:
    """True when what a person typed, digits, words or hexadecimal in full, names this fingerprint."""
    plain = _BETWEEN.sub("", typed).lower().replace("ё", "е")
    wanted = (fingerprint_words(fingerprint), fingerprint_phrase(fingerprint))
    return plain in {fingerprint, *(text.replace(" ", "") for text in wanted)}
