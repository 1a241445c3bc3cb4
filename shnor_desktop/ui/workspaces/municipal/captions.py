"""Short captions for narrow columns: schools without their legal form, categories in two words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from shnor_desktop.ui.widgets.words import kept_together

_LEGAL_FORM = re.compile(r"^(?:М|Г|Ч|Ф)(?:Б|А|К)?О[УО](?:\s+(?:ДО|ВО))?\s+", re.IGNORECASE)
_QUOTED = re.compile(r"^«([^«»]+)»$")
_CATEGORIES = {
    "низкие образовательные результаты": ("низкие результаты", "результаты"),
    "сложные социальные условия": ("социальные условия", "условия"),
    "дефицит кадров и ресурсов": ("кадры и ресурсы", "кадры"),
}
"""By the title: how it is called alone, and among others."""


def short_school(name: str) -> str:
    """«МБОУ «Заречная ООШ»» as «Заречная ООШ»; a name of another shape stays as it is."""
    rest = _LEGAL_FORM.sub("", name.strip(), count=1)
    quoted = _QUOTED.match(rest)
    return kept_together(quoted.group(1) if quoted else rest) or name


def short_schools(names: Iterable[str]) -> Mapping[str, str]:
    """Short names by the full ones; schools that would be called the same keep their full names."""
    shortened = {name: short_school(name) for name in names}
    alike = list(shortened.values())
    return {name: short if alike.count(short) == 1 else kept_together(name) for name, short in shortened.items()}


def short_categories(titles: Iterable[str]) -> str:
    """The categories of a school: one in two words, several in a word each; an unknown one keeps its title."""
    known = list(titles)
    at = 0 if len(known) == 1 else 1
    words = ", ".join(_CATEGORIES[one.casefold()][at] if one.casefold() in _CATEGORIES else one for one in known)
    return words[:1].upper() + words[1:] if known and known[0][:1].isupper() else words
