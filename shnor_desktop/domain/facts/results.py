"""Facts of assessment procedures: aggregates of a grade, never of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from shnor_desktop.domain import school_subjects
from shnor_desktop.domain.facts.base import Fact

PROCEDURES: Mapping[str, str] = MappingProxyType(
    {"vpr": "ВПР", "oge": "ОГЭ", "ege": "ЕГЭ", "diagnostic": "диагностическая работа"}
)
SUBJECTS: Mapping[str, str] = MappingProxyType({item.code: item.name.lower() for item in school_subjects.SUBJECTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFact(Fact):
    """A procedure in a subject and grade."""

    entity = "result_sheet"

    procedure: str | None = None
    subject: str | None = None
    grade: int | None = None
    year: int | None = None
    held_on: date | None = None
    participants: int | None = None
    mark_2: int | None = None
    mark_3: int | None = None
    mark_4: int | None = None
    mark_5: int | None = None
    lowered: int | None = None
    confirmed: int | None = None
    raised: int | None = None
    mean_score: Decimal | None = None
    max_score: int | None = None

    @property
    def label(self) -> str:
        """«ВПР, русский язык, 5 класс, 2023 г.»; unknown codes verbatim."""
        parts = (
            PROCEDURES.get(self.procedure, self.procedure) if self.procedure else "",
            SUBJECTS.get(self.subject, self.subject) if self.subject else "",
            f"{self.grade} класс" if self.grade is not None else "",
            f"{self.year} г." if self.year is not None else "",
        )
        return ", ".join(part for part in parts if part)

    @property
    def marks(self) -> tuple[int | None, ...]:
        """Counts of the marks «2», «3», «4», «5»."""
        return self.mark_2, self.mark_3, self.mark_4, self.mark_5


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFact(Fact):
    """A task of a procedure."""

    entity = "result_task"
    title_field = "code"

    sheet: str | None = None
    code: str | None = None
    difficulty: str | None = None
    max_score: int | None = None
    attempts: int | None = None
    percent: Decimal | None = None
