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
    mark_3_from: int | None = None
    mark_4_from: int | None = None
    mark_5_from: int | None = None

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
    skill: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFact(Fact):
    """How many pupils got a primary score."""

    entity = "result_score"
    title_field = "score"

    sheet: str | None = None
    score: int | None = None
    pupils: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFact(Fact):
    """How a group of participants did a task."""

    entity = "result_group"
    title_field = "cohort"

    sheet: str | None = None
    cohort: str | None = None
    code: str | None = None
    pupils: int | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultyFact(Fact):
    """A skill that was done badly and what is done about it: of a class, never of a person."""

    entity = "learning_difficulty"
    title_field = "skill"

    subject: str | None = None
    grade: int | None = None
    year: int | None = None
    skill: str | None = None
    sheet: str | None = None
    tasks: str | None = None
    percent: Decimal | None = None
    pupils: int | None = None
    cause: str | None = None
    cause_note: str | None = None
    action: str | None = None
    owner: str | None = None
    due_on: date | None = None
    training_need: str | None = None
    measure: str | None = None
    state: str | None = None
    checked_on: date | None = None
    percent_after: Decimal | None = None

    @property
    def is_open(self) -> bool:
        """Whether work on it goes on."""
        return self.state in (None, "open", "in_work", "checked")
