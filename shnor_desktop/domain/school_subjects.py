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
    SchoolSubject("math_base", "Математика, базовый ЕГЭ", ("МБ",)),
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
EGE_BASE = "math_base"
"""The ЕГЭ in mathematics has two papers of their own: the profile one is «math», the base one has marks."""
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


def exam_subject(code: str, procedure: str, words: str) -> str:
    """The paper of an exam: «Математика (базовая)» of the ЕГЭ is another one than the profile paper."""
    is_base = procedure == "ege" and code == "math" and "баз" in words.casefold()
    return EGE_BASE if is_base else code


def counted_as(code: str | None) -> str | None:
    """The subject that a result counts for: both papers of the ЕГЭ in mathematics are mathematics."""
    return "math" if code == EGE_BASE else code


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
