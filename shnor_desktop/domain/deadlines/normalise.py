"""A phrase as people and scanners leave it → one line of letters, digits and a few signs, of bounded length."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 1500
"""What stands behind is not read: no deadline is so long, and the time of reading stays bounded."""

_DASHES = "‐‑‒–—―−─━﹘﹣－⁃÷"
_SIGNS = {
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301"), None),
    **dict.fromkeys(map(ord, "[{〈"), "("),
    **dict.fromkeys(map(ord, "]}〉"), ")"),
    **dict.fromkeys(map(ord, "«»“”„‟\"'`‘’‚*_•·…"), " "),
    ord("\\"): "/",
    ord("⁄"): "/",
    ord("；"): ";",
    ord("，"): ",",
    ord("№"): "№",
    ord("|"): "I",
}
_ROMAN_NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMANS = {chr(first + index): text for first in (0x2160, 0x2170) for index, text in enumerate(_ROMAN_NUMBERS)}
_SPACED_YEAR = re.compile(r"(?<!\d)(?<!\d )(?:\d ?\d ?\. ?\d ?\d ?\. ?2 ?0 ?\d ?\d|(?:2 0|1 9) \d \d)(?! ?\d)")
"""«2 0 2 3», «1 5 . 1 0 . 2 0 2 3»."""
_LATIN_TO_CYRILLIC = str.maketrans("aceopxykmthbriuns", "асеорхукмтнвгіипѕ")
_DIGIT_TO_LETTER = str.maketrans("0364", "озбч")
_LETTER_TO_DIGIT = str.maketrans("оoзбlіi", "0036111")


def clean(phrase: str) -> tuple[str, str]:
    """The phrase in one line, and what was too long to be read."""
    rest = phrase[4 * MAX_LENGTH :]
    text = unicodedata.normalize("NFC", phrase[: 4 * MAX_LENGTH])
    text = re.sub(r"-[ \t]*[\r\n]+[ \t]*(?=[а-яё])", "-", text)
    text = re.sub(r"(?<=\d)\s?(?:…|\.{2,3})\s?(?=\d)|(?<=[а-яёА-ЯЁ])(?:…|\.{3})(?=[а-яёА-ЯЁ])", "-", text)
    text = text.translate(_SIGNS)
    for sign, letters in _ROMANS.items():
        text = text.replace(sign, letters)
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    text = _SPACED_YEAR.sub(lambda found: found.group().replace(" ", ""), text)
    cut = len(text)
    if cut > MAX_LENGTH:
        cut = max(text.rfind(" ", 0, MAX_LENGTH), text.rfind(",", 0, MAX_LENGTH) + 1, MAX_LENGTH // 2)
    return text[:cut], (text[cut:] + rest).strip()


def as_cyrillic(word: str) -> str:
    """A word in small letters with its Latin look-alikes replaced."""
    return word.translate(_LATIN_TO_CYRILLIC)


def digits_as_letters(word: str) -> str:
    """«0ктябрь» → «октябрь»."""
    return as_cyrillic(word.translate(_DIGIT_TO_LETTER))


def letters_as_digits(word: str) -> str:
    """«2О2З» → «2023»."""
    return word.translate(_LETTER_TO_DIGIT)
