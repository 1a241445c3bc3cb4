"""Words that do not belong in data about pupils: names and diagnoses, as far as their form betrays them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_CODE_WORD = re.compile(r"[А-Яа-яЁё]{3,}|[A-Za-z]{4,}")
_SURNAME = r"[А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁ][а-яё]+)?"
_INITIAL = r"[А-ЯЁ]\."
_NAMES = re.compile(
    rf"\b{_SURNAME}\s+{_INITIAL}\s?(?:{_INITIAL})?|\b{_INITIAL}\s?(?:{_INITIAL}\s?)?{_SURNAME}\b"
    rf"|\b{_SURNAME}\s+{_SURNAME}(?:\s+{_SURNAME})?\b"
)
_PATRONYMIC = re.compile(r"\b[А-ЯЁ][а-яё]+(?:ович|евич|ична|овна|евна|ьич)(?:а|у|ем|ой|ы|е)?\b")
_DIAGNOSES = re.compile(
    r"\b(?:ЗПР|ЗПРР|РАС|ДЦП|СДВГ|ММД|ОНР|УО)\b"
    r"|\bF\d{2}(?:\.\d)?\b"
    r"|\b(?:аутизм|аутист|эпилепси|шизофрени|олигофрени|дебильност|умственн\w+\s+отстал|дисграфи|дислекси|дискалькули"
    r"|депресси|невроз|психоз|энурез|сколиоз|диабет|алкоголи|наркомани)\w*",
)
_NOT_NAMES = frozenset(
    ("великой отечественной", "российской федерации", "российская федерация", "точка роста", "точки роста")
)
_KEPT = 8192
"""Texts whose words are remembered: the check reads the same ones after every change."""
_USUAL_FIRST = frozenset(
    ("школа", "центр", "музей", "библиотека", "проект", "сайт", "платформа", "портал", "конкурс", "город", "село")
)
"""A capitalised word after one of these, where it begins a sentence, names a place or a project."""


def looks_like_name(code: str) -> bool:
    """Whether a code of a pupil is rather a name: a word of three Cyrillic letters, or of four Latin ones."""
    return _CODE_WORD.search(code) is not None


@lru_cache(maxsize=_KEPT)
def name_in(text: str) -> str:
    """The first stretch of a text that looks like a person's name: «Фамилия И. О.», two names in a row, a patronymic.

    Rather too much than too little: what is no name takes one reason, a name that is kept harms a child.
    """
    for match in _NAMES.finditer(text):
        found = " ".join(match.group().split())
        if "." in found or not _is_usual(text, match.start(), found):
            return found
    patronymic = _PATRONYMIC.search(text)
    return patronymic.group() if patronymic else ""


@lru_cache(maxsize=_KEPT)
def diagnosis_in(text: str) -> str:
    """The first word of a text that names a diagnosis; empty for none."""
    match = _DIAGNOSES.search(text) or _DIAGNOSES.search(text.lower())
    return match.group() if match else ""


def names_in_codes(codes: str) -> Iterator[str]:
    """Codes of a list («7-03, 8-11») that look like names."""
    for code in re.split(r"[,;\s]+", codes):
        if code and looks_like_name(code):
            yield code


def _is_usual(text: str, start: int, found: str) -> bool:
    """A name of a place or a project, not of a person."""
    before = text[:start].rstrip()
    begins_sentence = not before or before[-1] in '.!?…:—–-«"(\n'
    return found.lower() in _NOT_NAMES or (begins_sentence and found.split()[0].lower() in _USUAL_FIRST)
