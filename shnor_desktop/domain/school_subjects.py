"""The subjects of the national check papers (ВПР) and the ways workbooks write them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SchoolSubject:
    """A subject: `code` is stable and goes into data, `name` is shown, `short` is what ФИС ОКО abbreviates it to."""

    code: str
    name: str
    short: tuple[str, ...]


SUBJECTS: tuple[SchoolSubject, ...] = (
    SchoolSubject("russian", "Русский язык", ("РУ", "РЯ")),
    SchoolSubject("math", "Математика", ("МА",)),
    SchoolSubject("world_around", "Окружающий мир", ("ОМ",)),
    SchoolSubject("literary_reading", "Литературное чтение", ("ЛЧ",)),
    SchoolSubject("literature", "Литература", ("ЛИ",)),
    SchoolSubject("biology", "Биология", ("БИ",)),
    SchoolSubject("history", "История", ("ИС",)),
    SchoolSubject("geography", "География", ("ГГ", "ГЕ")),
    SchoolSubject("social_studies", "Обществознание", ("ОБ",)),
    SchoolSubject("physics", "Физика", ("ФИ",)),
    SchoolSubject("chemistry", "Химия", ("ХИ",)),
    SchoolSubject("informatics", "Информатика", ("ИН", "ИНФ")),
    SchoolSubject("english", "Английский язык", ("АЯ",)),
    SchoolSubject("german", "Немецкий язык", ("НЯ",)),
    SchoolSubject("french", "Французский язык", ("ФЯ",)),
)
# A level in brackets or in words («Математика (базовый уровень)», «Физика углублённая») does not change the subject.
_LEVEL = re.compile(r"\(.*?\)|\b(?:базов|углубл|профильн)\w*(?:\s+уров\w+)?|[,.]")


def subject_by_code(code: str) -> SchoolSubject | None:
    """The subject with this stable code, or None."""
    return next((subject for subject in SUBJECTS if subject.code == code), None)


def recognise_subject(text: str) -> SchoolSubject | None:
    """The subject a workbook means by `text` («МА», «русский  язык», «Физика (базовый)»), or None if unknown."""
    folded = _folded(text)
    bare = _folded(_LEVEL.sub(" ", folded))
    for subject in SUBJECTS:
        if _folded(subject.name) in {folded, bare} or text.strip().upper() in subject.short:
            return subject
    return None


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
