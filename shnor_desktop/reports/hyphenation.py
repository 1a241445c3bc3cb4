"""Places where a Russian word may be divided, by the rules of P. Khristov for school spelling.

A part has at least three letters, one of them a vowel; a word with capitals inside stays whole.
"""

from __future__ import annotations

import re

SOFT_HYPHEN = "\u00ad"

_VOWEL = "[аеёиоуыэюя]"
_CONSONANT = "[бвгджзклмнпрстфхцчшщ]"
_DIVISIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<=[йьъ])(?={_VOWEL}?{_CONSONANT})",
        rf"(?<={_VOWEL})(?={_VOWEL}[а-яё])",
        rf"(?<={_VOWEL}{_CONSONANT})(?={_CONSONANT}{_VOWEL})",
        rf"(?<={_CONSONANT}{_VOWEL})(?={_CONSONANT}{_VOWEL})",
        rf"(?<={_VOWEL}{_CONSONANT})(?={_CONSONANT}{{2}}{_VOWEL})",
        rf"(?<={_VOWEL}{_CONSONANT}{_CONSONANT})(?={_CONSONANT}{{2}}{_VOWEL})",
        rf"(?<={_VOWEL})(?=[бпвфгкдт][рл]{_VOWEL})",
        rf"(?<={_VOWEL})(?=ств{_VOWEL})",
        rf"(?<={_VOWEL}{_CONSONANT})(?=ств{_VOWEL})",
    )
)
# Pairs that start a syllable together: «меро-приятие», «ответ-ственный».
_INSEPARABLE = re.compile(r"[бпвфгкдт][рл]|ст", re.IGNORECASE)
_WORD = re.compile(r"(?<![А-Яа-яЁёA-Za-z\d])[А-ЯЁа-яё][а-яё]{6,}(?![А-Яа-яЁёA-Za-z\d])")
_SHORTEST_PART = 3
_ENDLESS = re.compile(r"\S{100,}")  # no word at all: it is cut anywhere
_ENDLESS_PART = 12
_LONGEST_RUN = 300  # the layout of a run takes time that grows with its square: a longer one is parted


def hyphenated(text: str) -> str:
    """The text with soft hyphens where a word may be divided at the end of a line."""
    cut = _ENDLESS.sub(lambda match: _cut_anywhere(match.group()), text)
    return _WORD.sub(lambda match: _with_hyphens(match.group()), cut)


def _cut_anywhere(run: str) -> str:
    runs = (run[at : at + _LONGEST_RUN] for at in range(0, len(run), _LONGEST_RUN))
    return " ".join(
        SOFT_HYPHEN.join(part[at : at + _ENDLESS_PART] for at in range(0, len(part), _ENDLESS_PART)) for part in runs
    )


def _with_hyphens(word: str) -> str:
    places = sorted(
        {
            match.start()
            for division in _DIVISIONS
            for match in division.finditer(word)
            if _SHORTEST_PART <= match.start() <= len(word) - _SHORTEST_PART
            and not _INSEPARABLE.fullmatch(word, match.start() - 1, match.start() + 1)
        }
    )
    parts = [word[start:end] for start, end in zip([0, *places], [*places, len(word)], strict=True)]
    return SOFT_HYPHEN.join(parts)
