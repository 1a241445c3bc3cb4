"""Russian words compared as people read them: without case, «ё», look-alike letters and punctuation."""

from __future__ import annotations

import re

LOOK_ALIKE = dict(zip("aceopxykABCEHKMOPTXYiI", "асеорхукАВСЕНКМОРТХУіІ", strict=True))
"""Latin letters that look like Russian ones; a dotted «i» is kept apart, for Roman numbers."""
_TO_RUSSIAN = str.maketrans({latin: russian for latin, russian in LOOK_ALIKE.items() if latin not in "iI"})
_MARKS = re.compile(r"[^\w№]+")
_SPACES = re.compile(r"\s+")
WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+(?:-[A-Za-zА-Яа-яЁё]+)*")
RUSSIAN_WORD = re.compile(r"[А-Яа-яЁё]+")


def one_line(text: str) -> str:
    """The words with single spaces."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """Words for comparing: lower case, no «ё», no punctuation, no soft hyphens, single spaces."""
    plain = text.replace("\u00ad", "").translate(_TO_RUSSIAN).casefold().replace("ё", "е")
    return _SPACES.sub(" ", _MARKS.sub(" ", plain)).strip()


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of three letters and more: endings differ between two spellings of one thing."""
    return frozenset(word[:6] for word in folded(text).split() if len(word) > 2)
